import Hummingbird
import SluiceClient
import SluiceHTTPTransport
import SluiceResourceServer

/// An API of this service's own, for programs that hold an access token of the same issuer. No cookie opens it.
///
/// The tokens are good at the API too, and at every sibling with the same audience: whoever is shown one can replay it there. So this
/// service must be trusted as much as the API itself (RFC 8725 §3.9; the cure, an audience for each resource, is RFC 8707).
struct ReportRoutes: Sendable {
    private let verifier: AccessTokenVerifier

    init(endpoints: Endpoints) throws {
        verifier = try AccessTokenVerifier(
            server: endpoints.authorizationServer, audience: endpoints.apiURL, transport: AsyncHTTPTransport.shared)
    }

    func add(to group: RouterGroup<AppContext>) {
        group.add(middleware: BearerMiddleware(verifier, resource: ProtectedResource(realm: "Reports")))
            .group(context: CallerContext<AppContext>.self)
            .add(middleware: RequireScopes("account:read"))
            .get { _, context in "A report for \(context.caller.accountID), asked for by \(context.caller.clientID).\n" }
    }
}
