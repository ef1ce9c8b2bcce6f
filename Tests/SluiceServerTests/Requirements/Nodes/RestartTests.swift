import Foundation
import HTTPTypes
import SluiceOAuth
import Testing

@testable import SluiceAuthority
@testable import SluiceServer

@Suite("A restart over the same store")
struct RestartTests {
    @Test func `S84 tokens, keys and codes from before a restart work, and old refresh tokens still count as reuse`()
        async throws
    {
        let store = try await SQLiteStores.inMemory()
        let clock = TestClock()
        let before = try await Installation(store: store, clock: clock)
        let connection = try await before.connect()
        let key = try await before.key(for: connection.account).key.text
        let code = try await connection.flow.code(in: connection.browser)
        let current = try await connection.refreshed()
        clock.advance(by: 30)

        let after = try await Installation(store: store, clock: clock)
        let flow = CodeFlow(after, connection.flow.client)
        for bearer in [key, connection.access, current.access] { #expect(try await after.status(bearer) == 200) }
        #expect(try await after.send(.get, "/jwks").body == before.send(.get, "/jwks").body, "the same keys")
        #expect(try await flow.exchange(code).status == 200)
        let next = try await flow.refresh(current.refresh ?? "")
        #expect(next.status == 200)
        (try await flow.refresh(connection.refreshToken)).expectInvalidGrant("generation 1 of before the restart")
        #expect(try await connection.grant().revocation == .refreshReused)
    }

    @Test func `S100 what was cut off before a restart stays cut off after it`() async throws {
        let store = try await SQLiteStores.inMemory()
        let clock = TestClock()
        let before = try await Installation(store: store, clock: clock)
        let approval = try await before.connect("ada@example.com")
        let account = try await before.connect("bob@example.com")
        let client = try await before.connect("cyd@example.com")
        let untouched = try await before.connect("dan@example.com")
        let key = try await before.key(for: untouched.account)
        #expect(try await before.authority.grants.revoke(approval.grantID, trace: .commandLine))
        #expect(try await before.authority.accounts.disable(account.account.id, trace: .commandLine))
        try await before.authority.clients.delete(
            client.clientID, owner: before.developer().id, trace: .commandLine)
        try await before.authority.keys.revoke(key.record.id, of: untouched.account.id, trace: .commandLine)
        await before.authority.maintain()

        for seconds in [0.0, 1800, 1799] {
            clock.advance(by: seconds)
            let after = try await Installation(store: store, clock: clock)
            await after.authority.maintain()
            for connection in [approval, account, client] {
                (try await after.query(bearer: connection.access)).expectInvalidToken("\(seconds) later")
            }
            #expect(try await after.status(untouched.access) == 200)
            #expect(try await after.status(key.key.text) == 401)
        }
    }

    @Test func `S84 a wrong master key is refused, and nothing is overwritten`() async throws {
        let store = try await SQLiteStores.inMemory()
        let clock = TestClock()
        let right = try await Installation(store: store, clock: clock)
        let connection = try await right.connect()
        let keys = try await store.signingKeys()
        let sealed = try await store.sealedValue("refresh-key")
        let change = try await store.lastChange()
        for byte in [0, 8, 255] as [UInt8] {
            await #expect(throws: MasterKeyError.wrong) {
                _ = try await Installation(store: store, clock: clock, masterKey: Array(repeating: byte, count: 32))
            }
        }
        #expect(try await store.signingKeys() == keys)
        #expect(try await store.sealedValue("refresh-key") == sealed)
        #expect(try await store.lastChange() == change)
        // Nor is the master key, or anything it seals, in the store as it is.
        #expect(sealed?.starts(with: Array(repeating: UInt8(7), count: 32)) == false)
        let again = try await Installation(store: store, clock: clock)
        #expect(try await again.status(connection.access) == 200)
        #expect(try await CodeFlow(again, connection.flow.client).refresh(connection.refreshToken).status == 200)
    }

    @Test func `S80 S70 another installation's tokens mean nothing here, though the hosts are the same`() async throws {
        let here = try await Installation()
        let there = try await Installation(masterKey: Array(repeating: 9, count: 32))
        let own = try await here.connect()
        let foreign = try await there.connect()
        (try await here.query(bearer: foreign.access)).expectInvalidToken("signed by another key")
        (try await own.flow.refresh(foreign.refreshToken)).expectInvalidGrant()
        let key = try await there.key(for: foreign.account).key.text
        (try await here.query(bearer: key)).expectInvalidToken("a key of another installation")
        #expect(try await here.status(own.access) == 200)
    }
}
