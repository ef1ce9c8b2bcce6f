import Foundation
import SluiceAuthority
import Testing

/// What every engine promises of `SessionStore`.
public enum SessionStoreContract {
    /// The promises.
    public static let cases: [ContractCase] = [
        ContractCase("an opened session is found by its cookie's hash, with its account") { engine in
            let world = try await World(engine)
            let session = try await world.openSession()
            let found = try #require(await world.store.session(session.hash))
            #expect(found.session == session)
            #expect(found.account == world.account)
            #expect(try await world.store.session(freshHash()) == nil)
            #expect(try await world.events(.signedIn).count == 1)
        },
        ContractCase("opening a session ends the one it replaces in the same step") { engine in
            let world = try await World(engine)
            let old = try await world.openSession()
            let new = world.sampleSession()
            #expect(try await world.store.open(new, replacing: old.id, audit: event(.signedIn)))
            #expect(try await world.store.session(old.hash) == nil)
            #expect(try await world.store.session(new.hash) != nil)
        },
        ContractCase("a session of an unknown account is refused and the one to replace stays") { engine in
            let world = try await World(engine)
            let old = try await world.openSession()
            #expect(
                try await !world.store.open(world.sampleSession(fresh()), replacing: old.id, audit: event(.signedIn)))
            #expect(try await world.store.session(old.hash) != nil)
            #expect(try await world.events(.signedIn).count == 1)
        },
        ContractCase("a password that was changed since it was checked opens no session") { engine in
            let world = try await World(engine)
            let id = world.account.id
            func open(_ hash: String) async throws -> Bool {
                try await world.store.open(
                    world.sampleSession(), replacing: nil, ifPasswordHash: hash, audit: event(.signedIn))
            }
            #expect(try await open("hash-of-ada"))
            #expect(
                try await world.store.replacePasswordHash(
                    of: id, expected: nil, with: "new", audit: event(.accountPasswordChanged)))
            #expect(try await !open("hash-of-ada"))
            #expect(try await open("new"))
            #expect(try await world.store.sessions(of: id).count == 2)
            #expect(try await world.events(.signedIn).count == 2)
        },
        ContractCase("an account keeps its 100 most recently used sessions, and nobody else's go") { engine in
            let world = try await World(engine)
            let bob = try await world.makeAccount("bob")
            let bobs = world.sampleSession(bob.id)
            #expect(try await world.store.open(bobs, replacing: nil, audit: event(.signedIn)))
            let used = try await world.openSession()
            try await world.store.touch(used.id, at: at(500))
            let idle = try await world.openSession()
            for second in 1...99 { _ = try await world.openSession(at: at(Double(second))) }
            #expect(try await world.store.session(idle.hash) == nil)
            #expect(try await world.store.session(used.hash) != nil)
            #expect(try await world.store.session(bobs.hash) != nil)
            #expect(try await world.store.sessions(of: world.account.id).count == 100)
        },
        ContractCase("touching moves the last use forward, never back") { engine in
            let world = try await World(engine)
            let session = try await world.openSession()
            try await world.store.touch(session.id, at: at(60))
            try await world.store.touch(session.id, at: at(30))
            #expect(try await world.store.session(session.hash)?.session.lastSeenAt == at(60))
            try await world.store.touch(fresh(), at: at(60))
        },
        ContractCase("sessions are listed most recently used first, of one account alone") { engine in
            let world = try await World(engine)
            let bob = try await world.makeAccount("bob")
            #expect(try await world.store.open(world.sampleSession(bob.id), replacing: nil, audit: event(.signedIn)))
            let (first, second) = (try await world.openSession(), try await world.openSession(at: at(5)))
            try await world.store.touch(first.id, at: at(60))
            #expect(try await world.store.sessions(of: world.account.id).map(\.id) == [first.id, second.id])
        },
        ContractCase("ending takes only the account's own session, once") { engine in
            let world = try await World(engine)
            let bob = try await world.makeAccount("bob")
            let session = try await world.openSession()
            #expect(try await !world.store.end(session.id, of: bob.id, audit: event(.sessionEnded)))
            #expect(try await world.store.session(session.hash) != nil)
            #expect(try await world.store.end(session.id, of: world.account.id, audit: event(.sessionEnded)))
            #expect(try await !world.store.end(session.id, of: world.account.id, audit: event(.sessionEnded)))
            #expect(try await world.store.session(session.hash) == nil)
            #expect(try await world.events(.sessionEnded).count == 1)
        },
        ContractCase("ending all but one keeps that one and says how many ended") { engine in
            let world = try await World(engine)
            let kept = try await world.openSession()
            for _ in 0..<3 { _ = try await world.openSession() }
            let id = world.account.id
            #expect(try await world.store.endAll(of: id, except: kept.id, audit: event(.sessionEnded)) == 3)
            #expect(try await world.store.sessions(of: id).map(\.id) == [kept.id])
            #expect(try await world.store.endAll(of: id, except: nil, audit: event(.sessionEnded)) == 1)
            #expect(try await world.store.sessions(of: id).isEmpty)
        },
    ]
}
