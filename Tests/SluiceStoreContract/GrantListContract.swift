import Foundation
import SluiceAuthority
import SluiceOAuth
import Testing

/// What every engine promises of `GrantStore`'s revocations, lists and sweeps.
public enum GrantListContract {
    /// The promises.
    public static let cases: [ContractCase] = [
        ContractCase("revoking takes a grant of the named account and client alone, once") { engine in
            let world = try await World(engine)
            let pending = try await world.activate()
            func revoke(_ account: AccountID?, _ client: ClientID?) async throws -> Bool {
                try await world.store.revoke(
                    pending.facts.id, account: account, client: client, reason: .byClient, at: at(20), trace: trace)
            }
            #expect(try await !revoke(fresh(), nil))
            #expect(try await !revoke(nil, fresh()))
            #expect(try await !revoke(world.account.id, fresh()))
            #expect(try await world.state(pending) == .active)
            #expect(try await world.subjects().isEmpty)
            #expect(try await revoke(world.account.id, world.client.id))
            #expect(try await !revoke(nil, nil))
            #expect(try await world.revocation(pending) == .byClient)
            #expect(try await world.store.grant(pending.facts.id)?.revokedAt == at(20))
            #expect(try await world.subjects() == [.grant(pending.facts.id)])
            #expect(try await world.events(.grantRevoked).count == 1)
        },
        ContractCase("a pending grant can be revoked, and its code is refused then") { engine in
            let world = try await World(engine)
            let pending = try await world.approve()
            #expect(
                try await world.store.revoke(
                    pending.facts.id, account: nil, client: nil, reason: .byUser, at: at(5), trace: trace))
            #expect(try await world.redeem(pending) == .revoked(.byUser))
        },
        ContractCase(
            "S100: revoking an app takes all grants of that account for it, pending ones too, and nothing else"
        ) { engine in
            let world = try await World(engine)
            let bob = try await world.makeAccount("bob")
            let other = try await world.makeClient()
            let mine = [try await world.activate(), try await world.activate(), try await world.approve()]
            let others = [try await world.activate(of: bob.id), try await world.activate(for: other.id)]
            func revokeAll() async throws -> Int {
                try await world.store.revokeAll(
                    of: world.account.id, for: world.client.id, reason: .byUser, at: at(20), trace: trace)
            }
            #expect(try await revokeAll() == 3)
            #expect(try await revokeAll() == 0)
            for grant in mine { #expect(try await world.revocation(grant) == .byUser) }
            for grant in others { #expect(try await world.state(grant) == .active) }
            #expect(try await Set(world.subjects().map(\.columns.id)) == Set(mine.map(\.facts.id.text)))
            #expect(try await world.events(.grantRevoked).count == 3)
        },
        ContractCase("live grants are the active ones whose refresh or access token has not ended, newest first") {
            engine in
            let world = try await World(engine)
            let other = try await world.makeClient()
            let offline = try await world.activate(at: at(0))  // used at 10, idles until 110
            let online = try await world.activate(at: at(1), scopes: "posts:read")  // used at 11
            let foreign = try await world.activate(for: other.id, at: at(2))  // used at 12, idles until 112
            let revoked = try await world.activate(at: at(3))
            _ = try await world.approve()
            _ = try await world.store.revoke(
                revoked.facts.id, account: nil, client: nil, reason: .byUser, at: at(14), trace: trace)
            func live(_ moment: Date, _ client: ClientID? = nil, lifetime: Duration = .seconds(30)) async throws
                -> [GrantID]
            {
                try await world.store.liveGrants(
                    of: world.account.id, client: client, at: moment, accessTokenLifetime: lifetime
                ).map(\.id)
            }
            #expect(try await live(at(20)) == [foreign.facts.id, online.facts.id, offline.facts.id])
            #expect(try await live(at(20), world.client.id) == [online.facts.id, offline.facts.id])
            #expect(try await live(at(40.999)).contains(online.facts.id))
            #expect(try await live(at(41)) == [foreign.facts.id, offline.facts.id])
            #expect(try await live(at(110)) == [foreign.facts.id])
            #expect(try await live(at(112)).isEmpty)
            #expect(try await live(at(115), lifetime: .seconds(104)) == [foreign.facts.id])
        },
        ContractCase("an expired grant's refresh token and access tokens have ended, and it is not revoked") { engine in
            let world = try await World(engine)
            let grant = try await world.activate()  // used at 10, idles until 110
            let other = try await world.activate()
            #expect(try await world.store.expire(grant.facts.id, at: at(20), lastUse: at(-40), trace: trace))
            #expect(try await world.rotate(grant, from: 1, at: at(20)) == .expired)
            #expect(try await world.state(grant) == .active)
            #expect(try await world.subjects() == [.grant(grant.facts.id)])
            let ended = try #require(await world.store.grant(grant.facts.id))
            #expect(ended.idleExpiresAt == at(20))
            #expect(ended.lastUsedAt == at(-40))
            #expect(ended.facts == grant.facts)
            let live = try await world.store.liveGrants(
                of: world.account.id, client: nil, at: at(20), accessTokenLifetime: .seconds(60))
            #expect(live.map(\.id) == [other.facts.id])
            let noted = try #require(await world.events(.grantExpired).first)
            #expect(noted.subject == grant.facts.id.text && noted.at == at(20) && noted.trace == trace)
        },
        ContractCase("expiring ends a grant without a refresh token, and the code of one that is pending") { engine in
            let world = try await World(engine)
            let online = try await world.activate(scopes: "posts:read")  // used at 10
            let pending = try await world.approve(at: at(15))
            for grant in [online, pending] {
                #expect(try await world.store.expire(grant.facts.id, at: at(20), lastUse: at(-40), trace: trace))
            }
            #expect(try await world.redeem(pending, at: at(20)) == .expired)
            #expect(try await world.state(pending) == .pending)
            #expect(
                try await world.store.liveGrants(
                    of: world.account.id, client: nil, at: at(20), accessTokenLifetime: .seconds(60)
                ).isEmpty)
            #expect(try await Set(world.subjects().map(\.columns.id)) == [online.facts.id.text, pending.facts.id.text])
        },
        ContractCase("a grant that is revoked, has ended or is unknown cannot expire, and nothing is noted") { engine in
            let world = try await World(engine)
            let revoked = try await world.activate()
            _ = try await world.store.revoke(
                revoked.facts.id, account: nil, client: nil, reason: .byUser, at: at(15), trace: trace)
            let idle = try await world.activate()  // until 110
            let lapsed = try await world.approve()  // until 60
            let before = try await world.subjects()
            for id in [revoked.facts.id, idle.facts.id, lapsed.facts.id, fresh()] {
                #expect(try await !world.store.expire(id, at: at(110), lastUse: at(50), trace: trace))
            }
            #expect(try await world.revocation(revoked) == .byUser)
            #expect(try await world.subjects() == before)
            #expect(try await world.events(.grantExpired).isEmpty)
        },
        ContractCase("of 20 calls that expire a grant at once one ends it") { engine in
            let world = try await World(engine)
            let grant = try await world.activate()
            let ended = try await simultaneously(20) { _ in
                try await world.store.expire(grant.facts.id, at: at(20), lastUse: at(-40), trace: trace)
            }
            #expect(ended.filter { $0 }.count == 1)
            #expect(try await world.events(.grantExpired).count == 1)
        },
        ContractCase("grants page newest first in every state, by account, by client, by both and all") { engine in
            let world = try await World(engine)
            let bob = try await world.makeAccount("bob")
            let other = try await world.makeClient()
            var made: [PendingGrant] = []
            for index in 0..<8 {
                made.append(
                    try await world.approve(
                        of: index % 2 == 0 ? world.account.id : bob.id, for: index < 4 ? world.client.id : other.id,
                        at: at(Double(index))))
            }
            func all(_ account: AccountID?, _ client: ClientID?) async throws -> [GrantID] {
                var found: [GrantID] = []
                var after: String?
                repeat {
                    let page = try await world.store.grants(
                        account: account, client: client, SliceRequest(limit: 3, after: after))
                    #expect(page.elements.count <= 3)
                    found += page.elements.map(\.id)
                    after = page.next
                    // Newer rows that come between must not show up or shift the rest.
                    _ = try await world.approve(at: at(1000))
                } while after != nil
                return found.filter { id in made.contains { $0.facts.id == id } }
            }
            let newest = Array(made.reversed())
            let (mine, app) = (world.account.id, other.id)
            #expect(try await all(mine, nil) == newest.filter { $0.facts.accountID == mine }.map(\.facts.id))
            #expect(try await all(nil, app) == newest.filter { $0.facts.clientID == app }.map(\.facts.id))
            #expect(
                try await all(mine, app)
                    == newest.filter { $0.facts.accountID == mine && $0.facts.clientID == app }.map(\.facts.id))
            #expect(try await all(nil, nil) == newest.map(\.facts.id))
            #expect(try await world.store.grants(account: nil, client: nil, SliceRequest(after: "1")).elements.isEmpty)
        },
        ContractCase("a sweep takes what nobody can use any more and leaves the rest") { engine in
            let world = try await World(engine)
            let expiredCode = try await world.approve(at: at(0))  // until 60
            let liveCode = try await world.approve(at: at(100))  // until 160
            let idle = try await world.activate(at: at(0))  // until 110
            let inUse = try await world.activate(at: at(0))
            _ = try await world.rotate(inUse, from: 1, at: at(100))  // until 200
            let online = try await world.activate(at: at(0), scopes: "posts:read")  // used at 10
            let revoked = try await world.activate(at: at(0))
            let justRevoked = try await world.activate(at: at(0))
            for (grant, moment) in [(revoked, at(20)), (justRevoked, at(120))] {
                _ = try await world.store.revoke(
                    grant.facts.id, account: nil, client: nil, reason: .byUser, at: moment, trace: trace)
            }
            #expect(try await world.store.sweepGrants(before: at(120)) == 4)
            for gone in [expiredCode, idle, online, revoked] { #expect(try await world.state(gone) == nil) }
            for kept in [liveCode, inUse, justRevoked] { #expect(try await world.state(kept) != nil) }
            #expect(try await world.store.sweepGrants(before: at(120)) == 0)
        },
    ]
}
