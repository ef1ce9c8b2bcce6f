import Foundation
import SluiceAuthority
import SluiceOAuth
import Testing

@testable import SluiceServer

@Suite("Lifetime of refresh tokens")
struct RefreshLifetimeTests {
    private func connect() async throws -> Connection {
        try await Installation {
            $0.refreshIdleLifetime = .seconds(1000)
            $0.refreshLifetime = .seconds(2500)
        }.connect()
    }

    @Test func `S81 the defaults are 30 days without use and a year in all`() async throws {
        let connection = try await Installation().connect()
        let grant = try await connection.grant()
        #expect(grant.idleExpiresAt == connection.installation.clock.now.addingTimeInterval(30 * 86_400))
        #expect(grant.facts.expiresAt == connection.installation.clock.now.addingTimeInterval(365 * 86_400))
    }

    @Test(arguments: [(999.999, true), (1000.0, false), (1000.001, false)])
    func `S81 a refresh token is good strictly before the end of its idle time`(seconds: Double, isGood: Bool)
        async throws
    {
        let connection = try await connect()
        try await connection.installation.advance(by: seconds)
        let before = try await connection.grant()
        let response = try await connection.flow.refresh(connection.refreshToken)
        if isGood {
            #expect(response.status == 200)
        } else {
            response.expectInvalidGrant()
            #expect(try await connection.grant() == before, "ended, not revoked")
            #expect(
                try await connection.installation.authority.apps.app(connection.clientID, of: connection.account.id)
                    != nil, "its access token still has some time to go, so the user can still cut it off")
        }
    }

    @Test func `S81 each use begins a new idle time, and none reaches beyond the end of the grant`() async throws {
        let connection = try await connect()
        let installation = connection.installation
        let end = try await connection.grant().facts.expiresAt
        var tokens = connection.tokens
        for (elapsed, idleEnd) in [(999.0, 1999.0), (999, 2500), (501, 2500)] {
            try await installation.advance(by: elapsed)
            tokens = try await connection.refreshed(tokens.refresh)
            let grant = try await connection.grant()
            #expect(grant.idleExpiresAt == end.addingTimeInterval(idleEnd - 2500))
            #expect(grant.facts.expiresAt == end, "rotation never extends the end")
        }
        // 2,499 seconds in; the next second is the end, however often and lately it was used.
        try await installation.advance(by: 1)
        (try await connection.flow.refresh(tokens.refresh ?? "")).expectInvalidGrant("at its end")
        try await installation.advance(by: 100_000)
        (try await connection.flow.refresh(tokens.refresh ?? "")).expectInvalidGrant("long after")
        #expect(try await connection.grant().state == .active)
    }

    @Test func `S81 an ended grant is swept in time and its token stays refused`() async throws {
        let connection = try await connect()
        let installation = connection.installation
        try await installation.advance(by: 2500 + 8 * 86_400)
        let swept = try await installation.store.sweepGrants(
            before: installation.clock.now.addingTimeInterval(-7 * 86_400))
        #expect(swept == 1)
        #expect(try await installation.grants().isEmpty)
        (try await connection.flow.refresh(connection.refreshToken)).expectInvalidGrant()
    }
}
