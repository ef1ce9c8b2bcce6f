/// The signature algorithms this server uses. There is no `none` and nothing symmetric to confuse them with.
/// - Source: RFC 7518 §3.1; RFC 8037 §3.1.
public enum SignatureAlgorithm: String, Sendable, Hashable, CaseIterable, Codable {
    /// ECDSA on P-256 with SHA-256: the default, fast and widely supported.
    case es256 = "ES256"
    /// Ed25519: the fastest to sign.
    case eddsa = "EdDSA"
    /// RSA with PKCS #1 v1.5 and SHA-256: for clients that know nothing else; slow to sign.
    case rs256 = "RS256"
}
