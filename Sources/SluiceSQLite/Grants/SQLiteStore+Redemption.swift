import GRDB
package import SluiceAuthority
package import SluiceOAuth

extension SQLiteStore {
    /// Redeems the code whose SHA-256 is `hash`: one conditional write that demands every proof at once, and only if it hit
    /// nothing a look at why.
    /// - Source: RFC 6749 §4.1.2 and §10.5.
    package func redeem(
        _ hash: SecretHash, _ proof: CodeProof, _ use: GrantUse, wrongVerifierLimit: Int
    ) async throws -> Redemption {
        try await writer.write(.several) { db in
            // The challenge is compared by the database: it went through the browser's address bar, so it is no secret.
            let activated = try db.row(
                """
                UPDATE grants SET state = 'active', generation = 1, activated_at = ?1, last_used_at = ?1, last_address = ?2,
                last_user_agent = ?3, last_request_id = ?4, idle_expires_at = iif(is_offline, min(?5, expires_at), NULL)
                WHERE code_hash = ?6 AND state = 'pending' AND code_expires_at > ?1
                AND client_id = ?7 AND redirect_uri = ?8 AND challenge = ?9
                RETURNING \(Grant.columns)
                """,
                use.values + [.hash(hash), .id(proof.clientID), .text(proof.redirectURI), .text(proof.challenge.text)]
            ) { try Grant($0, after: use) }
            guard let activated else { return try db.failedRedemption(hash, proof, use, wrongVerifierLimit) }
            try db.append(.activated(activated.facts, use))
            return .activated(activated)
        }
    }
}

extension GrantUse {
    /// When, by whom (three), and until when the refresh token may idle: the first five values of both moving statements.
    var values: [StoredValue] {
        [.moment(now), .text(trace.address), .text(trace.userAgent), .text(trace.requestID), .moment(idleUntil)]
    }
}

extension Database {
    /// Why a code was not redeemed, in the order of RFC 6749 §4.1.3: client, redirect URI, expiry, verifier.
    ///
    /// Runs in the same transaction as the write that hit nothing, so what it sees is what that write saw.
    fileprivate func failedRedemption(
        _ hash: SecretHash, _ proof: CodeProof, _ use: GrantUse, _ wrongVerifierLimit: Int
    ) throws -> Redemption {
        let grant = try row("SELECT \(Grant.columns) FROM grants WHERE code_hash = ?", [.hash(hash)]) { try Grant($0) }
        guard let grant else { return .unknown }
        // A spent code without proof of possession is no remote off-switch: it leaves a trace and nothing else (D9).
        func refused(_ why: String, _ outcome: Redemption) throws -> Redemption {
            if grant.state != .pending { try append(.replayRefused(grant.facts, why, use)) }
            return outcome
        }
        guard grant.facts.clientID == proof.clientID else { return try refused("client", .wrongClient) }
        // By bytes, as the write compared it: `==` would take the Kelvin sign for a K.
        guard RedirectMatching.isSame(proof.redirectURI, as: grant.facts.redirectURI) else {
            return try refused("redirect_uri", .wrongRedirectURI)
        }
        let isProved = grant.facts.challenge == proof.challenge
        switch grant.state {
        case .pending:
            guard use.now.milliseconds < grant.codeExpiresAt.milliseconds else { return .expired }
            return .wrongVerifier(burned: try countWrongVerifier(of: grant, use, wrongVerifierLimit))
        case .active:
            guard isProved else { return try refused("code_verifier", .wrongVerifier(burned: false)) }
            try revoke("id = ?", [.id(grant.id)], .codeReplayed, at: use.now, trace: use.trace)
            return .replayed(grant.facts)
        case .revoked:
            let reason = grant.revocation ?? .codeReplayed
            return isProved ? .revoked(reason) : try refused("code_verifier", .revoked(reason))
        }
    }

    /// Counts a wrong verifier; the last one that is allowed burns the code (D10).
    private func countWrongVerifier(of grant: Grant, _ use: GrantUse, _ limit: Int) throws -> Bool {
        let count = try row(
            "UPDATE grants SET wrong_verifiers = wrong_verifiers + 1 WHERE id = ? AND state = 'pending' RETURNING wrong_verifiers",
            [.id(grant.id)]
        ) { $0.integer(0) }
        guard let count, count >= limit else { return false }
        return try !revoke("id = ?", [.id(grant.id)], .verifierGuessed, at: use.now, trace: use.trace).isEmpty
    }
}
