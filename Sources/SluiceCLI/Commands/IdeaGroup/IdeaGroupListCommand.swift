import ArgumentParser
import SluiceAuthority
import SluicePosting

/// `sluice idea-group list`.
struct IdeaGroupListCommand: DataCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List an organization's groups of ideas: all of them at once.")

    @OptionGroup var owner: OrganizationOptions
    @OptionGroup var common: CommonOptions

    func perform(in surroundings: Surroundings) async throws -> Outcome {
        let settings = try await common.settings(surroundings)
        return try await Installation.with(settings, in: surroundings) { installation in
            let groups = try await installation.posting.ideas.groups(of: try await installation.organization(owner))
            var table = Table(["ID", "Name", "Made"])
            for group in groups { table.add([group.id.text, group.name, Timestamp.text(group.createdAt)]) }
            surroundings.output.show(
                Page.report(
                    items: groups.map(\.json), next: nil, table: table, empty: "There are no groups of ideas.",
                    command: "sluice idea-group list"),
                asJSON: common.json)
            return .ok
        }
    }
}
