import ArgumentParser
import SluiceAuthority
import SluicePosting

/// `sluice post`.
struct PostCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "post", abstract: "List posts, and approve, move, delete or retry them.",
        discussion: """
            Posts are made through the API: sluice api 'mutation { createPost(…) { … } }'. What went out is in sluice outbox list.
            """,
        subcommands: [
            PostListCommand.self, PostShowCommand.self, PostApproveCommand.self, PostRejectCommand.self,
            PostMoveCommand.self, PostRetryCommand.self, PostDeleteCommand.self,
        ])
}

extension Post {
    /// The members that every answer about a post has.
    var json: JSON {
        .object([
            ("id", .string(id.text)), ("organization_id", .string(organization.text)), ("channel_id", .string(channelID.text)),
            ("service", .string(service.rawValue)), ("account_id", .optional(author?.text)),
            ("status", .string(status.rawValue)), ("mode", .string(shareMode.rawValue)),
            ("scheduling_type", .string(schedulingType.rawValue)), ("due_at", .optional(dueAt.map(Timestamp.text))),
            ("sent_at", .optional(sentAt.map(Timestamp.text))), ("text", .string(text)),
            ("assets", .strings(assets.map(\.url))), ("tag_ids", .strings(tagIDs.map(\.text))),
            ("error", error.map { .string($0.message) } ?? .null), ("external_link", .optional(externalLink)),
            ("created_at", .string(Timestamp.text(createdAt))), ("updated_at", .string(Timestamp.text(updatedAt))),
        ])
    }

    /// For people.
    var factSheet: FactSheet {
        FactSheet(
            [
                ("ID", id.text), ("Channel", channelID.text), ("Network", service.name), ("Status", status.rawValue),
                ("Mode", shareMode.rawValue), ("Due", dueAt.map(Timestamp.text)), ("Sent", sentAt.map(Timestamp.text)),
                ("Error", error?.message), ("Network says", error?.rawError), ("Link", externalLink), ("Text", text),
            ] + assets.map { ("With", $0.url) } + [("Made", Timestamp.text(createdAt))])
    }
}
