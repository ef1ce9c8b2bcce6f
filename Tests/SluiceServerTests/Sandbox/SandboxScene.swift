import Foundation
import HTTPTypes
import SluiceAuthority
import SluiceOAuth
import Testing

@testable import SluiceServer

/// A sandbox with Ada, who owns a confidential and a public app and a key, and with one grant that is called “first”.
struct SandboxScene: Sendable {
    let installation: Installation
    let ada: Account
    let web: Clients.Created
    let mobile: Clients.Created
    let key: APIKeys.Created
    let first: GrantID

    init(adjust: (inout AuthorityConfiguration) -> Void = { _ in }) async throws {
        let made = Made()
        installation = try await Installation(adjust: adjust) { authority in
            try await made.fill(authority)
            return try await made.names
        }
        (ada, web, mobile) = (
            try #require(await made.ada), try #require(await made.web), try #require(await made.mobile)
        )
        (key, first) = (try #require(await made.key), try #require(await made.first))
    }

    var sandbox: Sandbox { get throws { try #require(installation.sandbox) } }

    /// Posts a JSON object to the sandbox.
    func tell(_ path: String, _ body: [String: Any] = [:]) async throws -> TestResponse {
        try await tell(path, text: String(decoding: JSONSerialization.data(withJSONObject: body), as: UTF8.self))
    }

    func tell(_ path: String, text: String, contentType: String = "application/json") async throws -> TestResponse {
        try await installation.send(.post, path, headers: [("Content-Type", contentType)], body: text)
    }

    func look(_ path: String) async throws -> TestResponse { try await installation.send(.get, path) }

    /// Tokens, by way of `/sandbox/approve`.
    func tokens(_ client: Clients.Created? = nil, _ changes: [String: String?] = [:]) async throws -> Tokens {
        let flow = CodeFlow(installation, client ?? web)
        let answer = try await tell("/sandbox/approve", ["url": Installation.issuer + flow.address(changes)])
        let code = try #require(answer.json["code"] as? String, "\(answer.body)")
        let response = try await flow.exchange(code)
        #expect(response.status == 200, "\(response.body)")
        return Tokens(response)
    }

    func refresh(_ token: String, _ client: Clients.Created? = nil) async throws -> TestResponse {
        try await CodeFlow(installation, client ?? web).refresh(token)
    }

    /// The newest calls of a path, oldest first.
    func calls(_ path: String = "*") async throws -> [[String: Any]] {
        let query = SluiceOAuth.Parameters.encode([("path", path)])
        return try #require(try await look("/sandbox/calls?" + query).json["calls"] as? [[String: Any]])
    }

    private actor Made {
        var ada: Account?
        var web: Clients.Created?
        var mobile: Clients.Created?
        var key: APIKeys.Created?
        var first: GrantID?
        var team: SandboxNames.Team?
        var names: SandboxNames {
            get throws {
                var names = SandboxNames()
                names.accounts = [SandboxNames.Person(try #require(ada))]
                names.organizations = [try #require(team)]
                names.clients = [try #require(web), try #require(mobile)].map { SandboxNames.App($0.client) }
                names.grants = [SandboxNames.Approval(name: "first", id: try #require(first))]
                return names
            }
        }

        func fill(_ authority: Authority) async throws {
            let ada = try await authority.accounts.create(
                email: "ada@example.com", name: "Ada", password: "correct horse battery", trace: .commandLine)
            func register(_ name: String, _ kind: Client.Kind) async throws -> Clients.Created {
                try await authority.clients.register(
                    .init(name: name, redirectURIs: ["https://app.example/cb"]), kind: kind, owner: ada.id, formID: nil,
                    trace: .commandLine)
            }
            let web = try await register("Web", .confidential)
            let verifier = try #require(CodeVerifier(String(repeating: "v", count: 43)))
            let answer = try await BrowserlessConsent(authority).answer(
                Parameters([
                    ("client_id", web.client.id.text), ("redirect_uri", "https://app.example/cb"),
                    ("response_type", "code"), ("scope", "account:read offline_access"),
                    ("code_challenge", CodeChallenge(of: verifier).text), ("code_challenge_method", "S256"),
                ]), as: ada, .allow, trace: .commandLine)
            let code = try #require(answer.code)
            _ = try await authority.grants.exchange(
                .authorizationCode(code: code.text, redirectURI: "https://app.example/cb", verifier: verifier),
                for: web.client, trace: .commandLine)
            first = try await authority.grants.grant(of: code.text)
            key = try await authority.keys.create(
                for: ada.id, name: "key", scopes: nil, expiresAt: nil, formID: nil, trace: .commandLine)
            mobile = try await register("Mobile", .public)
            team = try await authority.accounts.organizations(of: ada.id).first.flatMap { SandboxNames.Team($0) }
            (self.ada, self.web) = (ada, web)
        }
    }
}
