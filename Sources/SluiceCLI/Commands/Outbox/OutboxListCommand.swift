import ArgumentParser
import SluiceAuthority
import SluicePosting

/// `sluice outbox list`.
struct OutboxListCommand: DataCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List what went out, newest first: an organization's or one channel's.",
        discussion: """
              sluice outbox list --account ada@example.com
              sluice outbox list --organization 6560f1c2a9e4b3d7c8a1f0e5 --channel 6560f1c2a9e4b3d7c8a1f0e5 --json
            """)

    @OptionGroup var owner: OrganizationOptions
    @Option(help: ArgumentHelp("Only this channel's.", valueName: "channel-id"))
    var channel: String?
    @OptionGroup var list: ListOptions
    @OptionGroup var common: CommonOptions

    func perform(in surroundings: Surroundings) async throws -> Outcome {
        let settings = try await common.settings(surroundings)
        return try await Installation.with(settings, in: surroundings) { installation in
            let organization = try await installation.organization(owner)
            var only: ChannelID?
            if let channel { only = try await installation.channel(channel, of: organization).id }
            let channelID = only
            let deliveries = try await Gathering(limit: list.limit, after: list.after) { page in
                try await installation.posting.outbox.list(of: organization, channel: channelID, page: page)
            }
            var table = Table(["Post", "Network", "Due", "Sent", "Attempt", "Text"])
            for delivery in deliveries.elements {
                table.add([
                    delivery.postID.text, delivery.service.name, delivery.dueAt.map(Timestamp.text),
                    Timestamp.text(delivery.sentAt), "\(delivery.attempt)", PostListCommand.excerpt(delivery.text),
                ])
            }
            let command =
                "sluice outbox list --organization \(organization.text)"
                + (channelID.map { " --channel \($0.text)" } ?? "")
            surroundings.output.show(
                Page.report(
                    items: deliveries.elements.map(\.json), next: deliveries.next, table: table,
                    empty: "Nothing went out.", command: command),
                asJSON: common.json)
            return .ok
        }
    }
}
