import Testing

@testable import SluiceClient

@Suite("Discovery: RFC 8414, RFC 9728")
struct DiscoveryTests {
    private static func document(_ issuer: String, _ more: String = "") -> ScriptedTransport.Step {
        .json(
            200,
            #"{"issuer":"\#(issuer)","authorization_endpoint":"\#(issuer)/auth","token_endpoint":"\#(issuer)/token"\#(more)}"#)
    }

    private static let notFound = ScriptedTransport.Step.json(404, "{}")

    @Test func `an issuer's document becomes a server`() async throws {
        let transport = ScriptedTransport(
            Self.document(
                "https://auth.example",
                #","jwks_uri":"https://auth.example/jwks","revocation_endpoint":"https://auth.example/token/revocation","#
                    + #""authorization_response_iss_parameter_supported":true,"scopes_supported":["posts:read"],"#
                    + #""token_endpoint_auth_methods_supported":["none","client_secret_post"]"#))
        let server = try await AuthorizationServer.discover(issuer: "https://auth.example/", over: transport)
        #expect(server.issuer == "https://auth.example")
        #expect(server.jwksURI == "https://auth.example/jwks")
        #expect(server.revocationEndpoint == "https://auth.example/token/revocation")
        #expect(server.sendsIssuer)
        #expect(server.authenticationMethods == ["none", "client_secret_post"])
        #expect(transport.requests.map(\.url) == ["https://auth.example/.well-known/oauth-authorization-server"])
    }

    @Test func `an issuer with a path is asked at all three addresses of the standards`() async throws {
        let transport = ScriptedTransport(Self.notFound, Self.notFound, Self.document("https://host.example/sluice"))
        _ = try await AuthorizationServer.discover(issuer: "https://host.example/sluice", over: transport)
        #expect(
            transport.requests.map(\.url) == [
                "https://host.example/.well-known/oauth-authorization-server/sluice",
                "https://host.example/.well-known/openid-configuration/sluice",
                "https://host.example/sluice/.well-known/openid-configuration",
            ])
    }

    @Test func `a document of another issuer is refused`() async {
        await #expect(throws: DiscoveryError.wrongIssuer(expected: "https://auth.example", found: "https://evil.example")) {
            try await AuthorizationServer.discover(
                issuer: "https://auth.example", over: ScriptedTransport(Self.document("https://evil.example")))
        }
    }

    @Test func `an endpoint that is not fit for secrets is refused`() async {
        let transport = ScriptedTransport(
            .json(
                200,
                #"{"issuer":"https://a.example","authorization_endpoint":"https://a.example/auth","token_endpoint":"http://a.example/token"}"#
            ))
        await #expect(throws: DiscoveryError.insecure(url: "http://a.example/token")) {
            try await AuthorizationServer.discover(issuer: "https://a.example", over: transport)
        }
    }

    @Test func `what cannot be found, read or reached is told apart`() async {
        func failure(_ steps: ScriptedTransport, _ url: String = "https://a.example") async -> DiscoveryError? {
            do { _ = try await AuthorizationServer.discover(issuer: url, over: steps) } catch { return error }
            return nil
        }
        #expect(
            await failure(ScriptedTransport(Self.notFound, Self.notFound)) == .notFound(url: "https://a.example", status: 404))
        let address = "https://a.example/.well-known/oauth-authorization-server"
        #expect(await failure(ScriptedTransport(.json(200, "<html>"))) == .unreadable(url: address))
        #expect(
            await failure(ScriptedTransport(.failure(.notSent("refused"))))
                == .unreachable(url: address, .notSent("refused")))
        #expect(await failure(ScriptedTransport(), "http://a.example") == .insecure(url: "http://a.example"))
    }

    @Test func `an API that names its authorization server leads to it`() async throws {
        let transport = ScriptedTransport(
            .json(200, #"{"resource":"https://api.example","authorization_servers":["https://auth.example"]}"#),
            Self.document("https://auth.example"))
        let endpoints = try await Endpoints.discover(at: "https://api.example/", over: transport)
        #expect(endpoints.apiURL == "https://api.example")
        #expect(endpoints.authorizationServer.issuer == "https://auth.example")
    }

    @Test func `an API's document about another resource is not used, nor is a missing one missed`() async throws {
        for step in [
            ScriptedTransport.Step.json(
                200, #"{"resource":"https://mcp.example/mcp","authorization_servers":["https://evil.example"]}"#),
            Self.notFound, .json(401, "{}"),
        ] {
            let transport = ScriptedTransport(step, Self.document("https://a.example"))
            let endpoints = try await Endpoints.discover(at: "https://a.example", over: transport)
            #expect(endpoints.apiURL == "https://a.example")
            #expect(endpoints.authorizationServer.issuer == "https://a.example")
        }
    }

    @Test func `Buffer's own hosts are the preset`() {
        #expect(Endpoints.buffer.apiURL == "https://api.buffer.com")
        #expect(Endpoints.buffer.authorizationServer.authorizationEndpoint == "https://auth.buffer.com/auth")
        #expect(Endpoints.buffer.authorizationServer.tokenEndpoint == "https://auth.buffer.com/token")
    }
}
