import SluiceOAuth

/// Tokens whose signature was checked before, by their SHA-256; the tokens themselves are not kept. At most `2 × capacity` entries, of
/// which the older half goes when the younger is full. A value, to be kept under a lock.
struct VerifiedTokenCache: Sendable {
    private let capacity: Int
    private var young: [SecretHash: VerifiedBearer] = [:]
    private var old: [SecretHash: VerifiedBearer] = [:]
    private var generation = 0

    init(capacity: Int) { self.capacity = capacity }

    /// What is known of a token under the keys of `generation`.
    mutating func bearer(_ token: SecretHash, generation: Int) -> VerifiedBearer? {
        guard generation == self.generation else { return nil }
        if let bearer = young[token] { return bearer }
        guard let bearer = old.removeValue(forKey: token) else { return nil }
        keep(bearer, token)
        return bearer
    }

    /// Keeps a result. What older keys said is forgotten, and what they say now comes too late.
    mutating func insert(_ bearer: VerifiedBearer, for token: SecretHash, generation: Int) {
        if generation > self.generation {
            young = [:]
            old = [:]
            self.generation = generation
        }
        if generation == self.generation { keep(bearer, token) }
    }

    private mutating func keep(_ bearer: VerifiedBearer, _ token: SecretHash) {
        if young.count >= capacity {
            old = young
            young.removeAll(keepingCapacity: true)
        }
        young[token] = bearer
    }
}
