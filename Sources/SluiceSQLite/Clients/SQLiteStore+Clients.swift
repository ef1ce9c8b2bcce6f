package import Foundation
import GRDB
package import SluiceAuthority
import SluiceOAuth

extension SQLiteStore {
    /// Keeps a new client with its secrets, if its owner is active and under the limit.
    package func insert(_ client: Client, formID: String?, limit: Int?, audit: AuditEvent) async throws -> Insertion {
        try await writer.write(.several) { db in
            let made = try db.run(
                """
                INSERT INTO clients
                (id, owner_id, name, kind, redirect_uris, website, description, logo_url, scopes, is_dynamic, created_at)
                SELECT ?1, id, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11 FROM accounts
                WHERE id = ?2 AND state = 'active' AND NOT EXISTS (SELECT 1 FROM forms WHERE id = ?12)
                AND (?13 IS NULL OR ?13 > (SELECT count(*) FROM clients WHERE owner_id = ?2))
                """,
                [
                    .id(client.id), .id(client.ownerID), .text(client.name.text), .text(client.kind.rawValue),
                    .text(client.redirectText), .maybe(client.website), .maybe(client.description),
                    .maybe(client.logoURL),
                    .maybe(client.scopes?.text), .integer(client.isDynamic ? 1 : 0), .moment(client.createdAt),
                    .maybe(formID),
                    limit.map { .number($0) } ?? .null,
                ])
            guard made == 1 else { return try db.isSent(formID) ? .repeated : .refused }
            // Oldest first: the row's number is what tells two secrets of one millisecond apart.
            for secret in client.secrets.reversed() { try db.insert(secret, of: client.id) }
            try db.markSent(formID, at: audit.at)
            try db.append(audit)
            return .inserted
        }
    }

    /// A client that was not deleted and whose owner's account is active.
    package func client(_ id: ClientID) async throws -> Client? {
        try reader.read { db in
            try db.clients(
                "SELECT c.* FROM clients c JOIN accounts a ON a.id = c.owner_id WHERE c.id = ? AND a.state = 'active'",
                [.id(id)]
            ).first
        }
    }

    /// The account's clients, newest first.
    package func clients(of owner: AccountID, _ page: SliceRequest) async throws -> Slice<Client> {
        try clients("owner_id = ? AND", [.id(owner)], page)
    }

    /// Every client, newest first.
    package func clients(_ page: SliceRequest) async throws -> Slice<Client> { try clients("", [], page) }

    private func clients(_ condition: String, _ values: [StoredValue], _ page: SliceRequest) throws -> Slice<Client> {
        guard let cursor = PageCursor(page) else { return Slice(elements: [], next: nil) }
        let rows = try reader.read { db in
            try db.clients(
                """
                SELECT * FROM clients WHERE \(condition) (created_at, id) < (?, ?) ORDER BY created_at DESC, id DESC LIMIT ?
                """, values + cursor.values + [.number(page.limit + 1)])
        }
        return Slice(rows, page) { PageCursor(moment: $0.createdAt.milliseconds, id: $0.id.text) }
    }

    /// Writes the changeable fields.
    package func update(_ client: Client, audit: AuditEvent) async throws -> Bool {
        try await writer.write(.several) { db in
            let changed = try db.run(
                """
                UPDATE clients SET name = ?, redirect_uris = ?, website = ?, description = ?, logo_url = ?
                WHERE id = ? AND owner_id = ?
                """,
                [
                    .text(client.name.text), .text(client.redirectText), .maybe(client.website),
                    .maybe(client.description),
                    .maybe(client.logoURL), .id(client.id), .id(client.ownerID),
                ])
            guard changed == 1 else { return false }
            try db.note(.clientChanged(client.id), at: audit.at)
            try db.append(audit)
            return true
        }
    }

    /// Adds a secret and lets the present ones end.
    package func rotateSecret(
        of id: ClientID, owner: AccountID, to secret: ClientSecretRecord, overlapEnds: Date, formID: String?,
        audit: AuditEvent
    ) async throws -> Insertion {
        try await writer.write(.several) { db in
            let made = try db.run(
                """
                INSERT INTO client_secrets (client_id, hash, created_at, expires_at)
                SELECT id, ?3, ?4, ?5 FROM clients WHERE id = ?1 AND owner_id = ?2 AND kind = 'confidential'
                AND NOT EXISTS (SELECT 1 FROM forms WHERE id = ?6)
                """,
                [
                    .id(id), .id(owner), .hash(secret.hash), .moment(secret.createdAt), .moment(secret.expiresAt),
                    .maybe(formID),
                ])
            guard made == 1 else { return try db.isSent(formID) ? .repeated : .refused }
            // Those that ended go; the others keep an end that is earlier already.
            try db.run(
                "DELETE FROM client_secrets WHERE client_id = ?1 AND expires_at <= ?2 AND hash <> ?3",
                [.id(id), .moment(audit.at), .hash(secret.hash)])
            try db.run(
                """
                UPDATE client_secrets SET expires_at = min(coalesce(expires_at, ?1), ?1) WHERE client_id = ?2 AND hash <> ?3
                """, [.moment(overlapEnds), .id(id), .hash(secret.hash)])
            try db.markSent(formID, at: audit.at)
            try db.note(.clientChanged(id), at: audit.at)
            try db.append(audit)
            return .inserted
        }
    }

    /// Deletes the client and revokes all its grants, in one step.
    package func delete(_ id: ClientID, owner: AccountID, at now: Date, audit: AuditEvent) async throws -> Bool {
        try await writer.write(.several) { db in
            guard try db.deleteClient(id, of: owner, at: now, trace: audit.trace) else { return false }
            try db.append(audit)
            return true
        }
    }
}

extension Database {
    /// Deletes a client with its secrets and cuts off its grants.
    /// - Returns: `false` if its owner has no such client.
    @discardableResult
    func deleteClient(_ id: ClientID, of owner: AccountID, at now: Date, trace: RequestTrace) throws -> Bool {
        guard try run("DELETE FROM clients WHERE id = ? AND owner_id = ?", [.id(id), .id(owner)]) == 1 else {
            return false
        }
        try revokeAll("client_id = ?", [.id(id)], .clientDeleted, at: now, trace: trace)
        try note(.client(id), at: now)
        return true
    }

    fileprivate func insert(_ secret: ClientSecretRecord, of client: ClientID) throws {
        try run(
            "INSERT INTO client_secrets (client_id, hash, created_at, expires_at) VALUES (?, ?, ?, ?)",
            [.id(client), .hash(secret.hash), .moment(secret.createdAt), .moment(secret.expiresAt)])
    }

    /// The clients that `query` selects, with their secrets: one statement, hence one moment of the database.
    fileprivate func clients(_ query: String, _ values: [StoredValue]) throws -> [Client] {
        var found: [Client] = []
        let sql = """
            SELECT c.id, c.owner_id, c.name, c.kind, c.redirect_uris, c.website, c.description, c.logo_url, c.scopes, c.is_dynamic,
            c.created_at, s.hash, s.created_at, s.expires_at
            FROM (\(query)) c LEFT JOIN client_secrets s ON s.client_id = c.id
            ORDER BY c.created_at DESC, c.id DESC, s.number DESC
            """
        _ = try rows(sql, values) { row in
            let id: ClientID = try row.id(0, "clients.id")
            if found.last?.id != id { found.append(try Client(row, id: id)) }
            if !row.isNull(11) {
                let hash = try row.present(SecretHash(bytes: row.blob(11)), "client_secrets.hash")
                found[found.count - 1].secrets.append(
                    ClientSecretRecord(hash: hash, createdAt: row.moment(12), expiresAt: row.maybeMoment(13)))
            }
        }
        return found
    }
}

extension Client {
    fileprivate var redirectText: String { redirectURIs.map(\.text).joined(separator: "\n") }

    fileprivate init(_ row: some Columns, id: ClientID) throws {
        let redirectURIs = try (row.text(4) ?? "").split(separator: "\n").map {
            try row.present(try? RedirectURI(String($0)), "clients.redirect_uris")
        }
        self.init(
            id: id, ownerID: try row.id(1, "clients.owner_id"),
            name: try row.present(row.text(2).flatMap { DisplayName($0) }, "clients.name"),
            kind: try row.present(row.text(3).flatMap(Kind.init), "clients.kind"), redirectURIs: redirectURIs,
            website: row.text(5), description: row.text(6), logoURL: row.text(7),
            scopes: try row.text(8).map { try row.present(Scopes($0), "clients.scopes") },
            isDynamic: row.integer(9) == 1,
            createdAt: row.moment(10), secrets: [])
    }
}
