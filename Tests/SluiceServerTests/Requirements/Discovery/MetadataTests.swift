import Foundation
import HTTPTypes
import SluiceAuthority
import SluiceOAuth
import Testing

@testable import SluiceServer

/// S106, S107, D17: what a client can learn before it begins.
@Suite("S106, S107: the discovery documents")
struct MetadataTests {
    private static let oauthPath = "/.well-known/oauth-authorization-server"
    private static let openIDPath = "/.well-known/openid-configuration"
    private static let resourcePath = "/.well-known/oauth-protected-resource"

    /// A file of `Tests/Golden`.
    private func golden(_ name: String) throws -> NSDictionary {
        var folder = URL(filePath: #filePath)
        for _ in 0..<4 { folder.deleteLastPathComponent() }
        let data = try Data(contentsOf: folder.appending(path: "Golden/Discovery/\(name).json"))
        return try #require(try JSONSerialization.jsonObject(with: data) as? NSDictionary)
    }

    @Test(arguments: [
        ("oauth-authorization-server", oauthPath), ("openid-configuration", openIDPath),
        ("oauth-protected-resource", resourcePath),
    ])
    func `S106 S107 S119 the document is the one that is kept in the repository, member for member`(
        name: String, path: String
    ) async throws {
        let installation = try await Installation()
        let response = try await installation.send(.get, path)
        #expect(response.status == 200)
        #expect(response.json as NSDictionary == (try golden(name)), "\(response.body)")
        #expect(response["Content-Type"] == "application/json")
        #expect(response["Cache-Control"] == "public, max-age=300")
        #expect(response["Access-Control-Allow-Origin"] == "*")
        #expect(response.values("Set-Cookie").isEmpty)
        // No member twice: two readers would read two servers.
        for member in response.json.keys {
            #expect(response.body.components(separatedBy: "\"\(member)\":").count == 2, "\(member)")
        }
    }

    @Test func `S107 D17 both documents say the same wherever both speak, and OpenID's says no less`() async throws {
        let installation = try await Installation()
        let oauth = try await installation.send(.get, Self.oauthPath).json as NSDictionary
        let openID = try await installation.send(.get, Self.openIDPath).json as NSDictionary
        for case let name as String in oauth.allKeys {
            #expect(oauth[name] as? NSObject == openID[name] as? NSObject, "\(name)")
        }
        let extra = Set(openID.allKeys.compactMap { $0 as? String }).subtracting(
            oauth.allKeys.compactMap { $0 as? String })
        #expect(
            extra == [
                "subject_types_supported", "claims_parameter_supported", "request_parameter_supported",
                "request_uri_parameter_supported", "prompt_values_supported",
            ], "what only OpenID defines")
        for document in [oauth, openID] {
            #expect(document["authorization_response_iss_parameter_supported"] as? Bool == true)
            #expect(document["revocation_endpoint"] != nil)
        }
    }

    @Test(arguments: [oauthPath, openIDPath])
    func `S106 every URL that is listed works`(path: String) async throws {
        let scene = try await OAuthScene()
        let document = try await scene.installation.send(.get, path).json
        #expect(document["issuer"] as? String == Installation.issuer)
        var seen: [String] = []
        for (name, value) in document {
            guard let text = value as? String, name != "issuer" else { continue }
            #expect(text.hasPrefix(Installation.issuer + "/"), "\(name)")
            seen.append(String(text.dropFirst(Installation.issuer.count)))
        }
        #expect(seen.sorted() == ["/auth", "/jwks", "/token", "/token/revocation"])
        #expect(try await scene.open().isConsentPage)
        #expect(try await scene.installation.send(.get, "/jwks").status == 200)
        let tokens = try await scene.flow.tokens(in: scene.browser)
        let fields = scene.flow.credentials + [("token", tokens.access)]
        #expect(try await scene.installation.post("/token/revocation", fields).status == 200)
        #expect(try await scene.installation.query(bearer: tokens.access).status == 401)
    }

    @Test(arguments: [
        "/token/introspection", "/request", "/reg", "/me", "/session/end", "/userinfo", "/device", "/authorize",
        "/token/", "/auth/",
        "/.well-known/", "/.well-known/oauth-authorization-server/", "/.well-known/webfinger", "/jwks.json",
    ])
    func `S106 what is not listed is not there`(path: String) async throws {
        let installation = try await Installation()
        for method in [HTTPRequest.Method.get, .post] {
            let response = try await installation.send(method, path, headers: [("Accept", "text/html")])
            #expect(response.status == 404, "\(method) \(path)")
        }
    }

    @Test
    func `S106 every scope, response type, challenge method, prompt and authentication method that is listed works`()
        async throws
    {
        let scene = try await OAuthScene(.confidential)
        let document = try await scene.installation.send(.get, Self.openIDPath).json
        let scopes = try #require(document["scopes_supported"] as? [String])
        for scope in scopes {
            let code = try await scene.flow.code(in: scene.browser, ["scope": scope])
            #expect(Tokens(try await scene.flow.exchange(code)).scope == scope)
        }
        #expect(Set(scopes) == Set(ScopeCatalog.all.map(\.name)))
        for type in try #require(document["response_types_supported"] as? [String]) {
            #expect(try await scene.open(["response_type": type]).isConsentPage)
        }
        for mode in try #require(document["response_modes_supported"] as? [String]) {
            #expect(try await scene.open(["response_mode": mode]).isConsentPage)
        }
        for prompt in try #require(document["prompt_values_supported"] as? [String]) {
            #expect(
                try await scene.open(["prompt": prompt]).locationParameters["error"] != "invalid_request", "\(prompt)")
        }
        #expect(
            try #require(document["token_endpoint_auth_methods_supported"] as? [String]).sorted()
                == ["client_secret_basic", "client_secret_post", "none"])
        #expect(
            document["revocation_endpoint_auth_methods_supported"] as? [String]
                == document["token_endpoint_auth_methods_supported"] as? [String])
    }

    @Test(arguments: [oauthPath, openIDPath, resourcePath, "/jwks"])
    func `S106 HEAD works, other methods are 405 with Allow, and any page may read it`(path: String) async throws {
        let installation = try await Installation()
        let head = try await installation.send(.head, path)
        #expect(head.status == 200)
        #expect(head.body.isEmpty)
        for method in [HTTPRequest.Method.post, .put, .delete] {
            let response = try await installation.send(method, path)
            // At the API nobody learns what there is without a bearer (D1).
            if path == Self.resourcePath {
                #expect([401, 405].contains(response.status))
            } else {
                expectRefusal(response, "invalid_request", status: 405)
                #expect(response["Allow"] == "GET, HEAD")
            }
        }
        let preflight = try await installation.send(
            .options, path, headers: [("Origin", "https://spa.example"), ("Access-Control-Request-Method", "GET")])
        #expect(preflight.status == 204)
        #expect(preflight["Access-Control-Allow-Origin"] == "*")
        #expect(preflight["Access-Control-Allow-Credentials"] == nil)
    }

    @Test func `S106 S126 behind a path prefix the issuer is the URL prefix exactly, at both places the RFCs look`()
        async throws
    {
        let origin = try #require(Origin("https://id.example/sluice"))
        let installation = try await Installation(origins: Origins(single: origin))
        for path in [
            "/sluice/.well-known/oauth-authorization-server", "/.well-known/oauth-authorization-server/sluice",
        ] {
            let document = try await installation.send(.get, path, host: "id.example").json
            #expect(document["issuer"] as? String == "https://id.example/sluice", "\(path)")
            #expect(document["token_endpoint"] as? String == "https://id.example/sluice/token")
            #expect(document["jwks_uri"] as? String == "https://id.example/sluice/jwks")
        }
        #expect(try await installation.send(.get, "/sluice/jwks", host: "id.example").status == 200)
    }

    @Test func `S106 S119 with three origins each document names the right ones`() async throws {
        let origins = Origins(
            auth: try #require(Origin("https://auth.example")), api: try #require(Origin("https://api.example")),
            app: try #require(Origin("https://app.example")))
        let installation = try await Installation(origins: origins)
        let oauth = try await installation.send(.get, Self.oauthPath, host: "auth.example").json
        #expect(oauth["issuer"] as? String == "https://auth.example")
        let resource = try await installation.send(.get, Self.resourcePath, host: "api.example").json
        #expect(resource["resource"] as? String == "https://api.example")
        #expect(resource["authorization_servers"] as? [String] == ["https://auth.example"])
        #expect(try await installation.send(.get, Self.oauthPath, host: "app.example").status == 404)
        #expect(try await installation.send(.get, Self.oauthPath, host: "api.example").status == 401, "D1")
    }
}
