import Foundation
import HTTPTypes
import SluiceAuthority
import SluiceOAuth
import Testing

@testable import SluiceServer

@Suite("Requirement S16: signing up")
struct SignUpTests {
    private func signUp(
        _ browser: Browser, _ email: String, name: String = "Somebody", password: String = Member.password,
        _ others: [(String, String)] = []
    ) async throws -> TestResponse {
        try await browser.open("/sign-up")
        return try await browser.submit(
            "/sign-up", [("email", email), ("name", name), ("password", password)] + others, follows: false)
    }

    @Test func `S16 with the open policy anyone gets an account, an organization and a session`() async throws {
        let installation = try await Installation()
        let ada = try await Member(installation)
        #expect(ada.browser.path == "/settings/api")
        #expect(
            ada.account.state == .active && ada.account.name.text == "Ada"
                && ada.account.email.text == "ada@example.com")
        let organizations = try await installation.authority.accounts.organizations(of: ada.account.id)
        #expect(organizations.map(\.ownerEmail.text) == ["ada@example.com"])
        #expect(try await ada.sessions.count == 1)
        #expect(Set(try await ada.events.map(\.kind)) == [.accountCreated, .signedIn])
        // Whoever is signed in is not asked to sign up.
        try await ada.browser.open("/sign-up")
        #expect(ada.browser.path == "/settings/api")
    }

    @Test func `S16 with the closed policy nobody does, and the page says who makes accounts`() async throws {
        let installation = try await Installation { $0.signUpPolicy = .closed }
        let browser = Browser(installation)
        let page = try await browser.open("/sign-up")
        #expect(page.status == 200 && page.body.contains("Sign-up is closed"))
        #expect(Form.all(in: page.body).allSatisfy { $0.action != "/sign-up" })
        try await browser.open("/sign-in")
        #expect(!browser.page.contains("Create an account"))
        let before = try await installation.everything()
        let forced = try await browser.postOnly(
            "/sign-up",
            [
                ("csrf", try #require(browser.csrf)), ("email", "eve@example.com"), ("name", "Eve"),
                ("password", Member.password), ("invitation", "x"),
            ])
        #expect(forced.status == 403)
        #expect(forced.values("Set-Cookie").allSatisfy { !$0.hasPrefix("sluice_session") })
        #expect(try await installation.everything() == before)
        let home = try await browser.open("/")
        #expect(!home.body.contains("/sign-up"))
    }

    @Test func `S16 with the invite policy only the whole invitation opens`() async throws {
        let long = String(repeating: "open-sesame-", count: 20)
        for invitation in ["open sesame", long] {
            let installation = try await Installation {
                $0.signUpPolicy = .invite
                $0.invitation = invitation
            }
            let browser = Browser(installation)
            #expect(try await browser.open("/sign-up").field("invitation") != nil)
            let before = try await installation.everything()
            for wrong in ["", "open", invitation + "x", invitation.uppercased(), String(invitation.dropLast())] {
                let response = try await signUp(browser, "eve@example.com", [("invitation", wrong)])
                #expect(response.status == 400, "\(wrong)")
                #expect(response.body.contains(#"id="invitation-error""#))
            }
            let missing = try await signUp(browser, "eve@example.com")
            #expect(missing.status == 400)
            #expect(try await installation.everything() == before)
            let right = try await signUp(browser, "ada@example.com", [("invitation", invitation)])
            #expect(right.status == 303)
            #expect(try await installation.authority.accounts.account(email: "ada@example.com") != nil)
        }
    }

    @Test func `S16 an invite policy without an invitation lets nobody in`() async throws {
        for invitation in [nil, ""] as [String?] {
            let installation = try await Installation {
                $0.signUpPolicy = .invite
                $0.invitation = invitation
            }
            let browser = Browser(installation)
            #expect(try await signUp(browser, "eve@example.com", [("invitation", "")]).status == 400)
            #expect(try await signUp(browser, "eve@example.com", [("invitation", "nil")]).status == 400)
            #expect(try await installation.store.accounts(SliceRequest(limit: 10)).elements.isEmpty)
        }
    }

    @Test(arguments: [
        ("ADA@EXAMPLE.COM", "capitals"), (" ada@example.com ", "white space around it"),
        ("\u{FF41}da@example.com", "a full-width letter"), ("ada@EXAMPLE\u{FF0E}com", "a full-width dot"),
        ("a\u{0064}a@example.com", "the same letters"), ("ada@example.\u{FF43}om", "another full-width letter"),
        ("\u{1D4D0}da@example.com", "a mathematical letter"),
    ])
    func `S16 case and Unicode forms of an address make no twin`(twin: String, why: String) async throws {
        let installation = try await Installation()
        _ = try await Member(installation)
        let response = try await signUp(Browser(installation), twin)
        #expect(response.status == 400, "\(why)")
        #expect(try await installation.store.accounts(SliceRequest(limit: 10)).elements.count == 1, "\(why)")
        // And the one account signs in by any of them.
        let browser = Browser(installation)
        #expect(try await browser.signIn(twin).status == 200)
        #expect(browser.path == "/settings/api")
    }

    @Test func `S16 accents in their two Unicode spellings are one address`() async throws {
        let installation = try await Installation()
        _ = try await Member(installation, "jos\u{E9}@example.com")
        #expect(try await signUp(Browser(installation), "jose\u{301}@example.com").status == 400)
        #expect(try await installation.store.accounts(SliceRequest(limit: 10)).elements.count == 1)
    }

    @Test(arguments: [
        ("ada\u{200B}@example.com", "a zero-width space"), ("ada\u{FE0F}@example.com", "a variation selector"),
        ("ada\u{00AD}@example.com", "a soft hyphen"), ("ada\u{202E}@example.com", "text direction"),
        ("ada\u{3164}@example.com", "a filler"), ("ada\u{0}@example.com", "NUL"),
        ("ada@example.com\nx", "a line break"),
        ("ada", "no domain"), ("@example.com", "nothing in front"), ("ada@", "nothing behind"),
        ("a@b@example.com", "two @"),
        ("ada@example..com", "an empty label"), ("ada@.example.com", "a dot in front"), ("ada@example", "no dot"),
        ("<ada@example.com>", "angle brackets"), ("ada@exa mple.com", "a blank"),
        (String(repeating: "a", count: 65) + "@example.com", "a local part too long"),
        ("a@" + String(repeating: "b", count: 300) + ".example", "an address too long"),
        ("a@" + String(repeating: "b.", count: 126) + "example.com", "one that cutting would make good"),
    ])
    func `S16 text that is no address, or hides something, makes no account`(email: String, why: String) async throws {
        let installation = try await Installation()
        let response = try await signUp(Browser(installation), email)
        #expect(response.status == 400, "\(why)")
        #expect(response.body.contains(#"id="email-error""#))
        #expect(try await installation.store.accounts(SliceRequest(limit: 10)).elements.isEmpty, "\(why)")
    }

    @Test(arguments: [
        ("short", "too short"), ("password", "the first that is tried"), ("Passw0rd", "its capital does not save it"),
        ("aaaaaaaaaaaa", "one letter"), ("12345678", "a row of digits"), ("ada@example.com", "the address itself"),
        (String(repeating: "long ", count: 300), "more than the hash should see"), ("", "none"),
    ])
    func `S16 a password that is guessed at once makes no account`(password: String, why: String) async throws {
        let installation = try await Installation()
        let response = try await signUp(Browser(installation), "ada@example.com", password: password)
        #expect(response.status == 400, "\(why)")
        #expect(response.body.contains(#"id="password-error""#))
        #expect(password.isEmpty || password == "ada@example.com" || !response.body.contains("value=\"\(password)\""))
        #expect(try await installation.store.accounts(SliceRequest(limit: 10)).elements.isEmpty)
    }

    @Test func `S16 a name longer than allowed is refused, not cut`() async throws {
        let installation = try await Installation()
        #expect(
            try await signUp(Browser(installation), "ada@example.com", name: String(repeating: "n", count: 101)).status
                == 400)
        #expect(try await signUp(Browser(installation), "ada@example.com", name: "   ").status == 400)
        #expect(try await installation.store.accounts(SliceRequest(limit: 10)).elements.isEmpty)
        #expect(
            try await signUp(Browser(installation), "ada@example.com", name: String(repeating: "n", count: 100)).status
                == 303)
    }

    @Test func `S16 a taken address is told like one that cannot be used, changes nothing, and costs a try`()
        async throws
    {
        let installation = try await Installation()
        let ada = try await Member(installation)
        let before = try await installation.everything()
        let browser = Browser(installation, peer: "203.0.113.9")
        let response = try await signUp(browser, "ada@example.com", password: "another good password")
        #expect(response.status == 400)
        #expect(!response.body.lowercased().contains("exists") && !response.body.lowercased().contains("taken"))
        #expect(!response.body.contains(ada.account.id.text) && !response.body.contains("Ada"))
        #expect(response.values("Set-Cookie").allSatisfy { !$0.hasPrefix("sluice_session") })
        #expect(try await installation.everything() == before)
        // Asking for many addresses is slowed, whether they are taken or not.
        var statuses: [Int] = []
        while statuses.last != 429, statuses.count < 300 {
            statuses.append(try await signUp(browser, "ada@example.com").status)
        }
        #expect(statuses.first == 400 && statuses.last == 429)
        #expect(try await signUp(Browser(installation, peer: "198.51.100.4"), "new@example.com").status == 303)
    }

    @Test func `S16 of many sign-ups at once no more get through than of as many in a row`() async throws {
        let installation = try await Installation()
        for _ in 0..<200 { #expect(try await signUp(Browser(installation), "nonsense").status == 400) }
        let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
            for number in 0..<20 {
                group.addTask { try await signUp(Browser(installation), "ada\(number)@example.com").status }
            }
            return try await group.reduce(into: [Int]()) { $0.append($1) }
        }
        #expect(statuses.count { $0 == 303 } == 1)
        #expect(statuses.count { $0 == 429 } == 19)
    }

    @Test func `S16 a signed-out browser at a busy address is told how long to wait`() async throws {
        let installation = try await Installation()
        let browser = Browser(installation)
        var last: TestResponse?
        for _ in 0..<300 where last?.status != 429 { last = try await signUp(browser, "nonsense") }
        let response = try #require(last)
        #expect(response.status == 429)
        #expect(Int(response["Retry-After"] ?? "").map { $0 >= 1 } == true)
        try await installation.pass(61)
        #expect(try await signUp(browser, "ada@example.com").status == 303)
    }
}
