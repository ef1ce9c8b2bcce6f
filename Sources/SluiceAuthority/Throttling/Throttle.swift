public import Foundation
import Synchronization

/// Counts failures per key and makes whoever fails often wait, longer each time. Kept in memory, per node, bounded.
///
/// Nobody is locked out by somebody else: the keys are chosen so that a victim on a known device or another address has a
/// bucket of their own.
public final class Throttle: Sendable {
    private struct Bucket {
        var failures: Int
        var lastFailure: Date
        /// The failure before the last, for when the last turns out to be none.
        var failureBefore: Date
    }

    private struct State {
        var buckets: [String: Bucket] = [:]
    }

    private let free: Int
    private let firstWait: TimeInterval
    private let longestWait: TimeInterval
    private let memory: TimeInterval
    private let capacity: Int
    private let state = Mutex(State())

    /// A throttle.
    /// - Parameters:
    ///   - free: How many failures cost nothing.
    ///   - firstWait: The wait after the first failure beyond them; it doubles with each further one.
    ///   - longestWait: The longest wait.
    ///   - memory: After this long without a failure a bucket is forgotten.
    ///   - capacity: How many buckets are kept; the oldest go first.
    public init(free: Int, firstWait: Duration, longestWait: Duration, memory: Duration, capacity: Int = 50_000) {
        self.free = free
        self.firstWait = firstWait.inSeconds
        self.longestWait = longestWait.inSeconds
        self.memory = memory.inSeconds
        self.capacity = capacity
    }

    /// How long the strictest of the buckets makes the caller wait; `nil` if it may go on now.
    public func wait(for keys: [String], at now: Date) -> Duration? {
        state.withLock { wait(for: keys, at: now, $0) }
    }

    private func wait(for keys: [String], at now: Date, _ state: State) -> Duration? {
        let seconds = keys.compactMap { key -> TimeInterval? in
            guard let bucket = state.buckets[key], now.timeIntervalSince(bucket.lastFailure) < memory else {
                return nil
            }
            let excess = bucket.failures - free
            guard excess > 0 else { return nil }
            let wait = min(longestWait, firstWait * pow(2, Double(min(excess, 30) - 1)))
            // A failure that lies ahead, since the clock was set back, makes nobody wait longer than the rule says.
            let left = wait - max(0, now.timeIntervalSince(bucket.lastFailure))
            return left > 0 ? left : nil
        }.max()
        return seconds.map { .milliseconds(Int64(($0 * 1000).rounded(.up))) }
    }

    /// Lets one try through and counts it as failed until `forgive` or `takeBack` says otherwise, so that of many tries at once
    /// no more get through than of as many one after the other.
    /// - Returns: How long to wait instead; then nothing was counted.
    public func admit(_ keys: [String], at now: Date) -> Duration? {
        state.withLock { state in
            if let wait = wait(for: keys, at: now, state) { return wait }
            noteFailure(keys, at: now, &state)
            return nil
        }
    }

    /// Takes the failure back that `admit` counted at `now`: there was none, or nothing was tried.
    public func takeBack(_ keys: [String], at now: Date) {
        state.withLock { state in
            for key in keys {
                guard var bucket = state.buckets[key] else { continue }
                bucket.failures -= 1
                if bucket.lastFailure == now { bucket.lastFailure = bucket.failureBefore }
                state.buckets[key] = bucket.failures > 0 ? bucket : nil
            }
        }
    }

    /// Notes a failure in each bucket.
    public func noteFailure(_ keys: [String], at now: Date) {
        state.withLock { noteFailure(keys, at: now, &$0) }
    }

    private func noteFailure(_ keys: [String], at now: Date, _ state: inout State) {
        for key in keys {
            var bucket = state.buckets[key] ?? Bucket(failures: 0, lastFailure: now, failureBefore: now)
            if now.timeIntervalSince(bucket.lastFailure) >= memory { bucket.failures = 0 }
            bucket.failures += 1
            bucket.failureBefore = bucket.lastFailure
            bucket.lastFailure = now
            state.buckets[key] = bucket
        }
        guard state.buckets.count > capacity else { return }
        // Rare and linear: forget what is over, then the older half if that was not enough.
        state.buckets = state.buckets.filter { now.timeIntervalSince($0.value.lastFailure) < memory }
        guard state.buckets.count > capacity else { return }
        let dates = state.buckets.values.map(\.lastFailure).sorted()
        let middle = dates[dates.count / 2]
        state.buckets = state.buckets.filter { $0.value.lastFailure > middle }
    }

    /// Forgets the failures of a bucket: its owner proved themselves.
    public func forgive(_ keys: [String]) {
        state.withLock { state in for key in keys { state.buckets[key] = nil } }
    }
}

/// Asked to wait before trying again.
public struct Throttled: Error, Sendable, Equatable {
    /// How long.
    public let wait: Duration

    /// A demand to wait.
    public init(wait: Duration) { self.wait = wait }

    /// For `Retry-After`: whole seconds, at least one.
    public var retryAfter: Int { max(1, Int(wait.inSeconds.rounded(.up))) }
}
