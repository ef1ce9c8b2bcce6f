import Foundation
import HTTPTypes
import SluiceAuthority
import SluiceOAuth
import SluiceSQLite
import Testing

@testable import SluiceServer

/// S53–S55, S57, D9, D10: a code is good once, for a minute, for one client, with one verifier.
@Suite("S53-S55, S57: the code")
struct AuthorizationCodeTests {
    private static let wrongVerifier = String(repeating: "w", count: 43)

    private func prepared(
        _ kind: Client.Kind = .confidential, store: (any AuthorityStore)? = nil,
        adjust: (inout AuthorityConfiguration) -> Void = { _ in }
    ) async throws -> (scene: OAuthScene, code: String) {
        let scene = try await OAuthScene(kind, store: store, adjust: adjust)
        return (scene, try await scene.flow.code(in: scene.browser))
    }

    // MARK: Lifetime

    @Test func `S53 S40 S96 a code is good just before 60 seconds and expired at 60, in Buffer's words`() async throws {
        let scene = try await OAuthScene()
        #expect(scene.installation.authority.configuration.codeLifetime == .seconds(60))
        for (age, isGood) in [(0.0, true), (59.999, true), (60.0, false), (60.001, false), (86_400.0, false)] {
            let code = try await scene.flow.code(in: scene.browser)
            scene.installation.clock.advance(by: age)
            let response = try await scene.flow.exchange(code)
            if isGood {
                #expect(response.status == 200, "\(age) s")
            } else {
                expectRefusal(response, "invalid_grant", "\(age) s")
                #expect(
                    response.body == #"{"error":"invalid_grant","error_description":"Authorization code has expired"}"#,
                    "\(age) s")
                expectRefusal(try await scene.flow.exchange(code), "invalid_grant", "and stays expired")
            }
        }
        #expect(try await scene.grants.count { $0.state == .active } == 2)
        #expect(try await scene.grants.count { $0.state == .pending } == 3)
    }

    @Test func `S53 the lifetime is the operator's`() async throws {
        let (scene, code) = try await prepared(adjust: { $0.codeLifetime = .seconds(5) })
        scene.installation.clock.advance(by: 5)
        #expect(
            try await scene.flow.exchange(code).json["error_description"] as? String == "Authorization code has expired"
        )
    }

    @Test func `S53 who has no right to a code does not learn that it expired`() async throws {
        let (scene, code) = try await prepared()
        scene.installation.clock.advance(by: 61)
        var other = scene.flow
        other = CodeFlow(
            scene.installation, try await scene.installation.client(of: scene.developer, name: "Other"),
            redirectURI: other.redirectURI)
        let response = try await other.exchange(code)
        expectRefusal(response, "invalid_grant")
        #expect(response.json["error_description"] as? String != "Authorization code has expired")
    }

    // MARK: Replay

    @Test(arguments: Client.Kind.allCases)
    func `S54 D9 S96 a second exchange is invalid_grant and revokes every token of the grant`(kind: Client.Kind)
        async throws
    {
        let (scene, code) = try await prepared(kind)
        let tokens = Tokens(try await scene.flow.exchange(code))
        #expect(try await scene.installation.query(bearer: tokens.access).status == 200)
        expectRefusal(try await scene.flow.exchange(code), "invalid_grant")
        #expect(try await scene.installation.query(bearer: tokens.access).status == 401)
        expectRefusal(try await scene.flow.refresh(try #require(tokens.refresh)), "invalid_grant")
        let grant = try await scene.onlyGrant
        #expect(grant.state == .revoked)
        #expect(grant.revocation == .codeReplayed)
        #expect(try await scene.events.contains(.grantRevoked))
        for _ in 0..<3 { expectRefusal(try await scene.flow.exchange(code), "invalid_grant", "and ever after") }
    }

    @Test func `S54 D9 the replay counts after rotations and long after the code's minute`() async throws {
        let (scene, code) = try await prepared()
        var tokens = Tokens(try await scene.flow.exchange(code))
        for _ in 0..<3 {
            scene.installation.clock.advance(by: 86_400)
            tokens = Tokens(try await scene.flow.refresh(try #require(tokens.refresh)))
        }
        expectRefusal(try await scene.flow.exchange(code), "invalid_grant")
        expectRefusal(try await scene.flow.refresh(try #require(tokens.refresh)), "invalid_grant")
        #expect(try await scene.installation.query(bearer: tokens.access).status == 401)
    }

    @Test func `S54 D14 a replay leaves other grants alone, of the same client and account too`() async throws {
        let (scene, code) = try await prepared()
        let device = try await scene.flow.tokens(in: scene.browser)
        _ = try await scene.flow.exchange(code)
        _ = try await scene.flow.exchange(code)
        #expect(try await scene.installation.query(bearer: device.access).status == 200)
        #expect(try await scene.flow.refresh(try #require(device.refresh)).status == 200)
    }

    @Test(arguments: ["another client", "another redirect URI", "a wrong verifier", "no verifier", "a wrong secret"])
    func `S54 D9 a replay without proof is refused and revokes nothing: an old code is no remote off-switch`(
        why: String
    ) async throws {
        let scene = try await OAuthScene(redirectURIs: ["https://app.example/cb", "https://app.example/other"])
        let code = try await scene.flow.code(in: scene.browser)
        let tokens = Tokens(try await scene.flow.exchange(code))
        let other = CodeFlow(
            scene.installation,
            try await scene.installation.client(
                of: scene.developer, redirectURIs: ["https://app.example/cb"], name: "Other"))
        for _ in 0..<7 {
            let response =
                switch why {
                case "another client": try await other.exchange(code)
                case "another redirect URI":
                    try await scene.flow.exchange(code, ["redirect_uri": "https://app.example/other"])
                case "a wrong verifier": try await scene.flow.exchange(code, ["code_verifier": Self.wrongVerifier])
                case "no verifier": try await scene.flow.exchange(code, ["code_verifier": nil])
                default: try await scene.flow.exchange(code, ["client_secret": "x"])
                }
            if why == "a wrong secret" {
                expectRefusal(response, "invalid_client", status: 401)
            } else {
                expectRefusal(response, "invalid_grant", "\(why)")
            }
        }
        #expect(try await scene.onlyGrant.state == .active)
        #expect(try await scene.installation.query(bearer: tokens.access).status == 200)
        #expect(try await scene.flow.refresh(try #require(tokens.refresh)).status == 200)
        if ["another client", "another redirect URI", "a wrong verifier"].contains(why) {
            #expect(try await scene.events.contains(.codeReplayRefused), "it leaves a trace")
        }
    }

    // MARK: Race

    @Test(arguments: [2, 20, 50])
    func `S54 of parallel exchanges exactly one is 200`(count: Int) async throws {
        let store = ObstructedStore(try await Installation().store)
        let (scene, code) = try await prepared(store: store)
        store.obstruct { $0.latency = .milliseconds(2) }
        let responses = try await withThrowingTaskGroup(of: TestResponse.self) { group in
            for _ in 0..<count { group.addTask { try await scene.flow.exchange(code) } }
            var all: [TestResponse] = []
            for try await response in group { all.append(response) }
            return all
        }
        let winners = responses.filter { $0.status == 200 }
        #expect(winners.count == 1)
        for loser in responses where loser.status != 200 { expectRefusal(loser, "invalid_grant") }
        // The losers proved possession, so they were replays: the grant is gone (RFC 6749 §4.1.2).
        #expect(try await scene.onlyGrant.state == .revoked)
        #expect(try await scene.events.count { $0 == .grantActivated } == 1)
        if let winner = winners.first {
            #expect(try await scene.installation.query(bearer: Tokens(winner).access).status == 401)
        }
    }

    @Test func `S54 of parallel exchanges at two nodes over one database exactly one is 200`() async throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "sluice-\(UUID().uuidString).sqlite").path
        defer { for suffix in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + suffix) } }
        let (scene, code) = try await prepared(store: try await SQLiteStore.open(path: path))
        let second = try await Installation(
            store: try await SQLiteStore.open(path: path), clock: scene.installation.clock)
        let fields = scene.flow.exchangeFields(code)
        let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
            for index in 0..<20 {
                let node = index.isMultiple(of: 2) ? scene.installation : second
                group.addTask { try await node.post("/token", fields).status }
            }
            var all: [Int] = []
            for try await status in group { all.append(status) }
            return all
        }
        #expect(statuses.count { $0 == 200 } == 1)
        #expect(statuses.count { $0 == 400 } == 19)
    }

    // MARK: Client

    @Test(arguments: Client.Kind.allCases, Client.Kind.allCases)
    func `S55 D10 another client's exchange is invalid_grant, and the rightful client still gets its tokens`(
        kind: Client.Kind, otherKind: Client.Kind
    ) async throws {
        let (scene, code) = try await prepared(kind)
        let other = CodeFlow(
            scene.installation,
            try await scene.installation.client(
                of: scene.developer, otherKind, redirectURIs: ["https://app.example/cb"], name: "Other"))
        for _ in 0..<7 { expectRefusal(try await other.exchange(code), "invalid_grant") }
        for _ in 0..<7 {
            expectRefusal(try await other.exchange(code, ["code_verifier": Self.wrongVerifier]), "invalid_grant")
        }
        let grant = try await scene.onlyGrant
        #expect(grant.state == .pending)
        #expect(grant.wrongVerifiers == 0, "a stranger cannot use up the attempts")
        #expect(try await scene.flow.exchange(code).status == 200)
    }

    // MARK: Verifier

    @Test(arguments: Client.Kind.allCases)
    func `S57 D10 four wrong verifiers leave the code alive`(kind: Client.Kind) async throws {
        let (scene, code) = try await prepared(kind)
        for count in 1...4 {
            expectRefusal(try await scene.flow.exchange(code, ["code_verifier": Self.wrongVerifier]), "invalid_grant")
            #expect(try await scene.onlyGrant.wrongVerifiers == count)
        }
        #expect(try await scene.flow.exchange(code).status == 200)
    }

    @Test(arguments: Client.Kind.allCases)
    func `S57 D10 the fifth wrong verifier burns the code`(kind: Client.Kind) async throws {
        let (scene, code) = try await prepared(kind)
        for _ in 1...5 {
            expectRefusal(try await scene.flow.exchange(code, ["code_verifier": Self.wrongVerifier]), "invalid_grant")
        }
        let grant = try await scene.onlyGrant
        #expect(grant.state == .revoked)
        #expect(grant.revocation == .verifierGuessed)
        expectRefusal(try await scene.flow.exchange(code), "invalid_grant", "the right one comes too late")
        #expect(try await scene.onlyGrant.activatedAt == nil)
    }

    @Test func `S57 D10 parallel guesses count like others`() async throws {
        let store = ObstructedStore(try await Installation().store)
        let (scene, code) = try await prepared(.public, store: store)
        store.obstruct { $0.latency = .milliseconds(2) }
        let guess = Self.wrongVerifier
        let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<20 { group.addTask { try await scene.flow.exchange(code, ["code_verifier": guess]).status } }
            var all: [Int] = []
            for try await status in group { all.append(status) }
            return all
        }
        #expect(statuses.allSatisfy { $0 == 400 })
        #expect(try await scene.onlyGrant.revocation == .verifierGuessed)
        expectRefusal(try await scene.flow.exchange(code), "invalid_grant")
    }

    @Test func `S57 a verifier that differs in one character, or in case, is wrong`() async throws {
        let (scene, code) = try await prepared()
        let right = scene.flow.verifier
        for wrong in [String(right.dropLast()) + "l", "D" + right.dropFirst(), right + "k", right.lowercased()] {
            try #require(wrong != right)
            expectRefusal(try await scene.flow.exchange(code, ["code_verifier": wrong]), "invalid_grant")
        }
        #expect(try await scene.flow.exchange(code).status == 200)
    }

    @Test func `S52 S54 S55 S57 every refusal of a code reads the same`() async throws {
        let (scene, code) = try await prepared()
        let other = CodeFlow(
            scene.installation,
            try await scene.installation.client(
                of: scene.developer, redirectURIs: ["https://app.example/cb"], name: "Other"))
        let unknown = try await scene.flow.exchange(String(repeating: "A", count: 43)).body
        #expect(try await other.exchange(code).body == unknown)
        #expect(try await scene.flow.exchange(code, ["redirect_uri": "https://app.example/x"]).body == unknown)
        #expect(try await scene.flow.exchange(code, ["code_verifier": Self.wrongVerifier]).body == unknown)
        #expect(try await scene.flow.exchange(code).status == 200)
        #expect(try await scene.flow.exchange(code).body == unknown)
        #expect(try await scene.flow.exchange(code).body == unknown)
    }
}
