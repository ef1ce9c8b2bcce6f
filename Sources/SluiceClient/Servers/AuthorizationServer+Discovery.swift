import Foundation
import SluiceOAuth

extension AuthorizationServer {
    /// The server that calls itself `issuer`, by its metadata.
    /// - Throws: `DiscoveryError`. A document of another issuer is refused: it could send this server's codes to that one.
    /// - Source: RFC 8414 §3; OpenID Connect Discovery §4.
    public static func discover(
        issuer: String, over transport: any Transport
    ) async throws(DiscoveryError) -> AuthorizationServer {
        let issuer = MetadataAddress.withoutSlash(issuer)
        guard SecureAddress.isFit(issuer) else { throw .insecure(url: SecureAddress.shown(issuer)) }
        var addresses = [
            MetadataAddress.inserted("oauth-authorization-server", into: issuer),
            MetadataAddress.inserted("openid-configuration", into: issuer),
            MetadataAddress.appended("openid-configuration", to: issuer),
        ]
        if addresses[1] == addresses[2] { addresses.removeLast() }
        var status = 404
        for address in addresses {
            let answer: TransportResponse
            do {
                answer = try await transport.send(.metadata(address))
            } catch {
                throw .unreachable(url: address, error)
            }
            guard answer.status == 200 else {
                status = answer.status
                continue
            }
            guard let document = try? JSONDecoder().decode(Document.self, from: Data(answer.body)) else {
                throw .unreadable(url: address)
            }
            return try document.server(of: issuer)
        }
        throw .notFound(url: issuer, status: status)
    }

    /// The members that a client needs.
    private struct Document: Decodable {
        var issuer: String
        var authorization_endpoint: String
        var token_endpoint: String
        var revocation_endpoint: String?
        var introspection_endpoint: String?
        var device_authorization_endpoint: String?
        var jwks_uri: String?
        var authorization_response_iss_parameter_supported: Bool?
        var token_endpoint_auth_methods_supported: [String]?
        var scopes_supported: [String]?

        func server(of expected: String) throws(DiscoveryError) -> AuthorizationServer {
            // §3.3: identical. A slash at the end is forgiven in what was typed, not between two servers.
            guard issuer == expected || issuer == expected + "/" else {
                throw .wrongIssuer(expected: expected, found: OAuthRefusal.printable(issuer, limit: 200))
            }
            let endpoints = [
                authorization_endpoint, token_endpoint, revocation_endpoint, introspection_endpoint,
                device_authorization_endpoint, jwks_uri,
            ]
            for case let endpoint? in endpoints where !SecureAddress.isFit(endpoint, besides: issuer) {
                throw .insecure(url: SecureAddress.shown(endpoint))
            }
            return AuthorizationServer(
                issuer: issuer, authorizationEndpoint: authorization_endpoint, tokenEndpoint: token_endpoint,
                revocationEndpoint: revocation_endpoint, introspectionEndpoint: introspection_endpoint,
                deviceAuthorizationEndpoint: device_authorization_endpoint, jwksURI: jwks_uri,
                sendsIssuer: authorization_response_iss_parameter_supported ?? false,
                // RFC 8414 §2: left out, it means client_secret_basic.
                authenticationMethods: token_endpoint_auth_methods_supported ?? ["client_secret_basic"],
                scopes: scopes_supported.map { Scopes($0.compactMap { Scope($0) }) })
        }
    }
}

extension TransportRequest {
    /// A request for a public JSON document.
    static func metadata(_ url: String) -> TransportRequest {
        TransportRequest(.get, url, headers: [("Accept", "application/json")], timeout: .seconds(15))
    }
}

/// What an API says of itself.
/// - Source: RFC 9728.
enum ProtectedResource {
    private struct Document: Decodable {
        var resource: String
        var authorization_servers: [String]?
    }

    /// The issuer of the tokens that the API at `url` takes; `nil` if it does not say so for this very address.
    static func issuer(of url: String, over transport: any Transport) async throws(DiscoveryError) -> String? {
        guard SecureAddress.isFit(url) else { throw .insecure(url: SecureAddress.shown(url)) }
        let answer: TransportResponse
        do {
            answer = try await transport.send(.metadata(MetadataAddress.inserted("oauth-protected-resource", into: url)))
        } catch {
            throw .unreachable(url: url, error)
        }
        // §3.3: a document about another resource must not be used.
        guard answer.status == 200, let document = try? JSONDecoder().decode(Document.self, from: Data(answer.body)),
            MetadataAddress.withoutSlash(document.resource) == url
        else { return nil }
        return document.authorization_servers?.first
    }
}
