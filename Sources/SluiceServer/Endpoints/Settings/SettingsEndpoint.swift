import HTTPTypes
import Hummingbird
import SluiceAuthority
import SluiceOAuth

/// `/settings`: profile, password, sessions.
struct SettingsEndpoint: Sendable {
    let site: Site

    func get(_ request: Request, _ context: SluiceContext) async throws -> Response {
        let visitor = try await site.visit(request, context).signedIn()
        return try site.show(try await page(visitor), to: visitor.visit, notice: Notice(visitor.visit))
    }

    func saveProfile(_ request: Request, _ context: SluiceContext) async throws -> Response {
        let visit = try await site.visit(request, context)
        let form = try await site.form(visit)
        let visitor = try visit.signedIn()
        let accounts = site.authority.accounts
        let name = try form.value("name") ?? ""
        let email = try form.value("email") ?? ""
        let zone = try form.value("timezone") ?? "UTC"
        do {
            // All that can be refused is looked at before anything is changed: a form is saved whole or not at all.
            try accounts.check(name: name, timeZone: zone)
            if EmailAddress(email) != visitor.account.email {
                try await accounts.changeEmail(
                    visitor.account.id, to: email, password: try form.value("current_password") ?? "",
                    trace: visit.trace)
            }
            try await accounts.update(visitor.account.id, name: name, timeZone: zone, trace: visit.trace)
            return site.go(to: "/settings?done=\(Notice.profileSaved.rawValue)", visit)
        } catch let problem as Accounts.Problem {
            var page = try await page(visitor)
            page.name = String(name.prefix(100))
            page.email = String(email.prefix(254))
            page.timezone = zone
            page.profileErrors = problem.formErrors
            return try site.show(page, to: visit, status: .badRequest)
        }
    }

    func changePassword(_ request: Request, _ context: SluiceContext) async throws -> Response {
        let visit = try await site.visit(request, context)
        let form = try await site.form(visit)
        let visitor = try visit.signedIn()
        do {
            try await site.authority.accounts.changePassword(
                visitor.account.id, from: try form.value("current_password") ?? "",
                to: try form.value("new_password") ?? "",
                endOtherSessions: try form.value("end_other_sessions") != nil, keeping: visitor.session.id,
                trace: visit.trace)
            return site.go(to: "/settings?done=\(Notice.passwordChanged.rawValue)", visit)
        } catch let problem as Accounts.Problem {
            var page = try await page(visitor)
            switch problem {
            case .password(let problem): page.passwordErrors.add(problem.advice, at: "new_password")
            case .wrongPassword:
                page.passwordErrors.add(
                    "This is not your present password.", at: "current_password", target: "password-current_password")
            default: page.passwordErrors = problem.formErrors
            }
            return try site.show(page, to: visit, status: .badRequest)
        }
    }

    func endSession(_ request: Request, _ context: SluiceContext) async throws -> Response {
        let visit = try await site.visit(request, context)
        _ = try await site.form(visit)
        let visitor = try visit.signedIn()
        guard try await site.authority.sessions.end(visit.id(), of: visitor.account.id, trace: visit.trace) else {
            throw Problem.notFound
        }
        return site.go(to: "/settings?done=\(Notice.sessionEnded.rawValue)", visit)
    }

    func endOtherSessions(_ request: Request, _ context: SluiceContext) async throws -> Response {
        let visit = try await site.visit(request, context)
        _ = try await site.form(visit)
        let visitor = try visit.signedIn()
        _ = try await site.authority.sessions.endOthers(
            than: visitor.session.id, of: visitor.account.id, trace: visit.trace)
        return site.go(to: "/settings?done=\(Notice.othersEnded.rawValue)", visit)
    }

    private func page(_ visitor: SignedInVisit) async throws -> SettingsPage {
        let account = visitor.account
        async let allSessions = site.authority.sessions.list(of: account.id)
        async let apps = site.authority.apps.list(of: account.id)
        let sessions = ListPage(
            try await allSessions, after: (try? visitor.visit.query()).flatMap { try? $0.value("sessions") }
        ) { $0.id.text }
        return SettingsPage(
            name: account.name.text, email: account.email.text, timezone: account.timeZone, zones: TimeZoneGroup.all,
            minimumPasswordLength: AuthorityLimits.passwordMinimum,
            sessions: sessions.elements.map { session in
                SettingsPage.Session(
                    id: session.id.text, device: DeviceName(session.userAgent).text, address: session.address,
                    created: Moment(session.authenticatedAt), lastSeen: Moment(session.lastSeenAt),
                    isCurrent: session.id == visitor.session.id)
            },
            moreSessions: sessions.nextQuery("sessions"),
            connectedApps: try await apps.map { .init(clientID: $0.client.id.text, name: $0.client.name.text) })
    }
}
