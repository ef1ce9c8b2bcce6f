import Hummingbird
import SluiceAuthority
import SluiceOAuth

/// `/settings/close`.
struct CloseAccountEndpoint: Sendable {
    let site: Site

    func get(_ request: Request, _ context: SluiceContext) async throws -> Response {
        let visitor = try await site.visit(request, context).signedIn()
        return try site.show(try await page(visitor), to: visitor.visit)
    }

    func post(_ request: Request, _ context: SluiceContext) async throws -> Response {
        let visit = try await site.visit(request, context)
        let form = try await site.form(visit)
        let visitor = try visit.signedIn()
        do {
            try await site.authority.accounts.close(
                visitor.account.id, password: try form.value("password") ?? "", trace: visit.trace)
        } catch Accounts.Problem.wrongPassword {
            var page = try await page(visitor)
            page.errors = [("password", "This is not your password. Nothing was closed.")]
            return try site.show(page, to: visit, status: .badRequest)
        }
        let isSecure = context.origin.isSecure
        let gone = Visit(
            request: request, context: context, current: nil, anchor: visit.anchor,
            cookiesToSet: [
                Cookies.clear(Cookies.name(Visit.sessionCookie, isSecure: isSecure), isSecure: isSecure),
                Cookies.clear(Cookies.name(Visit.deviceCookie, isSecure: isSecure), isSecure: isSecure),
            ])
        return try site.say(.accountClosed(), to: gone)
    }

    private func page(_ visitor: SignedInVisit) async throws -> CloseAccountPage {
        let id = visitor.account.id
        let all = SliceRequest(limit: 200)
        return CloseAccountPage(
            email: visitor.account.email.text, keyCount: try await site.authority.keys.list(of: id, all).elements.count,
            clientCount: try await site.authority.clients.list(of: id, all).elements.count,
            appCount: try await site.authority.apps.list(of: id).count,
            sessionCount: try await site.authority.sessions.list(of: id).count)
    }
}
