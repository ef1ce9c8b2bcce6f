import ArgumentParser
import SluiceAuthority
import SluiceOAuth

/// `sluice grant`.
struct GrantCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "grant", abstract: "List and revoke grants: one is one approval of one client by one account.",
        subcommands: [GrantListCommand.self, GrantRevokeCommand.self])
}

extension Grant {
    /// For lists.
    var json: JSON {
        .object([
            ("id", .string(id.text)), ("account_id", .string(facts.accountID.text)),
            ("client_id", .string(facts.clientID.text)),
            ("scopes", .strings(facts.scopes.map(\.name))), ("state", .string(state.rawValue)),
            ("generation", .integer(Int(generation))), ("approved_at", .string(Timestamp.text(facts.createdAt))),
            ("activated_at", .optional(activatedAt.map(Timestamp.text))),
            ("last_used_at", .optional(lastUsedAt.map(Timestamp.text))),
            ("last_address", .optional(lastUse?.address)),
            ("idle_expires_at", .optional(idleExpiresAt.map(Timestamp.text))),
            ("expires_at", .string(Timestamp.text(facts.expiresAt))), ("revocation", .optional(revocation?.rawValue)),
            ("revoked_at", .optional(revokedAt.map(Timestamp.text))),
        ])
    }
}
