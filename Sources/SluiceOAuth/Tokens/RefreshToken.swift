public import Crypto

/// A refresh token: `v1.` and the base64url of grant id (12 bytes), generation (4 bytes, big-endian) and an HMAC-SHA256 over
/// grant id, the grant's salt and generation. Always 67 characters. Nothing of it is stored: the server derives it again.
/// - Source: RFC 6749 §6; RFC 9700 §4.14.2.
public struct RefreshToken: Sendable, Hashable, SecretHolder {
    /// What every refresh token starts with.
    public static let prefix = "v1."
    private static let grantBytes = 12
    private static let payloadBytes = 48

    /// The token as it travels. Secret.
    public let text: String
    /// The id of the grant it belongs to, 12 bytes. A claim until `isGenuine` confirms it.
    public let grant: [UInt8]
    /// The how-manieth token of its grant it is. A claim until `isGenuine` confirms it.
    public let generation: UInt32
    private let code: [UInt8]

    /// The one token of this grant and generation.
    /// - Precondition: `grant` is 12 bytes.
    public init(grant: [UInt8], generation: UInt32, salt: [UInt8], key: SymmetricKey) {
        precondition(grant.count == Self.grantBytes, "a grant id is 12 bytes")
        self.grant = grant
        self.generation = generation
        code = Self.code(grant: grant, generation: generation, salt: salt, key: key)
        var output = Array(Self.prefix.utf8)
        Base64Alphabet.url.append(grant + Self.bytes(of: generation) + code, to: &output)
        text = String(decoding: output, as: UTF8.self)
    }

    /// The token `text` by its shape: 64 characters of base64url behind the prefix, each of which counts.
    public init?(_ text: String) {
        let bytes = Array(text.utf8)
        let prefix = Self.prefix.utf8
        guard bytes.count == prefix.count + Self.payloadBytes / 3 * 4, bytes.starts(with: prefix),
            let payload = Base64Alphabet.url.decode(bytes.dropFirst(prefix.count))
        else { return nil }
        self.text = text
        grant = Array(payload[..<Self.grantBytes])
        generation = payload[Self.grantBytes..<Self.grantBytes + 4].reduce(0) { $0 << 8 | UInt32($1) }
        code = Array(payload[(Self.grantBytes + 4)...])
    }

    /// Whether this server made the token, in constant time.
    /// - Parameter salt: The salt of the grant that the token names.
    public func isGenuine(salt: [UInt8], key: SymmetricKey) -> Bool {
        ConstantTime.equals(code, Self.code(grant: grant, generation: generation, salt: salt, key: key))
    }

    /// The generation; the token stays hidden.
    public var description: String { "RefreshToken(generation \(generation))" }

    /// Grant id first and generation last have fixed lengths, so no two triples share an input.
    private static func code(
        grant: [UInt8], generation: UInt32, salt: [UInt8], key: SymmetricKey
    ) -> [UInt8] {
        Array(HMAC<SHA256>.authenticationCode(for: grant + salt + bytes(of: generation), using: key))
    }

    private static func bytes(of generation: UInt32) -> [UInt8] {
        [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: generation >> UInt32($0)) }
    }
}
