import Foundation
import SluiceAuthority
import SluiceOAuth
import Testing

@testable import SluiceServer

@Suite("Connected apps and their revocation")
struct ConnectedAppTests {
    @Test func `S99 Settings shows each connected app with name, scopes, first approval and last use`() async throws {
        let installation = try await Installation()
        let connection = try await installation.connect(
            client: installation.client(of: installation.developer(), name: "Planner & <Co>"),
            scope: "posts:read account:read offline_access")
        installation.clock.advance(by: 3 * 86_400)
        _ = try await connection.refreshed()
        let browser = connection.browser
        try await browser.open("/settings/api")
        let list = browser.page
        #expect(list.contains("Planner &amp; &lt;Co&gt;"))
        #expect(list.contains("posts:read") && list.contains("account:read"))
        #expect(list.contains("2027-01-15T08:00") && list.contains("2027-01-18T08:00"), "first approved, last used")
        try await browser.open("/settings/api/apps/\(connection.clientID)")
        let page = browser.page
        #expect(page.contains("Planner &amp; &lt;Co&gt;"))
        for scope in ["posts:read", "account:read", "offline_access"] { #expect(page.contains(scope)) }
        #expect(page.contains("2027-01-15T08:00") && page.contains("2027-01-18T08:00"))
        #expect(page.contains("<details class=\"confirm\""), "revoking takes a second, confirming step")
        let actions = Form.all(in: page).map(\.action)
        #expect(actions.contains("/settings/api/apps/\(connection.clientID)/revoke"))
        #expect(actions.contains("/settings/api/grants/\(connection.grantID)/revoke"))
        for secret in [connection.refreshToken, connection.access] { #expect(!page.contains(secret)) }
    }

    @Test func `S99 S100 revoking an app cuts off all its devices and pending codes, at once`() async throws {
        let installation = try await Installation()
        let phone = try await installation.connect()
        let laptop = try await phone.again()
        let pending = try await phone.flow.code(in: phone.browser)
        for device in [phone, laptop] { #expect(try await installation.status(device.access) == 200) }
        try await phone.browser.open("/settings/api/apps/\(phone.clientID)")
        let answer = try await phone.browser.submit("/settings/api/apps/\(phone.clientID)/revoke")
        #expect(answer.status == 200)
        #expect(!phone.browser.page.contains("/settings/api/apps/\(phone.clientID)"), "it is no longer listed")
        for device in [phone, laptop] {
            (try await installation.query(bearer: device.access)).expectInvalidToken()
            (try await device.flow.refresh(device.refreshToken)).expectInvalidGrant()
            #expect(try await device.grant().revocation == .byUser)
        }
        (try await phone.flow.exchange(pending)).expectInvalidGrant("the pending code")
        #expect(try await installation.grants().allSatisfy { $0.state == .revoked })
        #expect(try await phone.browser.open("/settings/api/apps/\(phone.clientID)").status == 404)
        let listed = try await installation.query(
            "{ account { connectedApps { name } } }",
            bearer: installation.key(for: phone.account).key.text)
        #expect(listed.body == #"{"data":{"account":{"connectedApps":[]}}}"#)
    }

    @Test func `S100 other people, other apps and API keys are untouched`() async throws {
        let installation = try await Installation()
        let ada = try await installation.connect("ada@example.com")
        let bob = try await installation.connect("bob@example.com", client: ada.flow.client)
        let other = try await installation.connect(browser: ada.browser)
        let key = try await installation.key(for: ada.account).key.text
        let bobsCode = try await bob.flow.code(in: bob.browser)
        let othersCode = try await other.flow.code(in: ada.browser)
        try await ada.browser.open("/settings/api/apps/\(ada.clientID)")
        try await ada.browser.submit("/settings/api/apps/\(ada.clientID)/revoke")
        #expect(try await installation.status(ada.access) == 401)
        for untouched in [bob, other] {
            #expect(try await installation.status(untouched.access) == 200)
            _ = try await untouched.refreshed()
        }
        #expect(try await installation.status(key) == 200)
        #expect(try await bob.flow.exchange(bobsCode).status == 200)
        #expect(try await other.flow.exchange(othersCode).status == 200)
    }

    @Test func `S99 S100 each approval can be cut off alone`() async throws {
        let installation = try await Installation()
        let phone = try await installation.connect()
        let laptop = try await phone.again()
        #expect(phone.grantID != laptop.grantID)
        try await phone.browser.open("/settings/api/apps/\(phone.clientID)")
        try await phone.browser.submit("/settings/api/grants/\(phone.grantID)/revoke")
        (try await installation.query(bearer: phone.access)).expectInvalidToken()
        (try await phone.flow.refresh(phone.refreshToken)).expectInvalidGrant()
        #expect(try await installation.status(laptop.access) == 200)
        let next = try await laptop.refreshed()
        try await phone.browser.open("/settings/api/apps/\(phone.clientID)")
        #expect(!phone.browser.page.contains(phone.grantID.text))
        #expect(phone.browser.page.contains(laptop.grantID.text))
        // The last approval takes the app with it.
        try await phone.browser.submit("/settings/api/grants/\(laptop.grantID)/revoke")
        #expect(try await installation.status(next.access) == 401)
        #expect(try await phone.browser.open("/settings/api/apps/\(phone.clientID)").status == 404)
    }

    @Test func `S99 a revocation without, or with somebody else's, form token is refused and revokes nothing`()
        async throws
    {
        let installation = try await Installation()
        let ada = try await installation.connect("ada@example.com")
        let bob = try await installation.connect("bob@example.com", client: ada.flow.client)
        try await bob.browser.open("/settings/api/apps/\(bob.clientID)")
        let foreign = try #require(bob.browser.csrf)
        let paths = ["/settings/api/apps/\(ada.clientID)/revoke", "/settings/api/grants/\(ada.grantID)/revoke"]
        for path in paths {
            for fields in [[], [("csrf", "")], [("csrf", foreign)], [("csrf", "x")]] {
                #expect(try await ada.browser.postOnly(path, fields).status == 403, "\(path) \(fields)")
            }
            try await ada.browser.open("/settings/api")
            let own = try #require(ada.browser.csrf)
            let crossSite = try await ada.browser.postOnly(
                path, [("csrf", own)], headers: [("Sec-Fetch-Site", "cross-site")])
            #expect(crossSite.status == 403)
            #expect(try await ada.browser.postOnly("\(path)?csrf=\(own)", []).status == 403, "not from the address")
            #expect([404, 405].contains(try await ada.browser.open(path).status), "a link revokes nothing")
        }
        #expect(try await ada.grant().state == .active)
        #expect(try await installation.status(ada.access) == 200)
    }

    @Test func `S99 somebody else's app or approval in the form is a 404 and stays as it is`() async throws {
        let installation = try await Installation()
        let ada = try await installation.connect("ada@example.com")
        let bob = try await installation.connect("bob@example.com")
        try await bob.browser.open("/settings/api")
        let csrf = ("csrf", try #require(bob.browser.csrf))
        for path in [
            "/settings/api/grants/\(ada.grantID)/revoke", "/settings/api/apps/\(ada.clientID)/revoke",
            "/settings/api/grants/\(String(repeating: "0", count: 24))/revoke",
            "/settings/api/apps/\(String(repeating: "0", count: 24))/revoke", "/settings/api/grants/x/revoke",
            "/settings/api/grants/\(bob.grantID.text.uppercased())0/revoke",
        ] {
            #expect(try await bob.browser.postOnly(path, [csrf]).status == 404, "\(path)")
        }
        #expect(try await bob.browser.open("/settings/api/apps/\(ada.clientID)").status == 404)
        #expect(try await ada.grant().state == .active)
        #expect(try await installation.status(ada.access) == 200)
        #expect(try await installation.status(bob.access) == 200)
    }

    @Test func `S99 signed out nobody revokes anything`() async throws {
        let installation = try await Installation()
        let ada = try await installation.connect()
        let stranger = Browser(installation)
        try await stranger.open("/sign-in")
        let csrf = try #require(stranger.csrf)
        let answer = try await stranger.postOnly("/settings/api/grants/\(ada.grantID)/revoke", [("csrf", csrf)])
        #expect(answer.status != 200)
        #expect(answer.location?.contains("/sign-in") != false)
        #expect(try await ada.grant().state == .active)
        // Nor does a bearer: managing needs a session (D3).
        let key = try await installation.key(for: ada.account).key.text
        for bearer in [key, ada.access] {
            let response = try await installation.post(
                "/settings/api/grants/\(ada.grantID)/revoke", [("csrf", "x")],
                headers: [("Authorization", "Bearer \(bearer)")])
            #expect(response.status == 403)
        }
        #expect(try await ada.grant().state == .active)
    }

    @Test(arguments: Client.Kind.allCases)
    func `S101 after a revocation the app is told to ask again, the person is asked again, and it works`(
        kind: Client.Kind
    ) async throws {
        let installation = try await Installation()
        let connection = try await installation.connect(kind: kind)
        try await connection.browser.open("/settings/api/apps/\(connection.clientID)")
        try await connection.browser.submit("/settings/api/apps/\(connection.clientID)/revoke")
        let refused = try await installation.query(bearer: connection.access)
        refused.expectInvalidToken()
        #expect(refused["WWW-Authenticate"]?.contains("resource_metadata=") == true)
        // Without `prompt`: a confidential app would be sent on if anything of the old approval were left (D8).
        var flow = connection.flow
        flow.prompt = nil
        let page = try await connection.browser.open(flow.address())
        #expect(page.status == 200)
        #expect(Form.all(in: connection.browser.page).contains { $0.action == "/auth/decision" })
        let tokens = try await flow.tokens(in: connection.browser)
        #expect(try await installation.status(tokens.access) == 200)
        #expect(try await flow.refresh(tokens.refresh ?? "").status == 200)
        #expect(try await installation.status(connection.access) == 401, "the old ones stay dead")
        (try await flow.refresh(connection.refreshToken)).expectInvalidGrant()
    }

    @Test func `S100 a consent page that was open meanwhile is a new approval and revives nothing`() async throws {
        let installation = try await Installation()
        let connection = try await installation.connect()
        try await connection.browser.open(connection.flow.address())
        let form = connection.browser.hidden("ticket")
        let csrf = connection.browser.csrf
        #expect(
            try await installation.authority.apps.revoke(
                connection.clientID, of: connection.account.id, trace: .commandLine) == 1)
        let answer = try await connection.browser.postOnly(
            "/auth/decision",
            [("csrf", csrf ?? ""), ("ticket", form ?? ""), ("decision", "allow")])
        let code = try #require(answer.locationParameters["code"])
        #expect(try await connection.flow.exchange(code).status == 200)
        #expect(try await installation.status(connection.access) == 401)
        (try await connection.flow.refresh(connection.refreshToken)).expectInvalidGrant()
    }
}
