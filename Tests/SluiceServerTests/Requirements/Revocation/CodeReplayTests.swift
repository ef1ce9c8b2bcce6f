import Foundation
import SluiceAuthority
import SluiceOAuth
import Testing

@testable import SluiceServer

@Suite("Codes that come again")
struct CodeReplayTests {
    private func world(_ kind: Client.Kind = .confidential) async throws -> (Installation, Browser, CodeFlow, String) {
        let installation = try await Installation()
        let browser = Browser(installation)
        try await browser.signUp()
        let client = try await installation.client(
            of: installation.developer(), kind, redirectURIs: ["https://app.example/cb", "https://app.example/other"])
        let flow = CodeFlow(installation, client)
        return (installation, browser, flow, try await flow.code(in: browser))
    }

    @Test(arguments: [0.0, 61, 86_400])
    func `S54 a valid replay, however late, revokes the grant and its tokens`(seconds: Double) async throws {
        let (installation, _, flow, code) = try await world()
        let tokens = Tokens(try await flow.exchange(code))
        try await installation.advance(by: seconds)
        (try await flow.exchange(code)).expectInvalidGrant()
        #expect(try await installation.status(tokens.access) == 401)
        (try await flow.refresh(tokens.refresh ?? "")).expectInvalidGrant()
        #expect(try await installation.grants().map(\.revocation) == [.codeReplayed])
    }

    @Test func `S54 a replay that proves nothing is refused, noted, and no remote off-switch`() async throws {
        let (installation, _, flow, code) = try await world()
        let tokens = Tokens(try await flow.exchange(code))
        let stranger = CodeFlow(installation, try await installation.client(of: installation.developer()))
        let before = try await installation.grants()
        let replays: [(response: TestResponse, why: String)] = [
            (try await stranger.exchange(code), "another client"),
            (try await flow.exchange(code, ["redirect_uri": "https://app.example/other"]), "another redirect URI"),
            (
                try await flow.exchange(code, ["code_verifier": String(repeating: "w", count: 43)]), "another verifier"
            ),
            (try await flow.exchange(code, ["code_verifier": nil]), "no verifier"),
        ]
        for (response, why) in replays { response.expectInvalidGrant("\(why)") }
        let unauthenticated = try await flow.exchange(code, ["client_secret": nil])
        #expect(unauthenticated.error == "invalid_client")
        #expect(try await installation.grants() == before)
        #expect(try await installation.status(tokens.access) == 200)
        #expect(try await installation.events(.codeReplayRefused).count == 3)
        #expect(try await flow.refresh(tokens.refresh ?? "").status == 200)
    }

    @Test func `S55 S57 a failed exchange burns nothing, and the fifth wrong verifier burns the code`() async throws {
        let (installation, browser, flow, code) = try await world(.public)
        let stranger = CodeFlow(installation, try await installation.client(of: installation.developer(), .public))
        for _ in 1...6 {
            (try await stranger.exchange(code)).expectInvalidGrant("another client's guesses do not count")
            (try await flow.exchange(code, ["redirect_uri": "https://app.example/other"])).expectInvalidGrant()
            (try await flow.exchange(code, ["code_verifier": nil])).expectInvalidGrant()
        }
        let wrong: [String: String?] = ["code_verifier": String(repeating: "w", count: 43)]
        for attempt in 1...4 { (try await flow.exchange(code, wrong)).expectInvalidGrant("\(attempt)") }
        #expect(try await installation.grants().first?.wrongVerifiers == 4)
        #expect(try await flow.exchange(code).status == 200, "four wrong ones leave it good")

        let second = try await flow.code(in: browser)
        for attempt in 1...5 { (try await flow.exchange(second, wrong)).expectInvalidGrant("\(attempt)") }
        (try await flow.exchange(second)).expectInvalidGrant("burned")
        #expect(try await installation.grants().contains { $0.revocation == .verifierGuessed })
        #expect(try await installation.grants().count { $0.state == .active } == 1)
    }

    @Test func `S60 offline_access is granted when asked for and approved, with and without prompt`() async throws {
        let (installation, browser, flow, code) = try await world(.public)
        #expect(Tokens(try await flow.exchange(code)).refresh != nil)
        var quiet = flow
        quiet.prompt = nil
        try await browser.open(quiet.address())
        #expect(browser.page.contains("offline_access"), "approval for it is always shown")
        let tokens = try await quiet.tokens(in: browser)
        #expect(tokens.refresh != nil)
        #expect(tokens.scope.contains("offline_access"))
        #expect(try await installation.grants().count == 2)
    }
}
