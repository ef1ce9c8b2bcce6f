package import Foundation
import GRDB
package import SluiceAuthority
package import SluiceOAuth

extension SQLiteStore {
    /// Keeps a pending grant, if its account and client still may have one (S66).
    package func insert(_ grant: PendingGrant, decision: String, audit: AuditEvent) async throws -> Insertion {
        try await writer.write(.several) { db in
            let facts = grant.facts
            let made = try db.run(
                """
                INSERT INTO grants
                (id, account_id, client_id, decision, scopes, is_offline, redirect_uri, challenge, salt, authenticated_at, created_at,
                expires_at, code_hash, code_expires_at, state, generation)
                SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, 'pending', 0
                WHERE EXISTS (SELECT 1 FROM accounts WHERE id = ?2 AND state = 'active')
                AND EXISTS (
                    SELECT 1 FROM clients c JOIN accounts a ON a.id = c.owner_id WHERE c.id = ?3 AND a.state = 'active')
                AND NOT EXISTS (SELECT 1 FROM grants WHERE decision = ?4)
                AND (?15 IS NULL OR EXISTS (
                    SELECT 1 FROM grants WHERE id = ?15 AND account_id = ?2 AND client_id = ?3 AND state = 'active'))
                """,
                [
                    .id(facts.id), .id(facts.accountID), .id(facts.clientID), .text(decision), .text(facts.scopes.text),
                    .integer(facts.isOffline ? 1 : 0), .text(facts.redirectURI), .text(facts.challenge.text),
                    .blob(facts.salt),
                    .moment(facts.authenticatedAt), .moment(facts.createdAt), .moment(facts.expiresAt),
                    .hash(grant.codeHash),
                    .moment(grant.codeExpiresAt), .id(grant.reliesOn),
                ])
            guard made == 1 else {
                let earlier = try db.row("SELECT 1 FROM grants WHERE decision = ?", [.text(decision)]) { _ in true }
                return earlier == nil ? .refused : .repeated
            }
            try db.append(audit)
            return .inserted
        }
    }

    /// What never changes about a grant.
    package func facts(of id: GrantID) async throws -> GrantFacts? {
        try reader.read { db in
            try db.row("SELECT \(GrantFacts.columns) FROM grants WHERE id = ?", [.id(id)]) { try GrantFacts($0) }
        }
    }

    /// Revokes one grant that is not revoked yet.
    package func revoke(
        _ id: GrantID, account: AccountID?, client: ClientID?, reason: RevocationReason, at now: Date,
        trace: RequestTrace
    ) async throws -> Bool {
        try await writer.write(.several) { db in
            var condition = "id = ?"
            if account != nil { condition += " AND account_id = ?" }
            if client != nil { condition += " AND client_id = ?" }
            let values: [StoredValue?] = [.id(id), account.map { .id($0) }, client.map { .id($0) }]
            return try !db.revoke(condition, values.compactMap(\.self), reason, at: now, trace: trace).isEmpty
        }
    }

    /// Revokes every grant, pending ones included, that `account` gave `client` (S100).
    package func revokeAll(
        of account: AccountID, for client: ClientID, reason: RevocationReason, at now: Date, trace: RequestTrace
    ) async throws -> Int {
        try await writer.write(.several) { db in
            try db.revokeAll(
                "account_id = ? AND client_id = ?", [.id(account), .id(client)], reason, at: now, trace: trace)
        }
    }

    /// Ends one grant that is still in use as if its time had passed.
    package func expire(_ id: GrantID, at now: Date, lastUse: Date, trace: RequestTrace) async throws -> Bool {
        try await writer.write(.several) { db in
            let facts = try db.row(
                """
                UPDATE grants SET code_expires_at = min(code_expires_at, ?1), idle_expires_at = min(idle_expires_at, ?1),
                last_used_at = min(last_used_at, ?2)
                WHERE id = ?3 AND (state = 'pending' AND code_expires_at > ?1
                    OR state = 'active' AND (idle_expires_at > ?1 OR last_used_at > ?2))
                RETURNING \(GrantFacts.columns)
                """, [.moment(now), .moment(lastUse), .id(id)]
            ) { try GrantFacts($0) }
            guard let facts else { return false }
            try db.note(.grant(id), at: now)
            try db.append(.expired(facts, at: now, trace: trace))
            return true
        }
    }

    /// One grant.
    package func grant(_ id: GrantID) async throws -> Grant? {
        try reader.read { db in
            try db.row("SELECT \(Grant.columns) FROM grants WHERE id = ?", [.id(id)]) { try Grant($0) }
        }
    }

    /// The grant whose code hashes to `hash`.
    package func grant(code hash: SecretHash) async throws -> Grant? {
        try reader.read { db in
            try db.row("SELECT \(Grant.columns) FROM grants WHERE code_hash = ?", [.hash(hash)]) { try Grant($0) }
        }
    }

    /// The grants that are in use, newest first; at most 500.
    package func liveGrants(
        of account: AccountID, client: ClientID?, at now: Date, accessTokenLifetime: Duration
    ) async throws -> [Grant] {
        try reader.read { db in
            try db.rows(
                """
                SELECT \(Grant.columns) FROM grants
                WHERE account_id = ?1 AND (?2 IS NULL OR client_id = ?2) AND state = 'active'
                AND (idle_expires_at > ?3 OR last_used_at > ?4)
                ORDER BY created_at DESC, id DESC LIMIT 500
                """,
                [
                    .id(account), .id(client), .moment(now),
                    .integer(now.milliseconds - accessTokenLifetime.milliseconds),
                ]
            ) { try Grant($0) }
        }
    }

    /// Grants in every state, newest first; of one account and client, or of all.
    package func grants(account: AccountID?, client: ClientID?, _ page: SliceRequest) async throws -> Slice<Grant> {
        guard let cursor = PageCursor(page) else { return Slice(elements: [], next: nil) }
        // Only the conditions that apply, so that each of the four statements finds its index.
        let conditions = [
            account.map { _ in "account_id = ?" }, client.map { _ in "client_id = ?" }, "(created_at, id) < (?, ?)",
        ]
        let values: [StoredValue?] = [account.map { .id($0) }, client.map { .id($0) }]
        let rows = try reader.read { db in
            try db.rows(
                """
                SELECT \(Grant.columns) FROM grants WHERE \(conditions.compactMap(\.self).joined(separator: " AND "))
                ORDER BY created_at DESC, id DESC LIMIT ?
                """, values.compactMap(\.self) + cursor.values + [.number(page.limit + 1)]
            ) { try Grant($0) }
        }
        return Slice(rows, page) { PageCursor(moment: $0.facts.createdAt.milliseconds, id: $0.id.text) }
    }

    /// Deletes grants and invitations that nobody can use any more, and what is remembered of forms sent a month before.
    package func sweepGrants(before date: Date) async throws -> Int {
        // An index on the idle end would make every refresh write more pages, so the candidates are looked for by age, on a
        // reading connection that holds up nobody; the write checks each again.
        let (candidates, invitations) = try await reader.scan { db in
            let grants: [GrantID] = try db.rows(
                """
                SELECT id FROM grants WHERE state = 'pending' AND code_expires_at < ?1
                UNION ALL SELECT id FROM grants WHERE state = 'revoked' AND revoked_at < ?1
                UNION ALL SELECT id FROM grants
                WHERE state = 'active' AND created_at < ?1 AND coalesce(idle_expires_at, last_used_at) < ?1
                LIMIT 1000
                """, [.moment(date)]
            ) { try $0.id(0, "grants.id") }
            return (grants, try db.endedInvitations(before: date))
        }
        return try await writer.write(.several) { db in
            for id in invitations { try db.run("DELETE FROM invitations WHERE id = ?", [.id(id)]) }
            try db.run(
                "DELETE FROM forms WHERE at < ?",
                [.integer(date.milliseconds - Duration.seconds(30 * 86_400).milliseconds)])
            var count = 0
            for id in candidates {
                count += try db.run(
                    """
                    DELETE FROM grants WHERE id = ?1 AND (
                        state = 'pending' AND code_expires_at < ?2 OR state = 'revoked' AND revoked_at < ?2
                        OR state = 'active' AND coalesce(idle_expires_at, last_used_at) < ?2)
                    """, [.id(id), .moment(date)])
            }
            return count
        }
    }
}
