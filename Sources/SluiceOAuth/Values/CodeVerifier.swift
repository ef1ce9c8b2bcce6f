/// A PKCE code verifier: 43 to 128 characters from `A-Z a-z 0-9 - . _ ~`. Holding one is proof of the check.
/// - Source: RFC 7636 §4.1.
public struct CodeVerifier: Sendable, Hashable, SecretHolder {
    /// The verifier as it travels. A secret of the client until it is redeemed.
    public let text: String

    /// The verifier `text`, `nil` if that is outside the grammar.
    public init?(_ text: String) {
        let bytes = text.utf8
        guard (43...128).contains(bytes.count), bytes.allSatisfy(\.isUnreserved) else { return nil }
        self.text = text
    }

    /// Names the kind of secret and hides it.
    public var description: String { "CodeVerifier(hidden)" }
}
