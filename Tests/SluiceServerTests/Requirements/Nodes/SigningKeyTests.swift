import Foundation
import HTTPTypes
import SluiceOAuth
import Testing

@testable import SluiceAuthority
@testable import SluiceServer

@Suite("Rotation of signing keys")
struct SigningKeyTests {
    private func published(_ installation: Installation) async throws -> [String] {
        let keys = try await installation.send(.get, "/jwks").json["keys"] as? [[String: Any]]
        return try #require(keys).compactMap { $0["kid"] as? String }
    }

    private func keyID(_ tokens: Tokens) -> String { tokens.header["kid"] as? String ?? "" }

    @Test func `S108 only public halves are published, each with kid, alg and use`() async throws {
        let installation = try await Installation()
        _ = try await installation.authority.signingKeys.rotate(immediately: false, trace: .commandLine)
        let answer = try await installation.send(.get, "/jwks")
        #expect(answer.status == 200)
        #expect(answer["Cache-Control"]?.contains("max-age=") == true)
        let keys = try #require(answer.json["keys"] as? [[String: Any]])
        #expect(keys.count == 2)
        for key in keys {
            #expect(Set(key.keys) == ["kty", "crv", "x", "y", "use", "alg", "kid"], "and nothing private")
            #expect(key["use"] as? String == "sig")
            #expect(key["alg"] as? String == "ES256")
        }
    }

    @Test func `S108 the next key is published before it signs, old tokens verify on, and the old key retires`()
        async throws
    {
        let installation = try await Installation()
        let connection = try await installation.connect()
        let old = keyID(connection.tokens)
        try await installation.advance(by: 10)
        let record = try #require(
            try await installation.authority.signingKeys.rotate(immediately: false, trace: .commandLine))
        #expect(record.activatesAt == installation.clock.now.addingTimeInterval(86_400), "a day ahead")
        #expect(try await published(installation) == [old, record.keyID])
        let early = try await connection.refreshed()
        #expect(keyID(early) == old, "published, but not used yet")
        // The very last token under the old key.
        try await installation.advance(by: 86_399)
        let last = try await connection.refreshed(early.refresh)
        #expect(keyID(last) == old)
        try await installation.advance(by: 1)
        let first = try await connection.refreshed(last.refresh)
        #expect(keyID(first) == record.keyID)
        for tokens in [last, first] { #expect(try await installation.status(tokens.access) == 200) }
        // Until whatever it signed has ended, the old key stays.
        try await installation.advance(by: 3658)
        #expect(try await published(installation).contains(old))
        #expect(try await installation.status(last.access) == 200)
        try await installation.advance(by: 62)
        #expect(try await published(installation) == [record.keyID])
    }

    @Test func `S108 S70 a retired key is refused, whatever it signs`() async throws {
        let installation = try await Installation()
        let connection = try await installation.connect()
        let forgery = try await Forgery(of: connection.tokens, on: installation)
        try await installation.advance(by: 10)
        let record = try #require(
            try await installation.authority.signingKeys.rotate(immediately: false, trace: .commandLine))
        try await installation.advance(by: 86_400)
        let next = try await connection.refreshed()
        #expect(keyID(next) == record.keyID, "on schedule")
        #expect(try await installation.status(next.access) == 200)
        // Whoever stole the old key goes on signing.
        func stolen() throws -> String {
            let now = Int(installation.clock.now.timeIntervalSince1970)
            return try forgery.claiming(["iat": now, "exp": now + 3600]).token()
        }
        try await installation.advance(by: 3719)
        let remembered = try stolen()
        #expect(try await installation.status(remembered) == 200, "not retired yet")
        try await installation.advance(by: 1)
        (try await installation.query(bearer: remembered)).expectInvalidToken("verified before it retired")
        (try await installation.query(bearer: try stolen())).expectInvalidToken("signed after it retired")
        #expect(try await published(installation) == [record.keyID])
        #expect(try await installation.status(try await connection.refreshed(next.refresh).access) == 200)
    }

    @Test func `S108 S70 with an immediate rotation a stolen key is worth nothing from that moment on`() async throws {
        let store = try await SQLiteStores.inMemory()
        let clock = TestClock()
        let one = try await Installation(store: store, clock: clock)
        let two = try await Installation(store: store, clock: clock)
        let connection = try await one.connect()
        let forgery = try await Forgery(of: connection.tokens, on: one)
        func stolen() throws -> String {
            let now = Int(clock.now.timeIntervalSince1970)
            return try forgery.claiming(["iat": now, "exp": now + 3600]).token()
        }
        try await one.advance(by: 10)
        try await two.authority.catchUp()
        let remembered = try stolen()
        for node in [one, two] { #expect(try await node.status(remembered) == 200, "the theft is worth something") }
        let record = try #require(try await one.authority.signingKeys.rotate(immediately: true, trace: .commandLine))
        for node in [one, two] {
            try await node.authority.catchUp()
            (try await node.query(bearer: remembered)).expectInvalidToken("verified before")
            (try await node.query(bearer: try stolen())).expectInvalidToken("signed after")
            (try await node.query(bearer: connection.access)).expectInvalidToken("rightful, but nobody can tell")
            #expect(try await published(node) == [record.keyID])
        }
        let next = try await connection.refreshed()
        #expect(keyID(next) == record.keyID)
        for node in [one, two] { #expect(try await node.status(next.access) == 200, "the app went on by itself") }
    }

    @Test func `S108 an immediate rotation overtakes one that was scheduled, for good`() async throws {
        let installation = try await Installation()
        let connection = try await installation.connect()
        try await installation.advance(by: 10)
        let scheduled = try #require(
            try await installation.authority.signingKeys.rotate(immediately: false, trace: .commandLine))
        // Half an hour before the scheduled key's time somebody hears of a theft.
        try await installation.advance(by: 86_400 - 1800)
        let urgent = try #require(
            try await installation.authority.signingKeys.rotate(immediately: true, trace: .commandLine))
        var tokens = try await connection.refreshed()
        for seconds in [0.0, 1800, 1800, 3600] {
            try await installation.advance(by: seconds)
            tokens = try await connection.refreshed(tokens.refresh)
            #expect(keyID(tokens) == urgent.keyID)
            #expect(keyID(tokens) != scheduled.keyID)
            #expect(try await installation.status(tokens.access) == 200)
        }
        let restarted = try await Installation(store: installation.store, clock: installation.clock)
        let again = try await CodeFlow(restarted, connection.flow.client).refresh(tokens.refresh ?? "")
        #expect(keyID(Tokens(again)) == urgent.keyID)
    }

    @Test func `S108 keys rotate on schedule, with the lead time, and no token is refused on the way`() async throws {
        let installation = try await Installation {
            $0.signingKeyLifetime = .seconds(10 * 3600)
            $0.signingKeyLeadTime = .seconds(2 * 3600)
        }
        let connection = try await installation.connect()
        var tokens = connection.tokens
        var used: [String] = [keyID(tokens)]
        for _ in 1...60 {
            try await installation.advance(by: 1800)
            await installation.authority.maintain()
            #expect(try await installation.status(tokens.access) == 200)
            tokens = try await connection.refreshed(tokens.refresh)
            let keys = try await published(installation)
            #expect(keys.contains(keyID(tokens)))
            #expect(keys.count <= 3)
            if used.last != keyID(tokens) { used.append(keyID(tokens)) }
        }
        #expect(used.count == 4, "three rotations in thirty hours")
        #expect(Set(used).count == 4)
        #expect(try await installation.events(.signingKeyCreated).count >= 4)
    }

    @Test func `S108 the other node learns of a key before it signs, and of an urgent one at its next look`()
        async throws
    {
        let store = try await SQLiteStores.inMemory()
        let clock = TestClock()
        let one = try await Installation(store: store, clock: clock)
        let two = try await Installation(store: store, clock: clock)
        let connection = try await one.connect()
        try await one.advance(by: 10)
        _ = try await one.authority.signingKeys.rotate(immediately: true, trace: .commandLine)
        let tokens = try await connection.refreshed()
        try await two.authority.catchUp()
        #expect(try await two.status(tokens.access) == 200)
        #expect(try await published(two) == published(one))
        let there = try await CodeFlow(two, connection.flow.client).refresh(tokens.refresh ?? "")
        #expect(keyID(Tokens(there)) == keyID(tokens))
        #expect(try await one.status(Tokens(there).access) == 200)
    }

    @Test func `S108 two nodes that rotate at once make one key`() async throws {
        let store = try await SQLiteStores.inMemory()
        let clock = TestClock()
        let nodes = [
            try await Installation(store: store, clock: clock), try await Installation(store: store, clock: clock),
        ]
        clock.advance(by: 10)
        for node in nodes { try await node.authority.catchUp() }
        let made = try await simultaneously(10) { index in
            try await nodes[index % 2].authority.signingKeys.rotate(immediately: true, trace: .commandLine)
        }
        for node in nodes { try await node.authority.catchUp() }
        #expect(made.contains { $0 != nil })
        #expect(try await store.signingKeys().count == 1 + made.filter { $0 != nil }.count)
        let sets = [try await published(nodes[0]), try await published(nodes[1])]
        #expect(sets[0] == sets[1])
        let connection = try await nodes[0].connect()
        #expect(try await nodes[1].status(connection.access) == 200)
    }
}
