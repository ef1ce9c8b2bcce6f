import Foundation
import SluiceOAuth
import Testing

@testable import SluiceAuthority
@testable import SluiceServer

@Suite("Two nodes over one store")
struct TwoNodesTests {
    /// Two servers that share a store and a clock, and a connection made at the first.
    private struct Pair {
        let one: Installation
        let two: Installation
        let connection: Connection

        init(adjust: @escaping (inout AuthorityConfiguration) -> Void = { _ in }) async throws {
            let store = try await SQLiteStores.inMemory()
            let clock = TestClock()
            one = try await Installation(store: store, clock: clock, adjust: adjust)
            two = try await Installation(store: store, clock: clock, adjust: adjust)
            connection = try await one.connect()
        }

        var flowAtTwo: CodeFlow { CodeFlow(two, connection.flow.client) }
    }

    @Test func `S67 S74 S134 any node takes any request: code from one, exchange at the other, refresh here and there`()
        async throws
    {
        let pair = try await Pair()
        let code = try await pair.connection.flow.code(in: pair.connection.browser)
        let exchanged = try await pair.flowAtTwo.exchange(code)
        #expect(exchanged.status == 200)
        let first = try await pair.connection.flow.refresh(Tokens(exchanged).refresh ?? "")
        let second = try await pair.flowAtTwo.refresh(Tokens(first).refresh ?? "")
        #expect(second.status == 200)
        for node in [pair.one, pair.two] { #expect(try await node.status(Tokens(second).access) == 200) }
        (try await pair.connection.flow.refresh(Tokens(first).refresh ?? "")).expectInvalidGrant(
            "spent at the other node")
        (try await pair.flowAtTwo.refresh(Tokens(second).refresh ?? "")).expectInvalidGrant("so all is over")
    }

    @Test func `S100 what one node cuts off, the other refuses after its next look, and the token endpoint at once`()
        async throws
    {
        let pair = try await Pair()
        let (one, two, connection) = (pair.one, pair.two, pair.connection)
        let device = try await connection.again()
        for token in [connection.access, device.access] { #expect(try await two.status(token) == 200) }
        #expect(
            try await one.authority.grants.revoke(connection.grantID, of: connection.account.id, trace: .commandLine))
        (try await pair.flowAtTwo.refresh(connection.refreshToken)).expectInvalidGrant("without waiting for anything")
        try await two.authority.catchUp()
        (try await two.query(bearer: connection.access)).expectInvalidToken("remembered as verified before")
        #expect(try await two.status(device.access) == 200)
        // The bound within which that look happens is stated, and short.
        #expect(two.authority.configuration.changePollInterval <= .seconds(1))
        #expect(two.authority.configuration.stalenessBound <= .seconds(10))
    }

    @Test func `S14 S100 keys, accounts and clients cut at one node are cut at the other`() async throws {
        let pair = try await Pair()
        let (one, two) = (pair.one, pair.two)
        let account = pair.connection.account
        let revoked = try await one.key(for: account)
        let rotated = try await one.key(for: account)
        for key in [revoked, rotated] { #expect(try await two.status(key.key.text) == 200) }
        try await one.authority.keys.revoke(revoked.record.id, of: account.id, trace: .commandLine)
        let successor = try await one.authority.keys.rotate(
            rotated.record.id, of: account.id, overlap: .zero, formID: nil, trace: .commandLine)
        try await two.authority.catchUp()
        (try await two.query(bearer: revoked.key.text)).expectInvalidToken("revoked at the other node")
        (try await two.query(bearer: rotated.key.text)).expectInvalidToken("rotated at the other node")
        #expect(try await two.status(successor.key.text) == 200, "a new key works at every node at once")

        let bob = try await one.connect("bob@example.com", client: pair.connection.flow.client)
        #expect(try await two.status(bob.access) == 200)
        #expect(try await one.authority.accounts.disable(bob.account.id, trace: .commandLine))
        try await two.authority.catchUp()
        (try await two.query(bearer: bob.access)).expectInvalidToken("account disabled at the other node")
        #expect(try await two.status(pair.connection.access) == 200)

        let developer = try await one.developer()
        try await one.authority.clients.delete(pair.connection.clientID, owner: developer.id, trace: .commandLine)
        try await two.authority.catchUp()
        (try await two.query(bearer: pair.connection.access)).expectInvalidToken("client deleted at the other node")
        #expect(try await pair.flowAtTwo.refresh(pair.connection.refreshToken).error == "invalid_client")
    }

    @Test func `S18 S73 a client secret that was replaced at one node is refused at the other`() async throws {
        let pair = try await Pair()
        let developer = try await pair.one.developer()
        // The second node has the client in memory.
        let next = try await pair.flowAtTwo.refresh(pair.connection.refreshToken)
        #expect(next.status == 200)
        let created = try await pair.one.authority.clients.rotateSecret(
            of: pair.connection.clientID, owner: developer.id, overlap: .zero, formID: nil, trace: .commandLine)
        try await pair.two.authority.catchUp()
        let old = try await pair.flowAtTwo.refresh(Tokens(next).refresh ?? "")
        #expect(old.error == "invalid_client")
        #expect(try await CodeFlow(pair.two, created).refresh(Tokens(next).refresh ?? "").status == 200)
    }

    @Test func `S8 a changed name is seen at the other node, not a remembered one`() async throws {
        let pair = try await Pair()
        let document = "{ account { name } }"
        #expect(try await pair.two.query(document, bearer: pair.connection.access).body.contains("Ada"))
        try await pair.one.authority.accounts.update(
            pair.connection.account.id, name: "Countess", timeZone: "UTC", trace: .commandLine)
        try await pair.two.authority.catchUp()
        #expect(try await pair.two.query(document, bearer: pair.connection.access).body.contains("Countess"))
    }

    @Test func `S76 reuse that one node sees cuts the tokens off at the other`() async throws {
        let pair = try await Pair()
        let next = try await pair.flowAtTwo.refresh(pair.connection.refreshToken)
        #expect(try await pair.two.status(Tokens(next).access) == 200)
        (try await pair.connection.flow.refresh(pair.connection.refreshToken)).expectInvalidGrant()
        try await pair.two.authority.catchUp()
        for access in [pair.connection.access, Tokens(next).access] {
            (try await pair.two.query(bearer: access)).expectInvalidToken()
        }
        (try await pair.flowAtTwo.refresh(Tokens(next).refresh ?? "")).expectInvalidGrant()
    }

    @Test func `S100 a node that never stops sweeping remembers a cut as long as a token from before it could live`()
        async throws
    {
        let pair = try await Pair()
        let (one, two, connection) = (pair.one, pair.two, pair.connection)
        #expect(try await one.authority.grants.revoke(connection.grantID, trace: .commandLine))
        for _ in 0..<13 {
            try await one.advance(by: 300)
            await one.authority.maintain()
            await two.authority.maintain()
            try await two.authority.catchUp()
            for node in [one, two] { (try await node.query(bearer: connection.access)).expectInvalidToken() }
        }
    }
}
