import Foundation
import SluiceClient
import SluiceOAuth
import SluiceResourceServer
import Testing

@Suite("Published keys: rotation, floods and outages")
struct KeyRotationTests {
    private let clock = TestClock()
    private let issuer: Issuer
    private let host: KeyHost
    private let next: SigningKey

    init() throws {
        issuer = try Issuer(clock: clock)
        host = KeyHost(.keys([issuer.key]))
        next = try SigningKey.generate(.es256)
    }

    @Test func `a hundred tasks cause one fetch`() async throws {
        let verifier = try issuer.verifier(host)
        let gate = Gate()
        host.hold(behind: gate)
        let token = try issuer.token()
        await withTaskGroup(of: BearerRefusal?.self) { tasks in
            for _ in 0..<100 { tasks.addTask { await refusal(verifier, token) } }
            await gate.arrival()
            gate.open()
            for await refusal in tasks { #expect(refusal == nil) }
        }
        #expect(host.fetches == 1)
        #expect(host.requests.map(\.url) == [Issuer.jwks])
        #expect(host.requests.map(\.method) == [.get])
    }

    @Test func `the fetch goes on for others when the task that began it is cancelled`() async throws {
        let verifier = try issuer.verifier(host)
        let gate = Gate()
        host.hold(behind: gate)
        let token = try issuer.token()
        let first = Task { await refusal(verifier, token) }
        await gate.arrival()
        let second = Task { await refusal(verifier, token) }
        first.cancel()
        gate.open()
        #expect(await second.value == nil)
        #expect(host.fetches == 1)
    }

    @Test func `a token of a new key is accepted as soon as the key is published, and costs one fetch`() async throws {
        let verifier = try issuer.verifier(host)
        #expect(await refusal(verifier, try issuer.token()) == nil)
        host.behave(.keys([next, issuer.key]))
        clock.advance(5)
        #expect(await refusal(verifier, try issuer.token(with: next)) == nil)
        #expect(await refusal(verifier, try issuer.token()) == nil, "the old one is still published")
        #expect(host.fetches == 2)
    }

    @Test func `a key that was withdrawn is believed no longer than its answer was fresh, not even for tokens verified before`()
        async throws
    {
        let verifier = try issuer.verifier(host)
        let token = try issuer.token()
        #expect(await refusal(verifier, token) == nil)
        host.behave(.keys([next]))
        clock.advance(224)
        #expect(await refusal(verifier, token) == nil, "nobody can know yet")
        clock.advance(76)
        #expect(await refusal(verifier, token) == .invalid(.token(.unknownKey)))
    }

    @Test func `a failed fetch of long ago does not let a key live on that was withdrawn since`() async throws {
        let verifier = try issuer.verifier(host)
        let token = try issuer.token(lifetime: 86_400)
        #expect(await refusal(verifier, token) == nil)
        host.behave(.down)
        clock.advance(300)
        #expect(await refusal(verifier, token) == nil, "the fetch failed")
        host.behave(.keys([next]))
        clock.advance(1_800)
        #expect(await refusal(verifier, token) == .invalid(.token(.unknownKey)))
        #expect(host.fetches == 3)
    }

    @Test func `ten thousand made-up key names cost one fetch per pause`() async throws {
        let verifier = try issuer.verifier(host)
        let good = try issuer.token()
        #expect(await refusal(verifier, good) == nil)
        clock.advance(5)
        let made = try (0..<100).map { try issuer.forged(header: #"{"alg":"ES256","typ":"at+jwt","kid":"made-up-\#($0)"}"#) }
        await withTaskGroup(of: BearerRefusal?.self) { tasks in
            for number in 0..<10_000 { tasks.addTask { await refusal(verifier, made[number % 100]) } }
            for await refusal in tasks { #expect(refusal == .invalid(.token(.unknownKey))) }
        }
        #expect(host.fetches == 2, "the first, and one for all made-up names")
        clock.advance(9)
        #expect(await refusal(verifier, made[0]) == .invalid(.token(.unknownKey)))
        #expect(host.fetches == 2)
        clock.advance(1)
        #expect(await refusal(verifier, made[1]) == .invalid(.token(.unknownKey)))
        #expect(host.fetches == 3)
        #expect(await refusal(verifier, good) == nil)
    }

    @Test func `a made-up key name on a cold start costs no second fetch`() async throws {
        let verifier = try issuer.verifier(host)
        let made = try issuer.forged(header: #"{"alg":"ES256","typ":"at+jwt","kid":"made-up"}"#)
        #expect(await refusal(verifier, made) == .invalid(.token(.unknownKey)))
        #expect(host.fetches == 1)
    }

    @Test func `what is no signed token costs no fetch at all`() async throws {
        let verifier = try issuer.verifier(host)
        for token in ["opaque", "a.b", "a.b.c.d", "..", String(repeating: "x", count: 100_000)] {
            #expect(await refusal(verifier, token) != nil)
        }
        #expect(host.fetches == 0)
    }

    @Test func `while keys cannot be fetched the last ones serve on, for an hour, and then nobody is let in`() async throws {
        let verifier = try issuer.verifier(host)
        let token = try issuer.token(lifetime: 86_400)
        #expect(await refusal(verifier, token) == nil)
        host.behave(.down)
        clock.advance(300)
        #expect(await refusal(verifier, token) == nil, "the fetch failed")
        #expect(host.fetches == 2)
        clock.advance(3_299)
        #expect(await refusal(verifier, token) == nil)
        clock.advance(11)
        let refused = try #require(await refusal(verifier, token))
        #expect(refused.isUnavailable, "\(refused)")
        host.behave(.keys([issuer.key]))
        clock.advance(10)
        #expect(await refusal(verifier, token) == nil, "recovered")
    }

    @Test func `a server that is down at the start is asked once per pause, and not once per request`() async throws {
        host.behave(.down)
        let verifier = try issuer.verifier(host)
        let token = try issuer.token()
        for _ in 0..<50 { #expect(await refusal(verifier, token)?.isUnavailable == true) }
        #expect(host.fetches == 1)
        #expect(
            await refusal(verifier, token)
                == .unavailable(.keys("\(Issuer.jwks) does not answer: connection refused"), retryAfter: .seconds(10)))
        clock.advance(4)
        #expect(
            await refusal(verifier, token)
                == .unavailable(.keys("\(Issuer.jwks) does not answer: connection refused"), retryAfter: .seconds(6)))
        host.behave(.keys([issuer.key]))
        #expect(await refusal(verifier, token)?.isUnavailable == true, "still within the pause")
        clock.advance(6)
        #expect(await refusal(verifier, token) == nil)
        #expect(host.fetches == 2)
    }

    @Test func `a key name that may be new while keys cannot be fetched is no reason to throw a token away`() async throws {
        let verifier = try issuer.verifier(host)
        #expect(await refusal(verifier, try issuer.token()) == nil)
        host.behave(.down)
        clock.advance(5)
        let token = try issuer.token(with: next)
        #expect(await refusal(verifier, token)?.isUnavailable == true)
        #expect(await refusal(verifier, token)?.isUnavailable == true)
        #expect(host.fetches == 2)
        #expect(await refusal(verifier, try issuer.token()) == nil, "known keys work on")
        host.behave(.keys([issuer.key, next]))
        clock.advance(10)
        #expect(await refusal(verifier, token) == nil)
    }

    @Test(arguments: [
        ("an error", TransportResponse(status: 500)),
        ("a redirect", TransportResponse(status: 302, headers: [("Location", "https://evil.example/jwks")])),
        ("a page", TransportResponse(status: 200, body: Array("<html>".utf8))),
        ("no keys", TransportResponse(status: 200, body: Array(#"{"keys":[]}"#.utf8))),
        ("keys of another kind only", TransportResponse(status: 200, body: Array(#"{"keys":[{"kty":"oct","k":"AAAA"}]}"#.utf8))),
        ("a list", TransportResponse(status: 200, body: Array("[]".utf8))),
        ("endless text", TransportResponse(status: 200, body: [UInt8](repeating: 0x20, count: 300_000))),
    ])
    func `an answer without keys keeps the last ones`(why: String, answer: TransportResponse) async throws {
        let verifier = try issuer.verifier(host)
        let token = try issuer.token()
        #expect(await refusal(verifier, token) == nil)
        host.behave(.answer(answer))
        clock.advance(300)
        #expect(await refusal(verifier, token) == nil, "\(why)")
        #expect(host.fetches == 2)
        #expect(await refusal(try issuer.verifier(host), token)?.isUnavailable == true, "\(why): nothing to fall back to")
    }

    @Test func `a busy service fetches beside its requests, before the keys go stale`() async throws {
        let verifier = try issuer.verifier(host)
        let token = try issuer.token()
        #expect(await refusal(verifier, token) == nil)
        let gate = Gate()
        host.hold(behind: gate)
        clock.advance(226)
        // The fetch is held at the gate, and this returns all the same.
        #expect(await refusal(verifier, token) == nil)
        await gate.arrival()
        #expect(host.fetches == 2)
        gate.open()
    }

    @Test func `a clock that goes back makes nothing fresh for ever`() async throws {
        let verifier = try issuer.verifier(host)
        #expect(await refusal(verifier, try issuer.token()) == nil)
        host.behave(.keys([next]))
        clock.advance(-86_400)
        #expect(await refusal(verifier, try issuer.token(with: next)) == nil)
        #expect(host.fetches == 2)
    }
}
