/// The public keys of a server.
/// - Source: RFC 7517 §5.
public struct JWKSet: Sendable {
    /// The keys in the order they are listed.
    public let keys: [VerificationKey]

    /// A set of these keys.
    public init(_ keys: [VerificationKey]) { self.keys = keys }

    /// The document at `/jwks`.
    public var json: String {
        var object = JSONText(capacity: 1024)
        object.add("keys", json: keys.map(\.jwkJSON))
        return object.text
    }
}
