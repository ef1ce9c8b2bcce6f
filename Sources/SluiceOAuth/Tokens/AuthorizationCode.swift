/// An authorization code: 43 base64url characters of 256 random bits.
/// - Source: RFC 6749 §4.1.2 and §10.10.
public struct AuthorizationCode: Sendable, Hashable, SecretHolder {
    /// The code as it travels. Secret until it is redeemed.
    public let text: String

    /// A new code.
    /// - Precondition: `random` is 32 bytes from a cryptographic source.
    public init(random: [UInt8]) {
        precondition(random.count == 32, "256 random bits make a code")
        text = Base64URL.encode(random)
    }

    /// The code `text`. `nil` for anything that was never issued here, by its shape.
    public init?(_ text: String) {
        guard text.utf8.count == 43, Base64URL.decode(text) != nil else { return nil }
        self.text = text
    }

    /// What is stored of it.
    public var hash: SecretHash { SecretHash(of: text) }

    /// Names the kind of secret and hides it.
    public var description: String { "AuthorizationCode(hidden)" }
}
