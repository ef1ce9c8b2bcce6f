import Foundation
import SluiceOAuth
import SluiceSQLite
import Testing

@testable import SluiceAuthority

@Suite("Signing keys in memory")
struct SigningKeysTests {
    private let clock = TestClock()

    private func keys(_ store: any SigningKeyStore) async throws -> SigningKeys {
        let master = try #require(MasterKey(bytes: Array(repeating: 7, count: 32)))
        let clock = clock
        return try await SigningKeys(
            store: store, vault: try await Vault(master: master, store: store, random: .system),
            configuration: AuthorityConfiguration(issuer: "https://auth.example", audience: "https://api.example"),
            environment: AuthorityEnvironment(now: { clock.now }))
    }

    @Test func `S108 a slow read of the keys does not bring back one that was retired meanwhile`() async throws {
        let store = try await SQLiteStore.inMemory()
        let watched = WatchedKeys(base: store)
        let (one, two) = (try await keys(watched), try await keys(store))
        let stolen = try #require(one.current?.keyID)
        try await watched.overtake(
            { try await one.reload() },
            by: {
                #expect(try await two.rotate(immediately: true, trace: .commandLine) != nil)
                try await one.reload()
            })
        #expect(one.verificationKey(stolen) == nil)
        #expect(one.current?.keyID == two.current?.keyID)
    }

    @Test func `S108 a node that did not hear of a rotation makes no second key beside it`() async throws {
        let store = try await SQLiteStore.inMemory()
        let (one, two) = (try await keys(store), try await keys(store))
        clock.advance(by: 89 * 86_400)
        try await one.rotateIfDue()
        try await two.rotateIfDue()
        #expect(try await store.signingKeys().count == 2)
        #expect(two.records.count == 2, "it has heard of it now")
    }

    @Test func `S108 an immediate rotation retires scheduled and outgoing keys too`() async throws {
        let store = try await SQLiteStore.inMemory()
        let keys = try await keys(store)
        _ = try await keys.rotate(immediately: false, trace: .commandLine)
        clock.advance(by: 90_000)
        _ = try await keys.rotate(immediately: false, trace: .commandLine)
        #expect(keys.published.keys.count == 3)
        clock.advance(by: 60)
        let urgent = try #require(try await keys.rotate(immediately: true, trace: .commandLine))
        #expect(keys.published.keys.map(\.keyID) == [urgent.keyID])
        #expect(keys.current?.keyID == urgent.keyID)
    }
}
