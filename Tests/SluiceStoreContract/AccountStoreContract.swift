import Foundation
import SluiceAuthority
import SluiceOAuth
import Testing

/// What every engine promises of `AccountStore`.
public enum AccountStoreContract {
    /// The promises.
    public static let cases: [ContractCase] = [
        ContractCase("a created account reads back by id and by address, with its password hash and organization") {
            engine in
            let store = try await engine.empty()
            let account = try World.sampleAccount("ada")
            let organization = try World.sampleOrganization(of: account)
            #expect(
                try await store.create(
                    account, passwordHash: "h", organization: organization,
                    audit: event(.accountCreated, account: account.id)))
            #expect(try await store.account(account.id) == account)
            #expect(try await store.account(email: account.email) == account)
            #expect(try await store.passwordHash(of: account.id) == "h")
            #expect(try await store.organizations(of: account.id) == [organization])
            #expect(
                try await store.events(account: account.id, SliceRequest()).elements.map(\.kind) == [.accountCreated])
        },
        ContractCase("what was never stored is absent, not an error") { engine in
            let store = try await engine.empty()
            #expect(try await store.account(fresh()) == nil)
            #expect(try await store.account(email: World.sampleAccount("nobody").email) == nil)
            #expect(try await store.passwordHash(of: fresh()) == nil)
            #expect(try await store.organizations(of: fresh()).isEmpty)
        },
        ContractCase("a second account of one address is refused and leaves nothing") { engine in
            let world = try await World(engine)
            let twin = try World.sampleAccount("ada")
            #expect(
                try await !world.store.create(
                    twin, passwordHash: "h", organization: World.sampleOrganization(of: twin),
                    audit: event(.accountCreated)))
            #expect(try await world.store.account(twin.id) == nil)
            #expect(try await world.store.organizations(of: twin.id).isEmpty)
            #expect(try await world.events(.accountCreated).count == 1)
        },
        ContractCase("of 20 simultaneous sign-ups with one address one is kept") { engine in
            let store = try await engine.empty()
            let made = try await simultaneously(20) { _ in
                let account = try World.sampleAccount("ada")
                return try await store.create(
                    account, passwordHash: "h", organization: World.sampleOrganization(of: account),
                    audit: event(.accountCreated))
            }
            #expect(made.filter { $0 }.count == 1)
            #expect(try await store.accounts(SliceRequest()).elements.count == 1)
        },
        ContractCase("a further organization belongs to its account alone and is listed behind the first") { engine in
            let world = try await World(engine)
            let bob = try await world.makeAccount("bob")
            let second = Organization(
                id: fresh(), name: try name("Second"), ownerID: world.account.id, ownerEmail: world.account.email,
                createdAt: at(5))
            let audit = event(.organizationCreated, at: at(5), account: world.account.id)
            #expect(try await world.store.add(second, formID: nil, limit: 2, audit: audit) == .inserted)
            let listed = try await world.store.organizations(of: world.account.id)
            #expect(listed.count == 2)
            #expect(listed.last == second)
            #expect(try await world.store.organizations(of: bob.id).count == 1)
            #expect(try await world.events(.organizationCreated) == [audit])
        },
        ContractCase("an organization beyond the limit, or of an account that is not active, is refused and leaves nothing") {
            engine in
            let world = try await World(engine)
            func add(to account: Account, limit: Int) async throws -> Insertion {
                try await world.store.add(
                    Organization(
                        id: fresh(), name: try name("More"), ownerID: account.id, ownerEmail: account.email,
                        createdAt: at(5)),
                    formID: nil, limit: limit, audit: event(.organizationCreated))
            }
            #expect(try await add(to: world.account, limit: 1) == .refused)
            #expect(try await add(to: World.sampleAccount("nobody"), limit: 9) == .refused)
            let bob = try await world.makeAccount("bob")
            #expect(try await world.store.disable(bob.id, at: at(6), audit: event(.accountDisabled)))
            #expect(try await add(to: bob, limit: 9) == .refused)
            let carol = try await world.makeAccount("carol")
            #expect(try await world.store.close(carol.id, at: at(6), audit: event(.accountClosed)))
            #expect(try await add(to: carol, limit: 9) == .refused)
            for account in [world.account, bob] {
                #expect(try await world.store.organizations(of: account.id).count == 1)
            }
            #expect(try await world.store.organizations(of: carol.id).isEmpty)
            #expect(try await world.events(.organizationCreated).isEmpty)
        },
        ContractCase("of 20 organizations that are added at once to an account with room for five, five are kept") {
            engine in
            let world = try await World(engine)
            let account = world.account
            let added = try await simultaneously(20) { _ in
                try await world.store.add(
                    Organization(
                        id: fresh(), name: try name("More"), ownerID: account.id, ownerEmail: account.email,
                        createdAt: at(5)),
                    formID: nil, limit: 6, audit: event(.organizationCreated))
            }
            #expect(added.filter { $0 == .inserted }.count == 5)
            #expect(try await world.store.organizations(of: account.id).count == 6)
            #expect(try await world.events(.organizationCreated).count == 5)
        },
        ContractCase("pages of accounts are newest first and shift by nothing while accounts are added") { engine in
            let store = try await engine.empty()
            var made: [AccountID] = []
            for index in 0..<5 {
                // Two share a moment, so that only the id orders them.
                made.append(try await World.makeAccount("p\(index)", at: at(Double(index / 2)), in: store).id)
            }
            let first = try await store.accounts(SliceRequest(limit: 2))
            _ = try await World.makeAccount("later", at: at(100), in: store)
            let second = try await store.accounts(SliceRequest(limit: 2, after: first.next))
            let third = try await store.accounts(SliceRequest(limit: 2, after: second.next))
            let seen = (first.elements + second.elements + third.elements)
            #expect(Set(seen.map(\.id)) == Set(made))
            #expect(seen.count == 5)
            #expect(seen.map(\.createdAt) == [at(2), at(1), at(1), at(0), at(0)])
            #expect(third.next == nil)
            #expect(try await store.accounts(SliceRequest(after: "made up")).elements.isEmpty)
        },
        ContractCase("a full last page says that none follows") { engine in
            let store = try await engine.empty()
            for index in 0..<2 { _ = try await World.makeAccount("p\(index)", in: store) }
            #expect(try await store.accounts(SliceRequest(limit: 2)).next == nil)
        },
        ContractCase("name and time zone change together and are noted for other nodes") { engine in
            let world = try await World(engine)
            let id = world.account.id
            #expect(
                try await world.store.update(
                    id, name: name("Ada L."), timeZone: "Europe/London", audit: event(.accountUpdated)))
            let account = try #require(await world.store.account(id))
            #expect(account.name.text == "Ada L.")
            #expect(account.timeZone == "Europe/London")
            #expect(try await world.subjects() == [.accountChanged(id)])
            #expect(
                try await !world.store.update(fresh(), name: name("X"), timeZone: "UTC", audit: event(.accountUpdated)))
            #expect(try await world.events(.accountUpdated).count == 1)
        },
        ContractCase("an address changes unless another account has it") { engine in
            let world = try await World(engine)
            let other = try await world.makeAccount("bob")
            let id = world.account.id
            let wanted = try #require(EmailAddress("ada@new.example"))
            #expect(try await world.store.change(id, email: other.email, audit: event(.accountEmailChanged)) == .taken)
            #expect(
                try await world.store.change(fresh(), email: wanted, audit: event(.accountEmailChanged)) == .unknown)
            #expect(try await world.subjects().isEmpty)
            #expect(try await world.store.change(id, email: wanted, audit: event(.accountEmailChanged)) == .changed)
            #expect(try await world.store.account(email: wanted)?.id == id)
            #expect(try await world.store.account(email: world.account.email) == nil)
            #expect(try await world.store.organizations(of: id).first?.ownerEmail == wanted)
            #expect(try await world.subjects() == [.accountChanged(id)])
            #expect(try await world.events(.accountEmailChanged).count == 1)
        },
        ContractCase("a password hash is replaced only where it is the expected one") { engine in
            let world = try await World(engine)
            let (store, id) = (world.store, world.account.id)
            #expect(
                try await !store.replacePasswordHash(
                    of: id, expected: "other", with: "new", audit: event(.accountPasswordChanged)))
            #expect(try await store.passwordHash(of: id) == "hash-of-ada")
            #expect(try await store.replacePasswordHash(of: id, expected: "hash-of-ada", with: "new", audit: nil))
            #expect(try await store.passwordHash(of: id) == "new")
            #expect(
                try await store.replacePasswordHash(
                    of: id, expected: nil, with: "reset", audit: event(.accountPasswordReset)))
            #expect(try await store.passwordHash(of: id) == "reset")
            #expect(try await !store.replacePasswordHash(of: fresh(), expected: nil, with: "x", audit: nil))
            #expect(try await world.events(.accountPasswordChanged).isEmpty)
            #expect(try await world.events(.accountPasswordReset).count == 1)
        },
        ContractCase("of 20 simultaneous changes of one password one wins") { engine in
            let world = try await World(engine)
            let won = try await simultaneously(20) { index in
                try await world.store.replacePasswordHash(
                    of: world.account.id, expected: "hash-of-ada", with: "new-\(index)",
                    audit: event(.accountPasswordChanged))
            }
            #expect(won.filter { $0 }.count == 1)
            #expect(try await world.events(.accountPasswordChanged).count == 1)
        },
        ContractCase(
            "disabling ends sessions and grants and stops keys, in one step; enabling gives back only the keys"
        ) { engine in
            let world = try await World(engine)
            let (store, id) = (world.store, world.account.id)
            let session = try await world.openSession()
            let key = try await world.makeKey()
            let (active, pending) = (try await world.activate(), try await world.approve())
            let before = try await store.lastChange()
            #expect(try await store.disable(id, at: at(30), audit: event(.accountDisabled)))
            #expect(try await store.account(id)?.state == .disabled)
            #expect(try await store.session(session.hash) == nil)
            #expect(try await store.key(key.hash)?.account == .disabled)
            #expect(try await store.client(world.client.id) == nil)
            for grant in [active, pending] { #expect(try await world.revocation(grant) == .accountDisabled) }
            let subjects = try await world.subjects(after: before)
            for subject: Change.Subject in [
                .account(id), .grant(active.facts.id), .grant(pending.facts.id), .client(world.client.id),
            ] {
                #expect(subjects.contains(subject))
            }
            #expect(try await world.events(.grantRevoked).count == 2)
            #expect(try await !store.disable(id, at: at(31), audit: event(.accountDisabled)))
            #expect(try await !store.open(world.sampleSession(), replacing: nil, audit: event(.signedIn)))

            #expect(try await store.enable(id, at: at(40), audit: event(.accountEnabled)))
            #expect(try await !store.enable(id, at: at(41), audit: event(.accountEnabled)))
            #expect(try await store.key(key.hash)?.account == .active)
            #expect(try await store.client(world.client.id) != nil)
            #expect(try await world.state(active) == .revoked)
            #expect(try await store.session(session.hash) == nil)
            #expect(try await world.subjects(after: before).contains(.accountChanged(id)))
        },
        ContractCase("S131: closing takes sessions, keys, clients, and grants to and of them, and erases the person") {
            engine in
            let world = try await World(engine)
            let (store, id) = (world.store, world.account.id)
            let bob = try await world.makeAccount("bob")
            let bobsApp = try await world.makeClient(of: bob.id)
            let session = try await world.openSession()
            let key = try await world.makeKey()
            let given = try await world.activate(for: bobsApp.id)
            let received = try await world.activate(of: bob.id)
            let unrelated = try await world.activate(of: bob.id, for: bobsApp.id)
            #expect(try await store.close(id, at: at(30), audit: event(.accountClosed)))
            let closed = try #require(await store.account(id))
            #expect(closed.state == .closed)
            #expect(closed.email != world.account.email)
            #expect(closed.name != world.account.name)
            #expect(try await store.account(email: world.account.email) == nil)
            #expect(try await store.passwordHash(of: id) == nil)
            #expect(try await store.session(session.hash) == nil)
            #expect(try await store.key(key.hash) == nil)
            #expect(try await store.client(world.client.id) == nil)
            #expect(try await store.clients(of: id, SliceRequest()).elements.isEmpty)
            #expect(try await world.revocation(given) == .accountClosed)
            #expect(try await world.revocation(received) == .clientDeleted)
            #expect(try await world.state(unrelated) == .active)
            let subjects = try await world.subjects()
            for subject: Change.Subject in [
                .account(id), .client(world.client.id), .grant(given.facts.id), .grant(received.facts.id), .key(key.id),
            ] {
                #expect(subjects.contains(subject))
            }
            #expect(!subjects.contains(.grant(unrelated.facts.id)))
        },
        ContractCase("nothing works on a closed account, and its address is free again") { engine in
            let world = try await World(engine)
            let (store, id) = (world.store, world.account.id)
            #expect(try await store.close(id, at: at(30), audit: event(.accountClosed)))
            #expect(try await !store.close(id, at: at(31), audit: event(.accountClosed)))
            #expect(try await !store.disable(id, at: at(31), audit: event(.accountDisabled)))
            #expect(try await !store.enable(id, at: at(31), audit: event(.accountEnabled)))
            #expect(try await !store.update(id, name: name("X"), timeZone: "UTC", audit: event(.accountUpdated)))
            #expect(
                try await store.change(id, email: world.account.email, audit: event(.accountEmailChanged)) == .unknown)
            #expect(try await !store.replacePasswordHash(of: id, expected: nil, with: "x", audit: nil))
            #expect(try await !store.open(world.sampleSession(), replacing: nil, audit: event(.signedIn)))
            #expect(
                try await store.insert(world.sampleKey(), formID: nil, limit: nil, audit: event(.keyCreated))
                    == .refused)
            #expect(try await !store.close(fresh(), at: at(31), audit: event(.accountClosed)))
            _ = try await world.makeAccount("ada")
        },
    ]
}
