public import SluiceOAuth

/// Why a token is not accepted. The caller of the service learns `invalid_token` or that it should come back, the log learns more.
/// Holds no token and no secret.
public enum BearerRefusal: Error, Sendable, Equatable {
    /// It is no access token of the issuer for this service, or not any more.
    case invalid(Reason)
    /// Nobody can say now: the keys or the authorization server cannot be reached. The token may be good, so its holder should keep
    /// it and ask again.
    case unavailable(Outage, retryAfter: Duration)

    /// What is wrong with a token.
    public enum Reason: Sendable, Equatable {
        /// The token itself does not pass.
        case token(AccessTokenProblem)
        /// The authorization server says that it is not active: expired, revoked, or never issued.
        case inactive
        /// The authorization server says something that does not fit this service, as the text tells.
        case unfit(Misfit)
    }

    /// How an active token can still not be one for this service.
    public enum Misfit: String, Sendable, Equatable, CaseIterable {
        /// Issued by somebody else.
        case issuer = "another issuer"
        /// Meant for another service, or the server does not say for whom.
        case audience = "another audience, or none"
        /// Not an access token to be used as bearer; refresh tokens are active, too.
        case type = "not of the type Bearer"
        /// Bound to a key whose possession is not checked here.
        case boundToKey = "bound to a key"
        /// Expired by this machine's clock.
        case expired = "expired by this clock"
        /// The server names no account or no client.
        case incomplete = "no account or no client"
        /// The server names another account or client than the signed token does.
        case contradiction = "another account or client than the token's"
    }

    /// What could not be asked.
    public enum Outage: Sendable, Equatable {
        /// There are no keys that may still be believed; the text says what the last attempt met.
        case keys(String)
        /// The authorization server did not answer a question about the token; the text says what happened.
        case introspection(String)
        /// Too many questions are under way already.
        case busy
    }

    /// One sentence for the log.
    public var summary: String {
        switch self {
        case .invalid(.token(let problem)): problem.summary
        case .invalid(.inactive): "The authorization server says that the token is not active."
        case .invalid(.unfit(let misfit)):
            "The authorization server knows the token, but it is not for this service: \(misfit.rawValue)."
        case .unavailable(.keys(let words), _): "There are no keys to check tokens with: \(words)"
        case .unavailable(.introspection(let words), _): "The authorization server could not be asked about a token: \(words)"
        case .unavailable(.busy, _): "Too many questions to the authorization server are under way."
        }
    }
}
