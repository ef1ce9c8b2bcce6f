/// A PKCE code challenge by the method S256: the base64url SHA-256 of a verifier, always 43 characters.
/// - Source: RFC 7636 §4.2.
public struct CodeChallenge: Sendable, Hashable, CustomStringConvertible {
    /// The challenge as it travels.
    public let text: String

    /// The challenge `text`. `nil` unless it is canonical base64url of 32 bytes: hex digests, padding, the standard alphabet
    /// and last characters that no encoder writes are mistakes a client should hear of before its user approves.
    public init?(_ text: String) {
        guard text.utf8.count == 43, Base64URL.decode(text) != nil else { return nil }
        self.text = text
    }

    /// The challenge of `verifier`: BASE64URL(SHA256(ASCII(verifier))).
    public init(of verifier: CodeVerifier) { text = Base64URL.encode(SecretHash(of: verifier.text).bytes) }

    /// Whether `verifier` is the one behind this challenge, in constant time.
    /// - Source: RFC 7636 §4.6.
    public func matches(_ verifier: CodeVerifier) -> Bool {
        ConstantTime.equals(text.utf8, CodeChallenge(of: verifier).text.utf8)
    }

    /// The challenge, which is public.
    public var description: String { text }
}
