import Foundation
import HTTPTypes
import SluiceAuthority
import SluiceOAuth
import Testing

@testable import SluiceServer

/// S38–S41, S93–S98, D16: what comes back to the client.
@Suite("S38-S41, S93-S98: the way back to the client")
struct CallbackTests {
    private func pairs(_ response: TestResponse) throws -> [(name: String, value: String)] {
        let location = try #require(response.location)
        let query = location.split(separator: "?", maxSplits: 1)[1]
        return try SluiceOAuth.Parameters(formEncoded: Array(query.utf8)).pairs
    }

    // MARK: Success

    @Test func `S38 S106 Allow redirects with code, state and iss, each once`() async throws {
        let scene = try await OAuthScene()
        let response = try await scene.flow.decide(in: scene.browser)
        #expect(response.status == 303)
        #expect(try pairs(response).map(\.name) == ["code", "state", "iss"])
        #expect(response.locationParameters["state"] == "xyz-state")
        #expect(response.locationParameters["iss"] == Installation.issuer)
        #expect(response.location?.hasPrefix("https://app.example/cb?") == true)
        #expect(response.location?.contains("#") == false)
        #expect(response.body.isEmpty)
        #expect(response["Cache-Control"] == "no-store")
        #expect(response["Referrer-Policy"] == "no-referrer", "the code must not travel in a Referer")
    }

    @Test(arguments: [
        ("a query is kept", "https://app.example/cb?x=1&y=%20z", "https://app.example/cb?x=1&y=%20z&code="),
        ("an empty query", "https://app.example/cb?", "https://app.example/cb?code="),
        ("no path", "https://app.example", "https://app.example?code="),
        ("a loopback address", "http://127.0.0.1:49152/cb", "http://127.0.0.1:49152/cb?code="),
        ("a private-use scheme", "com.example.app:/cb", "com.example.app:/cb?code="),
        ("escapes stay as they are", "https://app.example/%7Ecb/a%2Fb", "https://app.example/%7Ecb/a%2Fb?code="),
    ])
    func `S38 the redirect URI is kept byte for byte`(why: String, uri: String, start: String) async throws {
        let scene = try await OAuthScene(.public, redirectURIs: [uri])
        let response = try await scene.flow.decide(in: scene.browser)
        #expect(response.location?.hasPrefix(start) == true, "\(why): \(response.location ?? "none")")
        let code = try #require(response.locationParameters["code"])
        #expect(try await scene.flow.exchange(code).status == 200)
    }

    @Test func `S38 S22 a loopback redirect URI with another port works, and the exchange must repeat that port`()
        async throws
    {
        var scene = try await OAuthScene(.public, redirectURIs: ["http://127.0.0.1/cb"])
        scene.flow.redirectURI = "http://127.0.0.1:51004/cb"
        let response = try await scene.flow.decide(in: scene.browser)
        #expect(response.location?.hasPrefix("http://127.0.0.1:51004/cb?code=") == true)
        let code = try #require(response.locationParameters["code"])
        expectRefusal(try await scene.flow.exchange(code, ["redirect_uri": "http://127.0.0.1/cb"]), "invalid_grant")
        expectRefusal(
            try await scene.flow.exchange(code, ["redirect_uri": "http://127.0.0.1:51005/cb"]), "invalid_grant")
        #expect(try await scene.flow.exchange(code).status == 200)
    }

    @Test(arguments: ["allow", "deny"])
    func `S38 parameters of the redirect URI that would contradict the answer are replaced`(decision: String)
        async throws
    {
        let uri = "https://app.example/cb?code=planted&keep=1&state=planted&iss=planted&error=planted&c%6Fde=planted"
        let scene = try await OAuthScene(redirectURIs: [uri])
        let response = try await scene.flow.decide(decision, in: scene.browser)
        let names = try pairs(response).map(\.name)
        #expect(names.count == Set(names).count, "nothing twice: \(names)")
        #expect(response.location?.contains("planted") == false)
        #expect(response.locationParameters["keep"] == "1")
        #expect(response.locationParameters["state"] == "xyz-state")
    }

    @Test func `S40 a code is 256 random bits, URL-safe, different every time`() async throws {
        let scene = try await OAuthScene()
        var codes: Set<String> = []
        var firstBytes: Set<UInt8> = []
        for _ in 0..<40 {
            let code = try await scene.flow.code(in: scene.browser)
            let bytes = try #require(Base64URL.decode(code))
            #expect(bytes.count == 32)
            #expect(code.utf8.count == 43)
            codes.insert(code)
            firstBytes.insert(bytes[0])
            for fact in [scene.account.id.text, scene.client.id.text] { #expect(!code.contains(fact)) }
        }
        // Same user, same client, same moment.
        #expect(codes.count == 40)
        #expect(firstBytes.count > 10, "nothing of it counts up")
        #expect(try await !scene.grants.contains { grant in codes.contains { $0.contains(grant.id.text) } })
    }

    @Test func `S40 S12 a code is in no log line and no audit event`() async throws {
        let scene = try await OAuthScene()
        let code = try await scene.flow.code(in: scene.browser)
        _ = try await scene.flow.exchange(code)
        _ = try await scene.flow.exchange(code)
        #expect(!scene.installation.log.text.isEmpty)
        for secret in [code, scene.flow.verifier, scene.flow.client.secret?.text ?? "?"] {
            #expect(!scene.installation.log.text.contains(secret))
            let events = try await scene.installation.authority.audit.list(account: nil, SliceRequest(limit: 200))
                .elements
            #expect(!events.contains { "\($0)".contains(secret) })
        }
    }

    // MARK: Denial

    @Test(arguments: Client.Kind.allCases)
    func `S39 S93 Deny redirects with access_denied, and makes no code and no grant`(kind: Client.Kind) async throws {
        let scene = try await OAuthScene(kind)
        let response = try await scene.flow.decide("deny", in: scene.browser)
        expectRedirect(response, error: "access_denied")
        #expect(try await scene.grants.isEmpty)
        #expect(try await scene.events.first == .grantDenied)
    }

    @Test func `S39 S93 a denial takes nothing back that existed before`() async throws {
        let scene = try await OAuthScene()
        let tokens = try await scene.flow.tokens(in: scene.browser)
        let pending = try await scene.flow.code(in: scene.browser)
        let before = try await scene.grants
        expectRedirect(try await scene.flow.decide("deny", in: scene.browser), error: "access_denied")
        #expect(try await scene.grants == before)
        #expect(try await scene.installation.query(bearer: tokens.access).status == 200)
        #expect(try await scene.flow.refresh(try #require(tokens.refresh)).status == 200)
        #expect(try await scene.flow.exchange(pending).status == 200)
    }

    // MARK: Errors

    @Test(
        arguments: [
            ("invalid_request", ["code_challenge": nil]), ("invalid_request", ["prompt": "none login"]),
            ("invalid_scope", ["scope": "nope"]), ("invalid_scope", ["scope": nil]),
            ("unsupported_response_type", ["response_type": "token"]), ("consent_required", ["prompt": "none"]),
        ] as [(String, [String: String?])])
    func `S41 S94 S97 S98 a redirected error carries state, iss and a description in RFC 6749's characters`(
        error: String, changes: [String: String?]
    ) async throws {
        for uri in ["https://app.example/cb", "https://app.example/cb?x=1"] {
            let scene = try await OAuthScene(redirectURIs: [uri])
            let response = try await scene.open(changes)
            expectRedirect(response, error: error, to: uri)
            #expect(
                try pairs(response).map(\.name).filter { $0 != "x" } == ["error", "error_description", "state", "iss"])
            #expect(try await scene.grants.isEmpty)
        }
    }

    @Test func `S41 S94 a description never repeats what the request said`() async throws {
        let scene = try await OAuthScene()
        for name in [
            "scope", "response_type", "prompt", "max_age", "code_challenge", "code_challenge_method", "response_mode",
        ] {
            let response = try await scene.open([name: "zzECHOzz"])
            #expect(response.locationParameters["error"] != nil, "\(name)")
            #expect(response.location?.contains("ECHO") == false, "\(name)")
        }
    }

    @Test(arguments: Client.Kind.allCases)
    func `S95 D16 invalid_client is a page at the authorization endpoint and JSON at the token endpoint`(
        kind: Client.Kind
    ) async throws {
        let scene = try await OAuthScene(kind)
        expectErrorPage(try await scene.open(["client_id": "0123456789abcdef01234567"]), saying: "invalid_client")
        let code = try await scene.flow.code(in: scene.browser)
        expectRefusal(
            try await scene.flow.exchange(code, ["client_id": "0123456789abcdef01234567"]), "invalid_client",
            status: 401)
    }

    @Test func `S96 D16 invalid_grant is JSON at the token endpoint and nowhere on a redirect`() async throws {
        let scene = try await OAuthScene()
        expectRefusal(try await scene.flow.exchange("nope"), "invalid_grant")
        // What belongs to the token endpoint means nothing at the authorization endpoint.
        let response = try await scene.open(["code": "nope", "grant_type": "authorization_code", "code_verifier": "x"])
        #expect(response.isConsentPage)
    }

    @Test
    func
        `S98 an approval that cannot be kept is temporarily_unavailable on the redirect, since no 503 would reach the client`()
        async throws
    {
        let store = ObstructedStore(try await Installation().store)
        let scene = try await OAuthScene(.confidential, store: store)
        let code = try await scene.flow.code(in: scene.browser)
        try #require(try await scene.flow.exchange(code).status == 200)
        try await scene.open()
        let fields = [
            ("csrf", try #require(scene.browser.csrf)), ("ticket", try #require(scene.browser.hidden("ticket"))),
            ("decision", "allow"),
        ]
        store.obstruct { $0.refusesWrites = true }
        expectRedirect(try await scene.browser.postOnly("/auth/decision", fields), error: "temporarily_unavailable")
        expectRedirect(
            try await scene.open(["prompt": nil]), error: "temporarily_unavailable", "where no page is shown")
        store.obstruct { $0.refusesWrites = false }
        #expect(try await scene.grants.count == 1)
        #expect(
            try await scene.browser.postOnly("/auth/decision", fields).locationParameters["code"] != nil,
            "the same page can be answered once the store is back")
    }

    @Test func `S98 S65 while the database is away the authorization endpoint is a 503 page`() async throws {
        let store = ObstructedStore(try await Installation().store)
        let scene = try await OAuthScene(store: store)
        store.obstruct { $0.refusesAll = true }
        let response = try await scene.open()
        expectErrorPage(response, status: 503)
        #expect(response["Retry-After"] != nil)
    }
}
