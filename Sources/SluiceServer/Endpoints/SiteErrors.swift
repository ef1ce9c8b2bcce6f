import HTTPTypes
import Hummingbird
import SluiceAuthority
import SluiceOAuth
import SluicePosting

/// How the errors of the rooms behind become answers.
struct SiteErrors: Sendable {
    let site: Site

    var renderers: ErrorRenderers {
        ErrorRenderers(page: page, translate: Self.problem)
    }

    /// What clients may know about an error of another room; `nil` for one that is our fault.
    @Sendable static func problem(_ error: any Error) -> Problem? {
        switch error {
        case let error as OAuthError:
            Problem(
                HTTPResponse.Status(code: error.status), code: error.code.rawValue, ourWords: error.summary,
                detail: error.detail)
        case let throttled as Throttled:
            Problem(
                .tooManyRequests, code: "temporarily_unavailable", "Too many failed attempts. Please wait and try again.",
                headers: [.retryAfter: String(throttled.retryAfter)])
        case let error as StoreError: .unavailable(retryAfter: 5, detail: error.summary)
        case is PasswordHasherBusy: .unavailable(retryAfter: 1, detail: "the password threads are busy")
        case is StaleForm: Problem(.forbidden, "The form is no longer valid.")
        case let needed as SignInNeeded:
            Problem(.seeOther, "Please sign in first.", headers: [.location: needed.address])
        case APIKeys.Problem.unknown, Clients.Problem.unknown, Clients.Problem.notConfidential, Accounts.Problem.unknown:
            .notFound
        case let problem as OrganizationProblem: problem.problem
        case let error as PostingError: error.problem
        default: nil
        }
    }

    /// Errors as pages, in the dress of all pages where that can be had.
    @Sendable private func page(_ problem: Problem, _ request: Request, _ context: SluiceContext) async -> Response {
        do {
            let visit = try await site.visit(request, context)
            if problem.status == .seeOther, let address = problem.headers[.location] {
                return Answer.redirect(address, headers: HTTPFields(visit.cookiesToSet))
            }
            var response = try site.say(message(problem, context.requestID), to: visit)
            response.status = problem.status
            for field in problem.headers { response.headers[field.name] = field.value }
            return response
        } catch {
            // The database is away, so nobody knows who is visiting.
            return ErrorRenderers.plainPage(problem, request, context)
        }
    }

    private func message(_ problem: Problem, _ requestID: String) -> MessagePage {
        switch problem.status {
        case .notFound: .notFound(requestID: requestID)
        case .methodNotAllowed: .methodNotAllowed(requestID: requestID)
        case .forbidden where problem.code == OrganizationProblem.forbiddenCode: .roleForbidden(requestID: requestID)
        case .conflict where problem.code == OrganizationProblem.conflictCode: .organizationConflict(requestID: requestID)
        case .conflict: .conflict(problem.summary, requestID: requestID)
        case .forbidden: .staleForm(requestID: requestID)
        case .tooManyRequests:
            .tooManyRequests(
                retryAfterInSeconds: problem.headers[.retryAfter].flatMap { Int($0) } ?? 60, requestID: requestID)
        case .contentTooLarge: .tooLarge(requestID: requestID)
        case .serviceUnavailable: .unavailable(requestID: requestID)
        case _ where problem.status.code >= 500: .unexpected(requestID: requestID)
        default: .badRequest(requestID: requestID)
        }
    }
}
