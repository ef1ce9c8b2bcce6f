import Hummingbird
import SluiceAuthority
import SluiceOAuth

/// `POST /sign-out`. With `continue` it is also how somebody switches accounts on the consent page.
struct SignOutEndpoint: Sendable {
    let site: Site

    func post(_ request: Request, _ context: SluiceContext) async throws -> Response {
        let visit = try await site.visit(request, context)
        let form = try await site.form(visit)
        if let current = visit.current {
            _ = try await site.authority.sessions.end(current.session.id, of: current.account.id, trace: visit.trace)
        }
        let path = (try form.value("continue")).flatMap { LocalPath($0) }?.text
        return SessionCookies.farewell(to: path ?? "/sign-in?done=\(Notice.signedOut.rawValue)", visit)
    }
}
