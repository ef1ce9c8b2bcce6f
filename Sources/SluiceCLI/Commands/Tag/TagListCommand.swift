import ArgumentParser
import SluicePosting

/// `sluice tag list`.
struct TagListCommand: DataCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List an organization's tags by name: all of them at once.")

    @OptionGroup var owner: OrganizationOptions
    @OptionGroup var common: CommonOptions

    func perform(in surroundings: Surroundings) async throws -> Outcome {
        let settings = try await common.settings(surroundings)
        return try await Installation.with(settings, in: surroundings) { installation in
            let tags = try await installation.posting.tags.list(of: try await installation.organization(owner))
            var table = Table(["ID", "Name", "Color"])
            for tag in tags { table.add([tag.id.text, tag.name, tag.color.rawValue]) }
            surroundings.output.show(
                Page.report(
                    items: tags.map(\.json), next: nil, table: table, empty: "There are no tags.", command: "sluice tag list"),
                asJSON: common.json)
            return .ok
        }
    }
}
