import Foundation
import SluiceOAuth
import Testing

@Suite("RFC 8414, OpenID Connect Discovery and RFC 9728: metadata")
struct ServerMetadataTests {
    private var metadata: ServerMetadata {
        ServerMetadata(
            issuer: "https://auth.example", authorizationEndpoint: "https://auth.example/auth",
            tokenEndpoint: "https://auth.example/token", jwksURI: "https://auth.example/jwks", scopes: .known,
            revocationEndpoint: "https://auth.example/token/revocation")
    }

    private func members(_ json: String) throws -> [String: any Sendable] {
        try #require(JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: any Sendable])
    }

    @Test func `S106 the RFC 8414 document lists what is there and nothing else`() {
        #expect(
            metadata.oauthJSON == """
                {"issuer":"https://auth.example","authorization_endpoint":"https://auth.example/auth",\
                "token_endpoint":"https://auth.example/token","jwks_uri":"https://auth.example/jwks",\
                "revocation_endpoint":"https://auth.example/token/revocation",\
                "scopes_supported":["posts:read","posts:write","ideas:read","ideas:write","account:read","account:write",\
                "offline_access"],"response_types_supported":["code"],"response_modes_supported":["query"],\
                "grant_types_supported":["authorization_code","refresh_token"],\
                "token_endpoint_auth_methods_supported":["none","client_secret_post","client_secret_basic"],\
                "revocation_endpoint_auth_methods_supported":["none","client_secret_post","client_secret_basic"],\
                "code_challenge_methods_supported":["S256"],"authorization_response_iss_parameter_supported":true}
                """)
    }

    @Test func `S26 S107 D6 D17 both documents say the same`() throws {
        var metadata = metadata
        metadata.introspectionEndpoint = "https://auth.example/token/introspection"
        metadata.understandsResource = true
        let oauth = try members(metadata.oauthJSON)
        let openID = try members(metadata.openIDJSON)
        for (name, value) in oauth {
            #expect(openID[name] as? AnyHashable == value as? AnyHashable, "\(name)")
        }
        let only = Set(openID.keys).subtracting(oauth.keys)
        #expect(
            only == [
                "prompt_values_supported", "subject_types_supported", "claims_parameter_supported",
                "request_parameter_supported", "request_uri_parameter_supported",
            ])
        #expect(openID["request_uri_parameter_supported"] as? Bool == false)
        #expect(openID["response_types_supported"] as? [String] == ["code"])
        #expect(openID["code_challenge_methods_supported"] as? [String] == ["S256"])
        #expect(
            openID["introspection_endpoint_auth_methods_supported"] as? [String] == [
                "client_secret_post", "client_secret_basic",
            ])
    }

    @Test func `an endpoint is listed once it is set`() throws {
        var metadata = metadata
        let paths: [(WritableKeyPath<ServerMetadata, String?>, String)] = [
            (\.introspectionEndpoint, "introspection_endpoint"), (\.registrationEndpoint, "registration_endpoint"),
            (\.pushedAuthorizationRequestEndpoint, "pushed_authorization_request_endpoint"),
            (\.userinfoEndpoint, "userinfo_endpoint"), (\.endSessionEndpoint, "end_session_endpoint"),
        ]
        for (path, name) in paths {
            #expect(!metadata.openIDJSON.contains("\"\(name)\""))
            metadata[keyPath: path] = "https://auth.example/x"
            #expect(try members(metadata.openIDJSON)[name] as? String == "https://auth.example/x")
        }
    }

    @Test func `S4 S119 the API takes its bearer in the header alone`() {
        let resource = ProtectedResourceMetadata(
            resource: "https://api.example", authorizationServers: ["https://auth.example"],
            scopes: .named("posts:read offline_access"),
            name: "Sluice")
        #expect(
            resource.json == """
                {"resource":"https://api.example","authorization_servers":["https://auth.example"],\
                "scopes_supported":["posts:read"],"bearer_methods_supported":["header"],"resource_name":"Sluice"}
                """)
    }
}
