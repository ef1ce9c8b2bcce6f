package import Foundation
import GRDB
package import SluiceAuthority
package import SluiceOAuth

extension SQLiteStore {
    /// Keeps a new session and ends the one it replaces.
    package func open(
        _ session: Session, replacing old: SessionID?, ifPasswordHash hash: String?, audit: AuditEvent
    ) async throws -> Bool {
        try await writer.write(.several) { db in
            let made = try db.run(
                """
                INSERT INTO sessions
                (id, account_id, hash, authenticated_at, last_seen_at, expires_at, address, user_agent)
                SELECT ?1, id, ?2, ?3, ?4, ?5, ?6, ?7 FROM accounts
                WHERE id = ?8 AND state = 'active' AND (?9 IS NULL OR password_hash = ?9)
                """,
                [
                    .id(session.id), .hash(session.hash), .moment(session.authenticatedAt), .moment(session.lastSeenAt),
                    .moment(session.expiresAt), .text(session.address), .text(session.userAgent),
                    .id(session.accountID), .maybe(hash),
                ])
            guard made == 1 else { return false }
            if let old { try db.run("DELETE FROM sessions WHERE id = ?", [.id(old)]) }
            // Nobody else clears away what ran out.
            try db.run(
                "DELETE FROM sessions WHERE account_id = ? AND expires_at <= ? AND id <> ?",
                [.id(session.accountID), .moment(audit.at), .id(session.id)])
            // Nor does anybody else bound them: each sign-in makes one, and the list that people end them from shows as many.
            try db.run(
                """
                DELETE FROM sessions WHERE account_id = ?1 AND id <> ?2 AND id NOT IN (
                    SELECT id FROM sessions WHERE account_id = ?1 ORDER BY last_seen_at DESC, id LIMIT 100)
                """, [.id(session.accountID), .id(session.id)])
            try db.append(audit)
            return true
        }
    }

    /// The session whose cookie hashes to `hash`, with its account.
    package func session(_ hash: SecretHash) async throws -> (session: Session, account: Account)? {
        try reader.read { db in
            try db.row(
                """
                SELECT \(Session.columns), \(Account.columns)
                FROM sessions s JOIN accounts a ON a.id = s.account_id WHERE s.hash = ?
                """, [.hash(hash)]
            ) { (try Session($0), try Account($0, from: Session.columnCount)) }
        }
    }

    /// Notes that the session was used.
    package func touch(_ id: SessionID, at now: Date) async throws {
        try await writer.write(.statement) { db in
            _ = try db.run(
                "UPDATE sessions SET last_seen_at = max(last_seen_at, ?) WHERE id = ?", [.moment(now), .id(id)])
        }
    }

    /// The account's sessions, most recently used first; at most 100.
    package func sessions(of account: AccountID) async throws -> [Session] {
        try reader.read { db in
            try db.rows(
                "SELECT \(Session.columns) FROM sessions s WHERE s.account_id = ? ORDER BY s.last_seen_at DESC, s.id LIMIT 100",
                [.id(account)]
            ) { try Session($0) }
        }
    }

    /// Ends one session of the account.
    package func end(_ id: SessionID, of account: AccountID, audit: AuditEvent) async throws -> Bool {
        try await writer.write(.several) { db in
            guard try db.run("DELETE FROM sessions WHERE id = ? AND account_id = ?", [.id(id), .id(account)]) == 1
            else {
                return false
            }
            try db.append(audit)
            return true
        }
    }

    /// Ends all sessions of the account but `kept`.
    package func endAll(of account: AccountID, except kept: SessionID?, audit: AuditEvent) async throws -> Int {
        try await writer.write(.several) { db in
            let ended = try db.run(
                "DELETE FROM sessions WHERE account_id = ?1 AND (?2 IS NULL OR id <> ?2)", [.id(account), .id(kept)])
            if ended > 0 { try db.append(audit) }
            return ended
        }
    }
}

extension Session {
    fileprivate static let columns =
        "s.id, s.account_id, s.hash, s.authenticated_at, s.last_seen_at, s.expires_at, s.address, s.user_agent"
    fileprivate static let columnCount = 8

    fileprivate init(_ row: some Columns) throws {
        self.init(
            id: try row.id(0, "sessions.id"), accountID: try row.id(1, "sessions.account_id"),
            hash: try row.present(SecretHash(bytes: row.blob(2)), "sessions.hash"), authenticatedAt: row.moment(3),
            lastSeenAt: row.moment(4), expiresAt: row.moment(5), address: row.text(6) ?? "",
            userAgent: row.text(7) ?? "")
    }
}
