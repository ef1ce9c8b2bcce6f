public import Foundation
public import SluiceOAuth

/// Makes, lists, renames, rotates and revokes API keys. Only a session or the operator may; a key never may (D3, S15).
public struct APIKeys: Sendable {
    let store: any APIKeyStore
    let feed: ChangeFeed
    let configuration: AuthorityConfiguration
    let environment: AuthorityEnvironment

    /// A key that was just made. Holds the only copy of the secret there ever is.
    public struct Created: Sendable, SecretHolder {
        /// What is kept.
        public let record: APIKeyRecord
        /// The key itself.
        public let key: APIKey
        /// Hides the key.
        public var description: String { "Created(\(record.id))" }
    }

    /// Why nothing was made or changed.
    public enum Problem: Error, Sendable, Equatable {
        case nameInvalid
        case scopeUnknown
        case scopesEmpty
        case expiryInPast
        case formRepeated
        case limitReached
        case unknown
    }

    /// Makes a key.
    /// - Parameters:
    ///   - scopes: What it may do; `nil` for everything. Never `offline_access`, which means nothing for a key.
    ///   - expiresAt: When it ends; `nil` for never.
    ///   - formID: Names the form that asked, so that a reload makes no second key.
    ///   - pinned: The key to keep instead of a fresh one: for a sandbox, where tests know their credentials beforehand.
    /// - Throws: `Problem`, `StoreError`.
    public func create(
        for account: AccountID, name: String, scopes: Scopes?, expiresAt: Date?, formID: String?, pinned: APIKey? = nil,
        trace: RequestTrace
    ) async throws -> Created {
        guard let name = DisplayName(name) else { throw Problem.nameInvalid }
        if let scopes {
            guard !scopes.isEmpty else { throw Problem.scopesEmpty }
            guard scopes.isSubset(of: ScopeCatalog.all), !scopes.contains(.offlineAccess) else { throw Problem.scopeUnknown }
        }
        let now = environment.now()
        if let expiresAt, expiresAt <= now { throw Problem.expiryInPast }
        let key = pinned ?? APIKey(random: environment.random.bytes(32))
        let record = APIKeyRecord(
            id: APIKeyID(random: environment.random), accountID: account, name: name, hash: key.hash, lastFour: key.lastFour,
            scopes: scopes, createdAt: now, expiresAt: expiresAt, lastUsedAt: nil, rotatedFrom: nil)
        let event = AuditEvent(
            .keyCreated, at: now, account: account, subject: record.id.text, trace: trace,
            details: [.init("name", name.text)])
        try Self.check(
            try await store.insert(record, formID: formID, limit: configuration.apiKeyLimit, audit: event), .limitReached)
        return Created(record: record, key: key)
    }

    /// The account's keys, newest first.
    public func list(of account: AccountID, _ page: SliceRequest) async throws -> Slice<APIKeyRecord> {
        try await store.keys(of: account, page)
    }

    /// One key of the account.
    public func key(_ id: APIKeyID, of account: AccountID) async throws -> APIKeyRecord? {
        try await store.key(id, of: account)
    }

    /// Renames a key.
    public func rename(_ id: APIKeyID, of account: AccountID, to name: String, trace: RequestTrace) async throws {
        guard let name = DisplayName(name) else { throw Problem.nameInvalid }
        guard let old = try await store.key(id, of: account) else { throw Problem.unknown }
        let event = AuditEvent(
            .keyRenamed, at: environment.now(), account: account, subject: id.text, trace: trace,
            details: [.init("name", name.text), .init("former_name", old.name.text)])
        guard try await store.rename(id, of: account, to: name, audit: event) else { throw Problem.unknown }
    }

    /// Makes a successor with the same name, scopes and expiry; the old key works until the overlap ends (S14).
    /// - Parameter overlap: How long both work; zero ends the old one now.
    public func rotate(
        _ id: APIKeyID, of account: AccountID, overlap: Duration, formID: String?, trace: RequestTrace
    ) async throws -> Created {
        let now = environment.now()
        guard let old = try await store.key(id, of: account), old.expiresAt.map({ $0 > now }) ?? true else {
            throw Problem.unknown
        }
        let key = APIKey(random: environment.random.bytes(32))
        let record = APIKeyRecord(
            id: APIKeyID(random: environment.random), accountID: account, name: old.name, hash: key.hash, lastFour: key.lastFour,
            scopes: old.scopes, createdAt: now, expiresAt: old.expiresAt, lastUsedAt: nil, rotatedFrom: old.id)
        let event = AuditEvent(
            .keyRotated, at: now, account: account, subject: record.id.text, trace: trace,
            details: [
                .init("name", old.name.text), .init("replaces", old.id.text),
                .init("overlap_seconds", "\(overlap.wholeSeconds)"),
            ])
        try Self.check(
            try await store.rotate(
                id, of: account, to: record, overlapEnds: now.addingTimeInterval(overlap.inSeconds), formID: formID, audit: event),
            .unknown)
        await feed.follow()  // The old key's end moved.
        return Created(record: record, key: key)
    }

    /// Deletes a key: the next request with it is refused.
    public func revoke(_ id: APIKeyID, of account: AccountID, trace: RequestTrace) async throws {
        let now = environment.now()
        // Read for the log alone, which would otherwise name a key that is nowhere any more. The write decides.
        guard let key = try await store.key(id, of: account) else { throw Problem.unknown }
        let event = AuditEvent(
            .keyRevoked, at: now, account: account, subject: id.text, trace: trace, details: [.init("name", key.name.text)])
        guard try await store.revoke(id, of: account, at: now, audit: event) else { throw Problem.unknown }
        await feed.follow()
    }

    private static func check(_ insertion: Insertion, _ refusal: Problem) throws(Problem) {
        switch insertion {
        case .inserted: return
        case .repeated: throw .formRepeated
        case .refused: throw refusal
        }
    }
}
