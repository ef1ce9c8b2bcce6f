/// Says who stands behind the text that followed `Bearer `.
///
/// - ``AccessTokenVerifier`` decides offline, by the issuer's public keys.
/// - ``Introspection`` asks the authorization server, for opaque tokens too.
/// - ``ConfirmingVerifier`` does the first and then the second, so that a revocation is seen before the token expires.
public protocol BearerChecker: Sendable {
    /// Who stands behind a token.
    /// - Parameter token: As it was presented; whatever it holds, it is only ever compared and hashed.
    /// - Throws: `BearerRefusal`. An implementation that cannot decide refuses.
    func check(_ token: String) async throws(BearerRefusal) -> VerifiedBearer
}
