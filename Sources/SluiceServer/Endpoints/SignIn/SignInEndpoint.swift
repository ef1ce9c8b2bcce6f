import HTTPTypes
import Hummingbird
import SluiceAuthority
import SluiceOAuth

/// `GET /sign-in` and `POST /sign-in`.
struct SignInEndpoint: Sendable {
    let site: Site

    func get(_ request: Request, _ context: SluiceContext) async throws -> Response {
        let visit = try await site.visit(request, context)
        let destination = Destination(try visit.query(), site)
        if visit.current != nil, !destination.asksAgain { return site.go(to: destination.path, visit) }
        var page = try await page(destination)
        page.email = destination.loginHint ?? ""
        return try site.show(page, to: visit, csp: .openForm, notice: Notice(visit))
    }

    func post(_ request: Request, _ context: SluiceContext) async throws -> Response {
        let visit = try await site.visit(request, context)
        let form = try await site.form(visit)
        let destination = Destination(form, site)
        let email = try form.value("email") ?? ""
        do {
            let device = Cookies(request.headers).onlyValue(
                Cookies.name(Visit.deviceCookie, isSecure: context.origin.isSecure))
            let opened = try await site.authority.sessions.signIn(
                email: email, password: try form.value("password") ?? "", device: device,
                replacing: visit.current?.session.id, trace: visit.trace)
            return SessionCookies.welcome(opened, to: destination.path, visit, site)
        } catch let problem as Sessions.Problem {
            var page = try await page(destination)
            page.email = String(email.prefix(254))
            switch problem {
            case .wrong:
                page.errors = [
                    (nil, "The email address and password do not belong together. Check both and try again.")
                ]
                return try site.show(page, to: visit, status: .badRequest, csp: .openForm)
            case .throttled(let throttled):
                page.errors = [
                    (
                        nil,
                        "There were too many attempts. Wait \(throttled.retryAfter) seconds, then try again. Your account is not locked."
                    )
                ]
                var response = try site.show(page, to: visit, status: .tooManyRequests, csp: .openForm)
                response.headers[.retryAfter] = String(throttled.retryAfter)
                return response
            case .busy: throw PasswordHasherBusy()
            }
        }
    }

    private func page(_ destination: Destination) async throws -> SignInPage {
        let isClosed = site.authority.configuration.signUpPolicy == .closed
        let invitation = isClosed ? try await destination.invitation : nil
        return SignInPage(
            continueTo: destination.isDefault ? "" : destination.path,
            clientName: try await destination.client?.name.text,
            reason: destination.asksAgain ? "Please give your password again to go on." : nil,
            canSignUp: !isClosed || invitation != nil)
    }
}

/// Where somebody goes after signing in, and the app that waits there.
struct Destination: Sendable {
    let path: String
    let isDefault: Bool
    private let parameters: SluiceOAuth.Parameters?
    private let site: Site

    /// The `continue` of a query or form; anything that is no path of ours leads to Settings.
    init(_ given: SluiceOAuth.Parameters, _ site: Site) {
        let wanted = (try? given.value("continue")).flatMap { $0.flatMap { LocalPath($0) } }
        path = wanted?.text ?? "/settings/api"
        isDefault = wanted == nil
        parameters = wanted?.authorizationQuery.flatMap { try? SluiceOAuth.Parameters(formEncoded: Array($0.utf8)) }
        self.site = site
    }

    /// Whether being signed in already is not enough.
    var asksAgain: Bool {
        guard let mark = try? parameters?.value(AuthorizationEndpoint.mark) else { return false }
        return PageProofs.asksAgain(mark)
    }

    /// The address that the app suggests.
    var loginHint: String? { (try? parameters?.value("login_hint")).flatMap { $0.map { String($0.prefix(254)) } } }

    /// The invitation to an organization that waits, if it is open: whoever it is for may make an account, whatever the policy.
    var invitation: Invitation? {
        get async throws {
            let start = "/invitations/"
            guard path.hasPrefix(start), let secret = InvitationSecret(String(path.dropFirst(start.count))),
                let received = try await site.authority.organizations.received(secret), received.isOpen
            else { return nil }
            return received.invitation
        }
    }

    /// The app that waits.
    var client: Client? {
        get async throws {
            guard let text = (try? parameters?.value("client_id")).flatMap({ $0 }), let id = ClientID(text) else {
                return nil
            }
            return try await site.authority.clients.client(id)
        }
    }
}
