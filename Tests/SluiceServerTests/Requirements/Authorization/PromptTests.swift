import Foundation
import HTTPTypes
import SluiceAuthority
import SluiceOAuth
import Testing

@testable import SluiceServer

/// S33 and D8: which pages are shown, and when none may be.
@Suite("S33: prompt and max_age")
struct PromptTests {
    private static let password = "correct horse battery"

    private func approve(_ scene: OAuthScene, _ changes: [String: String?] = [:]) async throws {
        let code = try await scene.flow.code(in: scene.browser, changes)
        try #require(try await scene.flow.exchange(code).status == 200)
    }

    // MARK: consent

    @Test(arguments: Client.Kind.allCases)
    func `S33 prompt=consent asks again although an identical live grant exists`(kind: Client.Kind) async throws {
        let scene = try await OAuthScene(kind)
        try await approve(scene)
        #expect(try await scene.open().isConsentPage)
        #expect(try await scene.grants.count == 1)
    }

    @Test func `D8 without prompt a public client is always asked`() async throws {
        let scene = try await OAuthScene(.public)
        try await approve(scene)
        #expect(try await scene.open(["prompt": nil]).isConsentPage)
    }

    @Test func `D8 without prompt a confidential client with a live grant that covers the scopes is sent on`()
        async throws
    {
        let scene = try await OAuthScene(.confidential)
        #expect(try await scene.open(["prompt": nil]).isConsentPage, "nothing was approved yet")
        try await approve(scene)
        let response = try await scene.open(["prompt": nil, "scope": "posts:read"])
        #expect(response.status == 303)
        #expect(response.locationParameters["state"] == "xyz-state")
        let code = try #require(response.locationParameters["code"])
        #expect(Tokens(try await scene.flow.exchange(code)).scope == "posts:read")
        #expect(try await scene.grants.count == 2)
    }

    @Test func `D8 a wider request, another account, a pending or a revoked grant is asked`() async throws {
        let scene = try await OAuthScene(.confidential)
        _ = try await scene.flow.code(in: scene.browser)
        #expect(try await scene.open(["prompt": nil]).isConsentPage, "only pending")
        try await approve(scene)
        #expect(try await scene.open(["prompt": nil, "scope": "posts:read posts:write"]).isConsentPage, "wider")
        let other = Browser(scene.installation)
        try await other.signUp("eve@example.com", name: "Eve")
        #expect(try await other.open(scene.flow.address(["prompt": nil])).isConsentPage, "another account")
        _ = try await scene.installation.authority.apps.revoke(
            scene.client.id, of: scene.account.id, trace: .commandLine)
        #expect(try await scene.open(["prompt": nil]).isConsentPage, "revoked")
    }

    @Test func `D8 two grants that cover the request only together do not count`() async throws {
        let scene = try await OAuthScene(.confidential)
        try await approve(scene, ["scope": "posts:read offline_access"])
        try await approve(scene, ["scope": "account:read offline_access"])
        #expect(try await scene.open(["prompt": nil, "scope": "posts:read account:read"]).isConsentPage)
    }

    @Test func `D8 the shortcut can be switched off`() async throws {
        let scene = try await OAuthScene(.confidential, adjust: { $0.skipsConsentForConfidentialClients = false })
        try await approve(scene)
        #expect(try await scene.open(["prompt": nil]).isConsentPage)
        expectRedirect(try await scene.open(["prompt": "none"]), error: "consent_required")
    }

    // MARK: none

    @Test func `S33 S98 prompt=none without a session is login_required`() async throws {
        let scene = try await OAuthScene(isSignedIn: false)
        expectRedirect(try await scene.open(["prompt": "none"]), error: "login_required")
    }

    @Test(arguments: Client.Kind.allCases)
    func `S33 S98 prompt=none without an approval is consent_required`(kind: Client.Kind) async throws {
        let scene = try await OAuthScene(kind)
        expectRedirect(try await scene.open(["prompt": "none"]), error: "consent_required")
        #expect(try await scene.grants.isEmpty)
    }

    @Test
    func `S33 prompt=none with a covering grant gives a confidential client a code, a public one consent_required`()
        async throws
    {
        let confidential = try await OAuthScene(.confidential)
        try await approve(confidential)
        let code = try #require(try await confidential.open(["prompt": "none"]).locationParameters["code"])
        #expect(try await confidential.flow.exchange(code).status == 200)
        let open = try await OAuthScene(.public)
        try await approve(open)
        expectRedirect(try await open.open(["prompt": "none"]), error: "consent_required")
    }

    @Test(arguments: [
        "none login", "none consent", "login none", "none select_account", "none none login", "None", "LOGIN", "create",
        "none,login",
        "consent\tlogin", "consent\n", "login\0",
    ])
    func `S33 S94 none with another value, and unknown values, are invalid_request`(prompt: String) async throws {
        let scene = try await OAuthScene()
        expectRedirect(try await scene.open(["prompt": prompt]), error: "invalid_request", "\(prompt)")
    }

    @Test func `S33 a value that is repeated within prompt counts once`() async throws {
        let scene = try await OAuthScene(isSignedIn: false)
        expectRedirect(try await scene.open(["prompt": "none none"]), error: "login_required")
    }

    // MARK: login

    @Test(arguments: ["login", "login consent", "consent login", "login select_account"])
    func `S33 prompt=login asks somebody who is signed in for the password, once`(prompt: String) async throws {
        let scene = try await OAuthScene()
        let before = try #require(scene.browser.cookies["sluice_session"])
        let page = try await scene.open(["prompt": prompt])
        #expect(page.isSignInPage)
        #expect(page.body.contains("Please give your password again"))
        let after = try await scene.browser.submit(
            "/sign-in", [("email", "ada@example.com"), ("password", Self.password)])
        #expect(after.isConsentPage)
        #expect(scene.browser.cookies["sluice_session"] != before)
        let answer = try await scene.browser.submit("/auth/decision", [("decision", "allow")])
        #expect(answer.locationParameters["code"] != nil)
        #expect(answer.locationParameters["state"] == "xyz-state")
    }

    @Test func `S33 prompt=login asks somebody who is signed out for the password once, not twice`() async throws {
        let scene = try await OAuthScene(isSignedIn: false)
        let page = try await scene.open(["prompt": "login"])
        #expect(page.isSignInPage)
        #expect(!page.body.contains("password again"), "nobody gave one before")
        let after = try await scene.browser.submit(
            "/sign-in", [("email", "ada@example.com"), ("password", Self.password)])
        #expect(after.isConsentPage)
    }

    @Test func `S33 prompt=login cannot be passed by going on without a password`() async throws {
        let scene = try await OAuthScene()
        try await scene.open(["prompt": "login"])
        let address = try #require(scene.browser.hidden("continue"))
        #expect(address.contains("reauthentication="))
        // The clock has not moved since the sign-in: only a new one may count.
        #expect(try await scene.browser.open(address).isSignInPage)
        scene.installation.clock.advance(by: 60)
        #expect(try await scene.browser.open(address).isSignInPage)
        // A mark that was made for another request.
        let foreign = address.replacing("posts%3Aread", with: "posts%3Awrite")
        try #require(foreign != address)
        try await scene.browser.submit("/sign-in", [("email", "ada@example.com"), ("password", Self.password)])
        #expect(try await scene.browser.open(foreign).isSignInPage)
        #expect(try await scene.browser.open(address).isConsentPage)
        // A mark that is long ago.
        scene.installation.clock.advance(by: 1_800)
        #expect(try await scene.browser.open(address).isSignInPage)
        for mark in ["1.2.3", "x", "", "9999999999.-.AAAA"] {
            let parameters = scene.flow.parameters(["prompt": "login", "reauthentication": mark])
            #expect(try await scene.open(pairs: parameters).isSignInPage, "\(mark)")
        }
        #expect(try await scene.grants.isEmpty)
    }

    @Test func `S33 prompt=login with a wrong password does not go on`() async throws {
        let scene = try await OAuthScene()
        try await scene.open(["prompt": "login"])
        let wrong = try await scene.browser.submit(
            "/sign-in", [("email", "ada@example.com"), ("password", "wrong horse battery")])
        #expect(wrong.status == 400)
        let address = try #require(scene.browser.hidden("continue"))
        #expect(try await scene.browser.open(address).isSignInPage)
        #expect(
            try await scene.browser.submit("/sign-in", [("email", "ada@example.com"), ("password", Self.password)])
                .isConsentPage)
    }

    @Test func `S33 prompt=login comes before the shortcut of a confidential client`() async throws {
        let scene = try await OAuthScene(.confidential)
        try await approve(scene)
        #expect(try await scene.open(["prompt": "login"]).isSignInPage)
        let answer = try await scene.browser.submit(
            "/sign-in", [("email", "ada@example.com"), ("password", Self.password)])
        #expect(answer.locationParameters["code"] != nil, "approved before, and signed in again")
    }

    // MARK: select_account

    @Test func `S33 prompt=select_account shows who is signed in and a way to another account`() async throws {
        let scene = try await OAuthScene(.confidential)
        try await approve(scene)
        let page = try await scene.open(["prompt": "select_account"])
        #expect(page.isConsentPage)
        #expect(page.body.contains("ada@example.com"))
        _ = try await scene.installation.account("eve@example.com", name: "Eve")
        #expect(try await scene.browser.submit("/sign-out").isSignInPage)
        let after = try await scene.browser.submit(
            "/sign-in", [("email", "eve@example.com"), ("password", Self.password)])
        #expect(after.isConsentPage)
        #expect(after.body.contains("eve@example.com"))
        #expect(!after.body.contains("ada@example.com"))
    }

    // MARK: max_age

    @Test func `S33 max_age asks again only once the sign-in is older`() async throws {
        let scene = try await OAuthScene()
        scene.installation.clock.advance(by: 100)
        #expect(try await scene.open(["max_age": "100"]).isConsentPage, "exactly as old is young enough")
        #expect(try await scene.open(["max_age": "99"]).isSignInPage)
        let after = try await scene.browser.submit(
            "/sign-in", [("email", "ada@example.com"), ("password", Self.password)])
        #expect(after.isConsentPage)
        #expect(try await scene.open(["max_age": "99"]).isConsentPage)
    }

    @Test func `S33 max_age=0 asks again, once, signed in and signed out`() async throws {
        let scene = try await OAuthScene()
        scene.installation.clock.advance(by: 1)
        #expect(try await scene.open(["max_age": "0"]).isSignInPage)
        try await scene.browser.submit(
            "/sign-in", [("email", "ada@example.com"), ("password", Self.password)], follows: false)
        scene.installation.clock.advance(by: 3)
        let address = try #require(scene.browser.hidden("continue"))
        #expect(try await scene.browser.open(address).isConsentPage, "a moment passes between sign-in and request")

        let stranger = Browser(scene.installation)
        #expect(try await stranger.open(scene.flow.address(["max_age": "0"])).isSignInPage)
        let way = try #require(stranger.hidden("continue"))
        try await stranger.submit(
            "/sign-in", [("email", "ada@example.com"), ("password", Self.password)], follows: false)
        scene.installation.clock.advance(by: 3)
        #expect(try await stranger.open(way).isConsentPage)
    }

    @Test func `S33 S98 prompt=none with a sign-in that is too old is login_required`() async throws {
        let scene = try await OAuthScene(.confidential)
        try await approve(scene)
        scene.installation.clock.advance(by: 11)
        expectRedirect(try await scene.open(["prompt": "none", "max_age": "10"]), error: "login_required")
        #expect(try await scene.open(["prompt": "none", "max_age": "11"]).locationParameters["code"] != nil)
    }

    @Test(arguments: ["-1", "1.5", "x", "1e3", " 5", "+5", "99999999999", "٣", "5\n"])
    func `S33 S94 a max_age that is no whole number is invalid_request`(maxAge: String) async throws {
        let scene = try await OAuthScene()
        expectRedirect(try await scene.open(["max_age": maxAge]), error: "invalid_request", "\(maxAge)")
    }

    @Test func `S33 a form from another site, which brings no cookies, asks no more than the same request by GET`()
        async throws
    {
        let scene = try await OAuthScene()
        scene.installation.clock.advance(by: 0.5)
        let post = try await scene.installation.post("/auth", scene.flow.parameters(["max_age": "3600"]))
        let onward = try #require(post.location)
        #expect(try await scene.browser.open(onward).isConsentPage, "the session is young enough")
        let login = try await scene.installation.post("/auth", scene.flow.parameters(["prompt": "login"]))
        #expect(try await scene.browser.open(try #require(login.location)).isSignInPage)
    }
}
