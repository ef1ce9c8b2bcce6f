import Foundation
import HTTPTypes
import SluiceAuthority
import SluiceOAuth
import Testing

@testable import SluiceServer

/// S46–S50: who may redeem a code.
@Suite("S46-S50: client authentication")
struct ClientAuthenticationTests {
    private func basic(_ id: String, _ secret: String) -> (String, String) {
        ("Authorization", "Basic " + Data("\(id):\(secret)".utf8).base64EncodedString())
    }

    /// Every character as a percent escape.
    private func escaped(_ text: String) -> String {
        text.utf8.map { "%" + String($0 >> 4, radix: 16, uppercase: true) + String($0 & 15, radix: 16) }.joined()
    }

    private func prepared(_ kind: Client.Kind) async throws -> (scene: OAuthScene, code: String) {
        let scene = try await OAuthScene(kind)
        return (scene, try await scene.flow.code(in: scene.browser))
    }

    /// Exchanges with the credentials left out of the form, and other ones put in.
    private func exchange(
        _ scene: OAuthScene, _ code: String, form: [(String, String)] = [], headers: [(String, String)] = [],
        _ changes: [String: String?] = [:]
    ) async throws -> TestResponse {
        let rest = scene.flow.exchangeFields(code, changes).filter { $0.0 != "client_id" && $0.0 != "client_secret" }
        return try await scene.installation.post("/token", form + rest, headers: headers)
    }

    private func expectUntouched(
        _ scene: OAuthScene, _ code: String, sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        #expect(try await scene.onlyGrant.state == .pending, sourceLocation: sourceLocation)
        #expect(
            try await scene.flow.exchange(code).status == 200, "the code is still good", sourceLocation: sourceLocation)
    }

    // MARK: Confidential

    @Test func `S46 a confidential client with secret and verifier gets tokens`() async throws {
        let (scene, code) = try await prepared(.confidential)
        #expect(try await scene.flow.exchange(code).status == 200)
    }

    @Test(arguments: [nil, ""] as [String?])
    func `S46 S48 a confidential client without its secret is invalid_client, and the code lives on`(
        secret: String?
    ) async throws {
        let (scene, code) = try await prepared(.confidential)
        let response = try await scene.flow.exchange(code, ["client_secret": secret])
        expectRefusal(response, "invalid_client", status: 401)
        #expect(response["WWW-Authenticate"] == nil)
        try await expectUntouched(scene, code)
    }

    @Test(arguments: Client.Kind.allCases, [nil, ""] as [String?])
    func `S46 S57 without a verifier it is invalid_grant, and the code lives on`(kind: Client.Kind, verifier: String?)
        async throws
    {
        let (scene, code) = try await prepared(kind)
        for _ in 0..<7 {
            expectRefusal(try await scene.flow.exchange(code, ["code_verifier": verifier]), "invalid_grant")
        }
        #expect(try await scene.onlyGrant.wrongVerifiers == 0, "nothing was guessed")
        try await expectUntouched(scene, code)
    }

    @Test func `S49 the secret in the body and in a Basic header both work`() async throws {
        let (scene, first) = try await prepared(.confidential)
        let id = scene.client.id.text
        let secret = try #require(scene.flow.client.secret).text
        let post = try await exchange(scene, first, form: [("client_id", id), ("client_secret", secret)])
        #expect(post.status == 200)
        for header in [
            basic(id, secret), basic(escaped(id), escaped(secret)),
            ("Authorization", basic(id, secret).1.replacing("Basic", with: "bASIC")),
        ] {
            let code = try await scene.flow.code(in: scene.browser)
            #expect(try await exchange(scene, code, headers: [header]).status == 200)
        }
        let code = try await scene.flow.code(in: scene.browser)
        let both = try await exchange(scene, code, form: [("client_id", id)], headers: [basic(id, secret)])
        #expect(both.status == 200, "the same client_id in the body is no second method")
        let third = try await scene.flow.code(in: scene.browser)
        let empty = try await exchange(scene, third, form: [("client_secret", "")], headers: [basic(id, secret)])
        #expect(empty.status == 200, "an empty client_secret counts as left out")
    }

    @Test func `S49 S94 two methods at once are invalid_request, even if both are right`() async throws {
        let (scene, code) = try await prepared(.confidential)
        let id = scene.client.id.text
        let secret = try #require(scene.flow.client.secret).text
        for form in [
            [("client_secret", secret)], [("client_id", id), ("client_secret", secret)],
            [("client_id", id), ("client_secret", "x")],
        ] {
            let response = try await exchange(scene, code, form: form, headers: [basic(id, secret)])
            expectRefusal(response, "invalid_request")
        }
        let assertion = [("client_id", id), ("client_assertion", "x"), ("client_assertion_type", "y")]
        expectRefusal(try await exchange(scene, code, form: assertion + [("client_secret", secret)]), "invalid_request")
        expectRefusal(try await exchange(scene, code, form: assertion, headers: [basic(id, secret)]), "invalid_request")
        expectRefusal(try await exchange(scene, code, form: assertion), "invalid_client", status: 401)
        try await expectUntouched(scene, code)
    }

    @Test func `S49 S94 a Basic id that differs from the body's is invalid_request`() async throws {
        let (scene, code) = try await prepared(.confidential)
        let other = try await scene.installation.client(of: scene.developer, name: "Other")
        let secret = try #require(scene.flow.client.secret).text
        for id in [other.client.id.text, "x", scene.client.id.text.uppercased() + "A"] {
            let response = try await exchange(
                scene, code, form: [("client_id", id)], headers: [basic(scene.client.id.text, secret)])
            expectRefusal(response, "invalid_request")
        }
        try await expectUntouched(scene, code)
    }

    @Test func `S49 S50 a wrong secret is invalid_client, with a Basic challenge only if Basic was tried`() async throws {
        let (scene, code) = try await prepared(.confidential)
        let id = scene.client.id.text
        let secret = try #require(scene.flow.client.secret).text
        let other = try #require(try await scene.installation.client(of: scene.developer, name: "Other").secret).text
        for wrong in ["x", String(secret.dropLast()), secret + "A", secret.lowercased(), " " + secret, other] {
            let post = try await exchange(scene, code, form: [("client_id", id), ("client_secret", wrong)])
            expectRefusal(post, "invalid_client", status: 401)
            #expect(post["WWW-Authenticate"] == nil)
            let header = try await exchange(scene, code, headers: [basic(id, wrong)])
            expectRefusal(header, "invalid_client", status: 401)
            #expect(header.values("WWW-Authenticate").count == 1)
            #expect(header["WWW-Authenticate"]?.hasPrefix("Basic realm=") == true)
            #expect(header.body == post.body)
        }
        #expect(try await scene.events.contains(.clientAuthenticationFailed))
        try await expectUntouched(scene, code)
    }

    @Test(arguments: [
        ("no base64", "Basic !!!"), ("no colon", "Basic " + Data("abc".utf8).base64EncodedString()),
        ("nothing", "Basic "),
        ("no space", "Basic"), ("an empty id", "Basic " + Data(":x".utf8).base64EncodedString()),
        ("a broken escape", "Basic " + Data("%zz:x".utf8).base64EncodedString()),
        ("not UTF-8", "Basic " + Data([0xFF, 0x3A, 0x78]).base64EncodedString()), ("base64url", "Basic YWI_Og=="),
        ("two credentials", "Basic YTpi YTpi"),
    ])
    func `S49 S94 a Basic header that cannot be read is invalid_request`(why: String, header: String) async throws {
        let (scene, code) = try await prepared(.confidential)
        let response = try await exchange(scene, code, headers: [("Authorization", header)])
        expectRefusal(response, "invalid_request", "\(why)")
        try await expectUntouched(scene, code)
    }

    @Test func `S49 S15 another scheme is no client authentication, and two headers are refused`() async throws {
        let (scene, code) = try await prepared(.confidential)
        let id = scene.client.id.text
        let secret = try #require(scene.flow.client.secret).text
        let key = try await scene.installation.key(for: scene.developer)
        for header in ["Bearer \(key.key.text)", "Bearer x", "Digest x", "Basically eDp5"] {
            let response = try await exchange(
                scene, code, form: [("client_id", id)], headers: [("Authorization", header)])
            expectRefusal(response, "invalid_client", status: 401, "\(header)")
            // RFC 9110 §15.5.2: a 401 to a credential in the header says which kind is taken.
            #expect(response.values("WWW-Authenticate") == ["Basic realm=\"Sluice\", charset=\"UTF-8\""], "\(header)")
        }
        let twice = try await exchange(scene, code, headers: [basic(id, secret), basic(id, secret)])
        expectRefusal(twice, "invalid_request")
        try await expectUntouched(scene, code)
    }

    @Test func `S49 S15 an API key, an access token and a refresh token are no client secrets`() async throws {
        let (scene, code) = try await prepared(.confidential)
        let key = try await scene.installation.key(for: scene.developer)
        let tokens = Tokens(try await scene.flow.exchange(code))
        let next = try await scene.flow.code(in: scene.browser)
        for text in [key.key.text, tokens.access, try #require(tokens.refresh), next] {
            let response = try await exchange(
                scene, next, form: [("client_id", scene.client.id.text), ("client_secret", text)])
            expectRefusal(response, "invalid_client", status: 401)
        }
        #expect(try await scene.flow.exchange(next).status == 200)
    }

    @Test func `S18 S49 of two secrets the old one works until its overlap ends, exactly`() async throws {
        let scene = try await OAuthScene(.confidential)
        let old = try #require(scene.flow.client.secret).text
        let new = try await scene.installation.authority.clients.rotateSecret(
            of: scene.client.id, owner: scene.developer.id, overlap: .seconds(600), formID: nil, trace: .commandLine)
        let secret = try #require(new.secret).text
        func status(_ secret: String) async throws -> Int {
            try await scene.flow.exchange(scene.flow.code(in: scene.browser), ["client_secret": secret]).status
        }
        #expect(try await status(old) == 200)
        #expect(try await status(secret) == 200)
        scene.installation.clock.advance(by: 599.999)
        #expect(try await status(old) == 200)
        scene.installation.clock.advance(by: 0.001)
        #expect(try await status(old) == 401)
        #expect(try await status(secret) == 200)
    }

    // MARK: Public

    @Test(arguments: [nil, ""] as [String?])
    func `S47 S48 a public client authenticates with the verifier alone; an empty secret counts as left out`(
        secret: String?
    ) async throws {
        let (scene, code) = try await prepared(.public)
        #expect(scene.flow.client.secret == nil)
        #expect(try await scene.flow.exchange(code, ["client_secret": secret]).status == 200)
    }

    @Test func `S48 a public client that sends a secret is invalid_client, and the code is not consumed`() async throws {
        let (scene, code) = try await prepared(.public)
        let id = scene.client.id.text
        for secret in ["x", "null", "undefined", " "] {
            expectRefusal(try await scene.flow.exchange(code, ["client_secret": secret]), "invalid_client", status: 401)
        }
        for header in [basic(id, "x"), basic(id, ""), basic(escaped(id), "")] {
            let response = try await exchange(scene, code, headers: [header])
            expectRefusal(response, "invalid_client", status: 401)
            #expect(response["WWW-Authenticate"]?.hasPrefix("Basic ") == true)
            expectRefusal(
                try await exchange(scene, code, form: [("client_id", id)], headers: [header]), "invalid_client",
                status: 401)
        }
        try await expectUntouched(scene, code)
    }

    // MARK: Who

    @Test(arguments: [nil, ""] as [String?])
    func `S50 S94 a missing client_id is invalid_request`(id: String?) async throws {
        for kind in Client.Kind.allCases {
            let (scene, code) = try await prepared(kind)
            expectRefusal(try await scene.flow.exchange(code, ["client_id": id]), "invalid_request")
            try await expectUntouched(scene, code)
        }
    }

    @Test func `S50 S95 an unknown client and a wrong secret get the same answer`() async throws {
        let (scene, code) = try await prepared(.confidential)
        let id = scene.client.id.text
        func answer(_ id: String, _ secret: String?) async throws -> TestResponse {
            try await exchange(scene, code, form: [("client_id", id)] + (secret.map { [("client_secret", $0)] } ?? []))
        }
        let wrong = try await answer(id, "x")
        expectRefusal(wrong, "invalid_client", status: 401)
        for (other, secret) in [
            ("0123456789abcdef01234567", "x"), ("0123456789abcdef01234567", nil), ("nope", "x"), ("<script>", "x"),
            ("é", nil),
            (id.uppercased() + "0", "x"), (id + "\0", "x"), (String(repeating: "a", count: 9_000), "x"), (id, nil),
        ] {
            let response = try await answer(other, secret)
            #expect(response.status == wrong.status)
            #expect(response.body == wrong.body)
            let names = Set(response.headers.map(\.name.canonicalName))
            #expect(names == Set(wrong.headers.map(\.name.canonicalName)))
        }
        try await expectUntouched(scene, code)
    }

    @Test func `S50 S65 who keeps failing is told to wait, in OAuth's shape, and others are not`() async throws {
        let (scene, code) = try await prepared(.confidential)
        func attempt(peer: String) async throws -> TestResponse {
            try await scene.installation.post(
                "/token", scene.flow.exchangeFields(code, ["client_secret": "x"]), peer: peer)
        }
        var statuses: [Int] = []
        for _ in 0..<200 where statuses.last != 429 { statuses.append(try await attempt(peer: "198.51.100.9").status) }
        #expect(statuses.dropLast().allSatisfy { $0 == 401 })
        #expect(statuses.last == 429)
        #expect(statuses.count > 10, "a client that is set up wrong has room to find out")
        let refused = try await attempt(peer: "198.51.100.9")
        expectRefusal(refused, "temporarily_unavailable", status: 429)
        let wait = try #require(refused["Retry-After"].flatMap { Double($0) })
        #expect(wait >= 1)
        #expect(refused.json["request_id"] as? String == refused["X-Request-ID"])
        #expect(try await attempt(peer: "198.51.100.10").status == 401, "another address")
        scene.installation.clock.advance(by: wait)
        #expect(try await attempt(peer: "198.51.100.9").status == 401, "after the wait")
        #expect(try await scene.onlyGrant.state == .pending)
    }
}
