import Foundation
import HTTPTypes
import Hummingbird
import SluiceAuthority
import SluiceOAuth

/// `GET /sign-up` and `POST /sign-up`.
struct SignUpEndpoint: Sendable {
    let site: Site
    let throttle: Throttle
    let now: @Sendable () -> Date

    func get(_ request: Request, _ context: SluiceContext) async throws -> Response {
        let visit = try await site.visit(request, context)
        let destination = Destination(try visit.query(), site)
        if visit.current != nil { return site.go(to: destination.path, visit) }
        return try site.show(
            try await page(destination, try await destination.invitation), to: visit, csp: .openForm)
    }

    func post(_ request: Request, _ context: SluiceContext) async throws -> Response {
        let visit = try await site.visit(request, context)
        let form = try await site.form(visit)
        let destination = Destination(form, site)
        let invited = try await destination.invitation
        var page = try await page(destination, invited)
        // Cut only for showing them again: a cut address would be another address.
        let email = try form.value("email") ?? ""
        let name = try form.value("name") ?? ""
        let invitation = try form.value("invitation")
        page.email = String(email.prefix(254))
        page.name = String(name.prefix(100))
        page.invitation = String(invitation?.prefix(200) ?? "")
        // Accounts are made of hashing time and disk; a stranger gets a bounded share of both. Each try counts, as a taken
        // address must not be cheaper to ask for than a free one.
        let bucket = ["s:\(visit.trace.network)"]
        let moment = now()
        // Counted before the work: hashing takes time, in which many tries at once would all get through.
        if let wait = throttle.admit(bucket, at: moment) { throw Throttled(wait: wait) }
        do {
            let password = try form.value("password") ?? ""
            let accounts = site.authority.accounts
            let account: Account
            if let invited, let address = EmailAddress(email), address == invited.email {
                account = try await accounts.create(email: email, name: name, password: password, trace: visit.trace)
            } else {
                account = try await accounts.signUp(
                    email: email, name: name, password: password, invitation: invitation, trace: visit.trace)
            }
            let opened = try await site.authority.sessions.open(
                account, replacing: visit.current?.session.id, trace: visit.trace)
            return SessionCookies.welcome(opened, to: destination.path, visit, site)
        } catch let problem as Accounts.Problem {
            page.errors = problem.formErrors
            if page.isInvited, problem == .signUpClosed || problem == .invitationNeeded {
                page.errors = [("email", "Enter the address that was invited: the invitation is for no other.")]
            }
            let status: HTTPResponse.Status = problem == .signUpClosed ? .forbidden : .badRequest
            return try site.show(page, to: visit, status: status, csp: .openForm)
        } catch {
            // Too busy, or without a database: nothing was tried.
            throttle.takeBack(bucket, at: moment)
            throw error
        }
    }

    private func page(_ destination: Destination, _ invited: Invitation?) async throws -> SignUpPage {
        let policy: SignUpPage.Policy =
            switch site.authority.configuration.signUpPolicy {
            case _ where invited != nil: .open
            case .open: .open
            case .invite: .invite
            case .closed: .closed
            }
        return SignUpPage(
            policy: policy, isInvited: invited != nil, continueTo: destination.isDefault ? "" : destination.path,
            clientName: try await destination.client?.name.text, minimumPasswordLength: AuthorityLimits.passwordMinimum)
    }
}

extension Accounts.Problem {
    /// What to write beside which field. The names are those of the sign-up and profile forms.
    var formErrors: FormErrors {
        switch self {
        case .signUpClosed: [(nil, "New accounts are made by the operator of this server.")]
        case .invitationNeeded:
            [("invitation", "This is not a valid invitation. Ask whoever runs this server for one.")]
        case .emailInvalid: [("email", "Enter an email address like name@example.com.")]
        case .emailUnusable:
            [("email", "This address cannot be used for an account. If it is yours, sign in instead.")]
        case .nameInvalid: [("name", "Enter a name of 1 to 100 characters.")]
        case .timeZoneInvalid: [("timezone", "Choose a time zone from the list.")]
        case .password(let problem): [("password", problem.advice)]
        case .wrongPassword: [("current_password", "This is not your present password.")]
        case .unknown: [(nil, "The account is gone.")]
        }
    }
}
