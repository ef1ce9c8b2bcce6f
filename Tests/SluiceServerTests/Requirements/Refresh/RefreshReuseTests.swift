import Foundation
import HTTPTypes
import SluiceAuthority
import SluiceOAuth
import Testing

@testable import SluiceServer

@Suite("Reuse of a refresh token")
struct RefreshReuseTests {
    @Test(arguments: [1, 2, 3])
    func `S76 any older generation revokes all tokens of its grant, at once and for good`(generation: Int) async throws {
        let installation = try await Installation()
        let connection = try await installation.connect()
        var all = [connection.tokens]
        for _ in 1...3 {
            try await installation.advance(by: 60)
            all.append(try await connection.refreshed(all.last?.refresh))
        }
        for tokens in all { #expect(try await installation.status(tokens.access) == 200) }
        let reuse = try await connection.flow.refresh(all[generation - 1].refresh ?? "")
        reuse.expectInvalidGrant("the old one")
        (try await connection.flow.refresh(all[3].refresh ?? "")).expectInvalidGrant("the newest one")
        for tokens in all {
            (try await installation.query(bearer: tokens.access)).expectInvalidToken("every access token of the grant")
        }
        let grant = try await connection.grant()
        #expect(grant.state == .revoked)
        #expect(grant.revocation == .refreshReused)
        #expect(grant.revokedAt == installation.clock.now)
        #expect(try await installation.authority.apps.app(connection.clientID, of: connection.account.id) == nil)
    }

    @Test func `S76 other grants are unharmed: another device, another app, another person, an API key`() async throws {
        let installation = try await Installation()
        let connection = try await installation.connect()
        let device = try await connection.again()
        let app = try await installation.connect(browser: connection.browser)
        let person = try await installation.connect("bob@example.com", client: connection.flow.client)
        let key = try await installation.key(for: connection.account).key.text
        let pending = try await connection.flow.code(in: connection.browser)
        _ = try await connection.refreshed()
        (try await connection.flow.refresh(connection.refreshToken)).expectInvalidGrant()
        #expect(try await installation.status(connection.access) == 401)
        for other in [device, app, person] {
            #expect(try await installation.status(other.access) == 200)
            _ = try await other.refreshed()
        }
        #expect(try await installation.status(key) == 200)
        #expect(try await connection.flow.exchange(pending).status == 200, "a code of the same app and person")
    }

    @Test func `S76 the audit log keeps both uses: time, address, user agent and generation`() async throws {
        let installation = try await Installation()
        let connection = try await installation.connect()
        let fields =
            connection.flow.credentials + [
                ("grant_type", "refresh_token"), ("refresh_token", connection.refreshToken),
            ]
        installation.clock.advance(by: 100)
        let first = try await installation.post(
            "/token", fields, headers: [("User-Agent", "Thief/1.0")], peer: "203.0.113.66")
        #expect(first.status == 200)
        installation.clock.advance(by: 50)
        let second = try await installation.post(
            "/token", fields, headers: [("User-Agent", "Owner/2.0")], peer: "198.51.100.7")
        second.expectInvalidGrant()

        let event = try #require(try await installation.events(.refreshReused).first)
        #expect(try await installation.events(.refreshReused).count == 1)
        #expect(event.accountID == connection.account.id)
        #expect(event.clientID == connection.clientID)
        #expect(event.subject == connection.grantID.text)
        // The second use.
        #expect(event.at == installation.clock.now)
        #expect(event.trace.address == "198.51.100.7")
        #expect(event.trace.userAgent == "Owner/2.0")
        #expect(event.trace.requestID == second["X-Request-ID"])
        #expect(event.detail("reused_generation") == "1")
        // The first.
        #expect(event.detail("current_generation") == "2")
        #expect(event.detail("last_use_at") == "2027-01-15T08:01:40.000Z")
        #expect(event.detail("last_use_address") == "203.0.113.66")
        #expect(event.detail("last_use_user_agent") == "Thief/1.0")
        #expect(event.detail("last_use_request_id") == first["X-Request-ID"])
        // And that it had a consequence.
        let revoked = try #require(try await installation.events(.grantRevoked).first)
        #expect(revoked.subject == connection.grantID.text)
        #expect(revoked.detail("reason") == "refresh_reused")
        // The owner sees it too, and neither log nor audit holds a token.
        try await connection.browser.open("/settings/security-log")
        for text in [
            "Last accepted use, which handed out refresh token 2", "2027-01-15T08:01:40.000Z", "203.0.113.66", "Thief/1.0",
            "This use, of refresh token 1", "2027-01-15T08:02:30.000Z", "198.51.100.7", "Owner/2.0",
        ] {
            #expect(connection.browser.page.contains(text), "\(text)")
        }
        for secret in [connection.refreshToken, Tokens(first).refresh ?? "", connection.access] {
            #expect(!installation.log.text.contains(secret))
            #expect(!connection.browser.page.contains(secret))
            #expect(!"\(event)".contains(secret))
        }
        // A third try finds the grant cut off, and makes no second alarm.
        (try await installation.post("/token", fields)).expectInvalidGrant()
        #expect(try await installation.events(.refreshReused).count == 1)
    }

    @Test func `S76 reuse is counted, and told to the operator`() async throws {
        let installation = try await Installation()
        let connection = try await installation.connect()
        _ = try await connection.refreshed()
        _ = try await connection.flow.refresh(connection.refreshToken)
        let page = try await installation.send(.get, "/metrics").body
        #expect(page.contains(#"sluice_grant_revocations_total{reason="refresh_reused"} 1"#))
        #expect(installation.log.text.contains("refresh token reused, grant revoked"))
    }
}
