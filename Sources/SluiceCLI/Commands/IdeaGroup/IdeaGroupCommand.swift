import ArgumentParser
import SluiceAuthority
import SluicePosting

/// `sluice idea-group`.
struct IdeaGroupCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "idea-group", abstract: "Add, list and remove groups of ideas, which the API only reads.",
        subcommands: [IdeaGroupAddCommand.self, IdeaGroupListCommand.self, IdeaGroupRemoveCommand.self])
}

extension IdeaGroup {
    /// The members that every answer about a group has.
    var json: JSON {
        .object([
            ("id", .string(id.text)), ("organization_id", .string(organization.text)), ("name", .string(name)),
            ("locked", .bool(isLocked)), ("created_at", .string(Timestamp.text(createdAt))),
        ])
    }
}
