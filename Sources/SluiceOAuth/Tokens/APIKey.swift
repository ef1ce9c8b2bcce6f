/// An API key: `buf_`, 43 base62 digits of 256 random bits, and 6 base62 digits of the CRC-32 of what precedes them.
/// Holding one is proof of shape and checksum, not that the key exists.
public struct APIKey: Sendable, Hashable, SecretHolder {
    /// What every key starts with.
    public static let prefix = "buf_"

    /// The key as it travels. Secret.
    public let text: String

    /// A new key.
    /// - Precondition: `random` is 32 bytes from a cryptographic source.
    public init(random: [UInt8]) { text = ChecksummedSecret.make(prefix: Self.prefix, random: random) }

    /// The key `text`. `nil` for another shape or a wrong checksum: no such key can exist.
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
    public var description: String { "APIKey(\(Self.prefix)…\(lastFour))" }
}
