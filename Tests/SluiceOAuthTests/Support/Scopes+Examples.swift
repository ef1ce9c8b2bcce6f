import SluiceOAuth

extension Scopes {
    /// Buffer's scopes.
    static let known = named(
        "posts:read posts:write ideas:read ideas:write account:read account:write offline_access")

    /// The scopes of a text that is known to be well formed; nothing at all if it is not, which no test expects.
    static func named(_ text: String) -> Scopes { Scopes(text) ?? Scopes() }
}
