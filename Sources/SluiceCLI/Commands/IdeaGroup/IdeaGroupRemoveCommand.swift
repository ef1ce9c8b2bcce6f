import ArgumentParser
import SluicePosting

/// `sluice idea-group remove`.
struct IdeaGroupRemoveCommand: DataCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove", abstract: "Remove a group; its ideas stay, in no group.",
        discussion: """
              sluice idea-group remove 6560f1c2a9e4b3d7c8a1f0e5 --account ada@example.com
            """)

    @Argument(help: ArgumentHelp("The group's id.", valueName: "group-id"))
    var id: String
    @OptionGroup var owner: OrganizationOptions
    @OptionGroup var common: CommonOptions

    func perform(in surroundings: Surroundings) async throws -> Outcome {
        let settings = try await common.settings(surroundings)
        return try await Installation.with(settings, in: surroundings) { installation in
            guard let groupID = IdeaGroupID(id) else {
                throw Failure.notAnID("a group's id", list: "sluice idea-group list --organization …")
            }
            try await installation.posting.ideas.removeGroup(groupID, of: try await installation.organization(owner))
            surroundings.output.show(
                Report(
                    json: .object([("id", .string(groupID.text)), ("removed", .bool(true))]),
                    text: "Removed the group; its ideas stay, in no group."),
                asJSON: common.json)
            return .ok
        }
    }
}
