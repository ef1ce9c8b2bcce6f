import GRDB
package import SluiceAuthority

extension SQLiteStore {
    /// As what the account belongs to the organization.
    package func membership(of account: AccountID, in organization: OrganizationID) async throws -> Membership? {
        try reader.read { db in
            try db.row(
                "SELECT \(Membership.columns) FROM memberships m WHERE m.organization_id = ? AND m.account_id = ?",
                [.id(organization), .id(account)]
            ) { try Membership($0) }
        }
    }

    /// What the account belongs to, what it joined first first; at most 200.
    package func memberships(of account: AccountID) async throws -> [Membership] {
        try reader.read { db in
            try db.rows(
                """
                SELECT \(Membership.columns) FROM memberships m WHERE m.account_id = ? ORDER BY m.joined_at, m.number LIMIT 200
                """, [.id(account)]
            ) { try Membership($0) }
        }
    }

    /// The organization's members, who joined last first.
    package func members(of id: OrganizationID, _ page: SliceRequest) async throws -> Slice<OrganizationMember> {
        guard let cursor = PageCursor(page) else { return Slice(elements: [], next: nil) }
        let rows = try reader.read { db in
            try db.rows(
                """
                SELECT \(Membership.columns), a.name, a.email FROM memberships m JOIN accounts a ON a.id = m.account_id
                WHERE m.organization_id = ? AND (m.joined_at, m.account_id) < (?, ?)
                ORDER BY m.joined_at DESC, m.account_id DESC LIMIT ?
                """, [.id(id)] + cursor.values + [.number(page.limit + 1)]
            ) { try OrganizationMember($0) }
        }
        return Slice(rows, page) { PageCursor(moment: $0.membership.joinedAt.milliseconds, id: $0.id.text) }
    }

    /// How many members each of the organizations has.
    package func memberCounts(of ids: [OrganizationID]) async throws -> [OrganizationID: Int] {
        let counts: [(OrganizationID, Int)] = try reader.read { db in
            try db.rows(
                """
                SELECT organization_id, count(*) FROM memberships
                WHERE organization_id IN (SELECT value FROM json_each(?)) GROUP BY organization_id
                """, [.plainList(ids.map(\.text))]
            ) { (try $0.id(0, "memberships.organization_id"), Int($0.integer(1))) }
        }
        return Dictionary(uniqueKeysWithValues: counts)
    }

    /// Gives a member another role.
    package func change(
        _ member: AccountID, in id: OrganizationID, to role: Membership.Role, _ warrant: Warrant, audit: AuditEvent
    ) async throws -> OrganizationProblem? {
        try await writer.write(.several) { db in
            let changed = try db.run(
                """
                UPDATE memberships SET role = ?4
                WHERE organization_id = ?1 AND account_id = ?5 AND role <> 'owner' AND \(Warrant.condition)
                """, [.id(id)] + warrant.values + [.text(role.rawValue), .id(member)])
            guard changed == 1 else { return try db.objection(to: warrant, about: member, in: id) }
            try db.append(audit)
            return nil
        }
    }

    /// Ends a membership, by somebody else's wish.
    package func remove(_ member: AccountID, from id: OrganizationID, _ warrant: Warrant, audit: AuditEvent) async throws
        -> OrganizationProblem?
    {
        try await writer.write(.several) { db in
            let removed = try db.run(
                """
                DELETE FROM memberships
                WHERE organization_id = ?1 AND account_id = ?4 AND role <> 'owner' AND \(Warrant.condition)
                """, [.id(id)] + warrant.values + [.id(member)])
            guard removed == 1 else { return try db.objection(to: warrant, about: member, in: id) }
            try db.append(audit)
            return nil
        }
    }

    /// Ends the account's own membership.
    package func leave(_ id: OrganizationID, _ account: AccountID, audit: AuditEvent) async throws -> OrganizationProblem? {
        try await writer.write(.several) { db in
            let left = try db.run(
                "DELETE FROM memberships WHERE organization_id = ? AND account_id = ? AND role <> 'owner'",
                [.id(id), .id(account)])
            guard left == 1 else { return try db.role(of: account, in: id) == nil ? .notFound : .ownerStays }
            try db.append(audit)
            return nil
        }
    }
}

extension Database {
    /// What stood against doing something with a member, once a write changed nothing.
    fileprivate func objection(
        to warrant: Warrant, about member: AccountID, in organization: OrganizationID
    ) throws -> OrganizationProblem {
        if let problem = try objection(to: warrant, in: organization) { return problem }
        return try role(of: member, in: organization) == .owner ? .ownerStays : .memberUnknown
    }
}

extension Membership {
    /// The columns of a membership in the order that `init(_:)` reads them; the table is called `m`.
    fileprivate static let columns = "m.organization_id, m.account_id, m.role, m.joined_at"
    fileprivate static let columnCount = 4

    fileprivate init(_ row: some Columns) throws {
        self.init(
            organizationID: try row.id(0, "memberships.organization_id"),
            accountID: try row.id(1, "memberships.account_id"), role: try row.role(2, "memberships.role"),
            joinedAt: row.moment(3))
    }
}

extension OrganizationMember {
    fileprivate init(_ row: some Columns) throws {
        let (name, email) = (row.text(Membership.columnCount), row.text(Membership.columnCount + 1))
        self.init(
            membership: try Membership(row), name: try row.present(name.flatMap { DisplayName($0) }, "accounts.name"),
            email: try row.present(email.flatMap { EmailAddress($0) }, "accounts.email"))
    }
}
