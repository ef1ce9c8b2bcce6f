/// Sends HTTP requests for the SDK. Bring your own, or use `AsyncHTTPTransport` of `SluiceHTTPTransport`.
///
/// An implementation follows no redirect: a token request that is sent on would hand its secrets to somebody else. It verifies
/// certificates, bounds the size of answers, and tells apart what `TransportError` tells apart: whether it is safe to send a refresh
/// again hangs on that.
public protocol Transport: Sendable {
    /// Sends one request and reads its whole answer, whatever the status is.
    /// - Throws: `TransportError` if there is no complete answer.
    func send(_ request: TransportRequest) async throws(TransportError) -> TransportResponse
}

/// Why there is no answer. The texts are for people; they hold no secret.
public enum TransportError: Error, Sendable, Equatable {
    /// No byte of the request can have reached the server: a name that does not resolve, a refused connection, a failed TLS
    /// handshake. Sending it again is safe.
    case notSent(String)
    /// The request may have arrived, and no whole answer came back: whether the server acted is unknown.
    case answerLost(String)

    /// What happened, for people.
    public var summary: String {
        switch self {
        case .notSent(let words): words
        case .answerLost(let words): words
        }
    }
}
