import GRDB
import SluiceAuthority

extension Warrant {
    /// Holds while the actor has one of the roles in an organization, for the command line while there is that organization.
    /// The statement binds the organization to `?1`, and `values` from `?2` on.
    static let condition = """
        CASE WHEN ?2 IS NULL THEN EXISTS (SELECT 1 FROM organizations WHERE id = ?1)
        ELSE EXISTS (
            SELECT 1 FROM memberships WHERE organization_id = ?1 AND account_id = ?2
            AND role IN (SELECT value FROM json_each(?3))) END
        """

    /// `?2` and `?3` of the condition.
    var values: [StoredValue] {
        [.id(actor.accountID), .list(roles)]
    }
}

extension Database {
    /// What stood against a warrant, once a write with its condition changed nothing; `nil` if it held.
    func objection(to warrant: Warrant, in organization: OrganizationID) throws -> OrganizationProblem? {
        switch warrant.actor {
        case .account(let id):
            guard let role = try role(of: id, in: organization) else { return .notFound }
            return warrant.roles.contains(role) ? nil : .forbidden(role)
        case .commandLine:
            let isThere = try row("SELECT 1 FROM organizations WHERE id = ?", [.id(organization)]) { _ in true }
            return isThere == nil ? .notFound : nil
        }
    }

    /// The account's role in the organization; `nil` if it is no member.
    func role(of account: AccountID, in organization: OrganizationID) throws -> Membership.Role? {
        try row(
            "SELECT role FROM memberships WHERE organization_id = ? AND account_id = ?",
            [.id(organization), .id(account)]
        ) { try $0.role(0, "memberships.role") }
    }
}

extension Columns {
    /// A role, or the complaint that the column holds none.
    func role(_ index: Int, _ name: StaticString) throws -> Membership.Role {
        try present(text(index).flatMap(Membership.Role.init), name)
    }
}
