/// A client's wish that a token end.
/// - Source: RFC 7009 §2.1.
public struct RevocationRequest: Sendable, SecretHolder {
    /// The token, of whatever kind.
    public let token: String
    /// What kind the client believes it is. Only a hint: the answer must not depend on it.
    public let hint: String?

    /// Reads the form.
    /// - Throws: `invalid_request` if `token` is missing or anything is repeated.
    public init(_ parameters: Parameters) throws(OAuthError) {
        guard parameters.repeats().isEmpty else { throw OAuthError(.invalidRequest, "A parameter is repeated.") }
        guard let token = try parameters.value("token") else { throw OAuthError(.invalidRequest, "token is missing.") }
        self.token = token
        hint = try parameters.value("token_type_hint")
    }

    /// Names the kind of request and hides the token.
    public var description: String { "RevocationRequest(hidden)" }
}
