import ArgumentParser
import SluiceAuthority
import SluicePosting

/// `sluice tag`.
struct TagCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tag", abstract: "Add, list and remove the words that posts and ideas are sorted by.",
        subcommands: [TagAddCommand.self, TagListCommand.self, TagRemoveCommand.self])
}

extension Tag {
    /// The members that every answer about a tag has.
    var json: JSON {
        .object([
            ("id", .string(id.text)), ("organization_id", .string(organization.text)), ("name", .string(name)),
            ("color", .string(color.rawValue)), ("created_at", .string(Timestamp.text(createdAt))),
        ])
    }
}
