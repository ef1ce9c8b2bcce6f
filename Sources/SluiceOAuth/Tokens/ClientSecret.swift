/// The secret of a confidential client: `sls_`, then as an API key.
public struct ClientSecret: Sendable, Hashable, SecretHolder {
    /// What every client secret starts with.
    public static let prefix = "sls_"

    /// The secret as it travels.
    public let text: String

    /// A new secret.
    /// - Precondition: `random` is 32 bytes from a cryptographic source.
    public init(random: [UInt8]) { text = ChecksummedSecret.make(prefix: Self.prefix, random: random) }

    /// The secret `text`. `nil` for another shape or a wrong checksum.
    public init?(_ text: String) {
        guard ChecksummedSecret.isWellFormed(text, prefix: Self.prefix) else { return nil }
        self.text = text
    }

    /// The text with the right checksum, for whoever makes one up; `nil` if more than the checksum is wrong.
    package static func mended(_ text: String) -> String? { ChecksummedSecret.mended(text, prefix: prefix) }

    /// What is stored of it.
    public var hash: SecretHash { SecretHash(of: text) }

    /// Its end, by which its owner recognises it in a list.
    public var lastFour: String { String(text.suffix(4)) }

    /// The prefix and the last four characters.
    public var description: String { "ClientSecret(\(Self.prefix)…\(lastFour))" }
}
