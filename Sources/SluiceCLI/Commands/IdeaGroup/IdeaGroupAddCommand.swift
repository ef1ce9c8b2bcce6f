import ArgumentParser
import SluicePosting

/// `sluice idea-group add`.
struct IdeaGroupAddCommand: DataCommand {
    static let configuration = CommandConfiguration(
        commandName: "add", abstract: "Add a group of ideas to an organization.",
        discussion: """
              sluice idea-group add --account ada@example.com --name "Next quarter"
            """)

    @OptionGroup var owner: OrganizationOptions
    @Option(help: ArgumentHelp("What to call it.", valueName: "text"))
    var name: String
    @OptionGroup var common: CommonOptions

    func perform(in surroundings: Surroundings) async throws -> Outcome {
        let settings = try await common.settings(surroundings)
        return try await Installation.with(settings, in: surroundings) { installation in
            let group = try await installation.posting.ideas.addGroup(
                named: name, to: try await installation.organization(owner))
            surroundings.output.show(
                Report(
                    json: group.json,
                    text: "Added the group “\(Printable.line(group.name))”.\n\nID  \(group.id.text)"),
                asJSON: common.json)
            return .ok
        }
    }
}
