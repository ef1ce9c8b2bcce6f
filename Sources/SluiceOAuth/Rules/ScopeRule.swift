/// Which scopes a request gets to ask for.
/// - Source: RFC 6749 §3.3 and §6.
public enum ScopeRule {
    /// The scopes of an authorization request. Every name must be known to the server and allowed to the client.
    /// - Throws: `invalid_scope`. Its text lists what would be accepted and never what was sent. There is no default scope:
    ///   a user should not be asked for more than the client thought about.
    public static func requested(_ text: String?, known: Scopes, allowed: Scopes?) throws(OAuthError) -> Scopes {
        let offered = allowed.map(known.intersection) ?? known
        guard let text else { throw OAuthError(.invalidScope, "scope is missing. Available scopes:", listing: offered) }
        guard let scopes = Scopes(text) else {
            throw OAuthError(.invalidScope, "scope is malformed. Available scopes:", listing: offered)
        }
        guard !scopes.isEmpty else {
            throw OAuthError(.invalidScope, "scope is missing. Available scopes:", listing: offered)
        }
        guard scopes.isSubset(of: known) else {
            throw OAuthError(.invalidScope, "A requested scope does not exist. Available scopes:", listing: offered)
        }
        guard scopes.isSubset(of: offered) else {
            throw OAuthError(
                .invalidScope, "A requested scope is not allowed for this client. Available scopes:", listing: offered)
        }
        return scopes
    }

    /// The scopes of the access token that a refresh gets: what is asked for within the grant, or all of the grant.
    /// - Throws: `invalid_scope` if more is asked for than was granted.
    /// - Source: RFC 6749 §6.
    public static func refreshed(_ requested: Scopes?, granted: Scopes) throws(OAuthError) -> Scopes {
        guard let requested else { return granted }
        guard requested.isSubset(of: granted) else {
            throw OAuthError(.invalidScope, "A requested scope exceeds what was granted.")
        }
        return requested
    }
}
