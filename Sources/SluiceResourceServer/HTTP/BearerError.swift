public import HTTPTypes
public import Hummingbird
public import SluiceOAuth

/// Why a request is not let through. ``BearerMiddleware`` catches it wherever it is thrown below, and answers with its own realm and
/// metadata; thrown outside of one, it answers without them.
/// - Source: RFC 6750 §3.1.
public enum BearerError: Error, Sendable, Equatable, HTTPResponseError {
    /// Nothing was presented, or nothing of the scheme Bearer.
    case missing
    /// The header is no single bearer.
    case malformed(BearerProblem)
    /// The token was refused, or cannot be checked now.
    case refused(BearerRefusal)
    /// The token is good and lacks a scope; these are needed.
    case insufficientScope(Scopes)

    /// 401, 400 for a header that is no single bearer, 403 for a missing scope, 503 if nobody can say.
    public var status: HTTPResponse.Status {
        switch self {
        case .missing, .refused(.invalid): .unauthorized
        case .malformed(let problem): HTTPResponse.Status(code: problem.status)
        case .refused(.unavailable): .serviceUnavailable
        case .insufficientScope: .forbidden
        }
    }

    /// The answer of a service that says nothing of itself.
    public func response(from _: Request, context _: some RequestContext) -> Response {
        response(for: ProtectedResource())
    }

    /// The answer of a service.
    func response(for resource: ProtectedResource) -> Response {
        let error = protocolError
        var headers: HTTPFields = [.contentType: "application/json"]
        if case .refused(.unavailable(_, let wait)) = self {
            headers[.retryAfter] = String(Self.wholeSeconds(wait))
        } else {
            headers[.wwwAuthenticate] = resource.challenge(self)
        }
        return Response(status: status, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(string: error.json)))
    }

    /// What the caller is told. Which of the checks failed is for the log: a forger learns nothing from the answer.
    var protocolError: OAuthError {
        switch self {
        // RFC 6750 §3.1 wants no error code where nothing was presented, and the challenge has none. The body has one all the same:
        // a client that reads bodies alone needs something to branch on.
        case .missing: OAuthError(.invalidToken, "An access token is required.")
        case .malformed(let problem): problem.error ?? OAuthError(.invalidToken, "An access token is required.")
        case .refused(.invalid): OAuthError(.invalidToken, "The access token is expired, revoked or not for this service.")
        case .refused(.unavailable): OAuthError(.temporarilyUnavailable, "Access tokens cannot be checked now. Try again later.")
        case .insufficientScope: OAuthError(.insufficientScope, "The access token lacks a scope that this needs.")
        }
    }

    /// One sentence for the log.
    public var summary: String {
        switch self {
        case .missing: "No bearer was presented."
        case .malformed(.notBearer): "The Authorization header has another scheme than Bearer."
        case .malformed(.malformed): "The Authorization header is no single bearer."
        case .malformed(.repeated): "There is more than one Authorization header."
        case .refused(let refusal): refusal.summary
        case .insufficientScope(let scopes): "The token lacks one of the scopes \(scopes.text)."
        }
    }

    /// Rounded up: who comes back on the second must not come too early.
    private static func wholeSeconds(_ span: Duration) -> Int64 {
        max(1, span.components.seconds + (span.components.attoseconds > 0 ? 1 : 0))
    }
}
