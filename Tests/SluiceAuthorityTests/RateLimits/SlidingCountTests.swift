import Foundation
import Testing

@testable import SluiceAuthority

@Suite("A count that rolls with time")
struct SlidingCountTests {
    /// The first moment of a step of every window.
    private static let start = Date(timeIntervalSince1970: 2_592_000 * 700)

    private func at(_ seconds: Double) -> Date { Self.start.addingTimeInterval(seconds) }

    @Test(arguments: RateWindow.allCases)
    func `S120 a request counts for 59 to 60 sixtieths of the window`(window: RateWindow) {
        let (length, step) = (Double(window.seconds), Double(window.stepInSeconds))
        for offset in [0, step / 2, step - 0.001] {
            var count = SlidingCount(window, at: at(offset))
            _ = count.count()
            count.advance(to: at(offset + length - step))
            #expect(count.used == 1, "made at \(offset), still there after 59 sixtieths")
            count.advance(to: at(offset + length))
            #expect(count.used == 0, "made at \(offset), gone after the whole window")
        }
    }

    @Test func `S120 the window rolls: what leaves it makes room for as much`() {
        var count = SlidingCount(.quarterHour, at: at(0))
        for minute in 0..<15 {
            count.advance(to: at(Double(minute) * 60))
            for _ in 0...minute { _ = count.count() }
        }
        #expect(count.used == 120)
        for minute in 0..<15 {
            count.advance(to: at(900 + Double(minute) * 60))
            let left = (0...minute).reduce(120) { $0 - $1 - 1 }
            #expect(count.used == left, "minute \(minute)")
        }
    }

    @Test func `S120 the wait it tells is exactly what brings room`() {
        // Two at 3 s, three at 100 s, a quota of five: full.
        var count = SlidingCount(.quarterHour, at: at(3))
        for _ in 0..<2 { _ = count.count() }
        count.advance(to: at(100))
        for _ in 0..<3 { _ = count.count() }
        count.advance(to: at(120.5))
        #expect(count.remaining(of: 5) == 0)
        let wait = count.retryAfter(quota: 5, at: at(120.5))
        #expect(wait == 780, "the first step ends its stay at 900 s")
        #expect(count.resetsAfter(at: at(120.5)) == wait)
        // Over the quota, as after other nodes' counts came in: three have to leave, and those are of two steps.
        #expect(count.retryAfter(quota: 3, at: at(120.5)) == 870)
        var early = count
        early.advance(to: at(899.9))
        #expect(early.remaining(of: 5) == 0)
        count.advance(to: at(120.5 + Double(wait)))
        #expect(count.remaining(of: 5) == 2)
    }

    @Test(arguments: RateWindow.allCases)
    func `S120 no wait is longer than the window, and none shorter than a second`(window: RateWindow) {
        for offset in [0, 0.001, Double(window.stepInSeconds) - 0.001] {
            var count = SlidingCount(window, at: at(offset))
            #expect(count.resetsAfter(at: at(offset)) == window.seconds, "an empty one")
            _ = count.count()
            let wait = count.retryAfter(quota: 1, at: at(offset))
            #expect((window.seconds - window.stepInSeconds...window.seconds).contains(wait))
            let last = at(Double(window.seconds) - 0.001)
            count.advance(to: last)
            #expect(count.retryAfter(quota: 1, at: last) == 1)
        }
    }

    @Test func `a clock set back by less than the window gives nobody a second quota`() {
        var count = SlidingCount(.quarterHour, at: at(600))
        for _ in 0..<5 { _ = count.count() }
        count.advance(to: at(0))
        #expect(count.used == 5)
        _ = count.count()
        #expect(count.used == 6)
        count.advance(to: at(600 + 900))
        #expect(count.used == 0)
    }

    @Test func `a clock that was far ahead locks nobody out once it is right`() {
        var count = SlidingCount(.quarterHour, at: at(86_400 * 365))
        for _ in 0..<5 { _ = count.count() }
        count.advance(to: at(0))
        #expect(count.used == 0)
        _ = count.count()
        #expect(count.used == 1)
    }

    @Test func `counts from elsewhere are taken by their steps: old ones not at all, those of a clock ahead as the newest`() {
        let window = RateWindow.quarterHour
        let now = window.step(at: at(0))
        var count = SlidingCount(window, at: at(0))
        count.add(7, toStep: now - 60)
        #expect(count.used == 0)
        count.add(7, toStep: now - 59)
        count.add(3, toStep: now + 4)
        #expect(count.used == 10)
        count.advance(to: at(15))
        #expect(count.used == 3)
        count.advance(to: at(900))
        #expect(count.used == 0)
    }

    @Test func `no number makes it overflow`() {
        var count = SlidingCount(.day, at: at(0))
        count.add(Int(UInt32.max), toStep: RateWindow.day.step(at: at(0)))
        _ = count.count()
        #expect(count.used == Int(UInt32.max))
        count.advance(to: at(86_400))
        #expect(count.used == 0)
    }

    @Test func `moments before 1970 are moments too`() {
        let moment = Date(timeIntervalSince1970: -10_000_000)
        var count = SlidingCount(.quarterHour, at: moment)
        _ = count.count()
        count.advance(to: moment.addingTimeInterval(900))
        #expect(count.used == 0)
    }
}
