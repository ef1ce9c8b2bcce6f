package import Foundation
import GRDB
package import SluiceAuthority
package import SluiceOAuth

extension SQLiteStore {
    /// Keeps a new key, if the account is active and under its limit.
    package func insert(_ key: APIKeyRecord, formID: String?, limit: Int?, audit: AuditEvent) async throws -> Insertion {
        try await writer.write(.several) { db in
            let made = try db.run(
                """
                INSERT INTO api_keys
                (id, account_id, name, hash, last_four, scopes, created_at, expires_at, last_used_at, rotated_from)
                SELECT ?1, id, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10 FROM accounts
                WHERE id = ?2 AND state = 'active' AND NOT EXISTS (SELECT 1 FROM forms WHERE id = ?11)
                AND (?12 IS NULL OR ?12 > (
                    SELECT count(*) FROM api_keys WHERE account_id = ?2 AND (expires_at IS NULL OR expires_at > ?13)))
                """, key.values + [.maybe(formID), limit.map { .number($0) } ?? .null, .moment(audit.at)])
            guard made == 1 else { return try db.isSent(formID) ? .repeated : .refused }
            try db.markSent(formID, at: audit.at)
            try db.append(audit)
            return .inserted
        }
    }

    /// The key whose SHA-256 is `hash` and the state of its account.
    package func key(_ hash: SecretHash) async throws -> (key: APIKeyRecord, account: Account.State)? {
        try reader.read { db in
            try db.row(
                """
                SELECT \(APIKeyRecord.columns), a.state FROM api_keys k JOIN accounts a ON a.id = k.account_id WHERE k.hash = ?
                """, [.hash(hash)]
            ) { row in
                let state = row.text(APIKeyRecord.columnCount).flatMap(Account.State.init)
                return (try APIKeyRecord(row), try row.present(state, "accounts.state"))
            }
        }
    }

    /// One key of the account.
    package func key(_ id: APIKeyID, of account: AccountID) async throws -> APIKeyRecord? {
        try reader.read { db in
            try db.row(
                "SELECT \(APIKeyRecord.columns) FROM api_keys k WHERE k.id = ? AND k.account_id = ?",
                [.id(id), .id(account)]
            ) { try APIKeyRecord($0) }
        }
    }

    /// The account's keys, newest first.
    package func keys(of account: AccountID, _ page: SliceRequest) async throws -> Slice<APIKeyRecord> {
        guard let cursor = PageCursor(page) else { return Slice(elements: [], next: nil) }
        let rows = try reader.read { db in
            try db.rows(
                """
                SELECT \(APIKeyRecord.columns) FROM api_keys k WHERE k.account_id = ? AND (k.created_at, k.id) < (?, ?)
                ORDER BY k.created_at DESC, k.id DESC LIMIT ?
                """, [.id(account)] + cursor.values + [.number(page.limit + 1)]
            ) { try APIKeyRecord($0) }
        }
        return Slice(rows, page) { PageCursor(moment: $0.createdAt.milliseconds, id: $0.id.text) }
    }

    /// Renames a key.
    package func rename(_ id: APIKeyID, of account: AccountID, to name: DisplayName, audit: AuditEvent) async throws
        -> Bool
    {
        try await writer.write(.several) { db in
            let changed = try db.run(
                "UPDATE api_keys SET name = ? WHERE id = ? AND account_id = ?",
                [.text(name.text), .id(id), .id(account)])
            guard changed == 1 else { return false }
            try db.append(audit)
            return true
        }
    }

    /// Puts `successor` in the place of the key `id`.
    package func rotate(
        _ id: APIKeyID, of account: AccountID, to successor: APIKeyRecord, overlapEnds: Date, formID: String?,
        audit: AuditEvent
    ) async throws -> Insertion {
        try await writer.write(.several) { db in
            // `min` keeps an earlier end: rotation never extends an expiry (S14).
            let found = try db.run(
                """
                UPDATE api_keys SET expires_at = min(coalesce(expires_at, ?1), ?1)
                WHERE id = ?2 AND account_id = ?3 AND (expires_at IS NULL OR expires_at > ?4)
                AND EXISTS (SELECT 1 FROM accounts WHERE id = ?3 AND state = 'active')
                AND NOT EXISTS (SELECT 1 FROM forms WHERE id = ?5)
                """, [.moment(overlapEnds), .id(id), .id(account), .moment(audit.at), .maybe(formID)])
            guard found == 1 else { return try db.isSent(formID) ? .repeated : .refused }
            try db.run(
                """
                INSERT INTO api_keys
                (id, account_id, name, hash, last_four, scopes, created_at, expires_at, last_used_at, rotated_from)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """, successor.values)
            try db.markSent(formID, at: audit.at)
            try db.note(.key(id), at: audit.at)
            try db.append(audit)
            return .inserted
        }
    }

    /// Deletes a key.
    package func revoke(_ id: APIKeyID, of account: AccountID, at now: Date, audit: AuditEvent) async throws -> Bool {
        try await writer.write(.several) { db in
            guard try db.run("DELETE FROM api_keys WHERE id = ? AND account_id = ?", [.id(id), .id(account)]) == 1
            else {
                return false
            }
            try db.note(.key(id), at: now)
            try db.append(audit)
            return true
        }
    }

    /// Notes when keys were last used; later values win.
    package func noteUse(_ uses: [APIKeyID: Date]) async throws {
        guard !uses.isEmpty else { return }
        try await writer.write(.several) { db in
            for (id, moment) in uses {
                try db.run(
                    "UPDATE api_keys SET last_used_at = max(coalesce(last_used_at, ?1), ?1) WHERE id = ?2",
                    [.moment(moment), .id(id)])
            }
        }
    }
}

extension Database {
    /// Whether a form's effect was kept before.
    func isSent(_ formID: String?) throws -> Bool {
        guard let formID else { return false }
        return try row("SELECT 1 FROM forms WHERE id = ?", [.text(formID)]) { _ in true } ?? false
    }

    /// Remembers that a form's effect is kept, so that the same form has no second one.
    func markSent(_ formID: String?, at now: Date) throws {
        guard let formID else { return }
        try run("INSERT INTO forms (id, at) VALUES (?, ?)", [.text(formID), .moment(now)])
    }
}

extension APIKeyRecord {
    fileprivate static let columns = """
        k.id, k.account_id, k.name, k.hash, k.last_four, k.scopes, k.created_at, k.expires_at, k.last_used_at, k.rotated_from
        """
    fileprivate static let columnCount = 10

    // In the order of `columns`.
    fileprivate var values: [StoredValue] {
        [
            .id(id), .id(accountID), .text(name.text), .hash(hash), .text(lastFour), .maybe(scopes?.text),
            .moment(createdAt),
            .moment(expiresAt), .moment(lastUsedAt), .id(rotatedFrom),
        ]
    }

    fileprivate init(_ row: some Columns) throws {
        self.init(
            id: try row.id(0, "api_keys.id"), accountID: try row.id(1, "api_keys.account_id"),
            name: try row.present(row.text(2).flatMap { DisplayName($0) }, "api_keys.name"),
            hash: try row.present(SecretHash(bytes: row.blob(3)), "api_keys.hash"), lastFour: row.text(4) ?? "",
            scopes: try row.text(5).map { try row.present(Scopes($0), "api_keys.scopes") }, createdAt: row.moment(6),
            expiresAt: row.maybeMoment(7), lastUsedAt: row.maybeMoment(8),
            rotatedFrom: row.isNull(9) ? nil : try row.id(9, "api_keys.rotated_from"))
    }
}
