/// The public keys of a server.
/// - Source: RFC 7517 §5.
public struct JWKSet: Sendable {
    /// The longest document in bytes.
    public static let limitInBytes = 262_144
    /// The most keys in one document.
    public static let limitOfKeys = 100

    /// The keys in the order they are listed.
    public let keys: [VerificationKey]

    /// A set of these keys.
    public init(_ keys: [VerificationKey]) { self.keys = keys }

    /// The keys in a document that a server published. Those of a kind or use that is not ours are left out, as the RFC wants it:
    /// a server may add what its other readers need.
    /// - Returns: `nil` for text that is no JWK set, and for one that is longer or lists more keys than any sound server's.
    /// - Source: RFC 7517 §5 and §5.1.
    public init?(json: [UInt8]) {
        guard json.count <= Self.limitInBytes, case .array(let list)? = JSONValue.parse(json)?["keys"],
            list.count <= Self.limitOfKeys
        else { return nil }
        keys = list.compactMap { VerificationKey($0) }
    }

    /// The document at `/jwks`.
    public var json: String {
        var object = JSONText(capacity: 1024)
        object.add("keys", json: keys.map(\.jwkJSON))
        return object.text
    }
}
