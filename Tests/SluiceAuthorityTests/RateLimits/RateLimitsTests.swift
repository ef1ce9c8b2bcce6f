import Foundation
import SluiceOAuth
import SluiceSQLite
import Synchronization
import Testing

@testable import SluiceAuthority

@Suite("Counting requests and refusing those that are too many")
struct RateLimitsTests {
    /// One node, over a store that others may share.
    private struct Node {
        let limits: RateLimits
        let clock: TestClock
        let store: any RateLimitStore
        let counted = Counted()

        init(
            _ quotas: String = "10/15m", store: (any RateLimitStore)? = nil, clock: TestClock = TestClock(),
            capacity: Int = 10_000
        ) async throws {
            self.clock = clock
            if let store { self.store = store } else { self.store = try await SQLiteStore.inMemory() }
            let counted = counted
            limits = RateLimits(
                store: self.store, quotas: RateQuotas(quotas), capacity: capacity,
                environment: AuthorityEnvironment(now: { clock.now }, count: { counted.add($0) }))
        }

        func admit(_ bearer: Bearer) async throws -> RateVerdict { try #require(try await limits.admit(bearer)) }

        /// How many of `tries` requests pass, one after the other.
        func passing(_ tries: Int, _ bearer: Bearer) async throws -> Int {
            var passed = 0
            for _ in 0..<tries where try await admit(bearer).refusal == nil { passed += 1 }
            return passed
        }
    }

    private final class Counted: Sendable {
        private let counts = Mutex<[AuthorityCount]>([])
        func add(_ count: AuthorityCount) { counts.withLock { $0.append(count) } }
        var all: [AuthorityCount] { counts.withLock { $0 } }
    }

    private func key() -> Bearer {
        Bearer(accountID: fresh(), scopes: nil, source: .apiKey(fresh()), expiresAt: nil)
    }

    private func token(_ client: ClientID, account: AccountID? = nil) -> Bearer {
        Bearer(
            accountID: account ?? fresh(), scopes: Scopes("account:read"),
            source: .accessToken(grant: fresh(), client: client, issuedAt: Date()), expiresAt: nil)
    }

    private func fresh<Kind>() -> Identifier<Kind> { Identifier(random: .system) }

    @Test func `S120 off, nothing is counted, kept or refused`() async throws {
        let node = try await Node("off")
        let bearer = key()
        for _ in 0..<50 { #expect(try await node.limits.admit(bearer) == nil) }
        try await node.limits.save()
        #expect(try await node.store.rateCounts(of: RateBucket(bearer), at: node.clock.now).isEmpty)
    }

    @Test func `S120 as many pass as the quota allows, and each answer says where the client stands`() async throws {
        let node = try await Node("3/15m,100/24h")
        let bearer = key()
        for left in [2, 1, 0] {
            let verdict = try await node.admit(bearer)
            #expect(verdict.refusal == nil)
            #expect(verdict.standings.map(\.remaining) == [left, 97 + left])
            #expect(verdict.standings.map(\.policy.name) == ["3-in-15min", "100-in-1day"])
        }
        for _ in 0..<5 {
            let verdict = try await node.admit(bearer)
            #expect(verdict.refusal?.window == .quarterHour)
            #expect(verdict.standings.map(\.remaining) == [0, 97], "what is refused is not counted")
            #expect(verdict.refusal?.retryAfter == verdict.standings[0].resetsAfter)
        }
        #expect(node.counted.all == Array(repeating: .rateLimited(.quarterHour), count: 5))
    }

    @Test func `S120 after the wait that a refusal told there is room, and a second before it there is none`() async throws {
        let node = try await Node("2/15m")
        let bearer = key()
        _ = try await node.admit(bearer)
        node.clock.advance(by: 100)
        _ = try await node.admit(bearer)
        node.clock.advance(by: 7)
        let wait = try #require(try await node.admit(bearer).refusal?.retryAfter)
        node.clock.advance(by: Double(wait) - 1)
        #expect(try await node.admit(bearer).refusal != nil)
        node.clock.advance(by: 1)
        #expect(try await node.passing(5, bearer) == 1, "the second request is still in the window")
    }

    @Test func `S120 of several full windows the one is told that stays full for the longest`() async throws {
        let node = try await Node("2/15m,2/24h,2/30d")
        let bearer = key()
        for _ in 0..<2 { _ = try await node.admit(bearer) }
        let refusal = try #require(try await node.admit(bearer).refusal)
        #expect(refusal.window == .month)
        node.clock.advance(by: Double(refusal.retryAfter))
        #expect(try await node.admit(bearer).refusal == nil)
    }

    @Test func `S120 each key counts alone, and an app counts with all of its users`() async throws {
        let node = try await Node("3/15m")
        let account: AccountID = fresh()
        let keys = (0..<2).map { _ in
            Bearer(accountID: account, scopes: nil, source: .apiKey(fresh()), expiresAt: nil)
        }
        for bearer in keys { #expect(try await node.passing(9, bearer) == 3) }
        let client: ClientID = fresh()
        #expect(try await node.passing(2, token(client)) == 2)
        #expect(try await node.passing(9, token(client)) == 1, "another user of the same app")
        #expect(try await node.passing(9, token(fresh())) == 3)
        let names = try await [node.admit(keys[0]), node.admit(keys[1]), node.admit(token(client))]
            .map(\.bucket.partitionKey)
        #expect(Set(names).count == 3)
        #expect(names.allSatisfy { $0.count == 16 })
    }

    @Test(arguments: [1, 10, 99])
    func `S120 of many simultaneous requests exactly the quota passes`(quota: Int) async throws {
        let node = try await Node("\(quota)/15m,1000000/24h")
        let bearer = key()
        let passed = try await withThrowingTaskGroup(of: Bool.self) { group in
            for _ in 0..<300 { group.addTask { try await node.admit(bearer).refusal == nil } }
            return try await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
        }
        #expect(passed == quota)
    }

    @Test func `S120 exactly the quota passes while what was counted is written down and read again all the time`()
        async throws
    {
        let node = try await Node("100/24h")
        let bearer = key()
        let passed = try await withThrowingTaskGroup(of: Bool?.self) { group in
            for index in 0..<600 {
                group.addTask {
                    if index.isMultiple(of: 10) {
                        // Past the freshness of what is in memory, so that requests read the store again.
                        node.clock.advance(by: 6)
                        try await node.limits.save()
                        return nil
                    }
                    return try await node.admit(bearer).refusal == nil
                }
            }
            return try await group.reduce(into: 0) { $0 += $1 == true ? 1 : 0 }
        }
        #expect(passed == 100)
        try await node.limits.save()
        let stored = try await node.store.rateCounts(of: RateBucket(bearer), at: node.clock.now)
        #expect(stored.map(\.count).reduce(0, +) == 100)
    }

    @Test func `S120 a restart forgets nothing that was written down`() async throws {
        let clock = TestClock()
        let before = try await Node(clock: clock)
        let bearer = key()
        #expect(try await before.passing(7, bearer) == 7)
        try await before.limits.save()
        let after = try await Node(store: before.store, clock: clock)
        #expect(try await after.admit(bearer).standings[0].remaining == 2)
        #expect(try await after.passing(9, bearer) == 2)
    }

    @Test func `S120 nodes count together: what one wrote down the other knows after its next reading`() async throws {
        let clock = TestClock()
        let one = try await Node(clock: clock)
        let two = try await Node(store: one.store, clock: clock)
        let bearer = key()
        #expect(try await two.passing(1, bearer) == 1)
        #expect(try await one.passing(4, bearer) == 4)
        for node in [one, two] { try await node.limits.save() }
        clock.advance(by: 5)
        #expect(try await two.admit(bearer).standings[0].remaining == 4)
        #expect(try await one.passing(9, bearer) == 5, "it does not know of the other's last one yet")
        for node in [one, two] { try await node.limits.save() }
        clock.advance(by: 5)
        for node in [one, two] { #expect(try await node.passing(3, bearer) == 0) }
        let counts = try await one.store.rateCounts(of: RateBucket(bearer), at: clock.now)
        #expect(counts.map(\.count).reduce(0, +) == 11, "the slack of two nodes: one request")
    }

    @Test func `S120 what could not be written down is kept, still counts, and is written the next time`() async throws {
        let store = FailingStore(base: try await SQLiteStore.inMemory())
        let node = try await Node(store: store)
        let bearer = key()
        #expect(try await node.passing(4, bearer) == 4)
        store.isFull = true
        await #expect(throws: StoreError.self) { try await node.limits.save() }
        #expect(try await node.passing(2, bearer) == 2)
        store.isFull = false
        try await node.limits.save()
        try await node.limits.save()
        let stored = try await store.rateCounts(of: RateBucket(bearer), at: node.clock.now)
        #expect(stored.map(\.count) == [6])
        #expect(try await node.passing(9, bearer) == 4)
    }

    @Test func `S120 a client that memory forgot is read again with what is not written down yet`() async throws {
        let node = try await Node(capacity: 2)
        let bearer = key()
        #expect(try await node.passing(3, bearer) == 3)
        try await node.limits.save()
        #expect(try await node.passing(3, bearer) == 3)
        for _ in 0..<10 { _ = try await node.admit(key()) }
        #expect(try await node.passing(9, bearer) == 4)
    }

    @Test func `S120 memory holds a bounded number of clients, and a bounded number waits for a store that is full`() {
        var ledger = RateLedger(policies: RateQuotas.essentials.policies, capacity: 100)
        let now = Date(timeIntervalSince1970: 1_800_000_000)
        for _ in 0..<RateLedger.unsavedLimit + 10 {
            _ = ledger.admit(.key(fresh()), knowing: [], readIn: 0, at: now)
        }
        #expect(ledger.usage.buckets <= 200)
        let counts = ledger.beginSave() ?? []
        let second = ledger.beginSave()
        #expect(second == nil, "one save at a time")
        ledger.endSave(failed: counts)
        #expect(ledger.usage.unsaved == RateLedger.unsavedLimit)
    }

    @Test func `S120 a sweep takes what left its window and leaves the rest`() async throws {
        let node = try await Node("5/15m,5/30d")
        let bearer = key()
        _ = try await node.admit(bearer)
        try await node.limits.save()
        node.clock.advance(by: 901)
        try await node.limits.sweep()
        let stored = try await node.store.rateCounts(of: RateBucket(bearer), at: .distantPast)
        #expect(stored.map(\.step.window) == [.month])
    }

    /// A store whose disk fills up when a test says so.
    private final class FailingStore: RateLimitStore {
        private let base: any RateLimitStore
        private let full = Mutex(false)

        init(base: any RateLimitStore) { self.base = base }

        var isFull: Bool {
            get { full.withLock { $0 } }
            set { full.withLock { $0 = newValue } }
        }

        func addRateCounts(_ counts: [RateCount]) async throws {
            if isFull { throw StoreError.unavailable("the disk is full") }
            try await base.addRateCounts(counts)
        }

        func rateCounts(of bucket: RateBucket, at now: Date) async throws -> [RateCount] {
            try await base.rateCounts(of: bucket, at: now)
        }

        func sweepRateCounts(before date: Date) async throws { try await base.sweepRateCounts(before: date) }
    }
}
