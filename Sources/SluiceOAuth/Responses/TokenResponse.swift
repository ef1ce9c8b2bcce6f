/// The answer of the token endpoint.
/// - Source: RFC 6749 §5.1.
public struct TokenResponse: Sendable, Equatable, SecretHolder {
    /// The access token.
    public var accessToken: String
    /// The refresh token; `nil` unless `offline_access` was granted.
    public var refreshToken: String?
    /// How long the access token is good, in seconds.
    public var expiresIn: Int
    /// What was granted.
    public var scopes: Scopes

    /// An answer with these members.
    public init(accessToken: String, refreshToken: String?, expiresIn: Int, scopes: Scopes) {
        self.accessToken = accessToken
        self.refreshToken = refreshToken
        self.expiresIn = expiresIn
        self.scopes = scopes
    }

    /// The body, in the order in which Buffer documents it. Without a refresh token that member is absent, not null.
    public var json: String {
        var object = JSONText(capacity: 1024)
        object.add("access_token", accessToken)
        if let refreshToken { object.add("refresh_token", refreshToken) }
        object.add("token_type", "Bearer")
        object.add("expires_in", Int64(expiresIn))
        object.add("scope", scopes.text)
        return object.text
    }

    /// The scopes; the tokens stay hidden.
    public var description: String {
        "TokenResponse(\(scopes), \(refreshToken == nil ? "no refresh" : "with refresh"))"
    }
}
