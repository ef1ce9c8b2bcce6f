import Foundation
import SluiceAuthority
import SluiceOAuth
import Testing

/// What every engine promises of `ClientStore`.
public enum ClientStoreContract {
    /// The promises.
    public static let cases: [ContractCase] = [
        ContractCase("a client reads back with its redirect URIs and secrets in order") { engine in
            let world = try await World(engine)
            var client = try World.sampleClient(of: world.account.id)
            client.secrets.append(ClientSecretRecord(hash: freshHash(), createdAt: at(-50), expiresAt: at(50)))
            #expect(
                try await world.store.insert(client, formID: nil, limit: nil, audit: event(.clientCreated)) == .inserted
            )
            #expect(try await world.store.client(client.id) == client)
            #expect(try await world.store.client(fresh()) == nil)
        },
        ContractCase("a public client without optional fields reads back so") { engine in
            let world = try await World(engine)
            let client = Client(
                id: fresh(), ownerID: world.account.id, name: try name("Bare"), kind: .public,
                redirectURIs: [try RedirectURI("com.example.app:/cb")], website: nil, description: nil, logoURL: nil,
                scopes: nil,
                isDynamic: true, createdAt: dawn, secrets: [])
            #expect(
                try await world.store.insert(client, formID: nil, limit: nil, audit: event(.clientCreated)) == .inserted
            )
            #expect(try await world.store.client(client.id) == client)
        },
        ContractCase("a form sent twice makes one client, and a limit counts the account's clients") { engine in
            let world = try await World(engine)
            let store = world.store
            let (first, second) = (
                try World.sampleClient(of: world.account.id), try World.sampleClient(of: world.account.id)
            )
            #expect(try await store.insert(first, formID: "f", limit: 1, audit: event(.clientCreated)) == .refused)
            #expect(try await store.insert(first, formID: "f", limit: 2, audit: event(.clientCreated)) == .inserted)
            #expect(try await store.insert(second, formID: "f", limit: nil, audit: event(.clientCreated)) == .repeated)
            #expect(try await store.insert(second, formID: "g", limit: 2, audit: event(.clientCreated)) == .refused)
            #expect(try await store.client(second.id) == nil)
        },
        ContractCase("clients are listed newest first, of one account and of all, each with its secrets") { engine in
            let world = try await World(engine)
            let bob = try await world.makeAccount("bob")
            let bobs = try await world.makeClient(of: bob.id, at: at(1))
            let later = try await world.makeClient(.public, at: at(2))
            let (store, id) = (world.store, world.account.id)
            #expect(try await store.clients(of: id, SliceRequest()).elements == [later, world.client])
            let first = try await store.clients(SliceRequest(limit: 2))
            let second = try await store.clients(SliceRequest(limit: 2, after: first.next))
            #expect(first.elements + second.elements == [later, bobs, world.client])
            #expect(second.next == nil)
            #expect(try await store.clients(SliceRequest(after: "-")).elements.isEmpty)
        },
        ContractCase("an update writes the changeable fields of the owner's client and is noted for other nodes") {
            engine in
            let world = try await World(engine)
            var changed = world.client
            changed.name = try name("Renamed")
            changed.redirectURIs = [try RedirectURI("https://new.example/cb")]
            changed.website = nil
            changed.description = "New words"
            changed.logoURL = "https://new.example/logo.png"
            #expect(try await world.store.update(changed, audit: event(.clientUpdated)))
            #expect(try await world.store.client(changed.id) == changed)
            #expect(try await world.subjects() == [.clientChanged(changed.id)])
            let foreign = Client(
                id: changed.id, ownerID: fresh(), name: try name("Stolen"), kind: .public, redirectURIs: [],
                website: nil,
                description: nil, logoURL: nil, scopes: nil, isDynamic: false, createdAt: dawn, secrets: [])
            #expect(try await !world.store.update(foreign, audit: event(.clientUpdated)))
            #expect(try await world.store.client(changed.id) == changed)
        },
        ContractCase("a new secret stands first, and the old ones end with the overlap or sooner") { engine in
            let world = try await World(engine)
            let (store, id, owner) = (world.store, world.client.id, world.account.id)
            let second = ClientSecretRecord(hash: freshHash(), createdAt: at(10), expiresAt: nil)
            let third = ClientSecretRecord(hash: freshHash(), createdAt: at(20), expiresAt: nil)
            #expect(
                try await store.rotateSecret(
                    of: id, owner: owner, to: second, overlapEnds: at(50), formID: "f",
                    audit: event(.clientSecretRotated, at: at(10)))
                    == .inserted)
            #expect(
                try await store.rotateSecret(
                    of: id, owner: owner, to: third, overlapEnds: at(100), formID: "g",
                    audit: event(.clientSecretRotated, at: at(20)))
                    == .inserted)
            let secrets = try #require(await store.client(id)).secrets
            #expect(secrets.map(\.hash) == [third.hash, second.hash, world.client.secrets[0].hash])
            #expect(secrets.map(\.expiresAt) == [nil, at(100), at(50)])
            #expect(try await world.subjects() == [.clientChanged(id), .clientChanged(id)])
        },
        ContractCase("a secret that ended is gone after the next rotation") { engine in
            let world = try await World(engine)
            let (id, owner) = (world.client.id, world.account.id)
            for (index, moment) in [at(10), at(200)].enumerated() {
                let secret = ClientSecretRecord(hash: freshHash(), createdAt: moment, expiresAt: nil)
                let outcome = try await world.store.rotateSecret(
                    of: id, owner: owner, to: secret, overlapEnds: moment.addingTimeInterval(50), formID: "f\(index)",
                    audit: event(.clientSecretRotated, at: moment))
                #expect(outcome == .inserted)
            }
            #expect(try await world.store.client(id)?.secrets.map(\.expiresAt) == [nil, at(250)])
        },
        ContractCase("a secret for a public, foreign or unknown client is refused; a repeated form keeps nothing") {
            engine in
            let world = try await World(engine)
            let bare = try await world.makeClient(.public)
            func rotate(_ id: ClientID, _ owner: AccountID, _ form: String) async throws -> Insertion {
                let secret = ClientSecretRecord(hash: freshHash(), createdAt: at(10), expiresAt: nil)
                return try await world.store.rotateSecret(
                    of: id, owner: owner, to: secret, overlapEnds: at(50), formID: form,
                    audit: event(.clientSecretRotated))
            }
            #expect(try await rotate(bare.id, world.account.id, "f") == .refused)
            #expect(try await rotate(world.client.id, fresh(), "f") == .refused)
            #expect(try await rotate(fresh(), world.account.id, "f") == .refused)
            #expect(try await rotate(world.client.id, world.account.id, "f") == .inserted)
            #expect(try await rotate(world.client.id, world.account.id, "f") == .repeated)
            #expect(try await world.store.client(world.client.id)?.secrets.count == 2)
            #expect(try await world.store.client(bare.id)?.secrets.isEmpty == true)
        },
        ContractCase("deleting a client revokes its grants in the same step, and only its owner deletes it") { engine in
            let world = try await World(engine)
            let (store, id) = (world.store, world.client.id)
            let other = try await world.makeClient()
            let (active, pending, unrelated) = (
                try await world.activate(), try await world.approve(), try await world.activate(for: other.id)
            )
            #expect(try await !store.delete(id, owner: fresh(), at: at(30), audit: event(.clientDeleted)))
            #expect(try await store.client(id) != nil)
            #expect(try await world.state(active) == .active)
            #expect(try await store.delete(id, owner: world.account.id, at: at(30), audit: event(.clientDeleted)))
            #expect(try await store.client(id) == nil)
            for grant in [active, pending] { #expect(try await world.revocation(grant) == .clientDeleted) }
            #expect(try await world.state(unrelated) == .active)
            let subjects = try await world.subjects()
            #expect(subjects.contains(.client(id)))
            #expect(subjects.contains(.grant(active.facts.id)))
            #expect(!subjects.contains(.grant(unrelated.facts.id)))
            #expect(try await !store.delete(id, owner: world.account.id, at: at(31), audit: event(.clientDeleted)))
            #expect(try await world.events(.clientDeleted).count == 1)
            #expect(try await world.events(.grantRevoked).count == 2)
        },
        ContractCase("a client with more grants than one batch loses all of them in one step") { engine in
            let world = try await World(engine)
            _ = try await simultaneously(1_100) { _ in try await world.approve() }
            #expect(
                try await world.store.delete(
                    world.client.id, owner: world.account.id, at: at(30), audit: event(.clientDeleted)))
            var page = try await world.store.grants(account: nil, client: world.client.id, SliceRequest(limit: 200))
            var states = page.elements.map(\.state)
            while let next = page.next {
                page = try await world.store.grants(
                    account: nil, client: world.client.id, SliceRequest(limit: 200, after: next))
                states += page.elements.map(\.state)
            }
            #expect(states.count == 1_100)
            #expect(states.allSatisfy { $0 == .revoked })
        },
    ]
}
