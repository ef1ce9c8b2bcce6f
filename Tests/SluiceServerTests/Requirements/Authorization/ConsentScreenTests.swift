import Foundation
import HTTPTypes
import SluiceAuthority
import SluiceOAuth
import Testing

@testable import SluiceServer

/// S35: what the consent page shows.
@Suite("S35: the consent page")
struct ConsentScreenTests {
    @Test func `S35 it names the app, where it leads, the account, and a way to allow, deny and switch`() async throws {
        let scene = try await OAuthScene()
        let page = try await scene.open()
        #expect(page.isConsentPage)
        for text in [
            "Example App", "app.example", "ada@example.com", ">Ada<", "name=\"decision\" value=\"allow\"",
            "name=\"decision\" value=\"deny\"", "Use another account",
        ] {
            #expect(page.body.contains(text), "\(text)")
        }
        #expect(
            page.body.contains("This app is not verified"), "another account registered it, and nobody looked at it")
        #expect(page["Content-Type"] == "text/html; charset=utf-8")
        #expect(page["Cache-Control"] == "no-store")
        #expect(page["X-Frame-Options"] == "DENY")
        #expect(page["Referrer-Policy"] == "no-referrer")
        let policy = page["Content-Security-Policy"] ?? ""
        #expect(policy.contains("default-src 'none'"))
        #expect(policy.contains("frame-ancestors 'none'"))
        #expect(!policy.contains("form-action"), "Chromium applies it to the client's redirects too")
        #expect(!page.body.contains("<script"))
    }

    @Test func `S35 every scope is described in words, and nothing that was not asked for`() async throws {
        let scene = try await OAuthScene()
        for entry in ScopeCatalog.entries {
            let page = try await scene.open(["scope": entry.scope.name])
            #expect(page.body.contains("<code>\(entry.scope.name)</code>"), "\(entry.scope)")
            let words = ScopeWords(entry.scope.name)
            #expect(words.words != entry.scope.name, "words, not the name")
            #expect(page.body.contains(words.words), "\(entry.scope)")
            for other in ScopeCatalog.entries where other.scope != entry.scope {
                #expect(!page.body.contains("<code>\(other.scope.name)</code>"), "\(other.scope)")
            }
        }
        let all = try await scene.open(["scope": ScopeCatalog.all.text])
        for entry in ScopeCatalog.entries { #expect(all.body.contains("<code>\(entry.scope.name)</code>")) }
    }

    @Test func `S35 D11 lasting access is always shown where it is asked for`() async throws {
        let scene = try await OAuthScene()
        #expect(
            try await scene.open(["scope": "posts:read offline_access", "prompt": nil]).body.contains("Stay connected"))
        #expect(try await !scene.open(["scope": "posts:read"]).body.contains("Stay connected"))
    }

    @Test func `S35 S17 markup in the app's name is text`() async throws {
        let scene = try await OAuthScene(name: "<b>Evil</b> \"&' App")
        let page = try await scene.open()
        #expect(page.isConsentPage)
        #expect(!page.body.contains("<b>"))
        #expect(page.body.contains("&lt;b&gt;Evil&lt;/b&gt;"))
        let stranger = Browser(scene.installation)
        #expect(try await !stranger.open(scene.flow.address()).body.contains("<b>"))
    }

    @Test(arguments: [
        ("https://app.example/cb", "app.example"), ("http://127.0.0.1/cb", "a program on this device"),
        ("http://localhost:3000/cb", "a program on this device"), ("com.example.app:/cb", "com.example.app:"),
    ])
    func `S35 it says where the browser goes then`(uri: String, text: String) async throws {
        let scene = try await OAuthScene(.public, redirectURIs: [uri])
        #expect(try await scene.open().body.contains(text))
    }

    @Test func `S35 another account can be chosen, and the same request continues for it`() async throws {
        let scene = try await OAuthScene()
        let eve = try await scene.installation.account("eve@example.com", name: "Eve")
        try await scene.open(["state": "kept"])
        #expect(try await scene.browser.submit("/sign-out").isSignInPage)
        let page = try await scene.browser.submit(
            "/sign-in", [("email", "eve@example.com"), ("password", "correct horse battery")])
        #expect(page.isConsentPage)
        #expect(page.body.contains("eve@example.com"))
        let answer = try await scene.browser.submit("/auth/decision", [("decision", "allow")])
        #expect(answer.locationParameters["state"] == "kept")
        #expect(try await scene.onlyGrant.facts.accountID == eve.id)
    }

    @Test func `S35 the owner of an app is not warned of it`() async throws {
        let installation = try await Installation()
        let browser = Browser(installation)
        try await browser.signUp()
        let account = try #require(try await installation.authority.accounts.account(email: "ada@example.com"))
        let flow = CodeFlow(installation, try await installation.client(of: account))
        let page = try await browser.open(flow.address())
        #expect(page.isConsentPage)
        #expect(!page.body.contains("not verified"))
    }
}
