public import SluiceOAuth

/// What an invitation's link ends with: 43 base64url characters of 256 random bits. Whoever has it and the address that the
/// invitation is for may accept it.
public struct InvitationSecret: Sendable, Hashable, SecretHolder {
    /// The secret as it travels.
    public let text: String

    /// A new secret.
    init(random: RandomSource) { text = Base64URL.encode(random.bytes(32)) }

    /// The secret `text`; `nil` for anything that was never issued here, by its shape.
    public init?(_ text: String) {
        guard text.utf8.count == 43, Base64URL.decode(text) != nil else { return nil }
        self.text = text
    }

    /// What is stored of it.
    public var hash: SecretHash { SecretHash(of: text) }

    /// Names the kind of secret and hides it.
    public var description: String { "InvitationSecret(hidden)" }
}
