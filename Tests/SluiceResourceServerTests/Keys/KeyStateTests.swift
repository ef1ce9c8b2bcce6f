import Foundation
import SluiceClient
import SluiceOAuth
import Testing

@testable import SluiceResourceServer

@Suite("RFC 9111: how long keys are fresh")
struct KeyStateTests {
    private let start = Date(timeIntervalSince1970: 1_800_000_000)
    private let key: VerificationKey

    init() throws { key = try SigningKey.generate(.es256).verificationKey }

    @Test(arguments: [
        (nil as String?, nil as String?, nil as Int?),
        ("public, max-age=300", nil, 300),
        ("MAX-AGE = 300", nil, 300),
        ("max-age=\"300\"", nil, 300),
        ("max-age=300", "100", 200),
        ("max-age=300", "1000", 0),
        ("max-age=300", "junk", 300),
        ("max-age=300", "-5", 300),
        ("max-age=99999999999999999999999", nil, Int.max),
        ("max-age=-1", nil, nil),
        ("max-age=", nil, nil),
        ("s-maxage=20", nil, nil),
        ("no-store", nil, 0),
        ("max-age=300, No-Cache", nil, 0),
    ])
    func `Cache-Control and Age are read as written`(control: String?, age: String?, seconds: Int?) {
        var answer = TransportResponse(status: 200)
        if let control { answer.headers.append(("cache-control", control)) }
        if let age { answer.headers.append(("Age", age)) }
        #expect(answer.freshnessInSeconds == seconds)
    }

    @Test(arguments: [
        ("what the server says", 200 as Int?, 200.0),
        ("nothing said", nil, 300),
        ("no-store", 0, 60),
        ("a year", 31_536_000, 900),
        ("for ever", Int.max, 900),
    ])
    func `what the server says holds within bounds`(why: String, said: Int?, seconds: TimeInterval) {
        var state = KeyState(policy: KeyCachePolicy())
        #expect(state.advice(at: start) == .fetch)
        state.begin(forName: false, at: start)
        state.succeed([key], freshness: said, askedAt: start)
        #expect(state.advice(at: start.addingTimeInterval(seconds * 0.75 - 1)) == .use, "\(why)")
        #expect(state.advice(at: start.addingTimeInterval(seconds * 0.75)) == .useAndFetch, "\(why)")
        #expect(state.advice(at: start.addingTimeInterval(seconds - 0.5)) == .useAndFetch, "\(why)")
        #expect(state.advice(at: start.addingTimeInterval(seconds)) == .fetch, "\(why)")
    }

    @Test func `stale keys serve on unasked in the pause after a failure alone`() {
        var state = KeyState(policy: KeyCachePolicy())
        state.begin(forName: false, at: start)
        state.succeed([key], freshness: 300, askedAt: start)
        let later = start.addingTimeInterval(300)
        state.begin(forName: false, at: later)
        state.fail("down")
        #expect(state.advice(at: later.addingTimeInterval(9)) == .use)
        #expect(state.advice(at: later.addingTimeInterval(10)) == .fetch)
        #expect(state.advice(at: later.addingTimeInterval(3_000)) == .fetch)
    }

    @Test func `the same keys fetched again are the same generation, others are the next`() throws {
        var state = KeyState(policy: KeyCachePolicy())
        state.succeed([key], freshness: nil, askedAt: start)
        let first = try #require(state.keys(at: start))
        state.succeed([key], freshness: nil, askedAt: start)
        let again = try #require(state.keys(at: start))
        #expect(again.generation == first.generation)
        #expect(again.fetch == first.fetch + 1)
        state.succeed([try SigningKey.generate(.es256).verificationKey], freshness: nil, askedAt: start)
        #expect(try #require(state.keys(at: start)).generation == first.generation + 1)
    }

    @Test func `a key that changed just after an ordinary fetch need not wait for the pause`() {
        var state = KeyState(policy: KeyCachePolicy())
        state.begin(forName: false, at: start)
        state.succeed([key], freshness: nil, askedAt: start)
        let soon = start.addingTimeInterval(2)
        #expect(state.adviceForUnknownName(seen: 1, at: soon) == .fetch)
        state.begin(forName: true, at: soon)
        state.succeed([key], freshness: nil, askedAt: soon)
        #expect(state.adviceForUnknownName(seen: 2, at: soon.addingTimeInterval(9)) == .use)
        #expect(state.adviceForUnknownName(seen: 2, at: soon.addingTimeInterval(10)) == .fetch)
    }
}
