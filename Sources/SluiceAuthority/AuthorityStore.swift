/// Everything that an engine keeps for the authority.
public typealias AuthorityStore = AccountStore & APIKeyStore & AuditStore & ChangeStore & ClientStore & GrantStore
    & OrganizationStore & RateLimitStore & SessionStore & SigningKeyStore & StoreHealth

/// Whether an engine can do its work.
public protocol StoreHealth: Sendable {
    /// Takes and gives back a write lock, and reads a row: what `/readyz` asks.
    /// - Throws: `StoreError.unavailable`.
    func checkReady() async throws
}
