public import Foundation
import Logging
public import SluiceOAuth
import Synchronization

/// The keys that sign tokens: made, published before use, rotated on schedule and by command, retired.
public final class SigningKeys: Sendable {
    private struct Loaded {
        let record: SigningKeyRecord
        let key: SigningKey
    }

    private let loaded = Mutex<[Loaded]>([])
    private let byID = Mutex<[String: Loaded]>([:])
    private let store: any SigningKeyStore
    private let vault: Vault
    private let configuration: AuthorityConfiguration
    private let environment: AuthorityEnvironment

    init(
        store: any SigningKeyStore, vault: Vault, configuration: AuthorityConfiguration,
        environment: AuthorityEnvironment
    ) async throws {
        self.store = store
        self.vault = vault
        self.configuration = configuration
        self.environment = environment
        try await reload()
        if loaded.withLock({ $0.isEmpty }) { try await add(activatesAt: environment.now()) }
    }

    /// The keys as they are published: those that will sign, that sign, and that signed what may still be in use.
    public var published: JWKSet {
        let now = environment.now()
        return JWKSet(loaded.withLock { $0.filter { !$0.record.isRetired(at: now) }.map(\.key.verificationKey) })
    }

    /// What is known about each key, newest last; for lists.
    public var records: [SigningKeyRecord] { loaded.withLock { $0.map(\.record) } }

    /// The key that signs now. After the first start there always is one.
    var current: SigningKey? {
        let now = environment.now()
        return loaded.withLock { loaded in
            loaded.last { $0.record.activatesAt <= now && !$0.record.isRetired(at: now) }?.key ?? loaded.first?.key
        }
    }

    /// The published key with this `kid`; a retired one is none.
    func verificationKey(_ keyID: String) -> VerificationKey? {
        guard let loaded = byID.withLock({ $0[keyID] }), !loaded.record.isRetired(at: environment.now()) else {
            return nil
        }
        return loaded.key.verificationKey
    }

    /// When the key with this `kid` retires; `nil` if nothing was said about that yet.
    func retirement(of keyID: String) -> Date? { byID.withLock { $0[keyID]?.record.retiresAt } }

    /// Makes the next key.
    /// - Parameter immediately: Sign with it at once (a key was stolen) instead of after the lead time, in which everybody who
    ///   caches the key set learns of it.
    /// - Returns: The new key's record; `nil` if another node was faster.
    @discardableResult
    public func rotate(immediately: Bool, trace: RequestTrace) async throws -> SigningKeyRecord? {
        let now = environment.now()
        let lead = immediately ? 0 : configuration.signingKeyLeadTime.inSeconds
        return try await add(activatesAt: now.addingTimeInterval(lead), trace: trace)
    }

    /// Rotates if the newest key's time has come; called by maintenance.
    func rotateIfDue() async throws {
        let now = environment.now()
        guard let newest = loaded.withLock({ $0.last }) else { return }
        let due = newest.record.activatesAt.addingTimeInterval(
            configuration.signingKeyLifetime.inSeconds - configuration.signingKeyLeadTime.inSeconds)
        guard now >= due else { return }
        try await rotate(immediately: false, trace: .maintenance)
        environment.logger.notice("signing key rotated on schedule")
    }

    /// Reads the keys again after a change.
    func reload() async throws {
        let now = environment.now()
        var keys: [Loaded] = []
        for record in try await store.signingKeys() where !record.isRetired(at: now) {
            guard let secret = vault.master.open(record.sealed, name: "signing-key \(record.keyID)") else {
                throw MasterKeyError.wrong
            }
            keys.append(Loaded(record: record, key: try SigningKey(record.algorithm, representation: secret)))
        }
        // In the order they were made: one made to sign at once overtakes one that was scheduled, and that one never signs.
        let table = Dictionary(keys.map { ($0.key.keyID, $0) }, uniquingKeysWith: { first, _ in first })
        byID.withLock { $0 = table }
        loaded.withLock { $0 = keys }
    }

    @discardableResult
    private func add(activatesAt: Date, trace: RequestTrace = .maintenance) async throws -> SigningKeyRecord? {
        let key = try SigningKey.generate(configuration.signatureAlgorithm)
        let now = environment.now()
        let newest = try await store.signingKeys().last
        let record = SigningKeyRecord(
            keyID: key.keyID, algorithm: key.algorithm,
            sealed: try vault.master.seal(key.representation, name: "signing-key \(key.keyID)"), createdAt: now,
            activatesAt: activatesAt, retiresAt: nil)
        // The old keys stay published until whatever they signed has ended.
        let grace = configuration.accessTokenLifetime.inSeconds + configuration.tokenLeeway.inSeconds + 60
        let added = try await store.add(
            record, after: newest?.keyID, retirement: activatesAt.addingTimeInterval(grace),
            audit: AuditEvent(.signingKeyCreated, at: now, subject: key.keyID, trace: trace))
        try await reload()
        return added ? record : nil
    }
}

extension SigningKeyRecord {
    /// Whether it is no longer published.
    public func isRetired(at now: Date) -> Bool { retiresAt.map { $0 <= now } ?? false }
}
