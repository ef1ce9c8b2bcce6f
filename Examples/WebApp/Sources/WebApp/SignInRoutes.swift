import Hummingbird
import Logging
import SluiceClient
import SluiceOAuth

/// Signing in and out.
struct SignInRoutes: Sendable {
    let client: OAuthClient
    let visitors: Visitors
    let redirectURI: String

    func add(to router: Router<AppContext>) {
        router.get("sign-in") { request, _ in try begin(request) }
        router.get("callback") { request, context in await finish(request, context) }
        router.post("sign-out") { request, context in await signOut(request, context) }
    }

    /// Sends the browser to the authorization server, and keeps here what is needed when it comes back.
    private func begin(_ request: Request) throws -> Response {
        guard let scopes = Scopes("account:read offline_access") else { throw HTTPError(.internalServerError) }
        let session = AuthorizationSession(
            server: client.server, registration: client.registration, redirectURI: redirectURI, scopes: scopes)
        let known = visitors.visitor(request)
        var visitor = known?.visitor ?? Visitor()
        visitor.pending = session
        var response = Response.redirect(to: session.authorizationURL)
        response.setCookie(visitors.remember(visitor, insteadOf: known?.name))
        return response
    }

    /// The browser comes back: from the authorization server, or from an attacker, which `handle` tells apart.
    private func finish(_ request: Request, _ context: AppContext) async -> Response {
        guard let (name, known) = visitors.visitor(request), let session = visitors.takePending(name) else {
            return Page.problem("No sign-in is under way in this browser.", status: .badRequest)
        }
        do {
            // One storage for each person: the tokens of one must never answer for another.
            let tokens = TokenSource(client: client, storage: MemoryTokenStorage())
            try await tokens.signIn(with: session.handle(callback: request.uri.description, with: client))
            var visitor = known
            visitor.pending = nil
            visitor.tokens = tokens
            var response = Response.redirect(to: "/")
            response.setCookie(visitors.remember(visitor, insteadOf: name))
            return response
        } catch AuthorizationError.forgedState, AuthorizationError.notACallback {
            // Not the answer to this sign-in. The true one can still come, and nobody else's link may end it.
            visitors.putBack(session, name)
            context.logger.warning("A callback that answers no sign-in")
            return Page.problem("That is not the answer to the sign-in that is under way in this browser.", status: .badRequest)
        } catch AuthorizationError.denied {
            return Page.problem("You did not allow it, so nothing was changed.", status: .ok)
        } catch {
            context.logger.warning("Sign-in failed", metadata: ["reason": "\(words(for: error))"])
            return Page.problem("That did not work: \(words(for: error))", status: .badRequest)
        }
    }

    private func signOut(_ request: Request, _ context: AppContext) async -> Response {
        var response = Response.redirect(to: "/")
        guard let (name, visitor) = visitors.visitor(request) else { return response }
        do {
            try await visitor.tokens?.signOut()
        } catch {
            // The person wants to be out of here, whether or not the server can be told; the grant shows under its connected apps.
            context.logger.warning("Tokens not revoked", metadata: ["reason": "\(words(for: error))"])
        }
        response.setCookie(visitors.forget(name))
        return response
    }
}
