import HTTPTypes
import Hummingbird
import SluiceAuthority
import SluiceOAuth

/// `GET /auth` and `POST /auth`. Source: RFC 6749 §3.1; OpenID Connect Core §3.1.2.1 for POST.
struct AuthorizationEndpoint: Sendable {
    /// The parameter that brings a re-authentication mark back.
    static let mark = "reauthentication"

    let site: Site

    func get(_ request: Request, _ context: SluiceContext) async throws -> Response {
        let visit = try await site.visit(request, context)
        return try await answer(visit) { try visit.query() }
    }

    func post(_ request: Request, _ context: SluiceContext) async throws -> Response {
        let visit = try await site.visit(request, context)
        let body = try await request.formBody(context)
        return try await answer(visit) { try SluiceOAuth.Parameters(formEncoded: body.readableBytesView) }
    }

    private func answer(_ visit: Visit, _ parse: () throws -> SluiceOAuth.Parameters) async throws -> Response {
        let consent = site.authority.consent
        let parameters: SluiceOAuth.Parameters
        do { parameters = try parse() } catch is OAuthError {
            return try site.say(.badRequest(requestID: visit.context.requestID), to: visit)
        }
        let request: AuthorizationRequest
        let client: Client
        do { (request, client) = try await consent.parse(parameters) } catch let error as Consent.PageError {
            return try site.say(.refusal(error, requestID: visit.context.requestID), to: visit)
        } catch let error as Consent.RedirectError {
            return redirect(
                AuthorizationResponse.failure(
                    redirectURI: error.redirectURI, error: error.error, state: error.state,
                    issuer: site.authority.configuration.issuer), visit)
        }
        let mark = parameters.isRepeated(Self.mark) ? nil : try parameters.value(Self.mark)
        switch try await consent.step(for: request, client: client, session: visit.current?.session, mark: mark) {
        case .signIn(let mark):
            let pairs = request.parameters + (mark.map { [(Self.mark, $0)] } ?? [])
            let path = "/auth?" + SluiceOAuth.Parameters.encode(pairs)
            return site.go(to: "/sign-in?" + SluiceOAuth.Parameters.encode([("continue", path)]), visit)
        case .refuse(let error):
            return redirect(
                AuthorizationResponse.failure(
                    redirectURI: request.redirectURI, error: error, state: request.state,
                    issuer: site.authority.configuration.issuer), visit)
        case .ask:
            return try ask(request, client, try visit.signedIn())
        case .sendOn:
            return try await DecisionEndpoint(site: site).approve(request, client, visit.signedIn(), decision: nil)
        }
    }

    private func ask(_ request: AuthorizationRequest, _ client: Client, _ visitor: SignedInVisit) throws -> Response {
        let uri = client.redirectURIs.first { $0.matches(request.redirectURI) }
        let destination: ConsentPage.Destination =
            switch uri?.kind {
            case .https, nil: .website(uri?.hostForDisplay ?? "")
            case .loopback, .localhost: .device(uri?.hostForDisplay ?? "")
            case .privateUse: .program(uri?.scheme ?? "")
            }
        let again = "/auth?" + SluiceOAuth.Parameters.encode(request.parameters)
        let page = ConsentPage(
            clientName: client.name.text, website: client.website.flatMap { WebLink($0) }, destination: destination,
            scopes: ScopeCatalog.entries.filter { request.scopes.contains($0.scope) }.map { ScopeWords($0.scope.name) },
            standing: client.isDynamic ? .dynamic : client.ownerID == visitor.account.id ? .verified : .unverified,
            accountName: visitor.account.name.text, accountEmail: visitor.account.email.text,
            ticket: site.authority.proofs.ticket(for: request, session: visitor.session), switchAccountTo: again)
        return try site.show(page, to: visitor.visit, csp: .openForm)
    }

    private func redirect(_ location: String, _ visit: Visit) -> Response {
        Answer.redirect(location, headers: HTTPFields(visit.cookiesToSet))
    }
}

extension MessagePage {
    /// What a request that may not be redirected is told.
    static func refusal(_ refusal: Consent.PageError, requestID: String) -> MessagePage {
        if refusal.error.code == .invalidClient { return .unknownClient(requestID: requestID) }
        return refusal.client == nil
            ? .badRequest(requestID: requestID) : .unregisteredRedirectURI(requestID: requestID)
    }
}
