import Foundation
import Logging
import Synchronization

/// Takes what was cut off or changed, here or by another process, into this node's memory.
///
/// There is one way for that: every step that cuts something off writes a `Change` in the same transaction, and memory follows
/// the changes: at once after a step of this process, within the poll interval after one of another.
final class ChangeFeed: Sendable {
    private let store: any ChangeStore
    private let cutOffs: CutOffs
    private let accounts: BoundedCache<AccountID, Account>
    private let clients: BoundedCache<ClientID, Client>
    private let bearers: Bearers
    private let signingKeys: SigningKeys
    private let stalenessBound: TimeInterval
    private let memory: TimeInterval
    private let environment: AuthorityEnvironment
    private let seen: Mutex<Int64>

    /// Starts the feed: learns what was cut off in the last `memory` seconds.
    init(
        store: any ChangeStore, cutOffs: CutOffs, accounts: BoundedCache<AccountID, Account>,
        clients: BoundedCache<ClientID, Client>, bearers: Bearers, signingKeys: SigningKeys, memory: TimeInterval,
        stalenessBound: TimeInterval, environment: AuthorityEnvironment
    ) async throws {
        self.store = store
        self.cutOffs = cutOffs
        self.accounts = accounts
        self.clients = clients
        self.bearers = bearers
        self.signingKeys = signingKeys
        self.stalenessBound = stalenessBound
        self.memory = memory
        self.environment = environment
        seen = Mutex(try await store.lastChange())
        let now = environment.now()
        for change in try await store.changes(since: now.addingTimeInterval(-memory)) {
            cutOffs.note(change.subject, at: change.at)
        }
        cutOffs.noteSynced(at: now)
    }

    /// Whether what this node remembers may be relied on. Out of touch, whoever would use a memory asks the store instead.
    var isInTouch: Bool { cutOffs.isInTouch(at: environment.now(), stalenessBound: stalenessBound) }

    /// Takes in what changed since the last look. Calls may overlap: taking a change twice does no harm.
    func catchUp() async throws {
        let asOf = environment.now()
        // Changes are kept for a while longer than `memory`. Behind by more, as after the machine slept, this node may have missed
        // some that were swept, so it forgets whatever a change would have made it forget.
        let wasAway = !cutOffs.isInTouch(at: asOf, stalenessBound: memory)
        while true {
            let changes = try await store.changes(after: seen.withLock { $0 })
            guard let last = changes.last else { break }
            for change in changes { try await take(change) }
            seen.withLock { $0 = max($0, last.sequence) }
        }
        if wasAway { try await forgetAll() }
        cutOffs.noteSynced(at: asOf, now: environment.now())
    }

    /// Catches up after a step of this process. The step is kept whatever happens here: if the look fails, the next poll makes up
    /// for it, and meanwhile the staleness bound holds.
    func follow() async {
        do { try await catchUp() } catch {
            environment.logger.error("cannot read changes", metadata: ["error": "\(error)"])
        }
    }

    private func forgetAll() async throws {
        try await signingKeys.reload()
        bearers.forgetVerified()
        accounts.removeAll()
        clients.removeAll()
    }

    private func take(_ change: Change) async throws {
        cutOffs.note(change.subject, at: change.at)
        switch change.subject {
        case .grant: break
        case .client(let id), .clientChanged(let id): clients.remove(id)
        case .key: bearers.forgetVerified()
        case .accountChanged(let id): accounts.remove(id)
        case .account(let id):
            accounts.remove(id)
            bearers.forgetVerified()
            // Its clients stand and fall with it.
            clients.removeAll()
        case .signingKeys:
            try await signingKeys.reload()
            // What a key signed that is about to retire must not be remembered longer than the key.
            bearers.forgetVerified()
        }
    }
}
