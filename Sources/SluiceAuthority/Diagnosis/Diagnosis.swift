import Foundation
import SluiceOAuth

/// Says which rule accepts or refuses a credential or a request, and why: `sluice explain`. Never repeats what it was given.
public struct Diagnosis: Sendable {
    let store: any AuthorityStore
    let vault: Vault
    let bearers: Bearers
    let configuration: AuthorityConfiguration
    let environment: AuthorityEnvironment

    /// The outcome.
    public struct Finding: Sendable, Equatable {
        /// What the text is: `api_key`, `access_token`, `refresh_token`, `code`, `client_secret`, `request_id`, `unknown`.
        public let kind: String
        /// Whether it would be accepted now.
        public let isAccepted: Bool
        /// Which rule decides, and where it is written.
        public let rule: String
        /// The facts, in order; no secret.
        public let facts: [AuditEvent.Detail]
    }

    /// Looks at one credential or request id. Changes nothing: it counts as no use, no attempt and no replay.
    /// - Throws: `StoreError`.
    public func explain(_ text: String) async throws -> Finding {
        if text.hasPrefix("buf_") { return try await explainKey(text) }
        if text.hasPrefix("v1.") { return try await explainRefreshToken(text) }
        if text.hasPrefix("sls_") {
            return Finding(
                kind: "client_secret", isAccepted: false,
                rule: "A client secret is accepted only beside its client_id at the token endpoint (RFC 6749 §2.3.1).",
                facts: [])
        }
        if AccessToken.looksLikeOne(text) { return await explainAccessToken(text) }
        if let code = AuthorizationCode(text), let grant = try await store.grant(code: code.hash) {
            return explain(code: grant)
        }
        let events = try await store.events(requestID: text)
        guard !events.isEmpty else {
            return Finding(
                kind: "unknown", isAccepted: false,
                rule:
                    "It has the form of nothing this server makes, or it is a code or request id that is unknown or was swept.",
                facts: [])
        }
        return Finding(
            kind: "request_id", isAccepted: true, rule: "The audit log has \(events.count) event(s) of this request.",
            facts: events.flatMap { event in
                [AuditEvent.Detail("event", "\(Timestamp.text(event.at)) \(event.kind.rawValue)")] + event.details
            })
    }

    private func explainKey(_ text: String) async throws -> Finding {
        guard let key = APIKey(text) else {
            return Finding(
                kind: "api_key", isAccepted: false,
                rule: "The checksum does not fit: a character is missing, added or changed. No look-up was made.",
                facts: [])
        }
        guard let (record, account) = try await store.key(key.hash) else {
            return Finding(
                kind: "api_key", isAccepted: false,
                rule: "The form is right, but no live key has this value: it was revoked, "
                    + "or belongs to another installation.", facts: [])
        }
        let now = environment.now()
        var facts: [AuditEvent.Detail] = [
            .init("key", record.id.text), .init("account", record.accountID.text), .init("name", record.name.text),
            .init("scope", record.scopes?.text ?? "everything"), .init("created_at", Timestamp.text(record.createdAt)),
        ]
        if let end = record.expiresAt { facts.append(.init("expires_at", Timestamp.text(end))) }
        if account != .active {
            return Finding(
                kind: "api_key", isAccepted: false, rule: "Its account is \(account.rawValue).", facts: facts)
        }
        if let end = record.expiresAt, end <= now {
            return Finding(kind: "api_key", isAccepted: false, rule: "It has ended.", facts: facts)
        }
        return Finding(
            kind: "api_key", isAccepted: true,
            rule: "A live key of an active account is accepted as a bearer (RFC 6750 §2.1).",
            facts: facts)
    }

    private func explainAccessToken(_ text: String) async -> Finding {
        do {
            let bearer = try await bearers.verify(text, now: environment.now())
            var facts: [AuditEvent.Detail] = [
                .init("account", bearer.accountID.text), .init("scope", bearer.scopes?.text ?? "everything"),
            ]
            if case .accessToken(let grant, let client, let issuedAt) = bearer.source {
                facts += [
                    .init("grant", grant.text), .init("client", client.text),
                    .init("issued_at", Timestamp.text(issuedAt)),
                ]
            }
            if let end = bearer.expiresAt { facts.append(.init("expires_at", Timestamp.text(end))) }
            return Finding(
                kind: "access_token", isAccepted: true,
                rule:
                    "Signature, issuer, audience, type and time fit, and nothing behind it was cut off (RFC 9068 §4).",
                facts: facts)
        } catch let refusal as BearerRefusal {
            return Finding(kind: "access_token", isAccepted: false, rule: refusal.summary, facts: [])
        } catch {
            return Finding(kind: "access_token", isAccepted: false, rule: "The database cannot be asked.", facts: [])
        }
    }

    private func explainRefreshToken(_ text: String) async throws -> Finding {
        func finding(_ isAccepted: Bool, _ rule: String, _ facts: [AuditEvent.Detail] = []) -> Finding {
            Finding(kind: "refresh_token", isAccepted: isAccepted, rule: rule, facts: facts)
        }
        guard let token = RefreshToken(text), let id = GrantID(bytes: token.grant) else {
            return finding(false, "The form is not right: a character is missing, added or changed.")
        }
        guard let grant = try await store.grant(id) else {
            return finding(false, "No such grant: swept, or another installation's.")
        }
        guard token.isGenuine(salt: grant.facts.salt, key: vault.refreshKey) else {
            return finding(false, "Its authentication code does not fit: it was not made by this server.")
        }
        let facts = facts(grant) + [.init("presented_generation", "\(token.generation)")]
        switch grant.state {
        case .pending: return finding(false, "Its code was not redeemed.", facts)
        case .revoked:
            return finding(false, "Its grant was revoked: \(grant.revocation?.rawValue ?? "unknown").", facts)
        case .active: break
        }
        let now = environment.now()
        if let idle = grant.idleExpiresAt, idle <= now { return finding(false, "It idled too long.", facts) }
        if grant.facts.expiresAt <= now { return finding(false, "Its grant has ended.", facts) }
        if token.generation &+ 1 == grant.generation, let last = grant.lastUsedAt,
            abs(now.timeIntervalSince(last)) < configuration.reuseLeeway.inSeconds
        {
            return finding(
                true, "It was used just now; within the leeway its client is given the same successor again.", facts)
        }
        if token.generation < grant.generation {
            return finding(
                false, "It was used before; presenting it again revokes the whole grant (RFC 9700 §4.14.2).", facts)
        }
        guard token.generation == grant.generation else {
            return finding(
                false, "It is of a generation that this database has not reached: was a backup restored?", facts)
        }
        return finding(
            true, "It is the grant's current refresh token; its client may use it once (RFC 6749 §6).", facts)
    }

    private func explain(code grant: Grant) -> Finding {
        let rule: String
        var isAccepted = false
        switch grant.state {
        case .active: rule = "It was redeemed before; a valid replay revokes the grant (RFC 6749 §4.1.2)."
        case .revoked: rule = "Its grant was revoked: \(grant.revocation?.rawValue ?? "unknown")."
        case .pending where environment.now() >= grant.codeExpiresAt: rule = "It has expired (RFC 6749 §4.1.2)."
        case .pending:
            isAccepted = true
            rule =
                "It may be redeemed once, by its client, with the same redirect URI and the right verifier (RFC 7636 §4.6)."
        }
        return Finding(kind: "code", isAccepted: isAccepted, rule: rule, facts: facts(grant))
    }

    private func facts(_ grant: Grant) -> [AuditEvent.Detail] {
        var facts: [AuditEvent.Detail] = [
            .init("grant", grant.id.text), .init("account", grant.facts.accountID.text),
            .init("client", grant.facts.clientID.text),
            .init("scope", grant.facts.scopes.text), .init("state", grant.state.rawValue),
            .init("generation", "\(grant.generation)"), .init("approved_at", Timestamp.text(grant.facts.createdAt)),
            .init("code_expires_at", Timestamp.text(grant.codeExpiresAt)),
        ]
        if let used = grant.lastUsedAt { facts.append(.init("last_used_at", Timestamp.text(used))) }
        if let idle = grant.idleExpiresAt { facts.append(.init("idle_expires_at", Timestamp.text(idle))) }
        return facts
    }
}
