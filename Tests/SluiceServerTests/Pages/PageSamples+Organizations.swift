import SluiceAuthority

@testable import SluiceServer

extension PageSamples {
    /// The pages about organizations.
    var organizations: [Sample] {
        [
            Sample("organizations-empty", OrganizationsPage(organizations: [])),
            Sample(
                "organizations",
                OrganizationsPage(
                    organizations: [
                        .init(
                            id: text("o1"), name: text("Analytical Engines"), role: text("Owner"),
                            ownerEmail: text("ada@example.org"), joined: moment(30)),
                        .init(
                            id: text("o2"), name: text("Looms"), role: text("Contributor"),
                            ownerEmail: text("joseph@example.org"), joined: moment(2)),
                    ], moreOrganizations: text("organizations=o2"))),
            Sample("organization-new", OrganizationNewPage(formID: text("f1"))),
            Sample(
                "organization-new-errors",
                OrganizationNewPage(formID: text("f1"), name: text(" "), errors: errors([("name", "Enter a name.")]))),
            Sample("organization-contributor", organization(.contributor)),
            Sample("organization-admin", organization(.admin)),
            Sample("organization-owner", organization(.owner)),
            Sample("organization-errors", failed),
            Sample(
                "organization-delete-errors",
                OrganizationDeletePage(
                    organization: text("o1"), savedName: text("Analytical Engines"), memberCount: 3,
                    errors: errors([("name", "This is not its name.")]))),
            Sample(
                "organization-invited",
                OrganizationInvitedPage(
                    organization: text("o1"), savedName: text("Analytical Engines"), email: text("charles@example.org"),
                    role: text("Admin"), expires: moment(-7), link: text("http://127.0.0.1:8080/invitations/x"))),
            Sample("invitation", invitation(text("Ada Lovelace"))),
            Sample("invitation-of-the-operator", invitation(nil)),
            Sample("error-role", MessagePage.roleForbidden(requestID: text("r1"))),
            Sample("error-owner-stays", MessagePage.organizationConflict(requestID: text("r1"))),
            Sample("error-invitation-closed", MessagePage.invitationClosed(requestID: text("r1"))),
            Sample(
                "error-invitation-for-another",
                MessagePage.invitationForAnother(
                    email: text("grace@example.org"), account: text("ada@example.org"), requestID: text("r1"))),
            Sample("error-organization-full", MessagePage.organizationFull(text("It is full."), requestID: text("r1"))),
            Sample(
                "error-already-invited", MessagePage.alreadyInvited(organization: text("o1"), requestID: text("r1"))),
        ]
    }

    private func organization(_ role: Membership.Role) -> OrganizationPage {
        func choice(_ role: Membership.Role) -> OrganizationRoleChoice {
            var choice = OrganizationRoleChoice(role)
            choice.text = text(choice.text)
            choice.detail = text(choice.detail)
            return choice
        }
        func member(_ name: String, _ memberRole: Membership.Role, isSelf: Bool = false) -> OrganizationPage.Member {
            // The id is part of element ids, which a text from outside never is.
            OrganizationPage.Member(
                id: "5e1f8c0a9b3d4e7f6a2c1b0\(memberRole.rawValue.count)", name: text(name), email: text("\(name)@example.org"),
                role: text(memberRole.rawValue), joined: moment(3), isSelf: isSelf,
                isChangeable: role.canManageMembers && memberRole.isGiven, roles: OrganizationRoleChoice.given(memberRole))
        }
        return OrganizationPage(
            organization: text("o1"), savedName: text("Analytical Engines"), name: text("Analytical Engines"),
            role: choice(role), ownerEmail: text("ada@example.org"), created: moment(30), memberCount: 3,
            members: [
                member("charles", .contributor), member("grace", .admin, isSelf: role == .admin), member("ada", .owner),
            ],
            moreMembers: text("members=1"),
            invitations: role.canManageMembers
                ? [.init(id: text("i1"), email: text("mary@example.org"), role: text("Member"), expires: moment(-5))] : [],
            canManageSettings: role.canManageSettings, canManageMembers: role.canManageMembers, canLeave: role.isGiven,
            isOwner: role.canDelete, formID: text("f1"), inviteRoles: OrganizationRoleChoice.given(.member))
    }

    private var failed: OrganizationPage {
        var page = organization(.owner)
        page.errors = errors([("name", "Enter a name.")])
        page.inviteEmail = text("nobody")
        page.inviteErrors = errors([("email", "Enter an address."), ("role", "Choose a role.")])
        page.newOwner = text("nobody")
        page.transferErrors = errors([("member", "Nobody of that address is a member.")])
        return page
    }

    private func invitation(_ inviter: String?) -> OrganizationInvitationPage {
        OrganizationInvitationPage(
            secret: text("x"), organizationName: text("Analytical Engines"), inviterName: inviter,
            role: OrganizationRoleChoice(.contributor), ownerEmail: text("ada@example.org"), expires: moment(-7),
            accountName: text("Charles Babbage"), accountEmail: text("charles@example.org"))
    }
}
