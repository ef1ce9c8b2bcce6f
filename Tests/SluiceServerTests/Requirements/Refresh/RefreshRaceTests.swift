import Foundation
import SluiceAuthority
import SluiceOAuth
import Testing

@testable import SluiceServer

@Suite("Races of refreshes, on a store with latency")
struct RefreshRaceTests {
    private func slow(leeway: Duration = .zero) async throws -> Installation {
        try await Installation(store: SlowStore(SQLiteStores.inMemory())) { $0.reuseLeeway = leeway }
    }

    @Test func `S83 S76 of fifty parallel refreshes one wins, and the losers cut the grant off`() async throws {
        let installation = try await slow()
        let connection = try await installation.connect()
        let other = try await connection.again()
        let answers = try await simultaneously(50) { _ in try await connection.flow.refresh(connection.refreshToken) }
        let winners = answers.filter { $0.status == 200 }
        #expect(winners.count == 1)
        for loser in answers where loser.status != 200 { loser.expectInvalidGrant() }
        let grant = try await connection.grant()
        #expect(grant.state == .revoked)
        #expect(grant.revocation == .refreshReused)
        #expect(grant.generation == 2, "exactly one new generation")
        let won = Tokens(try #require(winners.first))
        (try await installation.query(bearer: won.access)).expectInvalidToken("the winner's access token")
        (try await installation.query(bearer: connection.access)).expectInvalidToken("the one before")
        (try await connection.flow.refresh(won.refresh ?? "")).expectInvalidGrant("the winner's refresh token")
        #expect(try await installation.events(.refreshReused).count == 1)
        #expect(try await installation.events(.grantRevoked).count == 1)
        _ = try await other.refreshed()
    }

    @Test func `on a store that reads before it writes the same race has several winners, so these tests can fail`() async throws
    {
        let line = SlowStore.Line()
        let installation = try await Installation(store: SlowStore(SQLiteStores.inMemory(), line: line))
        line.readsFirst = true
        let first = try await installation.connect()
        // Which of them reads before another writes is up to the scheduler, so the race is run until it shows.
        var most = 0
        for _ in 0..<30 where most < 2 {
            let connection = try await first.again()
            let answers = try await simultaneously(50) { _ in try await connection.flow.refresh(connection.refreshToken) }
            most = max(most, answers.count { $0.status == 200 })
        }
        #expect(most > 1)
    }

    @Test func `S83 with a leeway all of fifty parallel refreshes receive the same successor`() async throws {
        let installation = try await slow(leeway: .seconds(10))
        let connection = try await installation.connect()
        let answers = try await simultaneously(50) { _ in try await connection.flow.refresh(connection.refreshToken) }
        #expect(answers.allSatisfy { $0.status == 200 })
        #expect(Set(answers.map { Tokens($0).refresh }).count == 1)
        let grant = try await connection.grant()
        #expect(grant.state == .active)
        #expect(grant.generation == 2)
        let tokens = answers.map { Tokens($0) }
        #expect(Set(tokens.map(\.access)).count == 50)
        for tokens in tokens { #expect(try await installation.status(tokens.access) == 200) }
        _ = try await connection.refreshed(tokens[0].refresh)
    }

    @Test func `S83 of fifty parallel refreshes at two nodes one wins, and both nodes refuse what it won`() async throws {
        let store = SlowStore(try await SQLiteStores.inMemory())
        let clock = TestClock()
        let one = try await Installation(store: store, clock: clock)
        let two = try await Installation(store: store, clock: clock)
        let connection = try await one.connect()
        let elsewhere = CodeFlow(two, connection.flow.client)
        let answers = try await simultaneously(50) { index in
            try await (index.isMultiple(of: 2) ? connection.flow : elsewhere).refresh(connection.refreshToken)
        }
        let winners = answers.filter { $0.status == 200 }
        #expect(winners.count == 1)
        #expect(try await connection.grant().revocation == .refreshReused)
        let won = Tokens(try #require(winners.first))
        for node in [one, two] {
            try await node.authority.catchUp()
            (try await node.query(bearer: won.access)).expectInvalidToken()
            (try await CodeFlow(node, connection.flow.client).refresh(won.refresh ?? "")).expectInvalidGrant()
        }
    }

    @Test func `S83 parallel refreshes of fifty different grants do not disturb each other`() async throws {
        let installation = try await slow()
        let connection = try await installation.connect()
        var grants: [Connection] = []
        for _ in 0..<50 { grants.append(try await connection.again()) }
        let all = grants
        for round in 1...3 {
            let answers = try await simultaneously(50) { index in
                try await all[index].flow.refresh(all[index].refreshToken).status
            }
            #expect(answers.filter { $0 == 200 }.count == (round == 1 ? 50 : 0), "round \(round)")
        }
        // The second round was reuse everywhere.
        let states = try await installation.grants().filter { grant in all.contains { $0.grantID == grant.id } }
        #expect(states.count == 50)
        #expect(states.allSatisfy { $0.revocation == .refreshReused })
        #expect(try await connection.grant().state == .active)
    }

    @Test func `S54 S83 of twenty parallel exchanges of one code one wins, and the valid replays cut its grant off`()
        async throws
    {
        let installation = try await slow()
        let browser = Browser(installation)
        try await browser.signUp()
        let flow = CodeFlow(installation, try await installation.client(of: installation.developer()))
        let code = try await flow.code(in: browser)
        let answers = try await simultaneously(20) { _ in try await flow.exchange(code) }
        let winners = answers.filter { $0.status == 200 }
        #expect(winners.count == 1)
        for loser in answers where loser.status != 200 { loser.expectInvalidGrant() }
        let won = Tokens(try #require(winners.first))
        (try await installation.query(bearer: won.access)).expectInvalidToken()
        (try await flow.refresh(won.refresh ?? "")).expectInvalidGrant()
        #expect(try await installation.grants().map(\.revocation) == [.codeReplayed])
    }
}
