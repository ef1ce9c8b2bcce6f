/// Why a token source has no access token to give. Holds no secret.
public enum TokenError: Error, Sendable, Equatable {
    /// Nobody signed in yet, or somebody signed out.
    case signedOut
    /// The storage keeps tokens of another server or another client; they are left alone.
    case otherClient(issuer: String, clientID: String)
    /// These tokens are at their end, and no retry helps: the user has to sign in again.
    case signInAgain(TokenEnding)
    /// The refresh did not succeed this time. The tokens are kept, and the next call tries again, but not before the server's
    /// `Retry-After`.
    case notRefreshed(OAuthRequestError)
    /// It is not known that the server took the tokens back. They are kept, and may still work there.
    case notRevoked(OAuthRequestError)
    /// The task was cancelled while it waited. A refresh that is under way goes on for whoever asks next.
    case cancelled
    /// The storage failed. If it could not take a rotated pair, the source holds that pair, gives it to nobody, and saves it when it
    /// is asked again.
    case storage(TokenStorageError)

    /// One sentence for people.
    public var summary: String {
        switch self {
        case .signedOut: "Nobody is signed in."
        case .otherClient(let issuer, let clientID): "The tokens that are kept are of the client \(clientID) at \(issuer)."
        case .signInAgain(let ending): "\(ending.summary) Sign in again."
        case .notRefreshed(let error): "The access token could not be refreshed. \(error.summary)"
        case .notRevoked(let error): "The tokens could not be revoked and may still work. \(error.summary)"
        case .cancelled: "Nobody waited for the access token any more."
        case .storage(let error): error.summary
        }
    }
}
