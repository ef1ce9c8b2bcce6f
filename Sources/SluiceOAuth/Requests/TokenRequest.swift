/// What a client asks of the token endpoint. Well formed, and nothing more: whether it gets it is for others to decide.
/// - Source: RFC 6749 §4.1.3 and §6; RFC 7636 §4.5.
public enum TokenRequest: Sendable, SecretHolder {
    /// Tokens for a code.
    /// - `verifier` is `nil` if none was sent; that is `invalid_grant` once the code is known, as Buffer's server answers.
    case authorizationCode(code: String, redirectURI: String, verifier: CodeVerifier?)
    /// New tokens for a refresh token. `scopes` is `nil` if none were named.
    case refresh(token: String, scopes: Scopes?)

    /// Reads the form.
    /// - Throws: `invalid_request` for a missing, repeated or malformed parameter (only `resource` may repeat, RFC 8707 §2),
    ///   `unsupported_grant_type`, or `invalid_scope` for text that is no list of scopes.
    public init(_ parameters: Parameters) throws(OAuthError) {
        if let name = parameters.repeats(except: ["resource"]).first {
            throw OAuthError(.invalidRequest, "A parameter is repeated.", detail: Self.isOurs(name) ? name : nil)
        }
        guard let type = try parameters.value("grant_type") else {
            throw OAuthError(.invalidRequest, "grant_type is missing.")
        }
        switch type {
        case "authorization_code": self = try Self.exchange(parameters)
        case "refresh_token": self = try Self.refresh(parameters)
        default:
            throw OAuthError(.unsupportedGrantType, "grant_type must be authorization_code or refresh_token.")
        }
    }

    /// The grant type; secrets stay hidden.
    public var description: String {
        switch self {
        case .authorizationCode: "TokenRequest(authorization_code)"
        case .refresh: "TokenRequest(refresh_token)"
        }
    }

    private static func exchange(_ parameters: Parameters) throws(OAuthError) -> TokenRequest {
        guard let code = try parameters.value("code") else { throw OAuthError(.invalidRequest, "code is missing.") }
        guard let redirectURI = try parameters.value("redirect_uri") else {
            throw OAuthError(.invalidRequest, "redirect_uri is missing.")
        }
        guard let text = try parameters.value("code_verifier") else {
            return .authorizationCode(code: code, redirectURI: redirectURI, verifier: nil)
        }
        guard let verifier = CodeVerifier(text) else {
            throw OAuthError(
                .invalidRequest, "code_verifier must be 43 to 128 characters from A-Z, a-z, 0-9, -, ., _ and ~.")
        }
        return .authorizationCode(code: code, redirectURI: redirectURI, verifier: verifier)
    }

    private static func refresh(_ parameters: Parameters) throws(OAuthError) -> TokenRequest {
        guard let token = try parameters.value("refresh_token") else {
            throw OAuthError(.invalidRequest, "refresh_token is missing.")
        }
        guard let text = try parameters.value("scope") else { return .refresh(token: token, scopes: nil) }
        guard let scopes = Scopes(text), !scopes.isEmpty else { throw OAuthError(.invalidScope, "scope is malformed.") }
        return .refresh(token: token, scopes: scopes)
    }

    /// Names from a request go to the log only if they are names of the protocol: a stray secret must not land there.
    private static func isOurs(_ name: String) -> Bool {
        [
            "grant_type", "code", "redirect_uri", "code_verifier", "refresh_token", "scope", "client_id",
            "client_secret",
        ].contains(name)
    }
}
