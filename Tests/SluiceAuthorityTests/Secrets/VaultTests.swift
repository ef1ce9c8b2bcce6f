import Crypto
import Foundation
import SluiceSQLite
import Testing

@testable import SluiceAuthority

@Suite("Master key and vault")
struct VaultTests {
    private func master(_ byte: UInt8 = 7) throws -> MasterKey {
        try #require(MasterKey(bytes: Array(repeating: byte, count: 32)))
    }

    @Test(arguments: [0, 16, 31, 33, 64])
    func `a master key has 32 bytes`(count: Int) { #expect(MasterKey(bytes: Array(repeating: 1, count: count)) == nil) }

    @Test func `a secret opens under its key and its name, and nothing else`() throws {
        let sealed = try master().seal([1, 2, 3], name: "a")
        #expect(try master().open(sealed, name: "a") == [1, 2, 3])
        #expect(try master().open(sealed, name: "b") == nil, "stored values cannot be swapped")
        #expect(try master(8).open(sealed, name: "a") == nil)
        for index in sealed.indices {
            var changed = sealed
            changed[index] ^= 1
            #expect(try master().open(changed, name: "a") == nil)
        }
        #expect(try master().open([], name: "a") == nil)
        #expect(try master().open(Array(sealed.dropLast()), name: "a") == nil)
        #expect(try master().seal([1, 2, 3], name: "a") != sealed, "a nonce of its own each time")
    }

    @Test func `a key never shows itself`() throws {
        #expect("\(try master())" == "MasterKey(hidden)")
        #expect(!String(reflecting: try master()).contains("7, 7"))
    }

    @Test func `two nodes that start at once agree on the refresh key`() async throws {
        let store = try await SQLiteStore.inMemory()
        let master = try master()
        let keys = try await withThrowingTaskGroup(of: [UInt8].self) { group in
            for _ in 0..<10 {
                group.addTask {
                    try await Vault(master: master, store: store, random: .system).refreshKey
                        .withUnsafeBytes { Array($0) }
                }
            }
            return try await group.reduce(into: Set<[UInt8]>()) { $0.insert($1) }
        }
        #expect(keys.count == 1)
    }

    @Test func `a node that starts while another makes the first keys takes them for what they are`() async throws {
        let fixture = try await Fixture()
        // Sees no refresh key at its first look, as before the other node wrote it.
        let late = WatchedKeys(base: fixture.store)
        late.hideSealedValue()
        let vault = try await Vault(master: master(), store: late, random: .system)
        let other = try await Vault(master: master(), store: fixture.store, random: .system)
        #expect(vault.refreshKey == other.refreshKey)
    }

    @Test func `signing keys without a refresh key mean a tampered database, and nothing is written`() async throws {
        let fixture = try await Fixture()
        let keys = try await fixture.store.signingKeys()
        let bare = try await SQLiteStore.inMemory()
        let key = try #require(keys.first)
        let trace = RequestTrace.commandLine
        #expect(
            try await bare.add(
                key, after: nil, retirement: nil, audit: AuditEvent(.signingKeyCreated, at: key.createdAt, trace: trace)
            ))
        let master = try master()
        await #expect(throws: MasterKeyError.wrong) {
            _ = try await Vault(master: master, store: bare, random: .system)
        }
        #expect(try await bare.sealedValue("refresh-key") == nil)
    }
}
