import Foundation
import Synchronization

/// Counts the requests of each client in rolling windows, and refuses those that are too many. Off unless the operator gave quotas.
///
/// A request is counted in memory, where deciding and counting are one step; in each round of housekeeping, ten seconds after the one
/// before, and at the end, what was counted is added to what the store has. A process that is killed forgets what was counted since.
/// What other nodes counted is known after they wrote it and this node read it again, which the first request does that comes five
/// seconds after the last reading: until then each node lets through what it alone has counted.
/// - Source: Buffer's page, "API limits".
public final class RateLimits: Sendable {
    /// How many counts are added to the store in one transaction.
    private static let batch = 1_000

    /// The quotas; `nil` where nothing is limited.
    public let quotas: RateQuotas?
    private let ledger: Mutex<RateLedger>
    private let store: any RateLimitStore
    private let environment: AuthorityEnvironment

    /// - Parameter capacity: Of this many buckets, and up to twice as many, the counts are kept in memory: about 1 KB each.
    init(
        store: any RateLimitStore, quotas: RateQuotas?, capacity: Int = 10_000, environment: AuthorityEnvironment
    ) {
        self.store = store
        self.quotas = quotas
        self.environment = environment
        ledger = Mutex(RateLedger(policies: quotas?.policies ?? [], capacity: capacity))
    }

    /// Counts a request of a checked bearer, unless it is one too many.
    ///
    /// Of any number of simultaneous requests at the edge of a quota exactly so many pass as it has left.
    /// - Returns: What became of it; `nil` where nothing is limited.
    /// - Throws: `StoreError` if what was counted before cannot be read.
    public func admit(_ bearer: Bearer) async throws -> RateVerdict? {
        guard quotas != nil else { return nil }
        let bucket = RateBucket(bearer)
        let now = environment.now()
        if let verdict = ledger.withLock({ $0.admit(bucket, at: now) }) { return noted(verdict) }
        let epoch = ledger.withLock { $0.epoch }
        let stored = try await store.rateCounts(of: bucket, at: now)
        return noted(ledger.withLock { $0.admit(bucket, knowing: stored, readIn: epoch, at: now) })
    }

    /// Adds what was counted since the last time to the store. Calls may overlap: one writes, the others have nothing to do.
    func save() async throws {
        guard let counts = ledger.withLock({ $0.beginSave() }) else { return }
        var written = 0
        do {
            while written < counts.count {
                let end = min(written + Self.batch, counts.count)
                try await store.addRateCounts(Array(counts[written..<end]))
                written = end
            }
        } catch {
            ledger.withLock { $0.endSave(failed: counts[written...]) }
            throw error
        }
        ledger.withLock { $0.endSave(failed: []) }
    }

    /// Deletes from the store what has left every window.
    func sweep() async throws { try await store.sweepRateCounts(before: environment.now()) }

    private func noted(_ verdict: RateVerdict) -> RateVerdict {
        if let refusal = verdict.refusal { environment.count(.rateLimited(refusal.window)) }
        return verdict
    }
}
