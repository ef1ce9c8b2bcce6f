import Foundation
import HTTPTypes
import SluiceAuthority
import SluiceOAuth
import Testing

@testable import SluiceServer

@Suite("Requirements S99 to S102: connected apps")
struct ConnectedAppSettingsTests {
    private let installation: Installation
    private let developer: Account
    private let ada: Member
    private let flow: CodeFlow

    init() async throws {
        installation = try await Installation()
        developer = try await installation.account("dev@example.com", name: "Dev")
        ada = try await Member(installation)
        flow = CodeFlow(installation, try await installation.client(of: developer, name: "Queue Companion"))
    }

    private var clientID: String { flow.client.client.id.text }

    private func revokeApp() async throws -> TestResponse {
        try await ada.browser.open("/settings/api/apps/\(clientID)")
        return try await ada.browser.submit("/settings/api/apps/\(clientID)/revoke")
    }

    @Test func `S99 the list shows name, scopes, first approval and last use, and each approval on its own page`()
        async throws
    {
        #expect(try await ada.browser.open("/settings/api").body.contains("No app is connected"))
        let first = try await flow.tokens(in: ada.browser)
        try await installation.pass(3_600)
        _ = try await flow.tokens(in: ada.browser)
        try await installation.pass(3_600)
        _ = try await flow.refresh(try #require(first.refresh))
        let list = try await ada.browser.open("/settings/api")
        for text in [
            "Queue Companion", "2 approvals", "posts:read", "account:read", "offline_access",
            #"<dt>First approved</dt><dd><time datetime="2027-01-15T08:00:00Z">"#,
            #"<dt>Last used</dt><dd><time datetime="2027-01-15T10:00:00Z">"#,
        ] { #expect(list.body.contains(text), "\(text)") }
        let page = try await ada.browser.open("/settings/api/apps/\(clientID)")
        let actions = Form.all(in: page.body).map(\.action)
        #expect(actions.count { $0.hasPrefix("/settings/api/grants/") } == 2)
        #expect(actions.contains("/settings/api/apps/\(clientID)/revoke"))
        // Confirmation without JavaScript: the button is behind a summary that says what will happen.
        #expect(page.tags("details").count == 3)
        #expect(page.body.contains("is signed out on every device at once"))
    }

    @Test func `S99 what was only asked for, denied or never exchanged is not listed`() async throws {
        _ = try await flow.decide("deny", in: ada.browser)
        try await ada.browser.open(flow.address())
        #expect(try await ada.browser.open("/settings/api").body.contains("No app is connected"))
    }

    @Test func `S100 revoking ends every approval, pending codes included, and nothing else`() async throws {
        let bob = try await Member(installation, "bob@example.com", name: "Bob", peer: "192.0.2.8")
        let other = CodeFlow(installation, try await installation.client(of: developer, name: "Other App"))
        let phone = try await flow.tokens(in: ada.browser)
        let laptop = try await flow.tokens(in: ada.browser)
        let pending = try await flow.code(in: ada.browser)
        let elsewhere = try await other.tokens(in: ada.browser)
        let bobs = try await flow.tokens(in: bob.browser)
        let key = try await ada.makeKey()
        for token in [phone.access, laptop.access, elsewhere.access, bobs.access, key] {
            #expect(try await installation.status(token) == 200)
        }
        let answer = try await revokeApp()
        #expect(answer.status == 200 && answer.body.contains("The app was cut off"))
        // At once: the clock did not move.
        for tokens in [phone, laptop] {
            let response = try await installation.query(bearer: tokens.access)
            #expect(response.status == 401)
            let refreshed = try await flow.refresh(try #require(tokens.refresh))
            #expect(refreshed.status == 400 && refreshed.error == "invalid_grant")
        }
        let late = try await flow.exchange(pending)
        #expect(late.status == 400 && late.error == "invalid_grant")
        #expect(try await installation.status(elsewhere.access) == 200)
        #expect(try await other.refresh(try #require(elsewhere.refresh)).status == 200)
        #expect(try await installation.status(bobs.access) == 200)
        #expect(try await flow.refresh(try #require(bobs.refresh)).status == 200)
        #expect(try await installation.status(key) == 200)
        let grants = try await installation.store.grants(
            account: ada.account.id, client: flow.client.client.id, SliceRequest(limit: 10)
        ).elements
        #expect(grants.count == 3)
        #expect(grants.allSatisfy { $0.state == .revoked && $0.revocation == .byUser })
        #expect(try await ada.events.count { $0.kind == .grantRevoked } == 3)
        #expect(try await ada.browser.open("/settings/api/apps/\(clientID)").status == 404)
        // A second press of the button finds nothing.
        let again = try await ada.browser.postOnly(
            "/settings/api/apps/\(clientID)/revoke", [("csrf", try #require(ada.browser.csrf))])
        #expect(again.status == 404)
    }

    @Test func `S100 another node refuses the tokens once it looked for changes`() async throws {
        let tokens = try await flow.tokens(in: ada.browser)
        let there = try await Installation(store: installation.store, clock: installation.clock)
        #expect(try await there.status(tokens.access) == 200)
        _ = try await revokeApp()
        try await there.authority.catchUp()
        #expect(try await there.status(tokens.access) == 401)
        #expect(there.authority.configuration.changePollInterval <= .seconds(1))
    }

    @Test func `S99 one approval of several is cut alone`() async throws {
        let phone = try await flow.tokens(in: ada.browser)
        let laptop = try await flow.tokens(in: ada.browser)
        let grants = try await installation.store.grants(account: ada.account.id, client: nil, SliceRequest(limit: 10))
            .elements
        try await ada.browser.open("/settings/api/apps/\(clientID)")
        // The newest first, so the older one is the phone's.
        let answer = try await ada.browser.submit("/settings/api/grants/\(grants[1].id)/revoke")
        #expect(answer.body.contains("That approval was cut off"))
        let answers = (try await installation.status(phone.access), try await installation.status(laptop.access))
        #expect(answers == (401, 200) || answers == (200, 401))
        let revoked = try #require(try await installation.store.grant(grants[1].id))
        let kept = try #require(try await installation.store.grant(grants[0].id))
        #expect(revoked.state == .revoked && kept.state == .active)
    }

    @Test func `S99 another user's ids in the forms lead to 404, the same as ids that never were`() async throws {
        let bob = try await Member(installation, "bob@example.com", name: "Bob", peer: "192.0.2.8")
        let tokens = try await flow.tokens(in: ada.browser)
        let grant = try #require(
            try await installation.store.grants(account: ada.account.id, client: nil, SliceRequest(limit: 1)).elements
                .first)
        try await bob.browser.open("/settings")
        let token = try #require(bob.browser.csrf)
        let before = try await installation.everything()
        for path in [
            "/settings/api/grants/\(grant.id)/revoke", "/settings/api/grants/ffffffffffffffffffffffff/revoke",
            "/settings/api/grants/nonsense/revoke", "/settings/api/apps/\(clientID)/revoke",
            "/settings/api/apps/ffffffffffffffffffffffff/revoke", "/settings/api/apps/nonsense/revoke",
        ] {
            let response = try await bob.browser.postOnly(path, [("csrf", token)])
            #expect(response.status == 404, "\(path)")
            #expect(!response.body.contains("Queue Companion"))
        }
        #expect(try await bob.browser.open("/settings/api/apps/\(clientID)").status == 404)
        #expect(try await installation.everything() == before)
        #expect(try await installation.status(tokens.access) == 200)
    }

    @Test func `S99 revoking needs the form's token`() async throws {
        let tokens = try await flow.tokens(in: ada.browser)
        let before = try await installation.everything()
        #expect(try await ada.browser.postOnly("/settings/api/apps/\(clientID)/revoke", []).status == 403)
        #expect(try await installation.everything() == before)
        #expect(try await installation.status(tokens.access) == 200)
    }

    @Test func `S101 the 401 says invalid_token, and asking again shows consent and works`() async throws {
        let tokens = try await flow.tokens(in: ada.browser)
        _ = try await revokeApp()
        let refused = try await installation.query(bearer: tokens.access)
        #expect(refused.status == 401)
        #expect(refused["WWW-Authenticate"]?.contains(#"error="invalid_token""#) == true)
        #expect(refused.graphQLCode == "UNAUTHENTICATED")
        // Even without prompt=consent, which a live grant would have answered: there is none any more.
        let page = try await ada.browser.open(flow.address(["prompt": nil]))
        #expect(page.status == 200 && page.body.contains("asks to act for you"))
        let answer = try await ada.browser.submit("/auth/decision", [("decision", "allow")])
        let fresh = try await flow.exchange(try #require(answer.locationParameters["code"]))
        #expect(fresh.status == 200)
        #expect(try await installation.status(Tokens(fresh).access) == 200)
        #expect(try await installation.status(tokens.access) == 401, "the old one stays dead")
    }

    @Test func `S102 GraphQL lists a connected app and unlists it`() async throws {
        let document =
            "{ account { connectedApps { clientId userId name description website createdAt scopes category } } }"
        let key = try await ada.makeKey()
        let none = #"{"data":{"account":{"connectedApps":[]}}}"#
        #expect(try await installation.query(document, bearer: key).body == none)
        try await installation.pass(5)
        _ = try await flow.tokens(in: ada.browser)
        let listed = try await installation.query(document, bearer: key)
        #expect(
            listed.body == """
                {"data":{"account":{"connectedApps":[{"clientId":"\(clientID)","userId":"\(ada.account.id)",\
                "name":"Queue Companion","description":"","website":"","createdAt":"2027-01-15T08:00:05.000Z",\
                "scopes":["posts:read","account:read","offline_access"],"category":null}]}}}
                """)
        _ = try await revokeApp()
        #expect(try await installation.query(document, bearer: key).body == none)
    }
}
