import Foundation
import Logging

/// The authorization server without HTTP: who may do what, and the memory that makes asking cheap.
///
/// Make one per process, and run `run()` beside whatever serves requests.
public final class Authority: Sendable {
    /// The operator's choices.
    public let configuration: AuthorityConfiguration
    /// Accounts.
    public let accounts: Accounts
    /// Organizations, their members and invitations.
    public let organizations: Organizations
    /// Sign-in and sessions.
    public let sessions: Sessions
    /// API keys.
    public let keys: APIKeys
    /// Clients.
    public let clients: Clients
    /// The authorization endpoint's decisions.
    public let consent: Consent
    /// Tickets and tokens that pages carry.
    public let proofs: PageProofs
    /// Exchange, refresh, revocation.
    public let grants: Grants
    /// What the user sees of them.
    public let apps: ConnectedApps
    /// The bearer check.
    public let bearers: Bearers
    /// How many requests a client may make.
    public let rateLimits: RateLimits
    /// The keys that sign.
    public let signingKeys: SigningKeys
    /// The audit log.
    public let audit: AuditLog
    /// The password threads; for their load.
    public let passwords: PasswordHasher
    /// Says which rule refuses or accepts something.
    public let diagnosis: Diagnosis

    private let store: any AuthorityStore
    private let cutOffs: CutOffs
    private let feed: ChangeFeed
    private let environment: AuthorityEnvironment

    /// Opens the authority over a store: reads or makes its secrets, and learns what was cut off lately.
    /// - Throws: `MasterKeyError.wrong`, `StoreError`.
    public init(
        store: any AuthorityStore, masterKey: MasterKey, configuration: AuthorityConfiguration,
        environment: AuthorityEnvironment = AuthorityEnvironment()
    ) async throws {
        self.store = store
        self.configuration = configuration
        self.environment = environment
        let vault = try await Vault(master: masterKey, store: store, random: environment.random)
        let cutOffs = CutOffs()
        let passwords = PasswordHasher(
            cost: configuration.passwordCost, threads: configuration.passwordThreads,
            queueLimit: configuration.passwordQueueLimit, random: environment.random)
        let accountCache = BoundedCache<AccountID, Account>(capacity: 20_000)
        let clientCache = BoundedCache<ClientID, Client>(capacity: 5_000)
        signingKeys = try await SigningKeys(
            store: store, vault: vault, configuration: configuration, environment: environment)
        bearers = Bearers(
            store: store, keys: signingKeys, cutOffs: cutOffs, configuration: configuration, environment: environment)
        rateLimits = RateLimits(store: store, quotas: configuration.rateLimits, environment: environment)
        feed = try await ChangeFeed(
            store: store, cutOffs: cutOffs, accounts: accountCache, clients: clientCache, bearers: bearers,
            signingKeys: signingKeys, memory: Self.cutOffMemory(configuration),
            stalenessBound: configuration.stalenessBound.inSeconds, environment: environment)
        accounts = Accounts(
            store: store, passwords: passwords,
            confirmations: Throttle(
                free: 5, firstWait: .seconds(2), longestWait: .seconds(300), memory: .seconds(3600)),
            cache: accountCache, feed: feed, configuration: configuration,
            environment: environment)
        organizations = Organizations(store: store, environment: environment)
        sessions = Sessions(
            store: store, passwords: passwords, vault: vault,
            byAddress: Throttle(
                free: 50, firstWait: .seconds(1), longestWait: .seconds(300), memory: .seconds(900)),
            byAccount: Throttle(
                free: 5, firstWait: .seconds(2), longestWait: .seconds(300), memory: .seconds(3600)),
            configuration: configuration, environment: environment)
        keys = APIKeys(store: store, feed: feed, configuration: configuration, environment: environment)
        clients = Clients(
            store: store, audit: store, cache: clientCache,
            throttle: Throttle(
                free: 100, firstWait: .seconds(1), longestWait: .seconds(60), memory: .seconds(900)),
            feed: feed, configuration: configuration, environment: environment)
        proofs = PageProofs(vault: vault, configuration: configuration, environment: environment)
        apps = ConnectedApps(
            store: store, clients: clients, feed: feed, configuration: configuration, environment: environment)
        consent = Consent(
            store: store, clients: clients, apps: apps, proofs: proofs, configuration: configuration,
            environment: environment)
        grants = Grants(
            store: store, vault: vault, signingKeys: signingKeys, feed: feed, facts: BoundedCache(capacity: 50_000),
            configuration: configuration, environment: environment)
        audit = AuditLog(store: store)
        diagnosis = Diagnosis(
            store: store, vault: vault, bearers: bearers, configuration: configuration, environment: environment)
        self.passwords = passwords
        self.cutOffs = cutOffs
    }

    /// Whether the store takes writes and this node is in touch with it.
    /// - Throws: `StoreError.unavailable`.
    public func checkReady() async throws { try await store.checkReady() }

    /// Looks for what other processes changed, until cancelled; sweeps, rotates and writes down uses on the way.
    public func run() async {
        // Side by side: a long sweep must not make this node lose touch and refuse every bearer.
        await withTaskGroup { group in
            group.addTask { [self] in
                while !Task.isCancelled {
                    await feed.follow()
                    try? await Task.sleep(for: configuration.changePollInterval)
                }
            }
            group.addTask { [self] in
                while !Task.isCancelled {
                    await maintain()
                    try? await Task.sleep(for: .seconds(10))
                }
            }
        }
        try? await bearers.flushUses()
        await attempt("write down requests") { try await rateLimits.save() }
    }

    /// Takes in now what other processes changed, instead of at the next poll.
    public func catchUp() async throws { try await feed.catchUp() }

    /// One round of housekeeping. Each part may fail without stopping the others; what failed is tried again next round.
    package func maintain() async {
        let now = environment.now()
        let memory = now.addingTimeInterval(-Self.cutOffMemory(configuration))
        cutOffs.forget(before: memory)
        await attempt("write down when keys were used") { try await bearers.flushUses() }
        await attempt("write down requests") { try await rateLimits.save() }
        await attempt("rotate the signing key") { try await signingKeys.rotateIfDue() }
        await attempt("sweep grants and invitations") { [store] in
            // Kept for a week beyond their end: whoever asks why an app or a link stopped working still finds out.
            while try await store.sweepGrants(before: now.addingTimeInterval(-7 * 86_400)) == 1_000 {}
        }
        await attempt("sweep changes") { [store] in
            try await store.sweepChanges(before: memory.addingTimeInterval(-3_600))
        }
        await attempt("sweep counted requests") { try await rateLimits.sweep() }
        await attempt("sweep signing keys") { [store] in
            try await store.sweepSigningKeys(before: now.addingTimeInterval(-86_400))
        }
    }

    private func attempt(_ what: String, _ work: () async throws -> Void) async {
        do { try await work() } catch {
            environment.logger.error("cannot \(what)", metadata: ["error": "\(error)"])
        }
    }

    /// How long a cut must be remembered: until the last token from before it has ended.
    private static func cutOffMemory(_ configuration: AuthorityConfiguration) -> Double {
        configuration.accessTokenLifetime.inSeconds + configuration.tokenLeeway.inSeconds + 60
    }
}
