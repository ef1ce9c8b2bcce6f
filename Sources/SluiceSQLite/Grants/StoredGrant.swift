import SluiceAuthority
import SluiceOAuth

extension Grant {
    /// The columns of a grant in the order that `init(_:)` reads them: the facts first.
    static let columns = """
        \(GrantFacts.columns), state, generation, code_expires_at, activated_at, last_used_at, last_address, last_user_agent,
        last_request_id, idle_expires_at, wrong_verifiers, revocation, revoked_at
        """

    /// A grant from its columns.
    /// - Parameter use: The use that just wrote the row, if one did: spares reading back what the caller brought.
    init(_ row: some Columns, after use: GrantUse? = nil) throws {
        var lastUse = use?.trace
        if lastUse == nil, let address = row.text(15) {
            lastUse = RequestTrace(address: address, userAgent: row.text(16) ?? "", requestID: row.text(17) ?? "")
        }
        self.init(
            facts: try GrantFacts(row), state: try row.present(row.text(10).flatMap(State.init), "grants.state"),
            generation: try row.present(UInt32(exactly: row.integer(11)), "grants.generation"),
            codeExpiresAt: row.moment(12),
            activatedAt: row.maybeMoment(13), lastUsedAt: row.maybeMoment(14), lastUse: lastUse,
            idleExpiresAt: row.maybeMoment(18), wrongVerifiers: Int(row.integer(19)),
            revocation: try row.text(20).map { try row.present(RevocationReason(rawValue: $0), "grants.revocation") },
            revokedAt: row.maybeMoment(21))
    }
}

extension GrantFacts {
    /// The columns of the facts in the order that `init(_:)` reads them.
    static let columns = """
        id, account_id, client_id, scopes, redirect_uri, challenge, salt, authenticated_at, created_at, expires_at
        """

    /// The facts from their columns.
    init(_ row: some Columns) throws {
        self.init(
            id: try row.id(0, "grants.id"), accountID: try row.id(1, "grants.account_id"),
            clientID: try row.id(2, "grants.client_id"),
            scopes: try row.present(row.text(3).flatMap { Scopes($0) }, "grants.scopes"),
            redirectURI: row.text(4) ?? "",
            challenge: try row.present(row.text(5).flatMap { CodeChallenge($0) }, "grants.challenge"),
            salt: row.blob(6), authenticatedAt: row.moment(7), createdAt: row.moment(8), expiresAt: row.moment(9))
    }
}
