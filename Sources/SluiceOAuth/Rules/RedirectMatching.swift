/// When two redirect URIs are the same.
/// - Source: RFC 6749 §3.1.2.3; RFC 9700 §2.1.
public enum RedirectMatching {
    /// The registration that a presented redirect URI means; each is tried alone. `nil` if none: show a page, never redirect.
    public static func registration(for presented: String, among registered: some Sequence<RedirectURI>) -> RedirectURI? {
        registered.first { $0.matches(presented) }
    }

    /// Whether a token request repeats the redirect URI of its authorization request: the same bytes, port included.
    /// - Source: RFC 6749 §4.1.3.
    public static func isSame(_ presented: String, as original: String) -> Bool { presented.hasSameBytes(as: original) }
}
