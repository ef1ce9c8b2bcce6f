import Foundation
import HTTPTypes
import SluiceAuthority
import SluiceOAuth
import Testing

@testable import SluiceServer

@Suite("Signing in: rotation, throttle, cookies")
struct SignInTests {
    private func attempt(
        _ browser: Browser, _ email: String = "ada@example.com", _ password: String
    ) async throws -> TestResponse {
        try await browser.open("/sign-in")
        return try await browser.submit("/sign-in", [("email", email), ("password", password)], follows: false)
    }

    @Test func `S16 an unknown address and a wrong password get the same answer`() async throws {
        let installation = try await Installation()
        _ = try await installation.account()
        let disabled = try await installation.account("disabled@example.com")
        #expect(try await installation.authority.accounts.disable(disabled.id, trace: .commandLine))
        func answer(_ email: String, _ password: String) async throws -> String {
            let browser = Browser(installation)
            browser.setCookie("sluice_browser", "AAAAAAAAAAAAAAAAAAAAAA")
            let response = try await attempt(browser, email, password)
            // The address is shown again, so the length differs with it.
            let fields = response.comparableHeaders.filter { !$0.hasPrefix("content-length") }
            return "\(response.status) \(fields) " + response.body.replacing(email, with: "<address>")
        }
        let wrong = try await answer("ada@example.com", "not the password")
        #expect(wrong.hasPrefix("400"))
        #expect(try await answer("nobody@example.com", "not the password") == wrong)
        #expect(
            try await answer("disabled@example.com", Member.password) == wrong, "a disabled account with the right one")
        #expect(try await answer("ada@example.com", String(repeating: "p", count: 5_000)) == wrong, "over-long input")
        #expect(try await answer("no address at all", "x") == wrong)
    }

    @Test func `signing in rotates the session: new value, old one dead, planted one never alive`() async throws {
        let installation = try await Installation()
        let ada = try await Member(installation)
        let first = try #require(ada.browser.cookies["sluice_session"])
        // Signed in already, and signing in again (as prompt=login asks): the old session ends with the new one's start.
        let token = installation.authority.proofs.formToken(anchor: first)
        let again = try await ada.browser.postOnly(
            "/sign-in", [("csrf", token), ("email", "ada@example.com"), ("password", Member.password)])
        #expect(again.status == 303)
        let second = try #require(ada.browser.cookies["sluice_session"])
        #expect(second != first)
        #expect(try await ada.sessions.count == 1)
        let thief = Browser(installation)
        thief.setCookie("sluice_session", first)
        #expect(try await thief.open("/settings").body.contains("<h1>Sign in</h1>"))

        // Somebody planted cookies before the victim signs in: neither becomes the victim's session.
        let victim = Browser(installation)
        let planted = String(repeating: "A", count: 43)
        victim.setCookie("sluice_session", planted)
        victim.setCookie("sluice_browser", "BBBBBBBBBBBBBBBBBBBBBB")
        #expect(try await attempt(victim, "ada@example.com", Member.password).status == 303)
        #expect(victim.cookies["sluice_session"] != planted)
        #expect(victim.cookies["sluice_browser"] == nil, "what stood for the signed-out browser is gone")
        let attacker = Browser(installation)
        attacker.setCookie("sluice_session", planted)
        #expect(try await attacker.open("/settings").body.contains("<h1>Sign in</h1>"))
        // Nor do the form tokens from before.
        let old = installation.authority.proofs.formToken(anchor: "BBBBBBBBBBBBBBBBBBBBBB")
        #expect(try await victim.postOnly("/settings/sessions/end-others", [("csrf", old)]).status == 403)
    }

    @Test func `signing out ends the session on the server, not only in the browser`() async throws {
        let installation = try await Installation()
        let ada = try await Member(installation)
        let cookie = try #require(ada.browser.cookies["sluice_session"])
        let device = try #require(ada.browser.cookies["sluice_device"])
        let answer = try await ada.browser.submit("/sign-out")
        #expect(answer.body.contains("You are signed out."))
        #expect(ada.browser.cookies["sluice_session"] == nil)
        #expect(ada.browser.cookies["sluice_device"] == device)
        ada.browser.setCookie("sluice_session", cookie)
        #expect(try await ada.browser.open("/settings").body.contains("<h1>Sign in</h1>"))
        #expect(try await ada.sessions.isEmpty)
    }

    @Test func `a session ends after idling and, used or not, at its end`() async throws {
        let installation = try await Installation()
        let ada = try await Member(installation)
        for _ in 0..<4 {
            try await installation.pass(13 * 86_400)
            #expect(try await ada.browser.open("/settings").body.contains("<h1>Account</h1>"))
        }
        try await installation.pass(8 * 86_400)
        #expect(try await ada.browser.open("/settings").body.contains("<h1>Sign in</h1>"), "60 days after signing in")
        try await ada.browser.signIn()
        try await installation.pass(14 * 86_400)
        #expect(try await ada.browser.open("/settings").body.contains("<h1>Sign in</h1>"), "14 days without use")
    }

    @Test func `a stranger's guesses are slowed, longer each time, and never answered faster for being right`()
        async throws
    {
        let installation = try await Installation()
        _ = try await installation.account()
        let attacker = Browser(installation, peer: "203.0.113.9")
        for number in 1...6 { #expect(try await attempt(attacker, "ada@example.com", "guess \(number)").status == 400) }
        var waits: [Int] = []
        for _ in 0..<5 {
            let refused = try await attempt(attacker, "ada@example.com", Member.password)
            #expect(refused.status == 429, "even the right password waits")
            #expect(refused.body.contains("Your account is not locked"))
            #expect(attacker.cookies["sluice_session"] == nil)
            let wait = try #require(Int(refused["Retry-After"] ?? ""))
            waits.append(wait)
            try await installation.pass(TimeInterval(wait))
            #expect(try await attempt(attacker, "ada@example.com", "guess after").status == 400)
        }
        #expect(waits == [2, 4, 8, 16, 32])
        // Whoever waits gets in: nobody is locked out for good.
        try await installation.pass(300)
        #expect(try await attempt(attacker, "ada@example.com", Member.password).status == 303)
    }

    @Test func `the victim on a known device signs in while strangers are made to wait`() async throws {
        let installation = try await Installation()
        let ada = try await Member(installation)
        try await ada.browser.submit("/sign-out")
        // Many addresses, one account.
        for number in 0..<12 {
            _ = try await attempt(
                Browser(installation, peer: "203.0.113.\(number)"), "ada@example.com", "guess \(number)")
        }
        let stranger = try await attempt(
            Browser(installation, peer: "198.51.100.1"), "ada@example.com", Member.password)
        #expect(stranger.status == 429, "a new device waits like a stranger")
        let welcome = try await attempt(ada.browser, "ada@example.com", Member.password)
        #expect(welcome.status == 303, "the known device does not")
        // The known device has a bucket of its own, not a free hand.
        try await ada.browser.open("/settings")
        try await ada.browser.submit("/sign-out")
        for number in 1...6 {
            #expect(try await attempt(ada.browser, "ada@example.com", "slip \(number)").status == 400)
        }
        #expect(try await attempt(ada.browser, "ada@example.com", Member.password).status == 429)
    }

    @Test func `a device cookie counts for the account that it was given for, and only unchanged`() async throws {
        let installation = try await Installation()
        _ = try await installation.account()
        let mallory = try await Member(installation, "mallory@example.com", name: "Mallory", peer: "203.0.113.9")
        let device = try #require(mallory.browser.cookies["sluice_device"])
        for number in 0..<6 {
            _ = try await attempt(
                Browser(installation, peer: "203.0.113.\(number)"), "ada@example.com", "guess \(number)")
        }
        var forged = Array(device)
        forged[3] = forged[3] == "A" ? "B" : "A"
        for (why, cookie) in [
            ("another account's", device), ("forged", String(forged)), ("cut", String(device.dropLast())),
            ("made up", String(repeating: "A", count: 75)),
        ] {
            let browser = Browser(installation, peer: "198.51.100.7")
            browser.setCookie("sluice_device", cookie)
            #expect(try await attempt(browser, "ada@example.com", Member.password).status == 429, "\(why)")
        }
    }

    @Test func `of many guesses at once no more get through than of as many in a row`() async throws {
        let installation = try await Installation()
        _ = try await installation.account()
        let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
            for number in 0..<40 {
                group.addTask {
                    try await attempt(
                        Browser(installation, peer: "203.0.113.\(number)"), "ada@example.com", "guess \(number)"
                    ).status
                }
            }
            return try await group.reduce(into: [Int]()) { $0.append($1) }
        }
        #expect(statuses.count { $0 == 400 } == 6)
        #expect(statuses.count { $0 == 429 } == 34)
    }

    @Test func `one address that tries many accounts is slowed, and other addresses are not`() async throws {
        let installation = try await Installation()
        _ = try await installation.account()
        let attacker = Browser(installation, peer: "203.0.113.9")
        var statuses: [Int] = []
        while statuses.last != 429, statuses.count < 100 {
            statuses.append(try await attempt(attacker, "user\(statuses.count)@example.com", "Summer2026!").status)
        }
        #expect(statuses.last == 429 && statuses.dropLast().allSatisfy { $0 == 400 })
        #expect(statuses.count > 20, "an office behind one address is not an attack")
        #expect(
            try await attempt(Browser(installation, peer: "198.51.100.1"), "ada@example.com", Member.password).status
                == 303)
    }

    @Test func `signing in leaves no trace in the throttle`() async throws {
        let installation = try await Installation()
        _ = try await installation.account()
        for _ in 0..<120 {
            #expect(try await attempt(Browser(installation), "ada@example.com", Member.password).status == 303)
        }
    }

    @Test func `over https cookies are host-bound, secure, hidden from scripts and lax`() async throws {
        let installation = try await Installation(
            origins: Origins(single: try #require(Origin("https://sluice.example"))))
        let browser = Browser(installation)
        let page = try await browser.open("/sign-up")
        let form = Form.all(in: page.body).first { $0.action == "/sign-up" }
        let answer = try await browser.postOnly(
            "/sign-up",
            (try #require(form)).hidden + [
                ("email", "ada@example.com"), ("name", "Ada"), ("password", Member.password),
            ])
        #expect(answer.status == 303)
        let lines = page.values("Set-Cookie") + answer.values("Set-Cookie")
        #expect(lines.count >= 4)
        for line in lines {
            let parts = line.components(separatedBy: "; ")
            #expect(line.hasPrefix("__Host-sluice_"), "\(parts[0])")
            #expect(
                parts.contains("Secure") && parts.contains("HttpOnly") && parts.contains("SameSite=Lax")
                    && parts.contains("Path=/"))
            #expect(!parts.contains { $0.lowercased().hasPrefix("domain") })
        }
        #expect(Set(browser.cookies.keys) == ["__Host-sluice_session", "__Host-sluice_device"])
        #expect(answer["Strict-Transport-Security"] != nil)
        #expect(try await browser.open("/settings").body.contains("<h1>Account</h1>"))
        // The name without the prefix, which another host of the site could plant, counts for nothing.
        let session = try #require(browser.cookies["__Host-sluice_session"])
        let planted = Browser(installation)
        planted.setCookie("sluice_session", session)
        #expect(try await planted.open("/settings").body.contains("<h1>Sign in</h1>"))
    }

    @Test func `over http cookies have no prefix that a browser would refuse`() async throws {
        let installation = try await Installation()
        let ada = try await Member(installation)
        #expect(Set(ada.browser.cookies.keys) == ["sluice_session", "sluice_device"])
        let again = try await attempt(Browser(installation), "ada@example.com", Member.password)
        for line in again.values("Set-Cookie") {
            #expect(!line.contains("Secure") && line.contains("HttpOnly") && line.contains("SameSite=Lax"))
        }
    }

    @Test func `a planted session cookie beside the real one does not sign anybody out`() async throws {
        let installation = try await Installation()
        let ada = try await Member(installation)
        let real = try #require(ada.browser.cookies["sluice_session"])
        let response = try await installation.send(
            .get, "/settings",
            headers: [("Accept", "text/html"), ("Cookie", "sluice_session=planted; sluice_session=\(real)")])
        #expect(response.body.contains("<h1>Account</h1>"))
    }

    @Test func `trying passwords through the settings is as slow as at the gate, for that address alone`() async throws {
        let installation = try await Installation()
        let ada = try await Member(installation)
        let forms: [(String, String, [(String, String)])] = [
            ("/settings", "/settings/password", [("new_password", "a completely new one")]),
            ("/settings/close", "/settings/close", []),
        ]
        var statuses: [Int] = []
        for number in 0..<8 {
            let (page, action, fields) = forms[number % 2]
            try await ada.browser.open(page)
            let name = action == "/settings/close" ? "password" : "current_password"
            statuses.append(try await ada.browser.submit(action, fields + [(name, "guess \(number)")]).status)
        }
        #expect(statuses == [400, 400, 400, 400, 400, 400, 429, 429])
        try await ada.browser.open("/settings/close")
        let right = try await ada.browser.submit("/settings/close", [("password", Member.password)])
        #expect(right.status == 429 && right["Retry-After"] != nil)
        #expect(try await installation.authority.accounts.account(ada.account.id)?.state == .active)
        // The owner elsewhere is not held up.
        let elsewhere = Browser(installation, peer: "198.51.100.4")
        try await elsewhere.signIn()
        try await elsewhere.open("/settings")
        let changed = try await elsewhere.submit(
            "/settings/password", [("current_password", Member.password), ("new_password", "a completely new one")])
        #expect(changed.status == 200)
    }
}
