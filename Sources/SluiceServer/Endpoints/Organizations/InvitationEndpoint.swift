import HTTPTypes
import Hummingbird
import SluiceAuthority
import SluiceOAuth

/// `/invitations/{secret}`: what whoever was invited sees.
struct InvitationEndpoint: Sendable {
    let site: Site

    func get(_ request: Request, _ context: SluiceContext) async throws -> Response {
        // Before the link is looked up: without an account nobody learns what it invites to.
        let visitor = try await site.visit(request, context).signedIn()
        let organizations = site.authority.organizations
        guard let secret = secret(visitor.visit), let received = try await organizations.received(secret) else {
            return try refuse(.invitationClosed, nil, visitor)
        }
        if try await organizations.membership(of: visitor.account.id, in: received.organization.id) != nil {
            return site.go(to: "/settings/organizations/\(received.organization.id)", visitor.visit)
        }
        guard received.isOpen else { return try refuse(.invitationClosed, nil, visitor) }
        guard received.invitation.email == visitor.account.email else {
            return try refuse(.invitationForAnother, received.invitation, visitor)
        }
        return try site.show(
            OrganizationInvitationPage(
                secret: secret.text, organizationName: received.organization.name.text,
                inviterName: received.inviterName?.text, role: OrganizationRoleChoice(received.invitation.role),
                ownerEmail: received.organization.ownerEmail.text, expires: Moment(received.invitation.expiresAt),
                accountName: visitor.account.name.text, accountEmail: visitor.account.email.text),
            to: visitor.visit)
    }

    func post(_ request: Request, _ context: SluiceContext) async throws -> Response {
        let visit = try await site.visit(request, context)
        let form = try await site.form(visit)
        let visitor = try visit.signedIn()
        let organizations = site.authority.organizations
        guard let secret = secret(visit) else { return try refuse(.invitationClosed, nil, visitor) }
        do {
            switch try form.value("decision") {
            case "accept":
                let joined = try await organizations.accept(secret, by: visitor.account.id, trace: visit.trace)
                return site.go(
                    to: "/settings/organizations/\(joined.id)?done=\(Notice.organizationJoined.rawValue)", visit)
            case "decline":
                try await organizations.decline(secret, by: visitor.account.id, trace: visit.trace)
                return site.go(to: "/settings/organizations?done=\(Notice.invitationDeclined.rawValue)", visit)
            default: throw OAuthError(.invalidRequest, "The decision is neither to accept nor to decline.")
            }
        } catch let problem as OrganizationProblem {
            return try refuse(problem, try await organizations.received(secret)?.invitation, visitor)
        }
    }

    private func secret(_ visit: Visit) -> InvitationSecret? {
        visit.context.parameters.get("secret").flatMap { InvitationSecret($0) }
    }

    private func refuse(_ problem: OrganizationProblem, _ invitation: Invitation?, _ visitor: SignedInVisit) throws
        -> Response
    {
        let visit = visitor.visit
        let requestID = visit.context.requestID
        switch problem {
        case .alreadyMember:
            // Sent twice, or a second link: all is well.
            guard let invitation else { throw problem }
            return site.go(to: "/settings/organizations/\(invitation.organizationID)", visit)
        case .invitationForAnother:
            guard let invitation else { throw problem }
            return try site.say(
                .invitationForAnother(
                    email: invitation.email.text, account: visitor.account.email.text, requestID: requestID), to: visit)
        case .tooManyMembers:
            return try site.say(
                .organizationFull("The organization has as many members as one may have.", requestID: requestID),
                to: visit)
        case .tooManyOrganizations:
            return try site.say(
                .organizationFull("You belong to as many organizations as one may.", requestID: requestID), to: visit)
        case .invitationClosed: return try site.say(.invitationClosed(requestID: requestID), to: visit)
        default: throw problem
        }
    }
}
