import Crypto

/// Whose requests are counted together: each API key's, and each app's with all of its users.
/// - Source: Buffer's page, "API limits": "per client"; each key and each app client has its own.
public enum RateBucket: Sendable, Hashable {
    case key(APIKeyID)
    case client(ClientID)

    /// The bucket of a checked bearer.
    public init(_ bearer: Bearer) {
        switch bearer.source {
        case .apiKey(let id): self = .key(id)
        case .accessToken(_, let client, _): self = .client(client)
        }
    }

    /// Its name in the store.
    public var text: String {
        switch self {
        case .key(let id): "key \(id.text)"
        case .client(let id): "client \(id.text)"
        }
    }

    /// What answers call it: 16 bytes of a hash, so that a client sees which of its requests are counted together, and an answer that
    /// somebody finds in a log names no key.
    public var partitionKey: [UInt8] { Array(SHA256.hash(data: Array("sluice rate bucket \(text)".utf8)).prefix(16)) }
}
