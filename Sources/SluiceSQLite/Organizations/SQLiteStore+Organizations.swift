import Foundation
import GRDB
package import SluiceAuthority

extension SQLiteStore {
    /// Makes a further organization with its owner.
    package func add(_ organization: Organization, formID: String?, limit: Int, audit: AuditEvent) async throws
        -> Insertion
    {
        try await writer.write(.several) { db in
            let made = try db.run(
                """
                INSERT INTO organizations (id, name, created_at) SELECT ?1, ?2, ?3
                WHERE EXISTS (SELECT 1 FROM accounts WHERE id = ?4 AND state = 'active')
                AND NOT EXISTS (SELECT 1 FROM forms WHERE id = ?6)
                AND (SELECT count(*) FROM memberships WHERE account_id = ?4) < ?5
                """,
                [
                    .id(organization.id), .text(organization.name.text), .moment(organization.createdAt),
                    .id(organization.ownerID), .number(limit), .maybe(formID),
                ])
            guard made == 1 else { return try db.isSent(formID) ? .repeated : .refused }
            try db.join(organization.ownerID, organization.id, .owner, at: organization.createdAt)
            try db.markSent(formID, at: audit.at)
            try db.append(audit)
            return .inserted
        }
    }

    /// The organization; `nil` if there is none.
    package func organization(_ id: OrganizationID) async throws -> Organization? {
        try reader.read { db in
            try db.row("SELECT \(Organization.columns) FROM \(Organization.tables) WHERE o.id = ?", [.id(id)]) {
                try Organization($0)
            }
        }
    }

    /// All organizations, newest first.
    package func organizations(_ page: SliceRequest) async throws -> Slice<Organization> {
        guard let cursor = PageCursor(page) else { return Slice(elements: [], next: nil) }
        let rows = try reader.read { db in
            try db.rows(
                """
                SELECT \(Organization.columns) FROM \(Organization.tables) WHERE (o.created_at, o.id) < (?, ?)
                ORDER BY o.created_at DESC, o.id DESC LIMIT ?
                """, cursor.values + [.number(page.limit + 1)]
            ) { try Organization($0) }
        }
        return Slice(rows, page) { PageCursor(moment: $0.createdAt.milliseconds, id: $0.id.text) }
    }

    /// The organizations that the account belongs to, who it joined first first; at most 200.
    package func organizations(of id: AccountID) async throws -> [Organization] {
        try reader.read { db in
            try db.rows(
                """
                SELECT \(Organization.columns) FROM \(Organization.tables)
                JOIN memberships m ON m.organization_id = o.id AND m.account_id = ?
                ORDER BY m.joined_at, m.number LIMIT 200
                """, [.id(id)]
            ) { try Organization($0) }
        }
    }

    /// Gives the organization another name.
    package func rename(_ id: OrganizationID, to name: DisplayName, _ warrant: Warrant, audit: AuditEvent) async throws
        -> OrganizationProblem?
    {
        try await writer.write(.several) { db in
            let changed = try db.run(
                "UPDATE organizations SET name = ?4 WHERE id = ?1 AND \(Warrant.condition)",
                [.id(id)] + warrant.values + [.text(name.text)])
            guard changed == 1 else { return try db.objection(to: warrant, in: id) ?? .notFound }
            try db.append(audit)
            return nil
        }
    }

    /// Deletes the organization with all that belongs to it.
    package func delete(_ id: OrganizationID, _ warrant: Warrant, audit: AuditEvent) async throws -> OrganizationProblem? {
        try await writer.write(.several) { db in
            // Read before the write that takes them along. Nobody else writes between the two.
            let others: [AccountID] = try db.rows(
                "SELECT account_id FROM memberships WHERE organization_id = ? AND role <> 'owner' ORDER BY number", [.id(id)]
            ) { try $0.id(0, "memberships.account_id") }
            let deleted = try db.run(
                "DELETE FROM organizations WHERE id = ?1 AND \(Warrant.condition)", [.id(id)] + warrant.values)
            guard deleted == 1 else { return try db.objection(to: warrant, in: id) ?? .notFound }
            try db.append(audit)
            for member in others { try db.append(.removed(member, withOrganizationOf: audit)) }
            return nil
        }
    }
}

extension Database {
    /// Keeps a membership.
    func join(_ account: AccountID, _ organization: OrganizationID, _ role: Membership.Role, at now: Date) throws {
        try run(
            "INSERT INTO memberships (organization_id, account_id, role, joined_at) VALUES (?, ?, ?, ?)",
            [.id(organization), .id(account), .text(role.rawValue), .moment(now)])
    }
}

extension Organization {
    /// The columns of an organization in the order that `init(_:)` reads them.
    static let columns = "o.id, o.name, w.account_id, a.email, o.created_at"
    /// Where they come from.
    static let tables = """
        organizations o JOIN memberships w ON w.organization_id = o.id AND w.role = 'owner'
        JOIN accounts a ON a.id = w.account_id
        """
    /// How many they are.
    static let columnCount = 5

    /// An organization from its columns, which start at `first`.
    init(_ row: some Columns, from first: Int = 0) throws {
        self.init(
            id: try row.id(first, "organizations.id"),
            name: try row.present(row.text(first + 1).flatMap { DisplayName($0) }, "organizations.name"),
            ownerID: try row.id(first + 2, "memberships.account_id"),
            ownerEmail: try row.present(row.text(first + 3).flatMap { EmailAddress($0) }, "accounts.email"),
            createdAt: row.moment(first + 4))
    }
}
