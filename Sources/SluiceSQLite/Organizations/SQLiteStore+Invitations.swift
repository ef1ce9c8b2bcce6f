package import Foundation
import GRDB
package import SluiceAuthority
package import SluiceOAuth

extension SQLiteStore {
    /// Keeps a new invitation; an open one to the same address is withdrawn by it.
    package func invite(
        _ invitation: Invitation, formID: String?, limit: Int, _ warrant: Warrant, audit: AuditEvent
    ) async throws -> OrganizationProblem? {
        try await writer.write(.several) { db in
            let organization = invitation.organizationID
            let made = try db.run(
                """
                INSERT INTO invitations
                (id, organization_id, hash, email, role, inviter_id, state, created_at, expires_at)
                SELECT ?5, ?1, ?6, ?4, ?7, ?8, 'open', ?9, ?10
                WHERE \(Warrant.condition) AND NOT \(Invitation.isForMember)
                AND NOT EXISTS (SELECT 1 FROM forms WHERE id = ?11)
                AND ?12 > (
                    SELECT count(*) FROM invitations i
                    WHERE i.organization_id = ?1 AND i.email <> ?4 AND \(Invitation.isOpen) AND i.expires_at > ?9)
                """,
                [.id(organization)] + warrant.values + [
                    .text(invitation.email.text), .id(invitation.id), .hash(invitation.hash),
                    .text(invitation.role.rawValue), .id(invitation.inviterID), .moment(invitation.createdAt),
                    .moment(invitation.expiresAt), .maybe(formID), .number(limit),
                ])
            guard made == 1 else {
                if try db.isSent(formID) { return .formRepeated }
                if let problem = try db.objection(to: warrant, in: organization) { return problem }
                let isForMember = try db.row(
                    "SELECT \(Invitation.isForMember)", [.id(organization), .null, .null, .text(invitation.email.text)]
                ) { $0.integer(0) == 1 }
                return isForMember == true ? .alreadyMember : .tooManyInvitations
            }
            try db.run(
                "UPDATE invitations SET state = 'withdrawn' WHERE organization_id = ? AND email = ? AND state = 'open' AND id <> ?",
                [.id(organization), .text(invitation.email.text), .id(invitation.id)])
            try db.markSent(formID, at: audit.at)
            try db.append(audit)
            return nil
        }
    }

    /// The organization's invitations that can be accepted at `now`, newest first; at most 200.
    package func openInvitations(of id: OrganizationID, at now: Date) async throws -> [Invitation] {
        try reader.read { db in
            try db.rows(
                """
                SELECT \(Invitation.columns) FROM invitations i
                WHERE i.organization_id = ? AND i.expires_at > ? AND \(Invitation.isOpen)
                ORDER BY i.created_at DESC, i.id DESC LIMIT 200
                """, [.id(id), .moment(now)]
            ) { try Invitation($0) }
        }
    }

    /// The invitation whose secret's SHA-256 is `hash`.
    package func invitation(_ hash: SecretHash, at now: Date) async throws -> ReceivedInvitation? {
        try reader.read { db in
            try db.row(
                """
                SELECT \(Invitation.columns), \(Organization.columns), inviter.name, i.expires_at > ?2 AND \(Invitation.isOpen)
                FROM \(Organization.tables) JOIN invitations i ON i.organization_id = o.id
                LEFT JOIN accounts inviter ON inviter.id = i.inviter_id WHERE i.hash = ?1
                """, [.hash(hash), .moment(now)]
            ) { row in
                let rest = Invitation.columnCount + Organization.columnCount
                return ReceivedInvitation(
                    invitation: try Invitation(row),
                    organization: try Organization(row, from: Invitation.columnCount),
                    inviterName: row.text(rest).flatMap { DisplayName($0) }, isOpen: row.integer(rest + 1) == 1)
            }
        }
    }

    /// Takes an open invitation back.
    package func withdraw(_ invitation: InvitationID, of id: OrganizationID, _ warrant: Warrant, audit: AuditEvent)
        async throws -> OrganizationProblem?
    {
        try await writer.write(.several) { db in
            let withdrawn = try db.run(
                """
                UPDATE invitations SET state = 'withdrawn'
                WHERE id = ?4 AND organization_id = ?1 AND state = 'open' AND \(Warrant.condition)
                """, [.id(id)] + warrant.values + [.id(invitation)])
            guard withdrawn == 1 else { return try db.objection(to: warrant, in: id) ?? .invitationClosed }
            try db.append(audit)
            return nil
        }
    }

    /// Lets the account join by an invitation to its address.
    package func accept(_ hash: SecretHash, by account: AccountID, limits: MembershipLimits, audit: AuditEvent) async throws
        -> OrganizationProblem?
    {
        try await writer.write(.several) { db in
            let joined: (id: OrganizationID, role: Membership.Role)? = try db.row(
                """
                UPDATE invitations AS i SET state = 'accepted'
                WHERE i.hash = ?1 AND i.expires_at > ?3 AND \(Invitation.isOpen)
                AND i.email = (SELECT email FROM accounts WHERE id = ?2 AND state = 'active')
                AND NOT EXISTS (SELECT 1 FROM memberships WHERE organization_id = i.organization_id AND account_id = ?2)
                AND (SELECT count(*) FROM memberships WHERE organization_id = i.organization_id) < ?4
                AND (SELECT count(*) FROM memberships WHERE account_id = ?2) < ?5
                RETURNING organization_id, role
                """,
                [
                    .hash(hash), .id(account), .moment(audit.at), .number(limits.members), .number(limits.organizations),
                ]
            ) { (try $0.id(0, "invitations.organization_id"), try $0.role(1, "invitations.role")) }
            guard let joined else { return try db.objection(to: hash, by: account, at: audit.at, limits) }
            try db.join(account, joined.id, joined.role, at: audit.at)
            try db.append(audit)
            return nil
        }
    }

    /// Turns an open invitation to the account's address down.
    package func decline(_ hash: SecretHash, by account: AccountID, audit: AuditEvent) async throws -> OrganizationProblem? {
        try await writer.write(.several) { db in
            let declined = try db.run(
                """
                UPDATE invitations SET state = 'declined' WHERE hash = ?1 AND state = 'open' AND expires_at > ?3
                AND email = (SELECT email FROM accounts WHERE id = ?2 AND state = 'active')
                """, [.hash(hash), .id(account), .moment(audit.at)])
            guard declined == 1 else { return try db.objection(to: hash, by: account, at: audit.at, nil) }
            try db.append(audit)
            return nil
        }
    }
}

extension Database {
    /// Invitations that ended by time before `date`, or in another way and were made before it; at most 1,000. None of them opens again.
    func endedInvitations(before date: Date) throws -> [InvitationID] {
        try rows(
            "SELECT id FROM invitations WHERE expires_at < ?1 OR state <> 'open' AND created_at < ?1 LIMIT 1000", [.moment(date)]
        ) { try $0.id(0, "invitations.id") }
    }

    /// Forgets whom an account that closes invited, and that it was invited. What somebody else sent to its address and is still open
    /// stays until it ends: nobody has shown that the address was theirs.
    func forgetInvitations(by account: AccountID) throws {
        try run(
            """
            DELETE FROM invitations
            WHERE inviter_id = ?1 OR state <> 'open' AND email = (SELECT email FROM accounts WHERE id = ?1)
            """, [.id(account)])
    }

    /// What stood against accepting or declining, once the write changed nothing.
    fileprivate func objection(
        to hash: SecretHash, by account: AccountID, at now: Date, _ limits: MembershipLimits?
    ) throws -> OrganizationProblem {
        let found = try row(
            """
            SELECT i.organization_id, i.email = a.email, i.expires_at > ?3 AND \(Invitation.isOpen)
            FROM invitations i JOIN accounts a ON a.id = ?2 AND a.state = 'active' WHERE i.hash = ?1
            """, [.hash(hash), .id(account), .moment(now)]
        ) { row -> (id: OrganizationID, isAddressed: Bool, isOpen: Bool) in
            (try row.id(0, "invitations.organization_id"), row.integer(1) == 1, row.integer(2) == 1)
        }
        guard let found else { return .invitationClosed }
        // Before the rest: whoever sends the form twice is told that all is well.
        if try role(of: account, in: found.id) != nil { return .alreadyMember }
        guard found.isAddressed else { return .invitationForAnother }
        guard found.isOpen, let limits else { return .invitationClosed }
        let members = try row("SELECT count(*) FROM memberships WHERE organization_id = ?", [.id(found.id)]) {
            Int($0.integer(0))
        }
        return members ?? 0 >= limits.members ? .tooManyMembers : .tooManyOrganizations
    }
}

extension Invitation {
    /// The columns of an invitation in the order that `init(_:)` reads them; the table is called `i`.
    fileprivate static let columns = """
        i.id, i.organization_id, i.hash, i.email, i.role, i.inviter_id, i.state, i.created_at, i.expires_at
        """
    fileprivate static let columnCount = 9

    /// Whether an invitation `i` may be accepted, apart from its time. It holds only while whoever sent it may invite people: what
    /// somebody leaves behind who was demoted, removed or disabled must not let anyone in.
    fileprivate static let isOpen = """
        (i.state = 'open' AND (i.inviter_id IS NULL OR EXISTS (
            SELECT 1 FROM memberships sender JOIN accounts person ON person.id = sender.account_id
            WHERE sender.organization_id = i.organization_id AND sender.account_id = i.inviter_id
            AND person.state = 'active' AND sender.role IN (\(inviting)))))
        """
    private static let inviting = Membership.Role.allCases.filter(\.canManageMembers).map { "'\($0.rawValue)'" }
        .joined(separator: ", ")

    /// Whether the account with the address `?4` is a member of the organization `?1`.
    fileprivate static let isForMember = """
        EXISTS (
            SELECT 1 FROM memberships m JOIN accounts a ON a.id = m.account_id
            WHERE m.organization_id = ?1 AND a.email = ?4)
        """

    fileprivate init(_ row: some Columns) throws {
        self.init(
            id: try row.id(0, "invitations.id"), organizationID: try row.id(1, "invitations.organization_id"),
            hash: try row.present(SecretHash(bytes: row.blob(2)), "invitations.hash"),
            email: try row.present(row.text(3).flatMap { EmailAddress($0) }, "invitations.email"),
            role: try row.role(4, "invitations.role"),
            inviterID: row.isNull(5) ? nil : try row.id(5, "invitations.inviter_id"),
            state: try row.present(row.text(6).flatMap(State.init), "invitations.state"), createdAt: row.moment(7),
            expiresAt: row.moment(8))
    }
}
