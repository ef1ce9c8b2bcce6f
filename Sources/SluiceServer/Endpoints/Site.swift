import HTTPTypes
import Hummingbird
import SluiceAuthority
import SluiceOAuth
import SluicePosting

/// What every page endpoint works with.
struct Site: Sendable {
    let authority: Authority
    let posting: Posting
    let origins: Origins
    let renderer: PageRenderer
    /// The clock of a sandbox; `nil` outside one.
    var sandboxClock: SandboxClock?

    /// The whole answer for a page.
    func show<P: Page>(
        _ page: P, to visit: Visit, status: HTTPResponse.Status = .ok, csp: ContentPolicy = .page, notice: Notice? = nil
    ) throws -> Response {
        // Pages at the gate show the account themselves, or there is none yet.
        let account = P.frame == .gate ? nil : visit.current?.account
        let chrome = Chrome(
            base: visit.base, app: origins.app == visit.context.origin ? nil : origins.app.text,
            account: account.map { Chrome.Account(name: $0.name.text, email: $0.email.text) },
            csrf: authority.proofs.formToken(anchor: visit.anchor), notice: notice.map { Chrome.Notice(text: $0.text) },
            sandbox: sandboxClock.map { Moment($0.now) })
        return Answer.html(
            try renderer.render(page, chrome: chrome), status: status, csp: csp, headers: HTTPFields(visit.cookiesToSet))
    }

    /// A page that only says something.
    func say(_ page: MessagePage, to visit: Visit) throws -> Response {
        try show(page, to: visit, status: HTTPResponse.Status(code: page.status))
    }

    /// Sends the browser to a path below the origin's prefix.
    func go(to path: String, _ visit: Visit) -> Response {
        Answer.redirect(visit.base + path, headers: HTTPFields(visit.cookiesToSet))
    }

    /// Who is visiting: reads the cookies, and the session behind them.
    func visit(_ request: Request, _ context: SluiceContext) async throws -> Visit {
        let cookies = Cookies(request.headers)
        let isSecure = context.origin.isSecure
        // Every value under the name is tried, so that a planted cookie cannot hide the real one.
        for value in cookies.values(Cookies.name(Visit.sessionCookie, isSecure: isSecure)).prefix(4) {
            if let current = try await authority.sessions.current(value) {
                return Visit(request: request, context: context, current: current, anchor: value, cookiesToSet: [])
            }
        }
        let name = Cookies.name(Visit.browserCookie, isSecure: isSecure)
        if let anchor = cookies.onlyValue(name), anchor.utf8.count == 22 {
            return Visit(request: request, context: context, current: nil, anchor: anchor, cookiesToSet: [])
        }
        let anchor = authority.proofs.formID()
        return Visit(
            request: request, context: context, current: nil, anchor: anchor,
            cookiesToSet: [Cookies.set(name, to: anchor, isSecure: isSecure)])
    }

    /// The form of a POST, once its token showed that one of our own pages sent it.
    /// - Throws: ``StaleForm``; `Problem`; `OAuthError` for an unreadable form.
    func form(_ visit: Visit) async throws -> SluiceOAuth.Parameters {
        // Browsers say where a request comes from. (`Origin` says nothing here: our referrer policy makes it `null`.)
        if let site = visit.request.headers[.secFetchSite], site == "cross-site" || site == "same-site" { throw StaleForm() }
        let body = try await visit.request.formBody(visit.context)
        let form = try SluiceOAuth.Parameters(formEncoded: body.readableBytesView)
        guard let token = try form.value("csrf"), authority.proofs.isFormToken(token, anchor: visit.anchor) else {
            throw StaleForm()
        }
        return form
    }
}

/// A form that none of our pages gave to this browser's present session.
struct StaleForm: Error {}

/// Where a browser without a session is sent first.
struct SignInNeeded: Error {
    /// The sign-in page, which leads back to a page that was asked for. What a form was about to do is not repeated.
    let address: String

    init(_ visit: Visit) {
        let path = visit.base + "/sign-in"
        let asked = visit.request.head.path ?? "/"
        let local = asked.hasPrefix(visit.base + "/") ? String(asked.dropFirst(visit.base.count)) : asked
        guard visit.request.method == .get, LocalPath(local) != nil else {
            address = path
            return
        }
        address = path + "?" + SluiceOAuth.Parameters.encode([("continue", local)])
    }
}

/// A visit by a browser.
struct Visit: Sendable {
    static let sessionCookie = "sluice_session"
    static let browserCookie = "sluice_browser"
    static let deviceCookie = "sluice_device"

    let request: Request
    let context: SluiceContext
    /// Who is signed in.
    let current: Sessions.Current?
    /// The value that form tokens of this browser belong to.
    let anchor: String
    /// What the answer has to set.
    let cookiesToSet: [HTTPField]

    var base: String { context.origin.prefix }

    var trace: RequestTrace {
        RequestTrace(
            address: context.remoteAddress, userAgent: request.headers[.userAgent] ?? "-", requestID: context.requestID)
    }

    /// The query, strictly parsed.
    func query() throws -> SluiceOAuth.Parameters {
        try SluiceOAuth.Parameters(formEncoded: Array((request.uri.query ?? "").utf8))
    }

    /// The visitor, who has to be signed in.
    /// - Throws: ``SignInNeeded``.
    func signedIn() throws -> SignedInVisit {
        guard let current else { throw SignInNeeded(self) }
        return SignedInVisit(visit: self, session: current.session, account: current.account)
    }

    /// The path parameter under `name`; text that is no id leads where an unknown id does.
    func id<Kind>(_ name: String = "id") throws -> Identifier<Kind> {
        guard let text = context.parameters.get(name), let id = Identifier<Kind>(text) else { throw Problem.notFound }
        return id
    }
}

/// A visit by somebody who is signed in. It cannot be made without a session.
struct SignedInVisit: Sendable {
    let visit: Visit
    let session: Session
    let account: Account

    fileprivate init(visit: Visit, session: Session, account: Account) {
        self.visit = visit
        self.session = session
        self.account = account
    }
}
