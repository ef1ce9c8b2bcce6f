import Foundation
import HTTPTypes
import SluiceAuthority
import SluiceOAuth
import Testing

@testable import SluiceServer

@Suite("Open redirects: continue leads nowhere but to this server")
struct ContinueTests {
    static let elsewhere: [(String, String)] = [
        ("https://evil.example/", "another site"), ("//evil.example/", "another host, without a scheme"),
        ("/\\evil.example/", "a backslash that browsers read as a slash"), ("\\\\evil.example/", "two of them"),
        ("///evil.example/", "three slashes"), ("/\t/evil.example/", "a tab that browsers drop"),
        ("/\n/evil.example", "a line break that browsers drop"), ("javascript:alert(1)", "a script"),
        ("evil.example", "a relative path"), (" /settings", "a blank in front"), ("", "nothing"),
        ("http:/settings", "a scheme without a host"), ("/\u{2028}/evil.example", "beyond ASCII"),
        ("/settings\r\nSet-Cookie: x=y", "a header of its own"), ("@evil.example", "a user"),
        ("/" + String(repeating: "a", count: 16_384), "too long"),
    ]

    private func signedIn(_ installation: Installation, _ field: [(String, String)]) async throws -> TestResponse {
        let browser = Browser(installation)
        try await browser.open("/sign-in")
        return try await browser.submit(
            "/sign-in", [("email", "ada@example.com"), ("password", Member.password)] + field, follows: false)
    }

    @Test(arguments: ContinueTests.elsewhere)
    func `after sign-in, sign-up and sign-out the browser stays here`(target: String, why: String) async throws {
        let installation = try await Installation()
        _ = try await installation.account()
        let signedIn = try await signedIn(installation, [("continue", target)])
        #expect(signedIn.status == 303 && signedIn.location == "/settings/api", "\(why)")

        let newcomer = Browser(installation)
        try await newcomer.open("/sign-up?" + SluiceOAuth.Parameters.encode([("continue", target)]))
        #expect(!newcomer.page.contains("evil.example"), "the page does not carry it on either")
        let signedUp = try await newcomer.submit(
            "/sign-up",
            [("email", "new@example.com"), ("name", "New"), ("password", Member.password), ("continue", target)],
            follows: false)
        #expect(signedUp.status == 303 && signedUp.location == "/settings/api", "\(why)")

        // Somebody who is signed in already is sent on at once.
        let query = SluiceOAuth.Parameters.encode([("continue", target)])
        for page in ["/sign-in", "/sign-up"] {
            let response = try await installation.send(
                .get, "\(page)?\(query)",
                headers: [("Cookie", "sluice_session=\(try #require(newcomer.cookies["sluice_session"]))")])
            #expect(response.status == 303 && response.location == "/settings/api", "\(page): \(why)")
        }
        try await newcomer.open("/settings")
        let signedOut = try await newcomer.submit("/sign-out", [("continue", target)], follows: false)
        #expect(signedOut.status == 303 && signedOut.location == "/sign-in?done=signed-out", "\(why)")
        for response in [signedIn, signedUp, signedOut] {
            #expect(response.values("Location").count == 1)
            #expect(!response.values("Set-Cookie").contains { $0.hasPrefix("x=") })
        }
    }

    @Test(arguments: [
        "/settings", "/settings/api/keys/new", "/settings/security-log?before=12",
        "/auth?client_id=x&state=%2F%2Fevil.example",
    ])
    func `a path of this server is gone on to as it was`(path: String) async throws {
        let installation = try await Installation()
        _ = try await installation.account()
        #expect(try await signedIn(installation, [("continue", path)]).location == path)
    }

    @Test func `a repeated continue is no continue, and a notice is one of ours or none`() async throws {
        let installation = try await Installation()
        let ada = try await Member(installation)
        let twice = try await installation.send(
            .get, "/sign-in?continue=%2Fsettings&continue=https%3A%2F%2Fevil.example")
        #expect(twice.status == 200 && !twice.body.contains("evil.example"))
        let page = try await ada.browser.open("/settings?done=Your+account+was+hacked,+call+555")
        #expect(page.status == 200 && !page.body.contains("hacked"))
    }

    @Test func `a wrong password keeps the way, and the sign-up link carries it`() async throws {
        let installation = try await Installation()
        _ = try await installation.account()
        let browser = Browser(installation)
        try await browser.open("/sign-in?continue=%2Fsettings%2Fclose")
        #expect(browser.page.contains(#"href="/sign-up?continue=%2Fsettings%2Fclose""#))
        try await browser.submit("/sign-in", [("email", "ada@example.com"), ("password", "wrong")])
        #expect(browser.hidden("continue") == "/settings/close")
        try await browser.submit("/sign-in", [("email", "ada@example.com"), ("password", Member.password)])
        #expect(browser.path == "/settings/close")
    }
}
