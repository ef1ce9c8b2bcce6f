import ArgumentParser
import SluiceAuthority
import SluicePosting

/// `sluice outbox`.
struct OutboxCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "outbox", abstract: "See what went out, as it would have been sent.",
        subcommands: [OutboxListCommand.self])
}

extension OutboxDelivery {
    /// The members that every answer about a delivery has.
    var json: JSON {
        .object([
            ("post_id", .string(postID.text)), ("channel_id", .string(channelID.text)),
            ("organization_id", .string(organization.text)), ("service", .string(service.rawValue)),
            ("due_at", .optional(dueAt.map(Timestamp.text))), ("sent_at", .string(Timestamp.text(sentAt))),
            ("attempt", .integer(attempt)), ("text", .string(text)), ("assets", .strings(assets.map(\.url))),
        ])
    }
}
