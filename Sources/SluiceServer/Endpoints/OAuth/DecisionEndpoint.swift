import HTTPTypes
import Hummingbird
import Logging
import SluiceAuthority
import SluiceOAuth

/// `POST /auth/decision`: the answer to the consent page.
struct DecisionEndpoint: Sendable {
    let site: Site

    func post(_ request: Request, _ context: SluiceContext) async throws -> Response {
        let visit = try await site.visit(request, context)
        let form = try await site.form(visit)
        let visitor = try visit.signedIn()
        let ticket: ConsentTicket
        do {
            ticket = try site.authority.proofs.open(try form.value("ticket") ?? "", session: visitor.session)
        } catch PageProofs.Problem.expired {
            return try site.say(.expiredRequest(requestID: context.requestID), to: visit)
        } catch PageProofs.Problem.invalid {
            throw StaleForm()
        }
        // The client may have been deleted or changed since the page was shown.
        let consent = site.authority.consent
        let asked: AuthorizationRequest
        let client: Client
        do {
            (asked, client) = try await consent.parse(SluiceOAuth.Parameters(ticket.request.parameters))
        } catch let error as Consent.PageError {
            return try site.say(.refusal(error, requestID: context.requestID), to: visit)
        } catch is Consent.RedirectError {
            return try site.say(.expiredRequest(requestID: context.requestID), to: visit)
        }
        switch try form.value("decision") {
        case "allow":
            return try await approve(asked, client, visitor, decision: ticket.decision)
        case "deny":
            let isFirst = try await consent.deny(
                asked, client: client, session: visitor.session, decision: ticket.decision, trace: visit.trace)
            guard isFirst else { return try answer(.decidedBefore, asked, client, visit) }
            return Answer.redirect(
                AuthorizationResponse.failure(
                    redirectURI: asked.redirectURI, error: OAuthError(.accessDenied, "The user denied the request."),
                    state: asked.state, issuer: site.authority.configuration.issuer))
        default:
            return try site.say(.badRequest(requestID: context.requestID), to: visit)
        }
    }

    /// Approves, and sends the browser back to the client.
    /// - Parameter decision: The ticket's; `nil` where no page was shown.
    func approve(
        _ request: AuthorizationRequest, _ client: Client, _ visitor: SignedInVisit, decision: String?
    ) async throws -> Response {
        let visit = visitor.visit
        do {
            let approval = try await site.authority.consent.approve(
                request, client: client, session: visitor.session, decision: decision, trace: visit.trace)
            return try answer(approval, request, client, visit)
        } catch let error as StoreError {
            visit.context.logger.warning("cannot keep an approval", metadata: ["detail": "\(error.summary)"])
            // RFC 6749 §4.1.2.1: no status reaches the client here, so the redirect has to tell it.
            return Answer.redirect(
                AuthorizationResponse.failure(
                    redirectURI: request.redirectURI,
                    error: OAuthError(.temporarilyUnavailable, "The server cannot keep the approval right now."),
                    state: request.state, issuer: site.authority.configuration.issuer))
        }
    }

    /// Sends the browser back to the client with its code.
    private func answer(
        _ approval: Consent.Approval, _ request: AuthorizationRequest, _ client: Client, _ visit: Visit
    ) throws -> Response {
        switch approval {
        case .code(let code):
            return Answer.redirect(
                AuthorizationResponse.success(
                    redirectURI: request.redirectURI, code: code.text, state: request.state,
                    issuer: site.authority.configuration.issuer))
        case .decidedBefore:
            return try site.say(
                .alreadyDecided(clientName: client.name.text, requestID: visit.context.requestID), to: visit)
        case .gone:
            return try site.say(.unknownClient(requestID: visit.context.requestID), to: visit)
        }
    }
}
