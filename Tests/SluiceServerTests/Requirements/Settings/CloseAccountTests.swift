import Foundation
import SluiceAuthority
import SluiceOAuth
import Testing

@testable import SluiceServer

@Suite("Requirement S131: closing an account")
struct CloseAccountTests {
    @Test func `S131 closing kills sessions, keys, grants, codes and clients in one step`() async throws {
        let installation = try await Installation()
        let ada = try await Member(installation)
        let bob = try await Member(installation, "bob@example.com", name: "Bob", peer: "192.0.2.8")
        let second = Browser(installation, peer: "198.51.100.4")
        try await second.signIn()
        let key = try await ada.makeKey()
        // Ada allowed Bob's app, Bob allowed Ada's.
        let bobsApp = CodeFlow(installation, try await installation.client(of: bob.account, name: "Bobs App"))
        let adasApp = CodeFlow(installation, try await installation.client(of: ada.account, name: "Adas App"))
        let adasTokens = try await bobsApp.tokens(in: ada.browser)
        let bobsTokens = try await adasApp.tokens(in: bob.browser)
        let adasCode = try await bobsApp.code(in: ada.browser)
        let bobsCode = try await adasApp.code(in: bob.browser)
        let bobsKey = try await bob.makeKey()
        for bearer in [key, adasTokens.access, bobsTokens.access, bobsKey] {
            #expect(try await installation.status(bearer) == 200)
        }

        let page = try await ada.browser.open("/settings/close")
        let counts = page.body.matches(of: /<dt>([^<]+)<\/dt><dd class="count">(\d+)<\/dd>/).map { "\($0.1): \($0.2)" }
        #expect(counts == ["API keys that stop: 1", "Apps deleted: 1", "Apps disconnected: 1", "Sessions ended: 2"])
        let answer = try await ada.browser.submit("/settings/close", [("password", Member.password)])
        #expect(answer.status == 200 && answer.body.contains("Your account is closed"))
        #expect(ada.browser.cookies["sluice_session"] == nil && ada.browser.cookies["sluice_device"] == nil)

        for bearer in [key, adasTokens.access, bobsTokens.access] {
            #expect(try await installation.status(bearer) == 401)
        }
        #expect(try await bobsApp.refresh(try #require(adasTokens.refresh)).error == "invalid_grant")
        #expect(try await bobsApp.exchange(adasCode).error == "invalid_grant")
        #expect(try await adasApp.refresh(try #require(bobsTokens.refresh)).error == "invalid_client")
        #expect(try await adasApp.exchange(bobsCode).error == "invalid_client")
        #expect(try await second.open("/settings").body.contains("<h1>Sign in</h1>"))
        #expect(try await Browser(installation).signIn().status == 400)
        #expect(try await installation.status(bobsKey) == 200, "others go on")
        #expect(!(try await bob.browser.open("/settings/api").body.contains("Adas App")))
        #expect(try await ada.keys.isEmpty)
        #expect(try await ada.clients.isEmpty)
        #expect(try await ada.sessions.isEmpty)
        let grants = try await installation.store.grants(account: nil, client: nil, SliceRequest(limit: 10)).elements
        #expect(grants.count == 4 && grants.allSatisfy { $0.state == .revoked })
        let closed = try #require(try await installation.store.account(ada.account.id))
        #expect(closed.state == .closed && closed.name.text != "Ada" && closed.email.text != "ada@example.com")
        #expect(try await installation.store.passwordHash(of: ada.account.id) == nil)
        #expect(try await ada.events.contains { $0.kind == .accountClosed })

        // The address is free, and whoever takes it inherits nothing.
        let successor = try await Member(installation, peer: "198.51.100.9")
        #expect(successor.account.id != ada.account.id)
        #expect(try await successor.keys.isEmpty)
        #expect(try await installation.status(key) == 401)
    }

    @Test func `S131 closing needs the password`() async throws {
        let installation = try await Installation()
        let ada = try await Member(installation)
        let key = try await ada.makeKey()
        let before = try await installation.everything()
        for password in ["", "not the password", String(repeating: "p", count: 2_000)] {
            try await ada.browser.open("/settings/close")
            let response = try await ada.browser.submit("/settings/close", [("password", password)])
            #expect(response.status == 400 && response.body.contains("Nothing was closed"))
        }
        #expect(try await installation.everything() == before)
        #expect(try await installation.status(key) == 200)
    }
}
