import Crypto
import Foundation
import HTTPTypes
import SluiceAuthority
import SluiceOAuth
import Testing

@testable import SluiceServer

/// S58–S65: what the token endpoint answers.
@Suite("S58-S65: the token answer")
struct TokenAnswerTests {
    private func exchanged(
        scope: String = "posts:write posts:read ideas:read ideas:write account:read account:write offline_access",
        adjust: (inout AuthorityConfiguration) -> Void = { _ in }
    ) async throws -> (scene: OAuthScene, response: TestResponse) {
        let scene = try await OAuthScene(adjust: adjust)
        let code = try await scene.flow.code(in: scene.browser, ["scope": scope])
        return (scene, try await scene.flow.exchange(code))
    }

    private func part(_ index: Int, of token: String) throws -> [String: Any] {
        let parts = token.split(separator: ".", omittingEmptySubsequences: false)
        try #require(parts.count == 3)
        let bytes = try #require(Base64URL.decode(parts[index]))
        return try #require(try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
    }

    @Test func `S58 S59 S61 S62 S63 the answer has exactly Buffer's members, in its order`() async throws {
        let (_, response) = try await exchanged()
        #expect(response.status == 200)
        let access = try #require(response.json["access_token"] as? String)
        let refresh = try #require(response.json["refresh_token"] as? String)
        let scope = "posts:write posts:read ideas:read ideas:write account:read account:write offline_access"
        #expect(
            response.body
                == #"{"access_token":"\#(access)","refresh_token":"\#(refresh)","token_type":"Bearer","expires_in":3600,"scope":"\#(scope)"}"#
        )
        #expect(access.hasPrefix("eyJ"))
        #expect(refresh.hasPrefix("v1."))
        #expect(refresh.utf8.count <= 512)
        #expect(refresh.utf8.allSatisfy { $0.isUnreservedForTest }, "URL-safe")
    }

    @Test func `S58 the access token is an RFC 9068 JWT, and its signature fits the key that jwks publishes`()
        async throws
    {
        let (scene, response) = try await exchanged()
        let token = Tokens(response).access
        let header = try part(0, of: token)
        #expect(header["typ"] as? String == "at+jwt")
        #expect(header["alg"] as? String == "ES256")
        let kid = try #require(header["kid"] as? String)
        let keys = try await scene.installation.send(.get, "/jwks").json["keys"] as? [[String: String]] ?? []
        let jwk = try #require(keys.first { $0["kid"] == kid })
        // By the cryptography library alone, without our own reader of tokens.
        let x = try #require(jwk["x"].flatMap { Base64URL.decode($0) })
        let y = try #require(jwk["y"].flatMap { Base64URL.decode($0) })
        let key = try P256.Signing.PublicKey(rawRepresentation: x + y)
        let parts = token.split(separator: ".")
        let signature = try P256.Signing.ECDSASignature(rawRepresentation: try #require(Base64URL.decode(parts[2])))
        #expect(key.isValidSignature(signature, for: Data("\(parts[0]).\(parts[1])".utf8)))
        #expect(!key.isValidSignature(signature, for: Data("\(parts[0]).\(parts[1])x".utf8)))

        let claims = try part(1, of: token)
        #expect(claims["iss"] as? String == Installation.issuer)
        #expect(claims["aud"] as? String == Installation.issuer, "the API's URL")
        #expect(claims["sub"] as? String == scene.account.id.text)
        #expect(claims["client_id"] as? String == scene.client.id.text)
        #expect(claims["scope"] as? String == Tokens(response).scope)
        #expect(claims["iat"] as? Int == Int(scene.installation.clock.now.timeIntervalSince1970))
        #expect(claims["auth_time"] as? Int == Int(scene.installation.clock.now.timeIntervalSince1970))
        #expect((claims["jti"] as? String)?.isEmpty == false)
        #expect(
            Set(claims.keys) == [
                "iss", "aud", "sub", "client_id", "scope", "grant_id", "iat", "exp", "jti", "auth_time",
            ],
            "no address, no name")
    }

    @Test(arguments: SignatureAlgorithm.allCases)
    func `S58 S108 every algorithm that can be chosen signs tokens that the API accepts`(algorithm: SignatureAlgorithm)
        async throws
    {
        let (scene, response) = try await exchanged(adjust: { $0.signatureAlgorithm = algorithm })
        let token = Tokens(response).access
        #expect(try part(0, of: token)["alg"] as? String == algorithm.rawValue)
        #expect(try await scene.installation.query(bearer: token).status == 200)
        let keys = try await scene.installation.send(.get, "/jwks").json["keys"] as? [[String: String]] ?? []
        #expect(keys.map { $0["alg"] } == [algorithm.rawValue])
    }

    @Test func `S58 every token has a jti of its own`() async throws {
        let scene = try await OAuthScene()
        var names: Set<String> = []
        for _ in 0..<10 {
            let tokens = try await scene.flow.tokens(in: scene.browser)
            names.insert(try #require(try part(1, of: tokens.access)["jti"] as? String))
        }
        #expect(names.count == 10)
    }

    @Test func `S60 without offline_access the member refresh_token is absent`() async throws {
        let (scene, response) = try await exchanged(scope: "account:read posts:read")
        #expect(response.status == 200)
        #expect(Set(response.json.keys) == ["access_token", "token_type", "expires_in", "scope"])
        #expect(!response.body.contains("refresh"))
        #expect(try await scene.installation.query(bearer: Tokens(response).access).status == 200)
    }

    @Test(arguments: ["consent", nil] as [String?])
    func `S60 D11 offline_access is granted where it was asked for and approved, with and without prompt=consent`(
        prompt: String?
    ) async throws {
        for kind in Client.Kind.allCases {
            let scene = try await OAuthScene(kind)
            let code = try await scene.flow.code(
                in: scene.browser, ["prompt": prompt, "scope": "account:read offline_access"])
            let tokens = Tokens(try await scene.flow.exchange(code))
            #expect(tokens.scope == "account:read offline_access")
            #expect(try await scene.flow.refresh(try #require(tokens.refresh)).status == 200)
        }
    }

    @Test func `S60 offline_access alone is a scope like others`() async throws {
        let (_, response) = try await exchanged(scope: "offline_access")
        #expect(Tokens(response).refresh != nil)
        #expect(Tokens(response).scope == "offline_access")
    }

    @Test(arguments: [3600, 600, 86_400])
    func `S62 S69 expires_in is a whole number and equals exp minus iat, and the token ends then`(seconds: Int)
        async throws
    {
        let (scene, response) = try await exchanged(adjust: {
            $0.accessTokenLifetime = .seconds(seconds)
            $0.clockLeeway = .zero
        })
        #expect(response.json["expires_in"] as? Int == seconds)
        #expect(response.body.contains("\"expires_in\":\(seconds),"))
        let claims = try part(1, of: Tokens(response).access)
        #expect(try #require(claims["exp"] as? Int) - #require(claims["iat"] as? Int) == seconds)
        scene.installation.clock.advance(by: Double(seconds) - 1)
        try await scene.installation.authority.catchUp()
        #expect(try await scene.installation.query(bearer: Tokens(response).access).status == 200)
        scene.installation.clock.advance(by: 1)
        #expect(try await scene.installation.query(bearer: Tokens(response).access).status == 401)
    }

    @Test(arguments: [
        ("posts:read", "posts:read"), ("account:read posts:read account:read", "account:read posts:read"),
        ("offline_access  ideas:write", "offline_access ideas:write"),
    ])
    func `S63 scope is what consent granted, offline_access included`(asked: String, granted: String) async throws {
        let (scene, response) = try await exchanged(scope: asked)
        #expect(Tokens(response).scope == granted)
        #expect(try part(1, of: Tokens(response).access)["scope"] as? String == granted)
        #expect(try await scene.onlyGrant.facts.scopes.text == granted)
    }

    @Test func `S63 a scope in the exchange neither widens nor narrows`() async throws {
        let scene = try await OAuthScene()
        for scope in ["posts:read", "posts:read posts:write account:write", "nope"] {
            let code = try await scene.flow.code(in: scene.browser, ["scope": "account:read posts:read"])
            let response = try await scene.flow.exchange(code, ["scope": scope])
            #expect(Tokens(response).scope == "account:read posts:read")
        }
    }

    @Test func `S64 success and errors are JSON that nobody may store`() async throws {
        let scene = try await OAuthScene()
        let code = try await scene.flow.code(in: scene.browser)
        let answers = [
            try await scene.flow.exchange(code), try await scene.flow.exchange(code),
            try await scene.flow.exchange("x"),
            try await scene.flow.exchange(code, ["client_secret": "x"]),
            try await scene.flow.exchange(code, ["grant_type": nil]),
            try await scene.installation.send(.get, "/token"), try await scene.installation.post("/token", []),
            try await scene.installation.post("/token", [("x", String(repeating: "y", count: 70_000))]),
        ]
        #expect(answers.map(\.status) == [200, 400, 400, 401, 400, 405, 400, 413])
        for answer in answers {
            #expect(answer.values("Cache-Control") == ["no-store"])
            #expect(answer.values("Pragma") == ["no-cache"])
            #expect(answer.values("Content-Type") == ["application/json"])
            #expect(answer["X-Content-Type-Options"] == "nosniff")
            #expect(answer.values("Set-Cookie").isEmpty)
            #expect(answer["Access-Control-Allow-Origin"] == "*", "S125: single-page apps may call it")
            #expect(answer["Access-Control-Allow-Credentials"] == nil)
            #expect(!answer.json.isEmpty)
        }
    }

    @Test func `S65 while the database is away it is a 503 in OAuth's shape, and nothing is lost`() async throws {
        let store = ObstructedStore(try await Installation().store)
        let scene = try await OAuthScene(store: store)
        let code = try await scene.flow.code(in: scene.browser)
        let tokens = try await scene.flow.tokens(in: scene.browser)
        for isTotal in [false, true] {
            store.obstruct {
                $0.refusesWrites = true
                $0.refusesAll = isTotal
            }
            for response in [
                try await scene.flow.exchange(code), try await scene.flow.refresh(try #require(tokens.refresh)),
            ] {
                expectRefusal(response, "temporarily_unavailable", status: 503)
                #expect(response["Retry-After"] != nil)
                #expect(response.json["request_id"] as? String == response["X-Request-ID"])
                #expect(!response.body.lowercased().contains("sql"))
                #expect(!response.body.contains("the test says so"), "the reason is for the log")
            }
        }
        store.obstruct {
            $0.refusesWrites = false
            $0.refusesAll = false
        }
        #expect(try await scene.flow.exchange(code).status == 200)
        #expect(try await scene.flow.refresh(try #require(tokens.refresh)).status == 200)
    }

    @Test func `S65 no error says more than it must`() async throws {
        let scene = try await OAuthScene()
        let code = try await scene.flow.code(in: scene.browser)
        let marked = "zzECHOzz"
        for name in ["client_id", "client_secret", "grant_type", "code", "redirect_uri", "code_verifier"] {
            let response = try await scene.flow.exchange(code, [name: marked])
            #expect(response.status >= 400)
            #expect(!response.body.contains("ECHO"), "\(name)")
            for word in ["ada@example.com", "SELECT", "grants", "/Sources/", "swift", scene.account.id.text] {
                #expect(!response.body.contains(word), "\(name): \(word)")
            }
        }
    }

    @Test func `S65 S45 the API keeps 415 in its own shape`() async throws {
        let scene = try await OAuthScene()
        let tokens = try await scene.flow.tokens(in: scene.browser)
        let response = try await scene.installation.send(
            .post, "/", headers: [("Authorization", "Bearer \(tokens.access)"), ("Content-Type", "text/plain")],
            body: "x")
        #expect(response.status == 415)
        #expect(response.graphQLCode == "UNSUPPORTED_MEDIA_TYPE")
    }
}

extension UInt8 {
    /// RFC 3986 §2.3, written out a second time so that the test does not believe the code it tests.
    fileprivate var isUnreservedForTest: Bool {
        switch self {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"),
            UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"):
            true
        default: false
        }
    }
}
