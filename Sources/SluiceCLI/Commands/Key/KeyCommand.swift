import ArgumentParser
import SluiceAuthority
import SluiceOAuth

/// `sluice key`.
struct KeyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "key", abstract: "Make, list, rotate and revoke API keys.",
        subcommands: [KeyCreateCommand.self, KeyListCommand.self, KeyRotateCommand.self, KeyRevokeCommand.self])
}

extension APIKeyRecord {
    /// The members that every answer about a key has. None of them is the key.
    var members: [(String, JSON)] {
        [
            ("account_id", .string(accountID.text)), ("name", .string(name.text)), ("last_four", .string(lastFour)),
            ("scopes", scopes.map { .strings($0.map(\.name)) } ?? .null),
            ("created_at", .string(Timestamp.text(createdAt))),
            ("expires_at", .optional(expiresAt.map(Timestamp.text))),
            ("last_used_at", .optional(lastUsedAt.map(Timestamp.text))),
            ("rotated_from", .optional(rotatedFrom?.text)),
        ]
    }

    /// For lists.
    var json: JSON { .object([("id", .string(id.text))] + members) }
}

extension Report {
    /// A key that was just made: the only time it is shown.
    static func key(_ created: APIKeys.Created, headline: String, advice: String = "") -> Report {
        let record = created.record
        let facts = FactSheet([
            ("ID", record.id.text), ("Name", record.name.text), ("Account", record.accountID.text),
            ("Scopes", record.scopes?.text ?? "everything"),
            ("Expires", record.expiresAt.map(Timestamp.text) ?? "never"),
        ])
        return Report(
            json: .object([("id", .string(record.id.text)), ("key", .string(created.key.text))] + record.members),
            text: ShownSecret.text(
                headline, facts: facts, secretName: "The key", secret: created.key.text,
                hint: "Put it where your program finds it as BUFFER_API_KEY; it cannot be shown again.\(advice)"))
    }
}
