import Foundation
import SluiceAuthority
import SluiceOAuth

@testable import SluiceServer

/// The authorization code flow, step by step, as Buffer's guide walks it. Every part can be changed for a test.
struct CodeFlow: Sendable {
    let installation: Installation
    let client: Clients.Created
    var redirectURI: String
    var scope = "posts:read account:read offline_access"
    var state: String? = "xyz-state"
    /// The verifier of RFC 7636 appendix B.
    var verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
    var prompt: String? = "consent"

    init(_ installation: Installation, _ client: Clients.Created, redirectURI: String? = nil) {
        self.installation = installation
        self.client = client
        self.redirectURI = redirectURI ?? client.client.redirectURIs[0].text
    }

    /// The parameters of the authorization request. `nil` as a value leaves one out; others are added.
    func parameters(_ changes: [String: String?] = [:]) -> [(String, String)] {
        var all: [(String, String?)] = [
            ("client_id", client.client.id.text), ("redirect_uri", redirectURI), ("response_type", "code"), ("scope", scope),
            ("state", state), ("code_challenge", CodeVerifier(verifier).map { CodeChallenge(of: $0).text }),
            ("code_challenge_method", "S256"), ("prompt", prompt),
        ]
        for (name, value) in changes.sorted(by: { $0.key < $1.key }) {
            if let index = all.firstIndex(where: { $0.0 == name }) { all[index].1 = value } else { all.append((name, value)) }
        }
        return all.compactMap { name, value in value.map { (name, $0) } }
    }

    /// The address of the authorization request.
    func address(_ changes: [String: String?] = [:]) -> String {
        "/auth?" + SluiceOAuth.Parameters.encode(parameters(changes))
    }

    /// Opens the consent page in a browser that is signed in and answers it.
    /// - Returns: The redirect to the client.
    func decide(_ decision: String = "allow", in browser: Browser, _ changes: [String: String?] = [:]) async throws
        -> TestResponse
    {
        try await browser.open(address(changes))
        return try await browser.submit("/auth/decision", [("decision", decision)])
    }

    /// A code, by way of the consent page.
    func code(in browser: Browser, _ changes: [String: String?] = [:]) async throws -> String {
        let response = try await decide(in: browser, changes)
        guard let code = response.locationParameters["code"] else {
            throw Browser.Missing(what: "a code; got \(response.status) \(response.location ?? response.body)")
        }
        return code
    }

    /// The fields that name and authenticate the client.
    var credentials: [(String, String)] {
        [("client_id", client.client.id.text)] + (client.secret.map { [("client_secret", $0.text)] } ?? [])
    }

    /// The fields of the code exchange.
    func exchangeFields(_ code: String, _ changes: [String: String?] = [:]) -> [(String, String)] {
        var all: [(String, String?)] =
            credentials.map { ($0.0, Optional($0.1)) } + [
                ("grant_type", "authorization_code"), ("code", code), ("redirect_uri", redirectURI),
                ("code_verifier", verifier),
            ]
        for (name, value) in changes.sorted(by: { $0.key < $1.key }) {
            if let index = all.firstIndex(where: { $0.0 == name }) { all[index].1 = value } else { all.append((name, value)) }
        }
        return all.compactMap { name, value in value.map { (name, $0) } }
    }

    /// Exchanges a code.
    func exchange(_ code: String, _ changes: [String: String?] = [:]) async throws -> TestResponse {
        try await installation.post("/token", exchangeFields(code, changes))
    }

    /// Refreshes.
    func refresh(_ token: String, _ changes: [(String, String)] = []) async throws -> TestResponse {
        try await installation.post(
            "/token", credentials + [("grant_type", "refresh_token"), ("refresh_token", token)] + changes)
    }

    /// Tokens, by way of everything.
    func tokens(in browser: Browser) async throws -> Tokens {
        let response = try await exchange(code(in: browser))
        guard response.status == 200 else { throw Browser.Missing(what: "tokens; got \(response.status) \(response.body)") }
        return Tokens(response)
    }
}

/// What the token endpoint gave.
struct Tokens: Sendable {
    let access: String
    let refresh: String?
    let scope: String

    init(_ response: TestResponse) {
        access = response.json["access_token"] as? String ?? ""
        refresh = response.json["refresh_token"] as? String
        scope = response.json["scope"] as? String ?? ""
    }
}
