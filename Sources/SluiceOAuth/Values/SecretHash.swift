import Crypto

/// What is stored instead of a secret: the SHA-256 of its UTF-8 text. Enough for secrets of 256 random bits (no guessing
/// through them, so no slow hash is needed); never for passwords.
public struct SecretHash: Sendable, Hashable {
    /// The 32 bytes of the digest.
    public let bytes: [UInt8]

    /// The hash of `secret`.
    public init(of secret: String) {
        var hasher = SHA256()
        var secret = secret
        secret.withUTF8 { hasher.update(bufferPointer: UnsafeRawBufferPointer($0)) }
        bytes = Array(hasher.finalize())
    }

    /// A stored hash. `nil` unless there are exactly 32 bytes.
    public init?(bytes: [UInt8]) {
        guard bytes.count == SHA256.byteCount else { return nil }
        self.bytes = bytes
    }

    /// Whether `secret` is what was hashed, in constant time.
    public func matches(_ secret: String) -> Bool { ConstantTime.equals(bytes, SecretHash(of: secret).bytes) }
}
