import HTTPTypes
import SluiceAuthority
import SluiceOAuth

/// An organization's page for whoever looks at it, which several endpoints show.
struct OrganizationPages: Sendable {
    let site: Site

    /// The page of the organization that the path names.
    /// - Throws: `OrganizationProblem.notFound` for whoever does not belong to it.
    func page(_ visitor: SignedInVisit) async throws -> OrganizationPage {
        let id: OrganizationID = try visitor.visit.id()
        let organizations = site.authority.organizations
        let account = visitor.account.id
        let role = try await organizations.require(account, in: id, may: \.canView).role
        guard let organization = try await organizations.organization(id) else { throw OrganizationProblem.notFound }
        // The query is a cursor on the page itself alone; a form that failed shows the first members.
        let after = (try? visitor.visit.query()).flatMap { try? $0.value("members") }
        let members = try await organizations.members(
            of: id, for: .account(account), SliceRequest(limit: 50, after: after))
        let invitations =
            role.canManageMembers ? try await organizations.openInvitations(of: id, for: .account(account)) : []
        return OrganizationPage(
            organization: id.text, savedName: organization.name.text, name: organization.name.text,
            role: OrganizationRoleChoice(role), ownerEmail: organization.ownerEmail.text,
            created: Moment(organization.createdAt), memberCount: try await organizations.memberCount(of: id),
            members: members.elements.map { member in
                OrganizationPage.Member(
                    id: member.id.text, name: member.name.text, email: member.email.text, role: member.role.word,
                    joined: Moment(member.membership.joinedAt), isSelf: member.id == account,
                    isChangeable: role.canManageMembers && member.role.isGiven,
                    roles: OrganizationRoleChoice.given(member.role))
            },
            moreMembers: members.next.map { "members=\(PercentEncoding.queryValue($0))" },
            invitations: invitations.map {
                .init(id: $0.id.text, email: $0.email.text, role: $0.role.word, expires: Moment($0.expiresAt))
            },
            canManageSettings: role.canManageSettings, canManageMembers: role.canManageMembers,
            canLeave: role.isGiven, isOwner: role.canDelete, formID: site.authority.proofs.formID(),
            inviteRoles: OrganizationRoleChoice.given(.member))
    }
}

extension OrganizationProblem {
    /// What to write beside which field. The names are those of the forms on an organization's page; `nil` for what is no field's
    /// matter.
    var formErrors: FormErrors? {
        switch self {
        case .nameInvalid: [("name", "Enter a name of 1 to 100 characters.")]
        case .emailInvalid: [("email", "Enter an email address like name@example.com.")]
        case .roleInvalid: [("role", "Choose one of the listed roles.")]
        case .alreadyMember: [("email", "Somebody with this address is a member already.")]
        case .tooManyInvitations:
            [(nil, "There are as many open invitations as there may be. Withdraw one that is no longer needed.")]
        case .tooManyOrganizations: [(nil, "You belong to as many organizations as one may.")]
        case .memberUnknown: [("member", "Nobody with this address is a member.")]
        case .accountUnknown: [("member", "This member’s account is disabled.")]
        case .alreadyOwner: [("member", "This is the present owner.")]
        case .notFound, .forbidden, .ownerStays, .tooManyMembers, .invitationClosed, .invitationForAnother, .formRepeated:
            nil
        }
    }

    /// What a page or the API says where no form does.
    var problem: Problem {
        switch self {
        case .forbidden:
            Problem(.forbidden, code: Self.forbiddenCode, "Your role in this organization does not allow this.")
        case .ownerStays, .alreadyOwner, .alreadyMember, .formRepeated, .tooManyInvitations, .tooManyMembers,
            .tooManyOrganizations:
            Problem(.conflict, code: Self.conflictCode, "The organization is not in a state in which this can be done.")
        case .notFound, .memberUnknown, .accountUnknown, .invitationClosed, .invitationForAnother: .notFound
        case .nameInvalid, .emailInvalid, .roleInvalid:
            Problem(.badRequest, "Something in the form is missing or not written as it should be.")
        }
    }

    /// Tells a role's refusal from a stale form, which has the same status.
    static let forbiddenCode = "role_forbidden"
    /// Tells a state of an organization from other conflicts.
    static let conflictCode = "organization_conflict"
}
