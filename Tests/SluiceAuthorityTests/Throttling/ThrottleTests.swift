import Foundation
import Testing

@testable import SluiceAuthority

@Suite("Throttles")
struct ThrottleTests {
    private let start = Date(timeIntervalSince1970: 1_800_000_000)

    private func throttle(capacity: Int = 100) -> Throttle {
        Throttle(
            free: 3, firstWait: .seconds(2), longestWait: .seconds(10), memory: .seconds(60), capacity: capacity)
    }

    @Test func `the first failures cost nothing, then each wait is twice the one before, up to a longest`() {
        let throttle = throttle()
        for _ in 1...3 {
            throttle.noteFailure(["a"], at: start)
            #expect(throttle.wait(for: ["a"], at: start) == nil)
        }
        for wait in [2, 4, 8, 10, 10] {
            throttle.noteFailure(["a"], at: start)
            #expect(throttle.wait(for: ["a"], at: start) == .seconds(wait))
        }
        for _ in 0..<200 { throttle.noteFailure(["a"], at: start) }
        #expect(throttle.wait(for: ["a"], at: start) == .seconds(10), "no overflow however many there were")
    }

    @Test func `the wait runs down to the moment where the caller may go on`() {
        let throttle = throttle()
        for _ in 1...4 { throttle.noteFailure(["a"], at: start) }
        #expect(throttle.wait(for: ["a"], at: start.addingTimeInterval(1.5)) == .milliseconds(500))
        #expect(throttle.wait(for: ["a"], at: start.addingTimeInterval(2)) == nil)
        throttle.noteFailure(["a"], at: start.addingTimeInterval(2))
        #expect(throttle.wait(for: ["a"], at: start.addingTimeInterval(2)) == .seconds(4), "it is not forgotten yet")
    }

    @Test func `a clock that was set back makes nobody wait longer than the rule says`() {
        let throttle = throttle()
        for _ in 1...4 { throttle.noteFailure(["a"], at: start) }
        #expect(throttle.wait(for: ["a"], at: start.addingTimeInterval(-3600)) == .seconds(2))
    }

    @Test(arguments: [
        ("192.0.2.7", "192.0.2.7", true), ("192.0.2.7", "192.0.2.8", false),
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff:ffff:ffff:ffff", true), ("2001:db8:1:2::1", "2001:0db8:1:2::1", true),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", false), ("::ffff:192.0.2.7", "::ffff:192.0.2.8", false),
        ("-", "-", true), ("a:b", "a:c", false),
    ])
    func `an IPv6 block counts as one address`(one: String, other: String, isSame: Bool) {
        func network(_ address: String) -> String {
            RequestTrace(address: address, userAgent: "", requestID: "").network
        }
        #expect((network(one) == network(other)) == isSame)
    }

    @Test func `buckets are apart, and the strictest of several counts`() {
        let throttle = throttle()
        for _ in 1...4 { throttle.noteFailure(["a"], at: start) }
        for _ in 1...5 { throttle.noteFailure(["b"], at: start) }
        #expect(throttle.wait(for: ["c"], at: start) == nil)
        #expect(throttle.wait(for: [], at: start) == nil)
        #expect(throttle.wait(for: ["a", "b", "c"], at: start) == .seconds(4))
    }

    @Test func `time and success forgive`() {
        let throttle = throttle()
        for _ in 1...6 { throttle.noteFailure(["a", "b"], at: start) }
        throttle.forgive(["a"])
        #expect(throttle.wait(for: ["a"], at: start) == nil)
        #expect(throttle.wait(for: ["b"], at: start) != nil)
        let later = start.addingTimeInterval(60)
        #expect(throttle.wait(for: ["b"], at: later) == nil)
        throttle.noteFailure(["b"], at: later)
        #expect(throttle.wait(for: ["b"], at: later) == nil, "a forgotten bucket begins anew")
    }

    @Test func `memory is bounded, and the newest offenders are the ones that are kept`() {
        let throttle = throttle(capacity: 100)
        for index in 0..<1_000 {
            let moment = start.addingTimeInterval(Double(index) / 1_000)
            for _ in 1...4 { throttle.noteFailure(["k\(index)"], at: moment) }
        }
        let end = start.addingTimeInterval(1)
        let waiting = (0..<1_000).filter { throttle.wait(for: ["k\($0)"], at: end) != nil }
        #expect(waiting.count <= 100)
        #expect(waiting.contains(999))
        #expect(!waiting.contains(0))
    }

    @Test(arguments: [(Duration.milliseconds(1), 1), (.seconds(1), 1), (.milliseconds(1_001), 2), (.seconds(10), 10)])
    func `Retry-After is whole seconds, rounded up`(wait: Duration, seconds: Int) {
        #expect(Throttled(wait: wait).retryAfter == seconds)
    }
}
