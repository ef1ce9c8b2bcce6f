import HTTPTypes
import Hummingbird
import SluiceAuthority
import SluiceOAuth

/// What a sandbox answers instead of the truth, or does to it.
struct Fault: Sendable, Equatable {
    /// What becomes of the request.
    enum Effect: Sendable, Equatable {
        /// It is answered as usual.
        case none
        /// It is refused with this status, in the form that the path's clients read.
        case status(Int, retryAfter: Int?, window: RateWindow)
        /// It is refused with this error of OAuth's.
        case oauthError(OAuthError.Code)
        /// The connection ends before anything happens.
        case dropBefore
        /// Everything happens and is kept, and then the connection ends without an answer.
        case dropAfter
    }

    /// How long the answer takes in addition, in seconds of the machine's clock.
    var delayInSeconds = 0
    /// What becomes of the request.
    var effect = Effect.none

    /// The longest delay.
    static let delayLimitInSeconds = 60

    /// Its name in the list of calls.
    var name: String {
        switch effect {
        case .none: "delay"
        case .status(let status, _, _): "status \(status)"
        case .oauthError(let code): "oauth_error \(code.rawValue)"
        case .dropBefore: "drop before"
        case .dropAfter: "drop after"
        }
    }

    /// The refusal; `nil` for a fault that is none.
    func refusal(on target: CallTarget) throws(Problem) -> Response? {
        switch effect {
        case .none, .dropBefore, .dropAfter: return nil
        case .oauthError(let code): throw Self.refusal(HTTPResponse.Status(code: code.status), code.rawValue, [:])
        case .status(let number, let retryAfter, let window):
            let status = HTTPResponse.Status(code: number)
            var headers: HTTPFields = [:]
            if let seconds = retryAfter ?? (status == .tooManyRequests ? 1 : nil) {
                headers[.retryAfter] = String(seconds)
            }
            if status == .tooManyRequests, target == .api {
                return RateLimitFields.refusal(window, retryAfter: retryAfter ?? 1)
            }
            if status == .unauthorized {
                // RFC 9110 §15.5.2: every 401 says how to do better.
                headers[.wwwAuthenticate] =
                    target == .api ? #"Bearer realm="Sluice", error="invalid_token""# : #"Basic realm="Sluice""#
            }
            throw Self.refusal(status, Self.code(number), headers)
        }
    }

    private static func refusal(_ status: HTTPResponse.Status, _ code: String, _ headers: HTTPFields) -> Problem {
        Problem(status, code: code, ourWords: "The sandbox was told to answer this.", headers: headers)
    }

    /// OAuth's word for a status.
    private static func code(_ status: Int) -> String {
        switch status {
        case 401: OAuthError.Code.invalidClient.rawValue
        case 403: OAuthError.Code.accessDenied.rawValue
        case 429, 503: OAuthError.Code.temporarilyUnavailable.rawValue
        case 500...: OAuthError.Code.serverError.rawValue
        default: OAuthError.Code.invalidRequest.rawValue
        }
    }
}
