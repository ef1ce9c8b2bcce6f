public import SluiceOAuth

/// An authorization server as its metadata describes it.
/// - Source: RFC 8414 §2.
public struct AuthorizationServer: Sendable, Hashable, Codable {
    /// Who it is: what `iss` must say.
    public var issuer: String
    /// Where the browser is sent.
    public var authorizationEndpoint: String
    /// Where codes and refresh tokens become tokens.
    public var tokenEndpoint: String
    /// Where tokens are given back (RFC 7009); `nil` if the server does not say.
    public var revocationEndpoint: String?
    /// Where others may ask about a token (RFC 7662).
    public var introspectionEndpoint: String?
    /// Where devices without a browser begin (RFC 8628).
    public var deviceAuthorizationEndpoint: String?
    /// The public keys of its tokens.
    public var jwksURI: String?
    /// Whether its authorization responses always carry `iss` (RFC 9207 §3).
    public var sendsIssuer: Bool
    /// How clients may prove themselves at the token endpoint; empty if the server does not say.
    public var authenticationMethods: [String]
    /// The scopes it lists; `nil` if it lists none.
    public var scopes: Scopes?

    /// A server with these endpoints.
    public init(
        issuer: String, authorizationEndpoint: String, tokenEndpoint: String, revocationEndpoint: String? = nil,
        introspectionEndpoint: String? = nil, deviceAuthorizationEndpoint: String? = nil, jwksURI: String? = nil,
        sendsIssuer: Bool = false, authenticationMethods: [String] = [], scopes: Scopes? = nil
    ) {
        self.issuer = issuer
        self.authorizationEndpoint = authorizationEndpoint
        self.tokenEndpoint = tokenEndpoint
        self.revocationEndpoint = revocationEndpoint
        self.introspectionEndpoint = introspectionEndpoint
        self.deviceAuthorizationEndpoint = deviceAuthorizationEndpoint
        self.jwksURI = jwksURI
        self.sendsIssuer = sendsIssuer
        self.authenticationMethods = authenticationMethods
        self.scopes = scopes
    }

    /// Buffer's, as its guide and its discovery documents give it.
    public static let buffer = AuthorizationServer(
        issuer: "https://auth.buffer.com", authorizationEndpoint: "https://auth.buffer.com/auth",
        tokenEndpoint: "https://auth.buffer.com/token",
        revocationEndpoint: "https://auth.buffer.com/token/revocation",
        introspectionEndpoint: "https://auth.buffer.com/token/introspection", jwksURI: "https://auth.buffer.com/jwks",
        sendsIssuer: true, authenticationMethods: ["none", "client_secret_post"],
        scopes: Scopes(
            "posts:write posts:read ideas:read ideas:write account:read account:write insights:read engagements:read engagements:write "
                + "offline_access"))
}
