/// Why an authorization ended without tokens. Holds no secret.
public enum AuthorizationError: Error, Sendable, Equatable {
    /// The address is no answer of an authorization server, or contradicts itself.
    case notACallback
    /// The answer does not belong to this session: somebody else's, an old one, or an attack (RFC 6749 §10.12).
    case forgedState
    /// The answer comes from another server than the one that was asked (RFC 9207). `nil`: it does not say from which.
    case wrongIssuer(expected: String, found: String?)
    /// The session was begun by another client or at another server than the client that it was handed to.
    case otherClient
    /// The user said no.
    case denied(OAuthRefusal)
    /// The server refused the request.
    case refused(OAuthRefusal)
    /// The code could not be exchanged.
    case exchange(OAuthRequestError)

    /// One sentence for people.
    public var summary: String {
        switch self {
        case .notACallback: "This address is no answer of the authorization server."
        case .forgedState: "This answer does not belong to the sign-in that was started."
        case .wrongIssuer(let expected, let found):
            "This answer comes from \(found ?? "a server that does not say its name"), not from \(expected)."
        case .otherClient: "This sign-in was started by another app or at another server."
        case .denied: "The user denied access."
        case .refused(let refusal): "The authorization server refused: \(refusal.summary)"
        case .exchange(let error): error.summary
        }
    }
}
