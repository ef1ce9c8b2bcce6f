import Foundation
import SluiceAuthority
import Testing

/// What every engine promises of `APIKeyStore`.
public enum APIKeyStoreContract {
    /// The promises.
    public static let cases: [ContractCase] = [
        ContractCase("a key reads back by hash with its account's state, and by id for its owner alone") { engine in
            let world = try await World(engine)
            let key = try await world.makeKey(expiresAt: at(500))
            let found = try #require(await world.store.key(key.hash))
            #expect(found.key == key)
            #expect(found.account == .active)
            #expect(try await world.store.key(key.id, of: world.account.id) == key)
            #expect(try await world.store.key(key.id, of: fresh()) == nil)
            #expect(try await world.store.key(freshHash()) == nil)
        },
        ContractCase("a key without scopes and expiry reads back so") { engine in
            let world = try await World(engine)
            let key = APIKeyRecord(
                id: fresh(), accountID: world.account.id, name: try name("All"), hash: freshHash(), lastFour: "wxyz",
                scopes: nil,
                createdAt: dawn, expiresAt: nil, lastUsedAt: nil, rotatedFrom: nil)
            #expect(try await world.store.insert(key, formID: nil, limit: nil, audit: event(.keyCreated)) == .inserted)
            #expect(try await world.store.key(key.hash)?.key == key)
        },
        ContractCase("a form sent twice makes one key, even after that key was revoked") { engine in
            let world = try await World(engine)
            let store = world.store
            let (first, second) = (try world.sampleKey(), try world.sampleKey())
            #expect(try await store.insert(first, formID: "f1", limit: nil, audit: event(.keyCreated)) == .inserted)
            #expect(try await store.insert(second, formID: "f1", limit: nil, audit: event(.keyCreated)) == .repeated)
            #expect(try await store.key(second.hash) == nil)
            #expect(try await store.revoke(first.id, of: world.account.id, at: at(5), audit: event(.keyRevoked)))
            #expect(try await store.insert(second, formID: "f1", limit: nil, audit: event(.keyCreated)) == .repeated)
            #expect(try await world.events(.keyCreated).count == 1)
        },
        ContractCase("of 20 simultaneous sends of one form one makes a key") { engine in
            let world = try await World(engine)
            let outcomes = try await simultaneously(20) { _ in
                try await world.store.insert(world.sampleKey(), formID: "f", limit: nil, audit: event(.keyCreated))
            }
            #expect(outcomes.filter { $0 == .inserted }.count == 1)
            #expect(outcomes.filter { $0 == .repeated }.count == 19)
            #expect(try await world.store.keys(of: world.account.id, SliceRequest()).elements.count == 1)
        },
        ContractCase("S123: a limit counts unexpired keys, this one included; a refused form may be sent again") {
            engine in
            let world = try await World(engine)
            let store = world.store
            _ = try await world.makeKey(expiresAt: at(50))
            let key = try world.sampleKey()
            #expect(
                try await store.insert(key, formID: "f", limit: 1, audit: event(.keyCreated, at: at(49))) == .refused)
            // A key is over from its expiry on.
            #expect(
                try await store.insert(key, formID: "f", limit: 1, audit: event(.keyCreated, at: at(50))) == .inserted)
        },
        ContractCase("of 20 simultaneous inserts under a limit of 3 three are kept") { engine in
            let world = try await World(engine)
            let outcomes = try await simultaneously(20) { _ in
                try await world.store.insert(world.sampleKey(), formID: nil, limit: 3, audit: event(.keyCreated))
            }
            #expect(outcomes.filter { $0 == .inserted }.count == 3)
            #expect(outcomes.filter { $0 == .refused }.count == 17)
        },
        ContractCase("pages of keys are newest first, of one account alone") { engine in
            let world = try await World(engine)
            var made: [APIKeyID] = []
            for index in 0..<3 { made.append(try await world.makeKey(at: at(Double(index))).id) }
            let first = try await world.store.keys(of: world.account.id, SliceRequest(limit: 2))
            _ = try await world.makeKey(at: at(100))
            let second = try await world.store.keys(of: world.account.id, SliceRequest(limit: 2, after: first.next))
            #expect((first.elements + second.elements).map(\.id) == made.reversed())
            #expect(second.next == nil)
            #expect(try await world.store.keys(of: fresh(), SliceRequest()).elements.isEmpty)
            #expect(try await world.store.keys(of: world.account.id, SliceRequest(after: "x.y.z")).elements.isEmpty)
        },
        ContractCase("renaming takes the account's own key") { engine in
            let world = try await World(engine)
            let key = try await world.makeKey()
            #expect(try await !world.store.rename(key.id, of: fresh(), to: name("Stolen"), audit: event(.keyRenamed)))
            #expect(
                try await world.store.rename(key.id, of: world.account.id, to: name("New"), audit: event(.keyRenamed)))
            #expect(try await world.store.key(key.hash)?.key.name.text == "New")
            #expect(try await world.events(.keyRenamed).count == 1)
        },
        ContractCase("S14: rotation keeps both keys and lets the old one end, noted for other nodes") { engine in
            let world = try await World(engine)
            let old = try await world.makeKey()
            let new = try world.sampleKey(at: at(10))
            let outcome = try await world.store.rotate(
                old.id, of: world.account.id, to: new, overlapEnds: at(100), formID: "f",
                audit: event(.keyRotated, at: at(10)))
            #expect(outcome == .inserted)
            #expect(try await world.store.key(old.hash)?.key.expiresAt == at(100))
            #expect(try await world.store.key(new.hash)?.key == new)
            #expect(try await world.subjects() == [.key(old.id)])
        },
        ContractCase("S14: rotation never extends an expiry") { engine in
            let world = try await World(engine)
            let old = try await world.makeKey(expiresAt: at(50))
            let outcome = try await world.store.rotate(
                old.id, of: world.account.id, to: world.sampleKey(), overlapEnds: at(100), formID: nil,
                audit: event(.keyRotated, at: at(10)))
            #expect(outcome == .inserted)
            #expect(try await world.store.key(old.hash)?.key.expiresAt == at(50))
        },
        ContractCase("a rotation of an ended, foreign or unknown key is refused and keeps nothing; a repeated form too") {
            engine in
            let world = try await World(engine)
            let (store, id) = (world.store, world.account.id)
            let old = try await world.makeKey(expiresAt: at(50))
            let new = try world.sampleKey()
            func rotate(_ key: APIKeyID, _ owner: AccountID, _ form: String?, _ moment: Date) async throws -> Insertion {
                try await store.rotate(
                    key, of: owner, to: new, overlapEnds: at(100), formID: form, audit: event(.keyRotated, at: moment))
            }
            #expect(try await rotate(old.id, id, "f", at(50)) == .refused)
            #expect(try await rotate(old.id, fresh(), "f", at(10)) == .refused)
            #expect(try await rotate(fresh(), id, "f", at(10)) == .refused)
            #expect(try await store.key(new.hash) == nil)
            #expect(try await rotate(old.id, id, "f", at(10)) == .inserted)
            #expect(try await rotate(old.id, id, "f", at(10)) == .repeated)
            #expect(try await world.events(.keyRotated).count == 1)
        },
        ContractCase("a revoked key is gone at once, and only its owner revokes it") { engine in
            let world = try await World(engine)
            let key = try await world.makeKey()
            #expect(try await !world.store.revoke(key.id, of: fresh(), at: at(5), audit: event(.keyRevoked)))
            #expect(try await world.store.key(key.hash) != nil)
            #expect(try await world.store.revoke(key.id, of: world.account.id, at: at(5), audit: event(.keyRevoked)))
            #expect(try await world.store.key(key.hash) == nil)
            #expect(try await !world.store.revoke(key.id, of: world.account.id, at: at(5), audit: event(.keyRevoked)))
            #expect(try await world.subjects() == [.key(key.id)])
            #expect(try await world.events(.keyRevoked).count == 1)
        },
        ContractCase("noted uses move forward, never back, and unknown keys are passed over") { engine in
            let world = try await World(engine)
            let (first, second) = (try await world.makeKey(), try await world.makeKey())
            try await world.store.noteUse([first.id: at(60), second.id: at(10), fresh(): at(10)])
            try await world.store.noteUse([first.id: at(30)])
            try await world.store.noteUse([:])
            #expect(try await world.store.key(first.hash)?.key.lastUsedAt == at(60))
            #expect(try await world.store.key(second.hash)?.key.lastUsedAt == at(10))
        },
    ]
}
