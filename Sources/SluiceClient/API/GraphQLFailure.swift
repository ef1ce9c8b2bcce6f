/// Why there is no data. Holds no secret.
public enum GraphQLFailure: Error, Sendable, Equatable {
    /// The API answered with errors (Buffer's non-recoverable ones).
    case errors([GraphQLErrorEntry])
    /// The API refuses the credential (401).
    case unauthenticated
    /// There is no access token to show.
    case token(TokenError)
    /// Too many requests (429).
    case rateLimited(retryAfter: Duration?, window: String?, limits: [RateLimit])
    /// A status that is no GraphQL answer.
    case status(Int, retryAfter: Duration?)
    /// What came back cannot be understood.
    case unreadable(String)
    /// What was to be sent cannot be.
    case unsendable(String)
    /// No answer.
    case transport(TransportError)
    /// The endpoint is neither `https` nor on this machine: nothing was sent.
    case insecure(url: String)
    /// The task was cancelled; whether the server acted is unknown.
    case cancelled

    /// One sentence for people.
    public var summary: String {
        switch self {
        case .errors(let errors):
            errors.first.map { first in
                errors.count == 1 ? first.message : "\(first.message) (and \(errors.count - 1) more)"
            } ?? "The API answered without data."
        case .unauthenticated: "The API does not accept the credential."
        case .token(let error): error.summary
        case .rateLimited(let wait, let window, _):
            "Too many requests" + (window.map { " in the window of \($0)" } ?? "")
                + (wait.map { "; try again in \($0.components.seconds) s." } ?? ".")
        case .status(let status, let wait):
            "The API answered HTTP \(status)" + (wait.map { " and asks to wait \($0.components.seconds) s." } ?? ".")
        case .unreadable(let words), .unsendable(let words): words
        case .transport(let error): "The API did not answer: \(error.summary)"
        case .insecure(let url): SecureAddress.complaint(url)
        case .cancelled: "The request was cancelled."
        }
    }
}
