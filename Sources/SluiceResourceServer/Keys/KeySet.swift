import SluiceOAuth

/// The keys of an issuer as one fetch brought them.
struct KeySet: Sendable {
    /// The keys by name.
    let keys: [String: VerificationKey]
    /// Counts the times that the keys changed: what was verified with the keys of one generation is not believed in the next.
    let generation: Int
    /// Counts the fetches.
    let fetch: Int
}
