/// Whether a token request proves that it comes from whoever started the authorization.
/// - Source: RFC 7636 §4.6.
public enum ProofKey {
    /// Checks the verifier against the challenge of the code, in constant time.
    /// - Parameter verifier: What the request brought; `nil` if nothing.
    /// - Throws: `invalid_grant`.
    public static func check(_ verifier: CodeVerifier?, against challenge: CodeChallenge) throws(OAuthError) {
        guard let verifier else { throw OAuthError(.invalidGrant, "code_verifier is missing.") }
        guard challenge.matches(verifier) else {
            throw OAuthError(.invalidGrant, "code_verifier does not match the code_challenge.")
        }
    }
}
