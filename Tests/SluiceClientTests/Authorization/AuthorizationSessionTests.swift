import Foundation
import SluiceOAuth
import Testing

@testable import SluiceClient

@Suite("The authorization session: Buffer's page, Steps 1 to 4")
struct AuthorizationSessionTests {
    private let scopes = Scopes("posts:write posts:read offline_access")!

    private func session(
        _ registration: ClientRegistration = .publicClient("app"), server: AuthorizationServer = Scene.server
    ) -> AuthorizationSession {
        AuthorizationSession(
            server: server, registration: registration, redirectURI: "https://app.example/callback?from=sluice", scopes: scopes)
    }

    private func callback(_ session: AuthorizationSession, _ pairs: [(String, String)]) -> String {
        "https://app.example/callback?from=sluice&" + Parameters.encode(pairs)
    }

    private func parameters(of url: String) throws -> Parameters {
        try Parameters(formEncoded: Array(url.utf8.drop { $0 != UInt8(ascii: "?") }.dropFirst()))
    }

    @Test func `the address carries every parameter of Buffer's Step 2, and nothing secret`() throws {
        let session = session(.confidentialClient("app", secret: "sls_secret"))
        let url = session.authorizationURL
        #expect(url.hasPrefix("https://auth.example/auth?"))
        let query = try parameters(of: url)
        #expect(query["client_id"] == "app")
        #expect(query["redirect_uri"] == "https://app.example/callback?from=sluice")
        #expect(query["response_type"] == "code")
        #expect(query["scope"] == "posts:write posts:read offline_access")
        #expect(query["state"] == session.state)
        #expect(query["code_challenge"] == CodeChallenge(of: session.verifier).text)
        #expect(query["code_challenge_method"] == "S256")
        #expect(query["prompt"] == "consent")
        #expect(!url.contains("sls_secret") && !url.contains(session.verifier.text))
    }

    @Test func `each session has a verifier and a state of its own, 43 characters each`() {
        let sessions = (0..<100).map { _ in session() }
        #expect(Set(sessions.map(\.state)).count == 100)
        #expect(Set(sessions.map(\.verifier)).count == 100)
        #expect(sessions.allSatisfy { $0.state.utf8.count == 43 && $0.verifier.text.utf8.count == 43 })
        #expect(sessions.allSatisfy { $0.state != $0.verifier.text })
    }

    @Test func `a query that the endpoint has already is kept`() {
        var server = Scene.server
        server.authorizationEndpoint = "https://auth.example/auth?tenant=1"
        #expect(session(server: server).authorizationURL.hasPrefix("https://auth.example/auth?tenant=1&client_id=app&"))
    }

    @Test func `a good callback becomes tokens, and a public client sends no secret`() async throws {
        let scene = Scene(ScriptedTransport(.tokens("eyJ.a.b", refresh: "v1.x")))
        let session = session()
        let tokens = try await session.handle(
            callback: callback(session, [("code", "c0de"), ("state", session.state), ("iss", "https://auth.example")]),
            with: scene.client)
        #expect(tokens.accessToken == "eyJ.a.b")
        #expect(tokens.refreshToken == "v1.x")
        #expect(tokens.expiresAt == scene.clock.now + 3600)
        let form = try #require(scene.transport.forms.first)
        #expect(form["grant_type"] == "authorization_code")
        #expect(form["code"] == "c0de")
        #expect(form["redirect_uri"] == "https://app.example/callback?from=sluice")
        #expect(form["code_verifier"] == session.verifier.text)
        #expect(form["client_id"] == "app")
        #expect(form.all("client_secret").isEmpty)
        #expect(scene.transport.requests[0].headers.allSatisfy { $0.name != "Authorization" })
    }

    @Test func `a confidential client always sends its secret, in the body as Buffer wants it`() async throws {
        let registration = ClientRegistration.confidentialClient("app", secret: "sls_secret")
        let scene = Scene(ScriptedTransport(.tokens("a")), registration: registration)
        let session = session(registration)
        _ = try await session.handle(
            callback: callback(session, [("code", "c"), ("state", session.state), ("iss", "https://auth.example")]),
            with: scene.client)
        #expect(scene.transport.forms[0]["client_secret"] == "sls_secret")
    }

    @Test(arguments: ["?", "/callback?", "", "http://127.0.0.1:49152/callback?"])
    func `the callback may be the whole address, or begin at its path or query`(prefix: String) async throws {
        let scene = Scene(ScriptedTransport(.tokens("a")))
        let session = session()
        let query = Parameters.encode([("code", "c"), ("state", session.state), ("iss", "https://auth.example")])
        let tokens = try await session.handle(callback: prefix + query + "#fragment", with: scene.client)
        #expect(tokens.accessToken == "a")
    }

    @Test func `denial and other errors are told apart, and nothing is exchanged`() async throws {
        let scene = Scene(ScriptedTransport())
        let session = session()
        let base = [("state", session.state), ("iss", "https://auth.example")]
        await #expect(
            throws: AuthorizationError.denied(OAuthRefusal(code: "access_denied", text: "The user said no.", status: 302))
        ) {
            try await session.handle(
                callback: callback(session, base + [("error", "access_denied"), ("error_description", "The user said no.")]),
                with: scene.client)
        }
        await #expect(throws: AuthorizationError.refused(OAuthRefusal(code: "invalid_scope", text: nil, status: 302))) {
            try await session.handle(callback: callback(session, base + [("error", "invalid_scope")]), with: scene.client)
        }
        #expect(scene.transport.requests.isEmpty)
    }

    @Test(arguments: [
        ("another state", "forged", "https://auth.example"), ("no state", "", "https://auth.example"),
        ("a state that only begins right", "prefix", "https://auth.example"),
    ])
    func `an answer with a forged state is not believed, code or error`(why: String, state: String, issuer: String) async throws {
        let scene = Scene(ScriptedTransport())
        let session = session()
        let state = state == "prefix" ? String(session.state.dropLast()) : state
        for answer in [("code", "stolen"), ("error", "access_denied")] {
            await #expect(throws: AuthorizationError.forgedState, "\(why)") {
                try await session.handle(
                    callback: callback(session, [answer, ("state", state), ("iss", issuer)]), with: scene.client)
            }
        }
        #expect(scene.transport.requests.isEmpty)
    }

    @Test func `an answer of another issuer, or of none where the server names itself, is refused`() async throws {
        let scene = Scene(ScriptedTransport())
        let session = session()
        for issuer in ["https://evil.example", "https://auth.example/", nil] {
            let pairs = [("code", "c"), ("state", session.state)] + (issuer.map { [("iss", $0)] } ?? [])
            await #expect(throws: AuthorizationError.wrongIssuer(expected: "https://auth.example", found: issuer)) {
                try await session.handle(callback: callback(session, pairs), with: scene.client)
            }
        }
        #expect(scene.transport.requests.isEmpty)
    }

    @Test func `a server that does not announce iss may leave it out, but may not send a wrong one`() async throws {
        var server = Scene.server
        server.sendsIssuer = false
        let scene = Scene(ScriptedTransport(.tokens("a")), server: server)
        let session = session(server: server)
        let good = callback(session, [("code", "c"), ("state", session.state)])
        _ = try await session.handle(callback: good, with: scene.client)
        await #expect(throws: AuthorizationError.wrongIssuer(expected: "https://auth.example", found: "https://evil.example")) {
            try await session.handle(callback: good + "&iss=https%3A%2F%2Fevil.example", with: scene.client)
        }
        #expect(scene.transport.requests.count == 1)
    }

    @Test func `a session is not exchanged at another server than the one it asked`() async throws {
        var other = Scene.server
        other.issuer = "https://evil.example"
        other.tokenEndpoint = "https://evil.example/token"
        other.sendsIssuer = false
        let scene = Scene(ScriptedTransport(), server: other)
        let session = session()
        let answer = callback(session, [("code", "c"), ("state", session.state)])
        await #expect(throws: AuthorizationError.otherClient) { try await session.handle(callback: answer, with: scene.client) }
        let another = Scene(scene.transport, registration: .publicClient("another"))
        await #expect(throws: AuthorizationError.otherClient) { try await session.handle(callback: answer, with: another.client) }
        #expect(scene.transport.requests.isEmpty)
    }

    @Test(arguments: ["code=c&state=a&state=b", "code=c&state=STATE&state=STATE"])
    func `a state that stands twice is as good as none`(query: String) async throws {
        let scene = Scene(ScriptedTransport())
        let session = session()
        await #expect(throws: AuthorizationError.forgedState) {
            try await session.handle(callback: "/cb?" + query.replacing("STATE", with: session.state), with: scene.client)
        }
        #expect(scene.transport.requests.isEmpty)
    }

    @Test func `after a forged answer the session still takes the true one`() async throws {
        let scene = Scene(ScriptedTransport(.tokens("a")))
        let session = session()
        for forged in ["/cb?code=x&state=y", "/cb?%ZZ"] {
            await #expect(throws: AuthorizationError.self) { try await session.handle(callback: forged, with: scene.client) }
        }
        let good = callback(session, [("code", "c"), ("state", session.state), ("iss", "https://auth.example")])
        #expect(try await session.handle(callback: good, with: scene.client).accessToken == "a")
    }

    @Test(arguments: ["code=a&code=b&state=STATE", "code=%ZZ&state=STATE", "state=STATE", "code=&state=STATE"])
    func `an address that is no answer, or contradicts itself, is refused`(query: String) async throws {
        var server = Scene.server
        server.sendsIssuer = false
        let scene = Scene(ScriptedTransport(), server: server)
        let session = session(server: server)
        await #expect(throws: AuthorizationError.notACallback) {
            try await session.handle(
                callback: "/cb?" + query.replacing("STATE", with: session.state), with: scene.client)
        }
        #expect(scene.transport.requests.isEmpty)
    }

    @Test func `a session that was stored between Step 2 and Step 4 goes on as if it had not been`() async throws {
        let scene = Scene(ScriptedTransport(.tokens("a")))
        let session = session()
        let stored = try JSONEncoder().encode(session)
        let restored = try JSONDecoder().decode(AuthorizationSession.self, from: stored)
        #expect(restored == session)
        _ = try await restored.handle(
            callback: callback(session, [("code", "c"), ("state", session.state), ("iss", "https://auth.example")]),
            with: scene.client)
        #expect(scene.transport.forms[0]["code_verifier"] == session.verifier.text)
    }

    @Test func `a refused exchange says what the server said`() async throws {
        let scene = Scene(ScriptedTransport(.refused("invalid_grant", "Authorization code has expired")))
        let session = session()
        let refusal = OAuthRefusal(code: "invalid_grant", text: "Authorization code has expired", status: 400)
        await #expect(throws: AuthorizationError.exchange(.refused(refusal))) {
            try await session.handle(
                callback: callback(session, [("code", "c"), ("state", session.state), ("iss", "https://auth.example")]),
                with: scene.client)
        }
        // A code is worth one request: a second one would revoke what the first may have made.
        #expect(scene.transport.requests.count == 1)
    }

    @Test func `neither session, registration, tokens nor requests show a secret when they are printed`() async throws {
        let registration = ClientRegistration.confidentialClient("app", secret: "sls_secret")
        let scene = Scene(ScriptedTransport(.tokens("eyJ.secret", refresh: "v1.secret")), registration: registration)
        let session = session(registration)
        let tokens = try await session.handle(
            callback: callback(session, [("code", "c0de-secret"), ("state", session.state), ("iss", "https://auth.example")]),
            with: scene.client)
        let values: [Any] = [
            session, registration, tokens, scene.stored(tokens), scene.transport.requests[0],
            GraphQLClient.Credential.apiKey("buf_secret"),
            scene.source(MemoryTokenStorage(scene.stored(tokens))),
        ]
        for value in values {
            var dumped = ""
            dump(value, to: &dumped)
            for text in ["\(value)", String(reflecting: value), dumped] {
                #expect(!text.contains("secret") && !text.contains(session.verifier.text))
            }
        }
    }
}
