import HTTPTypes
import Hummingbird
import SluiceAuthority
import SluiceOAuth

/// `/settings/organizations/{id}/invitations/…`: what those see who invite.
struct OrganizationInvitationEndpoints: Sendable {
    let site: Site

    func invite(_ request: Request, _ context: SluiceContext) async throws -> Response {
        let visit = try await site.visit(request, context)
        let form = try await site.form(visit)
        let visitor = try visit.signedIn()
        let id: OrganizationID = try visit.id()
        let email = try form.value("email") ?? ""
        let role = try form.value("role").flatMap(Membership.Role.init)
        do {
            guard let role else { throw OrganizationProblem.roleInvalid }
            let invited = try await site.authority.organizations.invite(
                email, to: id, as: role, by: .account(visitor.account.id), formID: try form.value("form_id"),
                trace: visit.trace)
            let name = try await site.authority.organizations.organization(id)?.name.text
            return try site.show(
                OrganizationInvitedPage(
                    organization: id.text, savedName: name ?? "", email: invited.invitation.email.text,
                    role: role.word, expires: Moment(invited.invitation.expiresAt),
                    link: "\(site.origins.app.text)/invitations/\(invited.secret.text)"),
                to: visit)
        } catch OrganizationProblem.formRepeated {
            return try site.say(.alreadyInvited(organization: id.text, requestID: context.requestID), to: visit)
        } catch let problem as OrganizationProblem {
            guard let errors = problem.formErrors else { throw problem }
            var page = try await OrganizationPages(site: site).page(visitor)
            page.inviteEmail = String(email.prefix(254))
            page.inviteRoles = OrganizationRoleChoice.given(role)
            page.inviteErrors = errors
            return try site.show(page, to: visit, status: .badRequest)
        }
    }

    func withdraw(_ request: Request, _ context: SluiceContext) async throws -> Response {
        let visit = try await site.visit(request, context)
        _ = try await site.form(visit)
        let visitor = try visit.signedIn()
        let id: OrganizationID = try visit.id()
        try await site.authority.organizations.withdraw(
            visit.id("invitation_id"), of: id, by: .account(visitor.account.id), trace: visit.trace)
        return site.go(to: "/settings/organizations/\(id)?done=\(Notice.invitationWithdrawn.rawValue)", visit)
    }
}
