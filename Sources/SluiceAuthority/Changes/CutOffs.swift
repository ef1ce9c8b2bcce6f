import Foundation
import Synchronization

/// What was cut off within the last access-token lifetime, in memory: the check that makes revocation instant although tokens
/// are verified without the database.
final class CutOffs: Sendable {
    private struct State {
        var grants: [GrantID: Date] = [:]
        var clients: [ClientID: Date] = [:]
        var accounts: [AccountID: Date] = [:]
        var syncedAt = Date.distantPast

        // The distance: after a clock was set back, a moment that lies ahead says nothing about now.
        func isInTouch(at now: Date, _ bound: TimeInterval) -> Bool { abs(now.timeIntervalSince(syncedAt)) <= bound }
    }

    private let state = Mutex(State())

    /// Notes a cut. Older notes for the same thing do not replace newer ones.
    func note(_ subject: Change.Subject, at: Date) {
        state.withLock { state in
            switch subject {
            case .grant(let id): state.grants[id] = max(at, state.grants[id] ?? .distantPast)
            case .client(let id): state.clients[id] = max(at, state.clients[id] ?? .distantPast)
            case .account(let id): state.accounts[id] = max(at, state.accounts[id] ?? .distantPast)
            case .key, .accountChanged, .clientChanged, .signingKeys: break
            }
        }
    }

    /// Whether everything is known that happened up to `bound` seconds ago.
    func isInTouch(at now: Date, stalenessBound bound: TimeInterval) -> Bool {
        state.withLock { $0.isInTouch(at: now, bound) }
    }

    /// Notes that everything up to `moment` is known.
    /// - Parameter now: The clock. Where the last note lies ahead of it, the clock was set back and the earlier moment counts.
    func noteSynced(at moment: Date, now: Date = .distantFuture) {
        state.withLock { if moment > $0.syncedAt || $0.syncedAt > now { $0.syncedAt = moment } }
    }

    /// Forgets cuts from before `date`: whatever was issued before them has ended by itself.
    func forget(before date: Date) {
        state.withLock { state in
            state.grants = state.grants.filter { $0.value >= date }
            state.clients = state.clients.filter { $0.value >= date }
            state.accounts = state.accounts.filter { $0.value >= date }
        }
    }

    /// Whether a bearer was cut off, and whether this node knows enough to tell.
    func refusal(for bearer: Bearer, now: Date, stalenessBound: TimeInterval) -> BearerRefusal? {
        state.withLock { state in
            guard state.isInTouch(at: now, stalenessBound) else { return .temporarilyUnavailable }
            switch bearer.source {
            case .apiKey:
                // A key is looked up again whenever a key or its account changed; there is nothing to remember about it.
                return nil
            case .accessToken(let grant, let client, let issuedAt):
                guard state.grants[grant] == nil else { return .revoked }
                // An account that was enabled again has new tokens, and so have its apps; those from before the cut stay refused.
                // Tokens carry whole seconds, so one of the very second of the cut is refused too.
                if let cut = state.clients[client], issuedAt <= cut { return .revoked }
                if let cut = state.accounts[bearer.accountID], issuedAt <= cut { return .revoked }
                return nil
            }
        }
    }
}
