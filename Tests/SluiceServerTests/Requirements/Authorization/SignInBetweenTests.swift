import Foundation
import HTTPTypes
import SluiceAuthority
import SluiceOAuth
import Testing

@testable import SluiceServer

/// S34: sign in if needed, then the same request continues unchanged.
@Suite("S34: signing in on the way")
struct SignInBetweenTests {
    private static let password = "correct horse battery"

    /// Allows what the page asks, and gives what the code is good for.
    private func finish(_ scene: OAuthScene, _ browser: Browser) async throws -> (state: String?, tokens: Tokens) {
        let answer = try await browser.submit("/auth/decision", [("decision", "allow")])
        let code = try #require(answer.locationParameters["code"])
        return (answer.locationParameters["state"], Tokens(try await scene.flow.exchange(code)))
    }

    @Test func `S34 sign in, and the same request continues`() async throws {
        let scene = try await OAuthScene(isSignedIn: false)
        let page = try await scene.open(["scope": "ideas:write posts:read", "state": "same"])
        #expect(page.isSignInPage)
        #expect(page.body.contains("Example App"), "the page says which app waits")
        let consent = try await scene.browser.submit(
            "/sign-in", [("email", "ada@example.com"), ("password", Self.password)])
        #expect(consent.isConsentPage)
        let (state, tokens) = try await finish(scene, scene.browser)
        #expect(state == "same")
        #expect(tokens.scope == "ideas:write posts:read")
        #expect(try await scene.onlyGrant.facts.accountID == scene.account.id)
    }

    @Test func `S34 a wrong password in between loses nothing`() async throws {
        let scene = try await OAuthScene(isSignedIn: false)
        try await scene.open(["state": "same"])
        for _ in 0..<3 {
            let wrong = try await scene.browser.submit(
                "/sign-in", [("email", "ada@example.com"), ("password", "not it at all")])
            #expect(wrong.status == 400)
            #expect(wrong.body.contains("action=\"/sign-in\""))
        }
        #expect(try await scene.grants.isEmpty)
        #expect(
            try await scene.browser.submit("/sign-in", [("email", "ada@example.com"), ("password", Self.password)])
                .isConsentPage)
        #expect(try await finish(scene, scene.browser).state == "same")
    }

    @Test func `S34 S16 sign up in between, after a first try that was refused, and the same request continues`()
        async throws
    {
        let scene = try await OAuthScene(isSignedIn: false)
        let page = try await scene.open(["state": "same", "scope": "account:read"])
        let link = try #require(page.body.firstMatch(of: /href="(\/sign-up[^"]*)"/)).1
        #expect(try await scene.browser.open(Form.unescaped(String(link))).body.contains("action=\"/sign-up\""))
        let weak = try await scene.browser.submit(
            "/sign-up", [("email", "new@example.com"), ("name", "New"), ("password", "short")])
        #expect(weak.status == 400)
        let consent = try await scene.browser.submit(
            "/sign-up", [("email", "new@example.com"), ("name", "New"), ("password", "a long enough one")])
        #expect(consent.isConsentPage)
        #expect(consent.body.contains("new@example.com"))
        let (state, tokens) = try await finish(scene, scene.browser)
        #expect(state == "same")
        #expect(tokens.scope == "account:read")
        let account = try #require(try await scene.installation.authority.accounts.account(email: "new@example.com"))
        #expect(try await scene.onlyGrant.facts.accountID == account.id)
    }

    @Test func `S34 from sign-up back to sign-in, and the same request continues`() async throws {
        let scene = try await OAuthScene(isSignedIn: false)
        let page = try await scene.open(["state": "same"])
        let up = try #require(page.body.firstMatch(of: /href="(\/sign-up[^"]*)"/)).1
        let other = try await scene.browser.open(Form.unescaped(String(up)))
        let back = try #require(other.body.firstMatch(of: /href="(\/sign-in[^"]*)"/)).1
        #expect(try await scene.browser.open(Form.unescaped(String(back))).isSignInPage)
        #expect(
            try await scene.browser.submit("/sign-in", [("email", "ada@example.com"), ("password", Self.password)])
                .isConsentPage)
        #expect(try await finish(scene, scene.browser).state == "same")
    }

    @Test func `S34 a session leads straight to consent`() async throws {
        let scene = try await OAuthScene()
        let response = try await scene.installation.send(
            .get, scene.flow.address(),
            headers: [("Cookie", "sluice_session=\(scene.browser.cookies["sluice_session"] ?? "")")])
        #expect(response.isConsentPage, "without any redirect")
    }

    @Test func `S34 a session that ended, and a made-up one, lead to sign-in`() async throws {
        let scene = try await OAuthScene()
        scene.installation.clock.advance(by: 61 * 86_400)
        #expect(try await scene.open().isSignInPage)
        for value in ["x", String(repeating: "A", count: 43)] {
            let response = try await scene.installation.send(
                .get, scene.flow.address(), headers: [("Cookie", "sluice_session=\(value)")])
            #expect(response.location?.hasPrefix("/sign-in?") == true)
        }
    }

    @Test func `S34 the login hint fills in the address`() async throws {
        let scene = try await OAuthScene(isSignedIn: false)
        let page = try await scene.open(["login_hint": "ada@example.com"])
        #expect(page.body.contains("value=\"ada@example.com\""))
    }

    @Test func `S34 parallel tabs do not mix their requests, signed in and signed out`() async throws {
        let scene = try await OAuthScene(isSignedIn: false)
        try await scene.open(["state": "first", "scope": "posts:read"])
        let first = try #require(scene.browser.hidden("continue"))
        try await scene.open(["state": "second", "scope": "ideas:write"])
        let second = try #require(scene.browser.hidden("continue"))
        #expect(first != second)
        #expect(
            try await scene.browser.submit("/sign-in", [("email", "ada@example.com"), ("password", Self.password)])
                .isConsentPage)

        let secondPage = (ticket: scene.browser.hidden("ticket") ?? "", csrf: scene.browser.csrf ?? "")
        #expect(try await scene.browser.open(first).isConsentPage)
        let firstPage = (ticket: scene.browser.hidden("ticket") ?? "", csrf: scene.browser.csrf ?? "")
        // Answered in the order in which nobody opened them.
        for (page, state, scope) in [(secondPage, "second", "ideas:write"), (firstPage, "first", "posts:read")] {
            let answer = try await scene.browser.postOnly(
                "/auth/decision", [("csrf", page.csrf), ("ticket", page.ticket), ("decision", "allow")])
            #expect(answer.locationParameters["state"] == state)
            let code = try #require(answer.locationParameters["code"])
            #expect(Tokens(try await scene.flow.exchange(code)).scope == scope)
        }
        #expect(try await scene.grants.count == 2)
    }

    @Test
    func `S34 a second tab that signs in replaces the session, and the first tab's page is refused without a code`()
        async throws
    {
        let scene = try await OAuthScene()
        try await scene.open()
        let (ticket, csrf) = (try #require(scene.browser.hidden("ticket")), try #require(scene.browser.csrf))
        try await scene.open(["prompt": "login"])
        try await scene.browser.submit("/sign-in", [("email", "ada@example.com"), ("password", Self.password)])
        let stale = try await scene.browser.postOnly(
            "/auth/decision", [("csrf", csrf), ("ticket", ticket), ("decision", "allow")])
        expectErrorPage(stale, status: 403)
        #expect(try await scene.grants.isEmpty)
    }

    @Test(arguments: [
        "https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)",
        "/auth?x=\r\nLocation: https://evil.example",
        "\\\\evil.example", "evil", "",
    ])
    func `S34 S12 where sign-in leads cannot be turned elsewhere`(address: String) async throws {
        let scene = try await OAuthScene(isSignedIn: false)
        let page = try await scene.browser.open("/sign-in?" + SluiceOAuth.Parameters.encode([("continue", address)]))
        #expect(page.isSignInPage)
        let answer = try await scene.browser.submit(
            "/sign-in", [("email", "ada@example.com"), ("password", Self.password), ("continue", address)],
            follows: false)
        #expect(answer.status == 303)
        #expect(answer.location == "/settings/api")
    }

    @Test func `S34 a request whose client is deleted during sign-in ends on a page`() async throws {
        let scene = try await OAuthScene(isSignedIn: false)
        try await scene.open()
        try await scene.installation.authority.clients.delete(
            scene.client.id, owner: scene.developer.id, trace: .commandLine)
        let answer = try await scene.browser.submit(
            "/sign-in", [("email", "ada@example.com"), ("password", Self.password)])
        expectErrorPage(answer, saying: "invalid_client")
    }
}
