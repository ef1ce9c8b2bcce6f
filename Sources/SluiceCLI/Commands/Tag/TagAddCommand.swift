import ArgumentParser
import SluicePosting

/// `sluice tag add`.
struct TagAddCommand: DataCommand {
    static let configuration = CommandConfiguration(
        commandName: "add", abstract: "Add a tag to an organization.",
        discussion: """
              sluice tag add --account ada@example.com --name launch --color teal
            """)

    @OptionGroup var owner: OrganizationOptions
    @Option(help: ArgumentHelp("The word; unique in the organization, whatever the case of its letters.", valueName: "text"))
    var name: String
    @Option(help: ArgumentHelp("Its colour (default: gray).", valueName: "color"))
    var color = TagColor.gray
    @OptionGroup var common: CommonOptions

    func perform(in surroundings: Surroundings) async throws -> Outcome {
        let settings = try await common.settings(surroundings)
        return try await Installation.with(settings, in: surroundings) { installation in
            let tag = try await installation.posting.tags.add(
                named: name, color: color, to: try await installation.organization(owner))
            surroundings.output.show(
                Report(
                    json: tag.json,
                    text: "Added the tag “\(Printable.line(tag.name))”.\n\nID  \(tag.id.text)"),
                asJSON: common.json)
            return .ok
        }
    }
}
