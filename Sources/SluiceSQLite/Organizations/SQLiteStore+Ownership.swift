import Foundation
import GRDB
package import SluiceAuthority

extension SQLiteStore {
    /// Makes a member the owner, and the owner an admin, in one step.
    package func transfer(_ id: OrganizationID, to member: AccountID, _ warrant: Warrant, audit: AuditEvent) async throws
        -> OrganizationProblem?
    {
        try await writer.write(.several) { db in
            // The owner first: an index forbids that there are two.
            let former: AccountID? = try db.row(
                """
                UPDATE memberships SET role = 'admin'
                WHERE organization_id = ?1 AND role = 'owner' AND account_id <> ?4 AND \(Warrant.condition)
                AND EXISTS (
                    SELECT 1 FROM memberships n JOIN accounts a ON a.id = n.account_id
                    WHERE n.organization_id = ?1 AND n.account_id = ?4 AND a.state = 'active')
                RETURNING account_id
                """, [.id(id)] + warrant.values + [.id(member)]
            ) { try $0.id(0, "memberships.account_id") }
            guard let former else {
                if let problem = try db.objection(to: warrant, in: id) { return problem }
                switch try db.role(of: member, in: id) {
                case nil: return .memberUnknown
                case .owner: return .alreadyOwner
                case .admin, .member, .contributor: return .accountUnknown
                }
            }
            try db.makeOwner(member, of: id)
            try db.append(audit)
            try db.append(.ownershipReceived(of: id, by: member, from: former, at: audit.at, trace: audit.trace))
            return nil
        }
    }
}

extension Database {
    /// Ends all memberships of an account that closes. What it owned goes to whoever serves longest among those of the highest
    /// role, an active account before one that is disabled; what it was alone in is deleted.
    func leaveAll(_ account: AccountID, at now: Date, trace: RequestTrace) throws {
        let owned: [(id: OrganizationID, name: String)] = try rows(
            """
            DELETE FROM memberships WHERE account_id = ?1 AND role = 'owner'
            RETURNING organization_id, (SELECT name FROM organizations WHERE id = organization_id)
            """, [.id(account)]
        ) { (try $0.id(0, "memberships.organization_id"), $0.text(1) ?? "") }
        for (id, name) in owned {
            if let heir = try heir(of: id) {
                try makeOwner(heir, of: id)
                try append(.ownershipReceived(of: id, by: heir, from: account, at: now, trace: trace))
            } else {
                try run("DELETE FROM organizations WHERE id = ?", [.id(id)])
                try append(
                    AuditEvent(
                        .organizationDeleted, at: now, account: account, subject: id.text, trace: trace,
                        details: [.init("name", name)]))
            }
        }
        try run("DELETE FROM memberships WHERE account_id = ?", [.id(account)])
    }

    fileprivate func makeOwner(_ member: AccountID, of organization: OrganizationID) throws {
        try run(
            "UPDATE memberships SET role = 'owner' WHERE organization_id = ? AND account_id = ?",
            [.id(organization), .id(member)])
    }

    /// Who owns the organization next; `nil` if nobody is left.
    private func heir(of organization: OrganizationID) throws -> AccountID? {
        for state in [Account.State.active, .disabled] {
            for role in Membership.Role.succession {
                let longest: AccountID? = try row(
                    """
                    SELECT m.account_id FROM memberships m JOIN accounts a ON a.id = m.account_id
                    WHERE m.organization_id = ? AND m.role = ? AND a.state = ? ORDER BY m.joined_at, m.number LIMIT 1
                    """, [.id(organization), .text(role.rawValue), .text(state.rawValue)]
                ) { try $0.id(0, "memberships.account_id") }
                if let longest { return longest }
            }
        }
        return nil
    }
}
