import Foundation
import HTTPTypes
import SluiceAuthority
import SluiceOAuth
import Testing

@testable import SluiceServer

@Suite("No secret in the log, the audit log or the metrics")
struct LogSecrecyTests {
    @Test func `S12 S65 whatever is done, at the chattiest level, no secret is written down`() async throws {
        let installation = try await Installation {
            $0.signUpPolicy = .invite
            $0.invitation = "the-secret-invitation"
        }
        let browser = Browser(installation)
        try await browser.open("/sign-up")
        try await browser.submit(
            "/sign-up",
            [
                ("email", "ada@example.com"), ("name", "Ada"), ("password", Member.password),
                ("invitation", "the-secret-invitation"),
            ])
        let account = try #require(try await installation.authority.accounts.account(email: "ada@example.com"))
        var secrets: [(String, String)] = [
            ("password", Member.password), ("invitation", "the-secret-invitation"),
            ("session", try #require(browser.cookies["sluice_session"])),
            ("device", try #require(browser.cookies["sluice_device"])),
            ("form token", try #require(browser.csrf)),
        ]
        try await browser.open("/settings/api/keys/new")
        let made = try await browser.submit("/settings/api/keys", [("name", "k"), ("expires", "never")])
        let key = try #require(made.field("api-key"))
        let created = try await installation.client(of: account)
        let flow = CodeFlow(installation, created)
        let code = try await flow.code(in: browser)
        secrets += [
            ("API key", key), ("client secret", try #require(created.secret).text), ("code", code),
            ("verifier", flow.verifier),
        ]
        // Everything that goes wrong is more talkative than what goes right.
        _ = try await flow.exchange(code, ["code_verifier": String(repeating: "w", count: 43)])
        _ = try await flow.exchange(code, ["redirect_uri": "https://evil.example/"])
        _ = try await flow.exchange(code, ["client_secret": "sls_wrong-but-secret-all-the-same"])
        let tokens = Tokens(try await flow.exchange(code))
        _ = try await flow.exchange(code)
        let refresh = try #require(tokens.refresh)
        _ = try await flow.refresh(refresh)
        let next = try await flow.tokens(in: browser)
        let newest = Tokens(try await flow.refresh(try #require(next.refresh)))
        _ = try await flow.refresh(try #require(next.refresh))
        _ = try await installation.post(
            "/token/revocation", flow.credentials + [("token", try #require(newest.refresh))])
        for bearer in [key, tokens.access, newest.access, refresh, code, key + "x"] {
            _ = try await installation.query(bearer: bearer)
            _ = try await installation.query("{ account { nonsense(secret: \"\(bearer)\") } }", bearer: key)
            _ = try await installation.send(
                .get, "/lost/\(bearer)?token=\(bearer)", headers: [("Authorization", "Bearer \(bearer)")])
            _ = try await installation.send(.init(bearer.filter { $0.isLetter })!, "/token")
        }
        try await browser.open("/settings")
        try await browser.submit(
            "/settings/password", [("current_password", "a-wrong-guess-1"), ("new_password", "a-brand-new-one-1")])
        try await browser.submit(
            "/settings/password", [("current_password", Member.password), ("new_password", "a-brand-new-one-1")])
        _ = try await Browser(installation).signIn(password: "a-wrong-guess-1")
        _ = try await Browser(installation).signIn("a-wrong-guess-1", password: "a-wrong-guess-1")
        secrets += [
            ("wrong client secret", "sls_wrong-but-secret-all-the-same"), ("access token", tokens.access),
            ("refresh token", refresh), ("second refresh token", try #require(next.refresh)),
            ("newest access token", newest.access), ("wrong password", "a-wrong-guess-1"),
            ("new password", "a-brand-new-one-1"),
            ("signature", String(try #require(tokens.access.split(separator: ".").last))),
            ("state", "xyz-state"),
        ]
        let log = installation.log.text
        let metrics = try await installation.send(.get, "/metrics").body
        let events = "\(try await installation.store.events(account: nil, SliceRequest(limit: 200)).elements)"
        #expect(log.contains("answered") && log.contains("refused"), "it was listening")
        #expect(metrics.contains("sluice_sign_ins_total") && events.contains("signedIn"))
        for (what, secret) in secrets {
            #expect(!secret.isEmpty)
            #expect(!log.contains(secret), "\(what) in the log")
            #expect(!metrics.contains(secret), "\(what) in the metrics")
            #expect(!events.contains(secret), "\(what) in the audit log")
            // Nor the telling part of it.
            if secret.utf8.count >= 40 {
                #expect(!log.contains(secret.dropFirst(8).prefix(16)), "part of \(what) in the log")
            }
        }
        #expect(!log.contains("ada@example.com"), "nor an address of a person")
    }

    @Test func `values that hold a secret do not print it`() async throws {
        let installation = try await Installation()
        let account = try await installation.account()
        let key = try await installation.key(for: account)
        let client = try await installation.client(of: account)
        let opened = try await installation.authority.sessions.open(account, replacing: nil, trace: .commandLine)
        #expect(!"\(key)".contains(key.key.text) && !"\(key.key)".contains(key.key.text))
        #expect(!"\(client)".contains(try #require(client.secret).text))
        #expect(!"\(opened)".contains(opened.secret) && !"\(opened)".contains(opened.device))
    }
}
