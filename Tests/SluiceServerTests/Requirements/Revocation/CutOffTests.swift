import Foundation
import SluiceAuthority
import SluiceOAuth
import Testing

@testable import SluiceServer

@Suite("What is cut off with an account, a client or a key")
struct CutOffTests {
    /// A connection, and a code of the same app that was not exchanged yet.
    private func world() async throws -> (Installation, Connection, String) {
        let installation = try await Installation()
        let connection = try await installation.connect()
        return (installation, connection, try await connection.flow.code(in: connection.browser))
    }

    @Test func `S66 S100 a disabled account's tokens, keys, sessions and pending codes stop, and only keys come back`()
        async throws
    {
        let (installation, connection, code) = try await world()
        let key = try await installation.key(for: connection.account).key.text
        for bearer in [key, connection.access] { #expect(try await installation.status(bearer) == 200) }
        #expect(try await installation.authority.accounts.disable(connection.account.id, trace: .commandLine))
        for bearer in [key, connection.access] {
            (try await installation.query(bearer: bearer)).expectInvalidToken()
        }
        (try await connection.flow.refresh(connection.refreshToken)).expectInvalidGrant()
        (try await connection.flow.exchange(code)).expectInvalidGrant("the pending code")
        #expect(try await installation.grants().allSatisfy { $0.revocation == .accountDisabled })
        try await connection.browser.open("/settings/api")
        #expect(connection.browser.path.hasPrefix("/sign-in"))

        installation.clock.advance(by: 2)
        #expect(try await installation.authority.accounts.enable(connection.account.id, trace: .commandLine))
        #expect(try await installation.status(key) == 200)
        (try await installation.query(bearer: connection.access)).expectInvalidToken("stays cut off")
        (try await connection.flow.refresh(connection.refreshToken)).expectInvalidGrant()
        // What is approved from now on works.
        let again = try await installation.connect(client: connection.flow.client)
        #expect(try await installation.status(again.access) == 200)
        _ = try await again.refreshed()
    }

    @Test func `S66 S131 a closed account's tokens, keys, apps and pending codes are gone for good`() async throws {
        let (installation, connection, code) = try await world()
        let key = try await installation.key(for: connection.account).key.text
        #expect(try await installation.status(key) == 200)
        // The account also owns an app that somebody else uses.
        let own = try await installation.client(of: connection.account, name: "Ada's app")
        let bob = try await installation.connect("bob@example.com", client: own)
        let bobsCode = try await bob.flow.code(in: bob.browser)
        #expect(try await installation.authority.accounts.close(connection.account.id, trace: .commandLine))
        for bearer in [key, connection.access, bob.access] {
            (try await installation.query(bearer: bearer)).expectInvalidToken()
        }
        (try await connection.flow.refresh(connection.refreshToken)).expectInvalidGrant()
        (try await connection.flow.exchange(code)).expectInvalidGrant()
        let refreshed = try await bob.flow.refresh(bob.refreshToken)
        let exchanged = try await bob.flow.exchange(bobsCode)
        for response in [refreshed, exchanged] {
            #expect(response.status == 401)
            #expect(response.error == "invalid_client")
        }
        #expect(try await installation.grants().allSatisfy { $0.state == .revoked })
        // Bob himself is fine.
        #expect(try await installation.status(installation.key(for: bob.account).key.text) == 200)
    }

    @Test func `S66 S100 a deleted client's tokens and pending codes stop for everybody`() async throws {
        let (installation, connection, code) = try await world()
        let bob = try await installation.connect("bob@example.com", client: connection.flow.client)
        let other = try await installation.connect(browser: connection.browser)
        let developer = try await installation.developer()
        for bearer in [connection.access, bob.access] { #expect(try await installation.status(bearer) == 200) }
        try await installation.authority.clients.delete(
            connection.clientID, owner: developer.id, trace: .commandLine)
        for bearer in [connection.access, bob.access] {
            (try await installation.query(bearer: bearer)).expectInvalidToken()
        }
        for response in [
            try await connection.flow.refresh(connection.refreshToken), try await bob.flow.refresh(bob.refreshToken),
            try await connection.flow.exchange(code),
        ] {
            #expect(response.status == 401)
            #expect(response.error == "invalid_client")
        }
        let page = try await connection.browser.open(connection.flow.address())
        #expect(page.status == 400)
        #expect(page.location == nil)
        #expect(
            try await installation.grants().filter { $0.facts.clientID == connection.clientID }
                .allSatisfy { $0.revocation == .clientDeleted })
        #expect(try await installation.status(other.access) == 200)
        _ = try await other.refreshed()
    }

    @Test func `S66 S100 while an app's owner is disabled the app gets nothing and its access tokens are refused`()
        async throws
    {
        let (installation, connection, code) = try await world()
        let developer = try await installation.developer()
        #expect(try await installation.status(connection.access) == 200)
        installation.clock.advance(by: 5)
        #expect(try await installation.authority.accounts.disable(developer.id, trace: .commandLine))
        (try await installation.query(bearer: connection.access)).expectInvalidToken()
        let refreshed = try await connection.flow.refresh(connection.refreshToken)
        let exchanged = try await connection.flow.exchange(code)
        for response in [refreshed, exchanged] { #expect(response.error == "invalid_client") }
        #expect(try await connection.browser.open(connection.flow.address()).status == 400)
        // People's approvals outlast the pause; tokens from before it do not.
        installation.clock.advance(by: 5)
        #expect(try await installation.authority.accounts.enable(developer.id, trace: .commandLine))
        (try await installation.query(bearer: connection.access)).expectInvalidToken("from before")
        let next = try await connection.refreshed()
        #expect(try await installation.status(next.access) == 200)
    }

    @Test func `S14 S100 a revoked key is refused on the very next request, a rotated one when its overlap ends`()
        async throws
    {
        let installation = try await Installation()
        let account = try await installation.account()
        let revoked = try await installation.key(for: account)
        let rotated = try await installation.key(for: account, expiresIn: 100_000)
        let other = try await installation.key(for: account)
        for key in [revoked, rotated, other] { #expect(try await installation.status(key.key.text) == 200) }
        try await installation.authority.keys.revoke(revoked.record.id, of: account.id, trace: .commandLine)
        (try await installation.query(bearer: revoked.key.text)).expectInvalidToken("the next request")
        let successor = try await installation.authority.keys.rotate(
            rotated.record.id, of: account.id, overlap: .seconds(3600), formID: nil, trace: .commandLine)
        #expect(successor.record.expiresAt == rotated.record.expiresAt, "rotation never extends an expiry")
        #expect(successor.record.scopes == rotated.record.scopes)
        try await installation.advance(by: 3599)
        for key in [rotated, successor, other] { #expect(try await installation.status(key.key.text) == 200) }
        try await installation.advance(by: 1)
        (try await installation.query(bearer: rotated.key.text)).expectInvalidToken("exactly when the overlap ends")
        try await installation.advance(by: 100_000 - 3600)
        (try await installation.query(bearer: successor.key.text)).expectInvalidToken("exactly at its own end")
        #expect(try await installation.status(other.key.text) == 200)
    }

    @Test func `S14 rotating a key that ends sooner than the overlap does not lengthen its life`() async throws {
        let installation = try await Installation()
        let account = try await installation.account()
        let key = try await installation.key(for: account, expiresIn: 60)
        _ = try await installation.authority.keys.rotate(
            key.record.id, of: account.id, overlap: .seconds(3600), formID: nil, trace: .commandLine)
        #expect(try await installation.status(key.key.text) == 200)
        try await installation.advance(by: 60)
        #expect(try await installation.status(key.key.text) == 401)
    }
}
