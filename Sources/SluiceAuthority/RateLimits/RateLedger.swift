import Foundation

/// What one node knows of everybody's requests, and what of it the store does not know yet. A value: time is handed in.
///
/// What is known of a bucket is always what the store said plus what was counted here since; that is why reading again while
/// others count loses nothing.
struct RateLedger: Sendable {
    /// For how long a reading of the store is good. Then the next request reads again, and so sees what other nodes counted.
    static let freshness: TimeInterval = 5
    /// How many buckets may wait for a store that cannot be written to.
    static let unsavedLimit = 50_000

    typealias Counts = [RateBucket: [RateStep: Int]]

    fileprivate struct Entry {
        var counts: [SlidingCount]
        var readAt: Date
    }

    private let policies: [RatePolicy]
    private let capacity: Int
    // At most `2 × capacity` of them: the older half is forgotten when the younger is full, and read again when it is asked for.
    private var young: [RateBucket: Entry] = [:]
    private var old: [RateBucket: Entry] = [:]
    private var unsaved: Counts = [:]
    /// What is being written now.
    private var saving: Counts = [:]
    private var isSaving = false
    /// Changes whenever a save begins or ends: a reading from around such a moment may or may not hold what is being written.
    private(set) var epoch: UInt64 = 0

    init(policies: [RatePolicy], capacity: Int) {
        self.policies = policies
        self.capacity = capacity
    }

    /// How many buckets are in memory, and how many have something unsaved.
    var usage: (buckets: Int, unsaved: Int) { (young.count + old.count, unsaved.count) }

    /// Decides about a request and counts it if it may go on.
    /// - Returns: `nil` if the store has to be read first.
    mutating func admit(_ bucket: RateBucket, at now: Date) -> RateVerdict? {
        if let entry = old.removeValue(forKey: bucket) { put(entry, for: bucket) }
        // The distance: after a clock was set back, a moment that lies ahead says nothing about now.
        guard let index = young.index(forKey: bucket),
            abs(now.timeIntervalSince(young.values[index].readAt)) < Self.freshness
        else { return nil }
        return decide(bucket, &young.values[index], at: now, policies, &unsaved)
    }

    /// Decides about a request after the store was read.
    /// - Parameters:
    ///   - stored: What the store said of the bucket.
    ///   - epoch: As it was before the store was asked.
    mutating func admit(
        _ bucket: RateBucket, knowing stored: [RateCount], readIn epoch: UInt64, at now: Date
    ) -> RateVerdict {
        var entry = entry(of: bucket, knowing: stored, isClear: !isSaving && epoch == self.epoch, at: now)
        let verdict = decide(bucket, &entry, at: now, policies, &unsaved)
        put(entry, for: bucket)
        return verdict
    }

    private func entry(of bucket: RateBucket, knowing stored: [RateCount], isClear: Bool, at now: Date) -> Entry {
        if !isClear, var known = young[bucket] {
            // What memory has is right but for the other nodes; the next reading, in seconds, tells of them.
            known.readAt = now
            return known
        }
        var counts = policies.map { SlidingCount($0.window, at: now) }
        func add(_ amount: Int, to step: RateStep) {
            guard let place = policies.firstIndex(where: { $0.window == step.window }) else { return }
            counts[place].add(amount, toStep: step.number)
        }
        for count in stored { add(count.count, to: count.step) }
        for (step, amount) in unsaved[bucket] ?? [:] { add(amount, to: step) }
        if !isClear {
            // Perhaps twice: rather a little too strict, for seconds, than a quota for nothing.
            for (step, amount) in saving[bucket] ?? [:] { add(amount, to: step) }
        }
        return Entry(counts: counts, readAt: now)
    }

    /// What is to be written, if there is anything and nobody writes already.
    mutating func beginSave() -> [RateCount]? {
        guard !isSaving, !unsaved.isEmpty else { return nil }
        (saving, unsaved) = (unsaved, [:])
        isSaving = true
        epoch &+= 1
        return saving.flatMap { bucket, steps in
            steps.map { RateCount(bucket: bucket, step: $0.key, count: $0.value) }
        }
    }

    /// Ends a save.
    /// - Parameter failed: What could not be written; it is kept for the next save.
    mutating func endSave(failed: some Sequence<RateCount>) {
        saving = [:]
        isSaving = false
        epoch &+= 1
        for count in failed where unsaved[count.bucket] != nil || unsaved.count < Self.unsavedLimit {
            unsaved[count.bucket, default: [:]][count.step, default: 0] += count.count
        }
    }

    private mutating func put(_ entry: Entry, for bucket: RateBucket) {
        if young.count >= capacity, young[bucket] == nil {
            old = young
            young.removeAll(keepingCapacity: true)
        }
        old[bucket] = nil
        young[bucket] = entry
    }
}

/// A refused request is not counted: a client that keeps asking does not thereby lock itself out.
private func decide(
    _ bucket: RateBucket, _ entry: inout RateLedger.Entry, at now: Date, _ policies: [RatePolicy],
    _ unsaved: inout RateLedger.Counts
) -> RateVerdict {
    var refusal: RateVerdict.Refusal?
    for (place, policy) in policies.enumerated() {
        entry.counts[place].advance(to: now)
        guard entry.counts[place].remaining(of: policy.quota) == 0 else { continue }
        let wait = entry.counts[place].retryAfter(quota: policy.quota, at: now)
        if wait >= refusal?.retryAfter ?? 0 { refusal = RateVerdict.Refusal(window: policy.window, retryAfter: wait) }
    }
    if refusal == nil {
        for (place, policy) in policies.enumerated() {
            let step = RateStep(window: policy.window, number: entry.counts[place].count())
            unsaved[bucket, default: [:]][step, default: 0] += 1
        }
    }
    let standings = zip(policies, entry.counts).map { policy, count in
        RateStanding(
            policy: policy, remaining: count.remaining(of: policy.quota), resetsAfter: count.resetsAfter(at: now))
    }
    return RateVerdict(bucket: bucket, standings: standings, refusal: refusal)
}
