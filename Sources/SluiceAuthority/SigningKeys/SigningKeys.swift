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

    private struct State {
        var keys: [Loaded] = []
        var byID: [String: Loaded] = [:]
        /// How many reads of the store began, and which of them `keys` came of.
        var begun = 0
        var taken = 0
    }

    private let state = Mutex(State())
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
        if state.withLock({ $0.keys.isEmpty }) { try await add(activatesAt: environment.now(), retiring: nil) }
    }

    /// The keys as they are published: those that will sign, that sign, and that signed what may still be in use.
    public var published: JWKSet {
        let now = environment.now()
        return JWKSet(state.withLock { $0.keys.filter { !$0.record.isRetired(at: now) }.map(\.key.verificationKey) })
    }

    /// What is known about each key, newest last; for lists.
    public var records: [SigningKeyRecord] { state.withLock { $0.keys.map(\.record) } }

    /// The key that signs now. After the first start there always is one.
    var current: SigningKey? {
        let now = environment.now()
        return state.withLock { state in
            let live = state.keys.filter { !$0.record.isRetired(at: now) }
            // Before the time of every key, as after a clock was set back, the oldest; never one that was retired.
            return (live.last { $0.record.activatesAt <= now } ?? live.first)?.key
        }
    }

    /// The published key with this `kid`; a retired one is none.
    func verificationKey(_ keyID: String) -> VerificationKey? {
        guard let loaded = state.withLock({ $0.byID[keyID] }), !loaded.record.isRetired(at: environment.now()) else {
            return nil
        }
        return loaded.key.verificationKey
    }

    /// When the key with this `kid` retires; `nil` if nothing was said about that yet.
    func retirement(of keyID: String) -> Date? { state.withLock { $0.byID[keyID]?.record.retiresAt } }

    /// Makes the next key.
    /// - Parameter immediately: A key was stolen: sign with the new one at once instead of after the lead time, in which everybody
    ///   who caches the key set learns of it, and retire all others now. Whatever they signed, or a thief signs, is refused from
    ///   now on; apps get new access tokens for their refresh tokens.
    /// - Returns: The new key's record; `nil` if another node was faster.
    @discardableResult
    public func rotate(immediately: Bool, trace: RequestTrace) async throws -> SigningKeyRecord? {
        let now = environment.now()
        if immediately { return try await add(activatesAt: now, retiring: now, trace: trace) }
        let start = now.addingTimeInterval(configuration.signingKeyLeadTime.inSeconds)
        // The old keys stay published until whatever they signed has ended.
        let grace = configuration.accessTokenLifetime.inSeconds + configuration.tokenLeeway.inSeconds + 60
        return try await add(activatesAt: start, retiring: start.addingTimeInterval(grace), trace: trace)
    }

    /// Rotates if the newest key's time has come; called by maintenance.
    func rotateIfDue() async throws {
        let now = environment.now()
        guard let newest = state.withLock({ $0.keys.last }) else { return }
        let due = newest.record.activatesAt.addingTimeInterval(
            configuration.signingKeyLifetime.inSeconds - configuration.signingKeyLeadTime.inSeconds)
        guard now >= due else { return }
        try await rotate(immediately: false, trace: .maintenance)
        environment.logger.notice("signing key rotated on schedule")
    }

    /// Reads the keys again after a change.
    func reload() async throws {
        let now = environment.now()
        let turn = state.withLock { state in
            state.begun += 1
            return state.begun
        }
        var keys: [Loaded] = []
        for record in try await store.signingKeys() where !record.isRetired(at: now) {
            guard let secret = vault.master.open(record.sealed, name: "signing-key \(record.keyID)") else {
                throw MasterKeyError.wrong
            }
            keys.append(Loaded(record: record, key: try SigningKey(record.algorithm, representation: secret)))
        }
        // In the order they were made: one made to sign at once overtakes one that was scheduled, and that one never signs.
        let table = Dictionary(keys.map { ($0.key.keyID, $0) }, uniquingKeysWith: { first, _ in first })
        state.withLock { state in
            // Reads may overtake each other, and an older one must not bring back a key that a newer one saw retired.
            guard turn > state.taken else { return }
            (state.keys, state.byID, state.taken) = (keys, table, turn)
        }
    }

    /// - Parameter retirement: When the present keys end at the latest.
    @discardableResult
    private func add(
        activatesAt: Date, retiring retirement: Date?, trace: RequestTrace = .maintenance
    ) async throws -> SigningKeyRecord? {
        let key = try SigningKey.generate(configuration.signatureAlgorithm)
        let now = environment.now()
        // What the decision to rotate rests on. Asking the store again would make a second key beside one that came in between.
        let newest = state.withLock { $0.keys.last?.record.keyID }
        let record = SigningKeyRecord(
            keyID: key.keyID, algorithm: key.algorithm,
            sealed: try vault.master.seal(key.representation, name: "signing-key \(key.keyID)"), createdAt: now,
            activatesAt: activatesAt, retiresAt: nil)
        let added = try await store.add(
            record, after: newest, retirement: retirement,
            audit: AuditEvent(.signingKeyCreated, at: now, subject: key.keyID, trace: trace))
        try await reload()
        return added ? record : nil
    }
}

extension SigningKeyRecord {
    /// Whether it is no longer published.
    public func isRetired(at now: Date) -> Bool { retiresAt.map { $0 <= now } ?? false }
}
