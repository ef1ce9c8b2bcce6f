import Foundation
import SluiceAuthority
import SluiceOAuth
import Testing

@testable import SluiceServer

/// D13: a client that lost the answer may ask again, where the operator allows it.
@Suite("Reuse within the leeway")
struct ReuseLeewayTests {
    private func connect() async throws -> Connection {
        try await Installation { $0.reuseLeeway = .seconds(30) }.connect()
    }

    @Test func `S75 within the leeway the same successor is answered again, with its own access token`() async throws {
        let connection = try await connect()
        let installation = connection.installation
        let first = try await connection.refreshed()
        let after = try await connection.grant()
        var accesses = [first.access]
        for _ in 1...3 {
            try await installation.advance(by: 9)
            let again = try await connection.refreshed(connection.refreshToken)
            #expect(again.refresh == first.refresh)
            accesses.append(again.access)
        }
        #expect(Set(accesses).count == 4)
        for access in accesses { #expect(try await installation.status(access) == 200) }
        // Repeating is no use: neither generation nor expiry moved, and the leeway does not begin anew.
        #expect(try await connection.grant() == after)
        try await installation.advance(by: 3)
        (try await connection.flow.refresh(connection.refreshToken)).expectInvalidGrant("30 seconds after the rotation")
        #expect(try await connection.grant().revocation == .refreshReused)
        for access in accesses { #expect(try await installation.status(access) == 401) }
    }

    @Test(arguments: [(29.999, true), (30.0, false), (30.001, false)])
    func `S75 the leeway ends exactly where it ends`(seconds: Double, isAllowed: Bool) async throws {
        let connection = try await connect()
        let first = try await connection.refreshed()
        try await connection.installation.advance(by: seconds)
        let again = try await connection.flow.refresh(connection.refreshToken)
        #expect((again.status == 200) == isAllowed)
        #expect((try await connection.grant().state == .active) == isAllowed)
        #expect((try await connection.flow.refresh(first.refresh ?? "").status == 200) == isAllowed)
    }

    @Test func `S75 S76 once the successor was used, its predecessor is reuse`() async throws {
        let connection = try await connect()
        let second = try await connection.refreshed()
        let third = try await connection.refreshed(second.refresh)
        (try await connection.flow.refresh(connection.refreshToken)).expectInvalidGrant("two generations back")
        #expect(try await connection.grant().revocation == .refreshReused)
        (try await connection.flow.refresh(third.refresh ?? "")).expectInvalidGrant("the newest")
        #expect(try await connection.installation.status(third.access) == 401)
    }

    @Test func `S77 another app gets no successor, and harms nothing by asking`() async throws {
        let connection = try await connect()
        let installation = connection.installation
        let successor = try await connection.refreshed()
        let before = try await connection.grant()
        let other = CodeFlow(installation, try await installation.client(of: installation.developer()))
        (try await other.refresh(connection.refreshToken)).expectInvalidGrant()
        let unauthenticated = try await installation.post(
            "/token",
            [
                ("client_id", connection.clientID.text), ("grant_type", "refresh_token"),
                ("refresh_token", connection.refreshToken),
            ])
        #expect(unauthenticated.status == 401)
        #expect(try await connection.grant() == before)
        _ = try await connection.refreshed(successor.refresh)
    }

    @Test func `S79 a repeat may not ask for more, and may ask for less`() async throws {
        let connection = try await connect()
        let successor = try await connection.refreshed()
        let before = try await connection.grant()
        let more = try await connection.flow.refresh(connection.refreshToken, [("scope", "posts:write")])
        #expect(more.error == "invalid_scope")
        #expect(try await connection.grant() == before)
        let less = try await connection.flow.refresh(connection.refreshToken, [("scope", "posts:read")])
        #expect(less.status == 200)
        #expect(Tokens(less).refresh == successor.refresh)
        #expect(Tokens(less).scope == "posts:read")
    }

    @Test func `S75 S100 a revoked or ended grant repeats nothing`() async throws {
        let connection = try await connect()
        _ = try await connection.refreshed()
        #expect(try await connection.installation.authority.grants.revoke(connection.grantID, trace: .commandLine))
        (try await connection.flow.refresh(connection.refreshToken)).expectInvalidGrant("revoked")
        #expect(try await connection.grant().revocation == .byOperator, "the first reason stays")

        let short = try await Installation {
            $0.reuseLeeway = .seconds(30)
            $0.refreshIdleLifetime = .seconds(10)
        }.connect()
        let last = try await short.refreshed()
        try await short.installation.advance(by: 10)
        (try await short.flow.refresh(last.refresh ?? "")).expectInvalidGrant("idled out")
        (try await short.flow.refresh(short.refreshToken)).expectInvalidGrant("predecessor of one that idled out")
    }
}
