import GRDB
package import SluiceAuthority

extension SQLiteStore {
    /// Makes the account, its password and its first organization in one step.
    package func create(
        _ account: Account, passwordHash: String, organization: Organization, audit: AuditEvent
    ) async throws -> Bool {
        try await writer.write(.several) { db in
            let made = try db.run(
                """
                INSERT INTO accounts (id, email, name, time_zone, state, password_hash, created_at)
                VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (email) DO NOTHING
                """,
                [
                    .id(account.id), .text(account.email.text), .text(account.name.text), .text(account.timeZone),
                    .text(account.state.rawValue), .text(passwordHash), .moment(account.createdAt),
                ])
            guard made == 1 else { return false }
            try db.run(
                "INSERT INTO organizations (id, name, created_at) VALUES (?, ?, ?)",
                [.id(organization.id), .text(organization.name.text), .moment(organization.createdAt)])
            try db.join(organization.ownerID, organization.id, .owner, at: organization.createdAt)
            try db.append(audit)
            return true
        }
    }

    /// The account, closed ones included.
    package func account(_ id: AccountID) async throws -> Account? {
        try reader.read { db in
            try db.row("SELECT \(Account.columns) FROM accounts a WHERE a.id = ?", [.id(id)]) { try Account($0) }
        }
    }

    /// The account that signs in with `email`.
    package func account(email: EmailAddress) async throws -> Account? {
        try reader.read { db in
            try db.row("SELECT \(Account.columns) FROM accounts a WHERE a.email = ?", [.text(email.text)]) {
                try Account($0)
            }
        }
    }

    /// The stored password hash of an account; `nil` for a closed one.
    package func passwordHash(of id: AccountID) async throws -> String? {
        try reader.read { db in
            try db.row("SELECT password_hash FROM accounts WHERE id = ?", [.id(id)]) { $0.text(0) } ?? nil
        }
    }

    /// All accounts, newest first.
    package func accounts(_ page: SliceRequest) async throws -> Slice<Account> {
        guard let cursor = PageCursor(page) else { return Slice(elements: [], next: nil) }
        let rows = try reader.read { db in
            try db.rows(
                """
                SELECT \(Account.columns) FROM accounts a WHERE (a.created_at, a.id) < (?, ?)
                ORDER BY a.created_at DESC, a.id DESC LIMIT ?
                """, cursor.values + [.number(page.limit + 1)]
            ) { try Account($0) }
        }
        return Slice(rows, page) { PageCursor(moment: $0.createdAt.milliseconds, id: $0.id.text) }
    }

    /// Changes name and time zone.
    package func update(_ id: AccountID, name: DisplayName, timeZone: String, audit: AuditEvent) async throws -> Bool {
        try await writer.write(.several) { db in
            let changed = try db.run(
                "UPDATE accounts SET name = ?, time_zone = ? WHERE id = ? AND state <> 'closed'",
                [.text(name.text), .text(timeZone), .id(id)])
            guard changed == 1 else { return false }
            try db.note(.accountChanged(id), at: audit.at)
            try db.append(audit)
            return true
        }
    }

    /// Changes the address.
    package func change(_ id: AccountID, email: EmailAddress, audit: AuditEvent) async throws -> EmailChange {
        try await writer.write(.several) { db in
            let changed = try db.run(
                """
                UPDATE accounts SET email = ?1 WHERE id = ?2 AND state <> 'closed'
                AND NOT EXISTS (SELECT 1 FROM accounts WHERE email = ?1 AND id <> ?2)
                """, [.text(email.text), .id(id)])
            guard changed == 1 else {
                let isThere = try db.row("SELECT 1 FROM accounts WHERE id = ? AND state <> 'closed'", [.id(id)]) { _ in
                    true
                }
                return isThere == nil ? .unknown : .taken
            }
            try db.note(.accountChanged(id), at: audit.at)
            try db.append(audit)
            return .changed
        }
    }

    /// Replaces the password hash if it still is `expected`.
    package func replacePasswordHash(
        of id: AccountID, expected: String?, with hash: String, audit: AuditEvent?
    ) async throws -> Bool {
        try await writer.write(.several) { db in
            let changed = try db.run(
                """
                UPDATE accounts SET password_hash = ?1
                WHERE id = ?2 AND state <> 'closed' AND (?3 IS NULL OR password_hash = ?3)
                """, [.text(hash), .id(id), .maybe(expected)])
            guard changed == 1 else { return false }
            if let audit { try db.append(audit) }
            return true
        }
    }
}

extension Account {
    /// The columns of an account in the order that `init(_:)` reads them; the table is called `a`.
    static let columns = "a.id, a.email, a.name, a.time_zone, a.state, a.created_at"

    /// An account from its columns, which start at `first`.
    init(_ row: some Columns, from first: Int = 0) throws {
        let id: AccountID = try row.id(first, "accounts.id")
        let state = try row.present(row.text(first + 4).flatMap(State.init), "accounts.state")
        // A closed account's address and name are erased; these stand where the model wants some, and can reach nobody.
        let email = state == .closed ? EmailAddress.erased(id) : row.text(first + 1).flatMap { EmailAddress($0) }
        let name = state == .closed ? DisplayName("Closed account") : row.text(first + 2).flatMap { DisplayName($0) }
        self.init(
            id: id, email: try row.present(email, "accounts.email"), name: try row.present(name, "accounts.name"),
            timeZone: row.text(first + 3) ?? "UTC", state: state, createdAt: row.moment(first + 5))
    }
}

extension EmailAddress {
    // RFC 2606 §2: no mail can be sent to `.invalid`.
    fileprivate static func erased(_ id: AccountID) -> EmailAddress? { EmailAddress("\(id.text)@closed.invalid") }
}
