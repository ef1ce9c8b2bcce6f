import Foundation
import SluiceAuthority
import SluiceOAuth
import Testing

/// What every engine promises of `AuditStore`, `ChangeStore`, `SigningKeyStore` and `StoreHealth`.
public enum RecordContract {
    /// The promises.
    public static let cases: [ContractCase] = audit + changes + signingKeys

    private static let audit: [ContractCase] = [
        ContractCase("an audit event reads back whole, with its details in order") { engine in
            let store = try await engine.empty()
            let whole = AuditEvent(
                .clientAuthenticationFailed, at: at(1), account: fresh(), client: fresh(), subject: "a\"b\\c",
                trace: RequestTrace(address: "::1", userAgent: "Ünïcode/1 \"q\"", requestID: "r-9"),
                details: [.init("z", "last\nline"), .init("a", "first/one"), .init("z", "twice")])
            let bare = AuditEvent(.signInFailed, at: at(2), trace: .maintenance)
            try await store.append(whole)
            try await store.append(bare)
            #expect(try await store.events(account: nil, SliceRequest()).elements == [bare, whole])
            #expect(try await store.events(account: whole.accountID, SliceRequest()).elements == [whole])
            #expect(try await store.events(requestID: "r-9") == [whole])
            #expect(try await store.events(requestID: "r-8").isEmpty)
        },
        ContractCase("audit events page newest first while more are appended; one request shows 50 at most") { engine in
            let store = try await engine.empty()
            let account: AccountID = fresh()
            for index in 0..<60 {
                try await store.append(event(.signInFailed, at: at(Double(index)), account: account))
            }
            let first = try await store.events(account: account, SliceRequest(limit: 40))
            try await store.append(event(.signInFailed, at: at(100), account: account))
            let second = try await store.events(account: account, SliceRequest(limit: 40, after: first.next))
            #expect((first.elements + second.elements).map(\.at) == (0..<60).reversed().map { at(Double($0)) })
            #expect(second.next == nil)
            #expect(try await store.events(account: nil, SliceRequest(after: "x")).elements.isEmpty)
            #expect(try await store.events(requestID: "req-1").count == 50)
        },
    ]

    private static let changes: [ContractCase] = [
        ContractCase("changes come in order, behind a sequence or since a moment, every kind among them") { engine in
            let world = try await World(engine)
            let store = world.store
            #expect(try await store.lastChange() == 0)
            let key = try await world.makeKey()
            _ = try await store.revoke(key.id, of: world.account.id, at: at(1), audit: event(.keyRevoked, at: at(1)))
            _ = try await store.update(world.client, audit: event(.clientUpdated, at: at(2)))
            _ = try await store.update(
                world.account.id, name: world.account.name, timeZone: "UTC", audit: event(.accountUpdated, at: at(3)))
            _ = try await store.delete(
                world.client.id, owner: world.account.id, at: at(4), audit: event(.clientDeleted))
            _ = try await store.add(
                signingKey("k1"), after: nil, retirement: nil, audit: event(.signingKeyCreated, at: at(5)))
            _ = try await store.close(world.account.id, at: at(6), audit: event(.accountClosed))
            let all = try await store.changes(after: 0)
            #expect(
                all.map(\.subject) == [
                    .key(key.id), .clientChanged(world.client.id), .accountChanged(world.account.id),
                    .client(world.client.id),
                    .signingKeys, .account(world.account.id),
                ])
            #expect(all.map(\.at) == (1...6).map { at(Double($0)) })
            #expect(zip(all, all.dropFirst()).allSatisfy { $0.sequence < $1.sequence })
            #expect(try await store.changes(after: all[2].sequence) == Array(all[3...]))
            #expect(try await store.changes(since: at(4)) == Array(all[3...]))
            #expect(try await store.lastChange() == all.last?.sequence)
        },
        ContractCase("a sweep of changes takes those before a moment and gives no sequence twice") { engine in
            let world = try await World(engine)
            for moment in [1.0, 2, 3] {
                _ = try await world.store.update(world.client, audit: event(.clientUpdated, at: at(moment)))
            }
            let last = try await world.store.lastChange()
            try await world.store.sweepChanges(before: at(3))
            #expect(try await world.store.changes(after: 0).map(\.at) == [at(3)])
            try await world.store.sweepChanges(before: at(4))
            #expect(try await world.store.changes(after: 0).isEmpty)
            #expect(try await world.store.lastChange() == last)
            _ = try await world.store.update(world.client, audit: event(.clientUpdated, at: at(5)))
            #expect(try await world.store.lastChange() > last)
        },
        ContractCase("one reading of changes gives 1,000 at most; since a moment gives all") { engine in
            let world = try await World(engine)
            _ = try await simultaneously(1_100) { _ in
                try await world.store.update(world.client, audit: event(.clientUpdated, at: at(1)))
            }
            let first = try await world.store.changes(after: 0)
            #expect(first.count == 1_000)
            #expect(try await world.store.changes(after: try #require(first.last).sequence).count == 100)
            #expect(try await world.store.changes(since: at(1)).count == 1_100)
        },
        ContractCase("what another process changed is seen at once") { engine in
            guard let (left, right) = try await engine.twins() else { return }
            let world = try await World(left)
            let grant = try await world.activate()
            #expect(try await right.facts(of: grant.facts.id) == grant.facts)
            _ = try await right.revoke(
                grant.facts.id, account: nil, client: nil, reason: .byOperator, at: at(20), trace: trace)
            #expect(try await world.subjects() == [.grant(grant.facts.id)])
            #expect(try await world.rotate(grant, from: 1) == .revoked(.byOperator))
        },
        ContractCase("a store that works says so") { engine in
            let store = try await engine.empty()
            try await store.checkReady()
        },
    ]

    private static let signingKeys: [ContractCase] = [
        ContractCase("a signing key is added behind the newest, and the ones before it get their end") { engine in
            let store = try await engine.empty()
            let audit = event(.signingKeyCreated)
            #expect(try await store.add(signingKey("k1"), after: nil, retirement: at(90), audit: audit))
            #expect(try await store.signingKeys() == [signingKey("k1")])
            #expect(try await !store.add(signingKey("k2"), after: nil, retirement: at(90), audit: audit))
            #expect(try await !store.add(signingKey("k2"), after: "other", retirement: at(90), audit: audit))
            #expect(try await store.add(signingKey("k2"), after: "k1", retirement: at(90), audit: audit))
            #expect(try await store.signingKeys() == [signingKey("k1", retiresAt: at(90)), signingKey("k2")])
            #expect(try await store.add(signingKey("k3"), after: "k2", retirement: nil, audit: audit))
            #expect(try await store.signingKeys().map(\.retiresAt) == [at(90), nil, nil])
            #expect(try await store.add(signingKey("k4"), after: "k3", retirement: at(200), audit: audit))
            #expect(try await store.signingKeys().map(\.retiresAt) == [at(90), at(200), at(200), nil])
            #expect(try await store.changes(after: 0).map(\.subject) == Array(repeating: .signingKeys, count: 4))
            try await store.sweepSigningKeys(before: at(90))
            #expect(try await store.signingKeys().count == 4)
            try await store.sweepSigningKeys(before: at(91))
            #expect(try await store.signingKeys().map(\.keyID) == ["k2", "k3", "k4"])
        },
        ContractCase("a new signing key brings the ends of all others forward, and moves none back") { engine in
            let store = try await engine.empty()
            let audit = event(.signingKeyCreated)
            #expect(try await store.add(signingKey("k1"), after: nil, retirement: nil, audit: audit))
            #expect(try await store.add(signingKey("k2"), after: "k1", retirement: at(90), audit: audit))
            #expect(try await store.add(signingKey("k3"), after: "k2", retirement: at(200), audit: audit))
            #expect(try await store.signingKeys().map(\.retiresAt) == [at(90), at(200), nil])
            #expect(try await store.add(signingKey("k4"), after: "k3", retirement: at(20), audit: audit))
            #expect(try await store.signingKeys().map(\.retiresAt) == [at(20), at(20), at(20), nil])
        },
        ContractCase("of 20 nodes that rotate the signing key at once one wins") { engine in
            let store = try await engine.empty()
            let won = try await simultaneously(20) { index in
                try await store.add(
                    signingKey("k\(index)"), after: nil, retirement: nil, audit: event(.signingKeyCreated))
            }
            #expect(won.filter { $0 }.count == 1)
            #expect(try await store.signingKeys().count == 1)
        },
        ContractCase("a sealed value is set once; everyone who sets it is told the one that is stored") { engine in
            let store = try await engine.empty()
            #expect(try await store.sealedValue("mac") == nil)
            let told = try await simultaneously(20) { try await store.setSealedValue("mac", [UInt8($0), 0, 255]) }
            let stored = try #require(await store.sealedValue("mac"))
            #expect(told.allSatisfy { $0 == stored })
            #expect(try await store.setSealedValue("other", []).isEmpty)
            #expect(try await store.sealedValue("other") == [])
        },
    ]

    private static func signingKey(_ id: String, retiresAt: Date? = nil) -> SigningKeyRecord {
        SigningKeyRecord(
            keyID: id, algorithm: .es256, sealed: [1, 2, 3], createdAt: dawn, activatesAt: at(10), retiresAt: retiresAt)
    }
}
