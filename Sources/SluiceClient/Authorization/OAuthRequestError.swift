/// Why a request at the authorization server brought no tokens. Holds no secret.
public enum OAuthRequestError: Error, Sendable, Equatable {
    /// The server said no, and will again.
    case refused(OAuthRefusal)
    /// The server is busy or broken (429, 5xx); the same request may do later.
    case unavailable(status: Int, retryAfter: Duration?)
    /// What came back is no answer of a token endpoint.
    case unreadable(status: Int)
    /// Tokens came, of a kind that this client cannot use: `token_type` is not Bearer.
    case unsupported
    /// No answer.
    case transport(TransportError)
    /// The endpoint is neither `https` nor on this machine: nothing was sent.
    case insecure(url: String)

    /// Whether the server may have acted all the same, so that what was presented may be spent.
    public var leavesDoubt: Bool {
        switch self {
        case .refused, .insecure, .transport(.notSent): false
        // 429 is said before anything is done; behind a 5xx there may be a commit.
        case .unavailable(let status, _): status != 429
        case .unreadable, .unsupported, .transport(.answerLost): true
        }
    }

    /// One sentence for people.
    public var summary: String {
        switch self {
        case .refused(let refusal): "The authorization server refused: \(refusal.summary)"
        case .unavailable(let status, let wait):
            "The authorization server cannot answer now (HTTP \(status))"
                + (wait.map { "; it asks to wait \($0.components.seconds) s." } ?? ".")
        case .unreadable(let status): "The authorization server's answer (HTTP \(status)) cannot be read."
        case .unsupported: "The authorization server gave tokens of a kind that this client cannot use."
        case .transport(let error): "The authorization server did not answer: \(error.summary)"
        case .insecure(let url): SecureAddress.complaint(url)
        }
    }
}
