import Foundation
import HTTPTypes
import SluiceAuthority
import SluiceOAuth
import Testing

@testable import SluiceServer

/// S37, S42, S43: the answer to the consent page.
@Suite("S37, S42, S43: one page, one decision")
struct DecisionTests {
    /// The fields of the consent page that is shown.
    private func fields(_ scene: OAuthScene, _ decision: String = "allow") throws -> [(String, String)] {
        [
            ("csrf", try #require(scene.browser.csrf)), ("ticket", try #require(scene.browser.hidden("ticket"))),
            ("decision", decision),
        ]
    }

    private func send(_ scene: OAuthScene, _ fields: [(String, String)]) async throws -> TestResponse {
        try await scene.browser.postOnly("/auth/decision", fields)
    }

    // MARK: Binding

    @Test func `S37 further fields change nothing: what is approved is what was displayed`() async throws {
        let scene = try await OAuthScene()
        try await scene.open(["scope": "posts:read"])
        let answer = try await send(
            scene,
            try fields(scene) + [
                ("scope", "posts:read posts:write account:write"), ("redirect_uri", "https://evil.example/"),
                ("state", "other"),
                ("code_challenge", String(repeating: "A", count: 43)), ("client_id", "0123456789abcdef01234567"),
            ])
        #expect(answer.location?.hasPrefix("https://app.example/cb?code=") == true)
        #expect(answer.locationParameters["state"] == "xyz-state")
        let code = try #require(answer.locationParameters["code"])
        #expect(Tokens(try await scene.flow.exchange(code)).scope == "posts:read")
    }

    @Test func `S37 a ticket with any character changed is refused`() async throws {
        let scene = try await OAuthScene()
        try await scene.open()
        let (csrf, ticket) = (try #require(scene.browser.csrf), try #require(scene.browser.hidden("ticket")))
        let characters = Array(ticket)
        var changed = stride(from: 0, to: characters.count, by: 29).map { index in
            var copy = characters
            copy[index] = copy[index] == "A" ? "B" : "A"
            return String(copy)
        }
        changed.append(String(ticket.dropLast()))
        changed.append(ticket + "A")
        changed.append(String(ticket.dropFirst()))
        changed.append(ticket + "=")
        changed.append(ticket + ".")
        changed.append(String(ticket.split(separator: ".")[0]))
        changed.append("." + ticket)
        changed.append("")
        for text in changed where text != ticket {
            let answer = try await send(scene, [("csrf", csrf), ("ticket", text), ("decision", "allow")])
            expectErrorPage(answer, status: 403)
        }
        #expect(try await scene.grants.isEmpty)
        #expect(try await send(scene, try fields(scene)).locationParameters["code"] != nil, "the real one still works")
    }

    @Test func `S37 a ticket whose contents were rewritten under the old seal is refused`() async throws {
        let scene = try await OAuthScene()
        try await scene.open(["scope": "posts:read"])
        let parts = try #require(scene.browser.hidden("ticket")).split(separator: ".")
        let bytes = try #require(Base64URL.decode(parts[0]))
        let text = String(decoding: bytes, as: UTF8.self)
        let wider = text.replacing("posts%3Aread", with: "posts%3Awrite")
        try #require(wider != text)
        let forged = Base64URL.encode(wider.utf8) + "." + parts[1]
        let answer = try await send(
            scene, [("csrf", scene.browser.csrf ?? ""), ("ticket", forged), ("decision", "allow")])
        expectErrorPage(answer, status: 403)
        #expect(try await scene.grants.isEmpty)
    }

    @Test func `S37 another session's ticket is refused, the same account's too`() async throws {
        let scene = try await OAuthScene()
        try await scene.open()
        let ticket = try #require(scene.browser.hidden("ticket"))
        for (email, isNew) in [("eve@example.com", true), ("ada@example.com", false)] {
            let other = Browser(scene.installation)
            if isNew { try await other.signUp(email, name: "Eve") } else { try await other.signIn(email) }
            try await other.open(scene.flow.address())
            let answer = try await other.postOnly(
                "/auth/decision", [("csrf", other.csrf ?? ""), ("ticket", ticket), ("decision", "allow")])
            expectErrorPage(answer, status: 403, "\(email)")
        }
        #expect(try await scene.grants.isEmpty)
    }

    @Test func `S37 a decision without the form's token, or with another browser's, is refused`() async throws {
        let scene = try await OAuthScene()
        try await scene.open()
        let ticket = try #require(scene.browser.hidden("ticket"))
        let other = Browser(scene.installation)
        try await other.signUp("eve@example.com", name: "Eve")
        try await other.open(scene.flow.address())
        for token in [nil, "", "x", other.csrf] as [String?] {
            let fields = (token.map { [("csrf", $0)] } ?? []) + [("ticket", ticket), ("decision", "allow")]
            expectErrorPage(try await send(scene, fields), status: 403)
        }
        for site in ["cross-site", "same-site"] {
            let answer = try await scene.browser.postOnly(
                "/auth/decision", try fields(scene), headers: [("Sec-Fetch-Site", site)])
            expectErrorPage(answer, status: 403)
        }
        #expect(try await scene.grants.isEmpty)
    }

    @Test func `S37 a decision by a browser without any session is refused`() async throws {
        let scene = try await OAuthScene()
        try await scene.open()
        let fields = try fields(scene)
        expectErrorPage(
            try await scene.installation.post("/auth/decision", fields, headers: [("Accept", "text/html")]), status: 403
        )
        try await scene.browser.open("/settings/api")
        try await scene.browser.submit("/sign-out")
        expectErrorPage(try await send(scene, fields), status: 403, "signed out meanwhile")
        #expect(try await scene.grants.isEmpty)
    }

    @Test(arguments: ["", "maybe", "Allow", "allow ", "deny,allow"])
    func `S37 a decision that is neither allow nor deny is an error page and leaves the question open`(decision: String)
        async throws
    {
        let scene = try await OAuthScene()
        try await scene.open()
        expectErrorPage(try await send(scene, try fields(scene, decision)))
        let repeated = try fields(scene) + [("decision", "deny")]
        expectErrorPage(try await send(scene, repeated))
        #expect(try await scene.grants.isEmpty)
        #expect(try await send(scene, try fields(scene)).locationParameters["code"] != nil)
    }

    @Test func `S37 GET on the decision is 405 and decides nothing`() async throws {
        let scene = try await OAuthScene()
        try await scene.open()
        let query = SluiceOAuth.Parameters.encode(try fields(scene))
        let response = try await scene.browser.open("/auth/decision?" + query)
        expectErrorPage(response, status: 405)
        #expect(response["Allow"] == "POST")
        #expect(try await scene.grants.isEmpty)
    }

    @Test func `S37 a redirect URI that the client gave up meanwhile is not used`() async throws {
        let scene = try await OAuthScene()
        try await scene.open()
        let before = try fields(scene)
        try await scene.installation.authority.clients.update(
            scene.client.id, of: scene.developer.id,
            .init(name: "Example App", redirectURIs: ["https://new.example/cb"]),
            trace: .commandLine)
        expectErrorPage(try await send(scene, before))
        expectErrorPage(try await send(scene, Array(before.dropLast()) + [("decision", "deny")]))
        #expect(try await scene.grants.isEmpty)
    }

    @Test func `S37 S66 a client that was deleted, or an account that was disabled, meanwhile gets no code`()
        async throws
    {
        let scene = try await OAuthScene()
        try await scene.open()
        let before = try fields(scene)
        _ = try await scene.installation.authority.accounts.disable(scene.account.id, trace: .commandLine)
        expectErrorPage(try await send(scene, before), status: 403)
        _ = try await scene.installation.authority.accounts.enable(scene.account.id, trace: .commandLine)
        try await scene.installation.authority.clients.delete(
            scene.client.id, owner: scene.developer.id, trace: .commandLine)
        let answer = try await send(scene, before)
        #expect(answer.location == nil)
        #expect([400, 403].contains(answer.status))
        #expect(try await scene.grants.isEmpty)
    }

    // MARK: Once

    @Test func `S42 a second click on Allow explains, and there is one code`() async throws {
        let scene = try await OAuthScene()
        try await scene.open()
        let fields = try fields(scene)
        let first = try await send(scene, fields)
        let code = try #require(first.locationParameters["code"])
        for _ in 0..<3 {
            let again = try await send(scene, fields)
            expectErrorPage(again, status: 409, saying: "You have already decided")
            #expect(again.body.contains("Example App"))
        }
        #expect(try await scene.grants.count == 1)
        #expect(try await scene.flow.exchange(code).status == 200, "the first code is unharmed")
        expectErrorPage(try await send(scene, fields), status: 409, "after the exchange too")
        #expect(try await scene.onlyGrant.state == .active)
    }

    @Test func `S42 the back button shows a new question, which is a new decision`() async throws {
        let scene = try await OAuthScene()
        let first = try await scene.flow.code(in: scene.browser)
        let second = try await scene.flow.code(in: scene.browser)
        #expect(first != second)
        #expect(try await scene.grants.count == 2)
        #expect(try await scene.flow.exchange(first).status == 200)
        #expect(try await scene.flow.exchange(second).status == 200)
    }

    @Test func `S42 Deny after Allow on the same page explains, and the client hears nothing false`() async throws {
        let scene = try await OAuthScene()
        try await scene.open()
        let allow = try fields(scene)
        let code = try #require(try await send(scene, allow).locationParameters["code"])
        expectErrorPage(
            try await send(scene, try fields(scene, "deny")), status: 409, saying: "You have already decided")
        #expect(try await !scene.events.contains(.grantDenied))
        #expect(try await scene.flow.exchange(code).status == 200)
    }

    @Test func `S42 20 parallel clicks on Allow make one code`() async throws {
        let store = ObstructedStore(try await Installation().store)
        let scene = try await OAuthScene(store: store)
        try await scene.open()
        let fields = try fields(scene)
        store.obstruct { $0.latency = .milliseconds(2) }
        let statuses = try await withThrowingTaskGroup(of: TestResponse.self) { group in
            for _ in 0..<20 { group.addTask { try await scene.browser.postOnly("/auth/decision", fields) } }
            var all: [TestResponse] = []
            for try await response in group { all.append(response) }
            return all
        }
        #expect(statuses.count { $0.status == 303 && $0.locationParameters["code"] != nil } == 1)
        #expect(statuses.count { $0.status == 409 } == 19)
        #expect(try await scene.grants.count == 1)
        #expect(try await scene.events.count { $0 == .grantApproved } == 1)
    }

    @Test func `S42 a page that waited too long says so, with a way on, to the second`() async throws {
        let scene = try await OAuthScene()
        try await scene.open()
        let early = try fields(scene)
        scene.installation.clock.advance(by: 30 * 60 - 0.5)
        #expect(try await send(scene, early).locationParameters["code"] != nil, "just in time")
        try await scene.open()
        let late = try fields(scene)
        scene.installation.clock.advance(by: 30 * 60)
        for decision in ["allow", "deny"] {
            let answer = try await send(scene, Array(late.dropLast()) + [("decision", decision)])
            expectErrorPage(answer, status: 410, saying: "Start again at your app")
        }
        #expect(try await scene.grants.count == 1)
    }

    @Test func `S43 a page that nobody answers leaves nothing behind`() async throws {
        let scene = try await OAuthScene()
        let before = try await scene.events
        for _ in 0..<5 { try await scene.open() }
        #expect(try await scene.grants.isEmpty)
        #expect(try await scene.events == before)
    }
}
