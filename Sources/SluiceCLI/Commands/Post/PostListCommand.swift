import ArgumentParser
import SluiceAuthority
import SluicePosting

/// `sluice post list`.
struct PostListCommand: DataCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List an organization's posts, newest first.",
        discussion: """
            With --by-due those that are due first come first, and those without a time last.

              sluice post list --account ada@example.com --status error
              sluice post list --organization 6560f1c2a9e4b3d7c8a1f0e5 --status scheduled --by-due
            """)

    @OptionGroup var owner: OrganizationOptions
    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp("Only these channels'; several may follow each other.", valueName: "channel-id"))
    var channel: [String] = []
    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp("Only in these states; several may follow each other.", valueName: "status"))
    var status: [PostStatus] = []
    @Flag(help: "Order by when they are due instead of when they were made.")
    var byDue = false
    @OptionGroup var list: ListOptions
    @OptionGroup var common: CommonOptions

    func perform(in surroundings: Surroundings) async throws -> Outcome {
        let settings = try await common.settings(surroundings)
        return try await Installation.with(settings, in: surroundings) { installation in
            let organization = try await installation.organization(owner)
            var query = PostQuery(organization: organization)
            var channels: [ChannelID] = []
            for text in channel { channels.append(try await installation.channel(text, of: organization).id) }
            if !channels.isEmpty { query.channelIDs = channels }
            if !status.isEmpty { query.statuses = status }
            if byDue { query.sort = [PostQuery.Sort(key: .dueAt, isAscending: true)] }
            let wanted = query
            let posts = try await Gathering(limit: list.limit, after: list.after) { page in
                try await installation.posting.posts.list(wanted, page)
            }
            var table = Table(["ID", "Network", "Status", "Due", "Text"])
            for post in posts.elements {
                table.add([
                    post.id.text, post.service.name, post.status.rawValue, post.dueAt.map(Timestamp.text),
                    Self.excerpt(post.text),
                ])
            }
            let command =
                "sluice post list --organization \(organization.text)"
                + (channel.isEmpty ? "" : " --channel \(channel.joined(separator: " "))")
                + (status.isEmpty ? "" : " --status \(status.map(\.rawValue).joined(separator: " "))")
                + (byDue ? " --by-due" : "")
            surroundings.output.show(
                Page.report(
                    items: posts.elements.map(\.json), next: posts.next, table: table, empty: "There are no such posts.",
                    command: command),
                asJSON: common.json)
            return .ok
        }
    }

    /// What a row has room for.
    static func excerpt(_ text: String) -> String { text.count > 60 ? text.prefix(59) + "…" : text }
}
