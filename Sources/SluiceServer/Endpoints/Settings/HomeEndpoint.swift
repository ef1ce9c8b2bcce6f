import Hummingbird
import SluiceAuthority

/// `GET /` for people: what this is, and the way in.
struct HomeEndpoint: Sendable {
    let site: Site

    func get(_ request: Request, _ context: SluiceContext) async throws -> Response {
        let visit = try await site.visit(request, context)
        if visit.current != nil { return site.go(to: "/settings/api", visit) }
        return try site.show(
            HomePage(
                canSignUp: site.authority.configuration.signUpPolicy != .closed, apiURL: site.origins.api.text + "/"),
            to: visit)
    }
}
