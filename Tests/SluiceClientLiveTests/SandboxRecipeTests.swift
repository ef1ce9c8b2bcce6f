import Foundation
import SluiceClient
import SluiceHTTPTransport
import SluiceOAuth
import Testing

/// The recipe "From Swift" of docs/sandbox.md, which shows this suite from here on. It runs inside a sandbox, as an app's own tests
/// would: `sluice sandbox --reuse-leeway 30s -- swift test --filter SandboxRecipeTests`.
@Suite("An app's own tests in a sandbox", .enabled(if: ProcessInfo.processInfo.environment["SLUICE_SANDBOX_URL"] != nil))
struct SandboxRecipeTests {
    private let environment = ProcessInfo.processInfo.environment
    private let transport = AsyncHTTPTransport.shared

    @Test func `sign in without a browser, outlive the access token, survive a lost answer`() async throws {
        let endpoints = try await Endpoints.discover(at: try variable("BUFFER_API_URL"), over: transport)
        let app = ClientRegistration.confidentialClient(
            try variable("BUFFER_CLIENT_ID"), secret: try variable("BUFFER_CLIENT_SECRET"))
        let client = OAuthClient(server: endpoints.authorizationServer, registration: app, transport: transport)
        let session = AuthorizationSession(
            server: endpoints.authorizationServer, registration: app, redirectURI: try variable("BUFFER_REDIRECT_URI"),
            scopes: try #require(Scopes("account:read offline_access")))
        let callback = try #require(try await sandbox("approve", ["url": session.authorizationURL])["redirect_to"] as? String)
        let source = TokenSource(client: client, storage: MemoryTokenStorage())
        try await source.signIn(with: try await session.handle(callback: callback, with: client))
        let api = GraphQLClient(endpoint: endpoints.apiURL, credential: .tokens(source), transport: transport)
        #expect(try await api.raw("{ account { email } }").hasData)

        // The server's clock moves, this program's does not: the API answers 401, and the client refreshes and tries again.
        try await sandbox("clock", ["advance": "61m"])
        #expect(try await api.raw("{ account { email } }").hasData)

        // The server rotates, and its answer is lost: within the leeway the client gets the same successor again.
        try await sandbox("faults", ["path": "/token", "fault": ["drop": "after"]])
        try await sandbox("clock", ["advance": "61m"])
        #expect(try await api.raw("{ account { email } }").hasData)
    }

    private func variable(_ name: String) throws -> String { try #require(environment[name]) }

    /// Tells the sandbox something.
    @discardableResult
    private func sandbox(_ path: String, _ body: [String: Any]) async throws -> [String: Any] {
        let request = TransportRequest(
            .post, "\(try variable("SLUICE_SANDBOX_URL"))/\(path)", headers: [("Content-Type", "application/json")],
            body: Array(try JSONSerialization.data(withJSONObject: body)))
        let answer = try await transport.send(request)
        #expect(answer.status == 200 || answer.status == 201, "\(String(decoding: answer.body, as: UTF8.self))")
        return try #require(try JSONSerialization.jsonObject(with: Data(answer.body)) as? [String: Any])
    }
}
