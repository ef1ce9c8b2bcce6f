/// Why a check cannot work with the server it was given. It shows when the check is made, not when the first request comes.
public enum SetupProblem: Error, Sendable, Equatable {
    /// The server's metadata names no keys (`jwks_uri`).
    case noKeys(issuer: String)
    /// The keys would travel unprotected: whoever can change them on the way can make tokens.
    case insecureKeys(url: String)
    /// The server's metadata names no introspection endpoint.
    case noIntrospection(issuer: String)
    /// The client has no secret: RFC 7662 §2.1 wants whoever asks to prove who it is.
    case publicClient(clientID: String)

    /// One sentence for people.
    public var summary: String {
        switch self {
        case .noKeys(let issuer): "The metadata of \(issuer) names no jwks_uri, so tokens cannot be checked offline."
        case .insecureKeys(let url): "\(url) is neither https nor on this machine: keys from there could be anybody's."
        case .noIntrospection(let issuer): "The metadata of \(issuer) names no introspection_endpoint."
        case .publicClient(let clientID): "The client \(clientID) has no secret; introspection needs a confidential client."
        }
    }
}
