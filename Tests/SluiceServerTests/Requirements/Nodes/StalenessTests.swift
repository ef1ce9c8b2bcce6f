import Foundation
import SluiceAuthority
import SluiceOAuth
import Testing

@testable import SluiceServer

@Suite("A node that lost touch")
struct StalenessTests {
    private struct World {
        let line = SlowStore.Line()
        let well: Installation
        let lost: Installation
        let connection: Connection
        let key: String

        init() async throws {
            let store = try await SQLiteStores.inMemory()
            let clock = TestClock()
            well = try await Installation(store: store, clock: clock)
            lost = try await Installation(store: SlowStore(store, line: line, pause: .zero), clock: clock)
            connection = try await well.connect()
            key = try await well.key(for: connection.account).key.text
            for bearer in [connection.access, key] { #expect(try await lost.status(bearer) == 200) }
        }

        /// Time passes; whoever can look for changes does.
        func pass(_ seconds: Double) async throws {
            well.clock.advance(by: seconds)
            try await well.authority.catchUp()
            if line.isCut {
                await #expect(throws: StoreError.self) { try await lost.authority.catchUp() }
            } else {
                try await lost.authority.catchUp()
            }
        }
    }

    @Test func `S100 beyond the staleness bound it refuses with 503 rather than guess, keys and tokens alike`()
        async throws
    {
        let world = try await World()
        world.line.isCut = true
        try await world.pass(10)
        for bearer in [world.connection.access, world.key] {
            #expect(try await world.lost.status(bearer) == 200, "at the bound")
        }
        try await world.pass(0.001)
        for bearer in [world.connection.access, world.key] {
            let refused = try await world.lost.query(bearer: bearer)
            #expect(refused.status == 503)
            #expect(refused.graphQLCode == "UNAVAILABLE")
            #expect(refused["Retry-After"] != nil)
            #expect(refused["WWW-Authenticate"] == nil, "nothing is wrong with the credential")
            #expect(refused.data == nil)
            let extensions = refused.errors.first?["extensions"] as? [String: Any]
            #expect(extensions?["requestId"] as? String == refused["X-Request-ID"])
        }
        // What needs no look at changes is still known to be wrong.
        #expect(try await world.lost.query(bearer: nil).status == 401)
        #expect(try await world.lost.query(bearer: "x").status == 401)
        #expect(try await world.well.status(world.connection.access) == 200, "the other node goes on")

        world.line.isCut = false
        try await world.pass(60)
        for bearer in [world.connection.access, world.key] { #expect(try await world.lost.status(bearer) == 200) }
    }

    @Test func `S100 what was cut off meanwhile is refused once it is back, and nothing slipped through before`()
        async throws
    {
        let world = try await World()
        world.line.isCut = true
        #expect(try await world.well.authority.grants.revoke(world.connection.grantID, trace: .commandLine))
        try await world.pass(11)
        #expect(try await world.lost.status(world.connection.access) == 503)
        world.line.isCut = false
        try await world.pass(0)
        (try await world.lost.query(bearer: world.connection.access)).expectInvalidToken()
        #expect(try await world.lost.status(world.key) == 200)
    }

    @Test func `S100 S73 out of touch it does not trust what it remembers of clients either`() async throws {
        let world = try await World()
        let flow = CodeFlow(world.lost, world.connection.flow.client)
        let first = try await flow.refresh(world.connection.refreshToken)
        #expect(first.status == 200, "now the node remembers the client and its secret")
        world.line.isCut = true
        let developer = try await world.well.developer()
        let created = try await world.well.authority.clients.rotateSecret(
            of: world.connection.clientID, owner: developer.id, overlap: .zero, formID: nil, trace: .commandLine)
        try await world.pass(11)
        let old = try await flow.refresh(Tokens(first).refresh ?? "")
        #expect(old.status == 401)
        #expect(old.error == "invalid_client")
        // The store itself is there, so whoever has the new secret is served.
        #expect(try await CodeFlow(world.lost, created).refresh(Tokens(first).refresh ?? "").status == 200)
    }

    @Test func `S100 a node that cannot learn what was cut off does not start`() async throws {
        let line = SlowStore.Line()
        line.isCut = true
        let store = SlowStore(try await SQLiteStores.inMemory(), line: line, pause: .zero)
        await #expect(throws: StoreError.self) { _ = try await Installation(store: store) }
        line.isCut = false
        _ = try await Installation(store: store)
    }

    @Test func `S84 a step whose notice could not be read is kept, and the node says so in its log`() async throws {
        let world = try await World()
        world.line.isCut = true
        let other = try await world.connection.again()
        #expect(
            try await world.lost.authority.grants.revoke(
                other.grantID, of: world.connection.account.id, trace: .commandLine))
        #expect(try await other.grant().state == .revoked)
        #expect(world.lost.log.text.contains("cannot read changes"))
        try await world.well.authority.catchUp()
        (try await world.well.query(bearer: other.access)).expectInvalidToken()
    }
}
