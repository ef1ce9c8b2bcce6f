import Foundation
import HTTPTypes
import SluiceAuthority
import SluiceOAuth
import Testing

@testable import SluiceServer

@Suite("Settings: profile, password, sessions, security log")
struct AccountSettingsTests {
    private let installation: Installation
    private let ada: Member

    init() async throws {
        installation = try await Installation()
        ada = try await Member(installation)
    }

    private func save(_ fields: [(String, String)]) async throws -> TestResponse {
        try await ada.browser.open("/settings")
        return try await ada.browser.submit("/settings/profile", fields)
    }

    private func changePassword(_ old: String, _ new: String, endOthers: Bool = true) async throws -> TestResponse {
        try await ada.browser.open("/settings")
        return try await ada.browser.submit(
            "/settings/password",
            [("current_password", old), ("new_password", new)] + (endOthers ? [("end_other_sessions", "on")] : []))
    }

    private var account: Account {
        get async throws { try #require(try await installation.authority.accounts.account(ada.account.id)) }
    }

    @Test func `name and time zone are saved without the password, and the API shows them at once`() async throws {
        let key = try await ada.makeKey()
        _ = try await installation.query("{ account { name timezone } }", bearer: key)
        let answer = try await save([("name", "Ada L."), ("email", "ada@example.com"), ("timezone", "Europe/London")])
        #expect(answer.status == 200 && answer.body.contains("Your profile was saved."))
        let shown = try await installation.query("{ account { name timezone email } }", bearer: key)
        #expect(
            shown.body
                == #"{"data":{"account":{"name":"Ada L.","timezone":"Europe/London","email":"ada@example.com"}}}"#)
    }

    @Test func `the address changes only with the password, and then signs in by the new one alone`() async throws {
        let before = try await installation.everything()
        for password in ["", "not the password", String(repeating: "p", count: 2_000)] {
            let refused = try await save([
                ("name", "Ada"), ("email", "ada@new.example"), ("timezone", "UTC"), ("current_password", password),
            ])
            #expect(refused.status == 400)
            #expect(refused.body.contains(#"id="current_password-error""#))
        }
        #expect(try await installation.everything() == before)
        let saved = try await save([
            ("name", "Ada"), ("email", "ADA@new.example"), ("timezone", "UTC"), ("current_password", Member.password),
        ])
        #expect(saved.status == 200)
        #expect(try await account.email.text == "ada@new.example")
        #expect(try await ada.events.contains { $0.kind == .accountEmailChanged })
        #expect(try await Browser(installation).signIn("ada@example.com").status == 400)
        #expect(try await Browser(installation).signIn("ada@new.example").status == 200)
        #expect(try await ada.browser.open("/settings").status == 200, "the session goes on")
    }

    @Test(arguments: [
        ("name", "", "no name"), ("name", "a\u{202E}b", "text direction"), ("timezone", "Mars/Olympus", "no such zone"),
        ("timezone", "../../etc/passwd", "a path"), ("email", "nonsense", "no address"),
        ("email", "bob@example.com", "taken"),
    ])
    func `a profile form is saved whole or not at all`(field: String, value: String, why: String) async throws {
        _ = try await installation.account("bob@example.com", name: "Bob")
        let before = try await installation.everything()
        let fields = [("name", "Other"), ("email", "other@example.com"), ("timezone", "Europe/Paris")]
            .map { $0.0 == field ? (field, value) : $0 }
        let response = try await save(fields + [("current_password", Member.password)])
        #expect(response.status == 400, "\(why)")
        #expect(response.body.contains(#"id="\#(field)-error""#), "\(why)")
        #expect(try await installation.everything() == before, "\(why)")
    }

    @Test func `S132 a new password ends other sessions if that is ticked, and the page lists the apps that go on`()
        async throws
    {
        let developer = try await installation.account("dev@example.com", name: "Dev")
        let flow = CodeFlow(installation, try await installation.client(of: developer, name: "Queue Companion"))
        let tokens = try await flow.tokens(in: ada.browser)
        let key = try await ada.makeKey()
        let other = Browser(installation, peer: "198.51.100.4")
        try await other.signIn()
        let page = try await ada.browser.open("/settings")
        let box = page.tags("input").first { $0["name"] == "end_other_sessions" }
        #expect(box?.attributes.contains { $0.name == "checked" } == true, "offered, and ticked")
        #expect(page.body.contains("These apps keep their access until you revoke it:"))
        #expect(
            page.body.contains(
                #"<a href="/settings/api/apps/\#(flow.client.client.id)"><bdi>Queue Companion</bdi></a>"#))

        let kept = try await changePassword(Member.password, "a completely new one", endOthers: false)
        #expect(kept.body.contains("Your password was changed."))
        #expect(try await other.open("/settings").body.contains("<h1>Account</h1>"))
        let ended = try await changePassword("a completely new one", "yet another new one")
        #expect(ended.body.contains("Your password was changed."))
        #expect(try await other.open("/settings").body.contains("<h1>Sign in</h1>"))
        #expect(try await ada.browser.open("/settings").body.contains("<h1>Account</h1>"))
        #expect(try await ada.sessions.count == 1)
        #expect(try await installation.status(tokens.access) == 200)
        #expect(try await installation.status(key) == 200)
        #expect(try await Browser(installation).signIn(password: Member.password).status == 400)
        #expect(try await Browser(installation).signIn(password: "yet another new one").status == 200)
        #expect(try await ada.events.count { $0.kind == .accountPasswordChanged } == 2)
    }

    @Test(arguments: [
        ("not the password", "a completely new one", "current_password", "the wrong old one"),
        ("", "a completely new one", "current_password", "no old one"),
        (Member.password, "short", "new_password", "too short"),
        (Member.password, "password", "new_password", "too common"),
        (Member.password, "", "new_password", "no new one"),
        (Member.password, String(repeating: "long ", count: 300), "new_password", "too long"),
    ])
    func `S132 a password change that does not hold changes nothing and ends no session`(
        old: String, new: String, field: String, why: String
    ) async throws {
        let other = Browser(installation)
        try await other.signIn()
        let before = try await installation.everything()
        let response = try await changePassword(old, new)
        #expect(response.status == 400, "\(why)")
        #expect(
            response.body.contains(field == "new_password" ? "new_password-error" : "password-current-error"), "\(why)")
        #expect(try await installation.everything() == before, "\(why)")
    }

    @Test func `sessions are listed with device, address and times; each can be ended, and all others at once`()
        async throws
    {
        let phone = Browser(
            installation, userAgent: "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Safari/605.1",
            peer: "198.51.100.4")
        try await phone.signIn()
        let third = Browser(installation, userAgent: "curl/8.1", peer: "203.0.113.7")
        try await third.signIn()
        let page = try await ada.browser.open("/settings")
        for text in ["Firefox on Linux", "Safari on iPhone", "curl", "198.51.100.4", "203.0.113.7", "This browser"] {
            #expect(page.body.contains(text), "\(text)")
        }
        let cookie = try #require(phone.cookies["sluice_session"])
        #expect(!page.body.contains(cookie), "the list names sessions, it does not hand them out")
        let id = try #require(try await ada.sessions.first { $0.address == "198.51.100.4" }).id
        let answer = try await ada.browser.submit("/settings/sessions/\(id)/end")
        #expect(answer.body.contains("That session was ended."))
        #expect(try await phone.open("/settings").body.contains("<h1>Sign in</h1>"))
        #expect(try await third.open("/settings").body.contains("<h1>Account</h1>"))
        try await ada.browser.submit("/settings/sessions/end-others")
        #expect(try await third.open("/settings").body.contains("<h1>Sign in</h1>"))
        #expect(try await ada.sessions.count == 1)
        #expect(try await ada.browser.open("/settings").body.contains("<h1>Account</h1>"))
    }

    @Test func `another account's session id in the form leads to 404 and ends nothing`() async throws {
        let bob = try await Member(installation, "bob@example.com", name: "Bob", peer: "192.0.2.8")
        let id = try #require(try await ada.sessions.first).id
        try await bob.browser.open("/settings")
        let token = try #require(bob.browser.csrf)
        for name in [id.text, "ffffffffffffffffffffffff", "nonsense"] {
            let response = try await bob.browser.postOnly("/settings/sessions/\(name)/end", [("csrf", token)])
            #expect(response.status == 404)
        }
        #expect(try await ada.browser.open("/settings").body.contains("<h1>Account</h1>"))
    }

    @Test
    func `the security log tells what happened, newest first, with address and device, and marks what is alarming`()
        async throws
    {
        _ = try await ada.makeKey()
        let stranger = Browser(installation, userAgent: "curl/8.1", peer: "203.0.113.7")
        _ = try await stranger.signIn(password: "a wrong guess")
        let page = try await ada.browser.open("/settings/security-log")
        for text in ["Account made", "Signed in", "API key created", "Sign-in failed", "203.0.113.7", "Look at this"] {
            #expect(page.body.contains(text), "\(text)")
        }
        let failed = try #require(page.body.range(of: "Sign-in failed"))
        let made = try #require(page.body.range(of: "Account made"))
        #expect(failed.lowerBound < made.lowerBound)
        let bob = try await Member(installation, "bob@example.com", name: "Bob", peer: "192.0.2.8")
        let others = try await bob.browser.open("/settings/security-log")
        #expect(!others.body.contains("API key created") && !others.body.contains("203.0.113.7"))
    }

    @Test func `the security log names the API key of every key event, as it was called then`() async throws {
        _ = try await ada.makeKey(name: "deploy <b>")
        let keys = ada.installation.authority.keys
        let id = try #require(try await ada.keys.first).id
        let trace = RequestTrace(address: "192.0.2.1", userAgent: "test", requestID: "r1")
        try await keys.rename(id, of: ada.account.id, to: "release", trace: trace)
        let successor = try await keys.rotate(id, of: ada.account.id, overlap: .zero, formID: nil, trace: trace)
        try await keys.revoke(successor.record.id, of: ada.account.id, trace: trace)
        let page = try await ada.browser.open("/settings/security-log").body
        let lines = [
            ("API key created", "“deploy &lt;b&gt;”"), ("API key renamed", "“deploy &lt;b&gt;”, now “release”"),
            ("API key rotated", "“release”"), ("API key revoked", "“release”"),
        ]
        for (what, key) in lines {
            let entry = try #require(page.components(separatedBy: "<li").first { $0.contains(what) }, "\(what)")
            #expect(entry.contains("<p>\(key)</p>"), "\(what)")
        }
        await #expect(throws: APIKeys.Problem.unknown) {
            try await keys.revoke(successor.record.id, of: ada.account.id, trace: trace)
        }
        await #expect(throws: APIKeys.Problem.unknown) {
            try await keys.rename(successor.record.id, of: ada.account.id, to: "x", trace: trace)
        }
        #expect(try await ada.events.filter { $0.kind == .keyRevoked }.count == 1)
    }
}
