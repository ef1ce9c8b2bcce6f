import HTTPTypes
import Hummingbird
import SluiceAuthority
import SluiceOAuth

/// `/jwks` and the three discovery documents. Source: RFC 7517, RFC 8414, OpenID Connect Discovery, RFC 9728.
struct DiscoveryEndpoints: Sendable {
    let authority: Authority
    let origins: Origins

    /// Caches may keep these for a few minutes: far shorter than a signing key is published before it signs (S108).
    private static let cached: HTTPFields = [.cacheControl: "public, max-age=300"]

    func keys(_: Request, _: SluiceContext) -> Response {
        Answer.json(authority.signingKeys.published.json, headers: Self.cached)
    }

    func oauthServer(_: Request, _: SluiceContext) -> Response {
        Answer.json(metadata.oauthJSON, headers: Self.cached)
    }

    func openID(_: Request, _: SluiceContext) -> Response {
        Answer.json(metadata.openIDJSON, headers: Self.cached)
    }

    func protectedResource(_: Request, _: SluiceContext) -> Response {
        Answer.json(
            ProtectedResourceMetadata(
                resource: origins.api.text, authorizationServers: [origins.auth.text], scopes: ScopeCatalog.resource
            ).json, headers: Self.cached)
    }

    /// One model for both documents (D17).
    private var metadata: ServerMetadata {
        let issuer = origins.auth.text
        return ServerMetadata(
            issuer: issuer, authorizationEndpoint: issuer + "/auth", tokenEndpoint: issuer + "/token",
            jwksURI: issuer + "/jwks", scopes: ScopeCatalog.all, revocationEndpoint: issuer + "/token/revocation")
    }
}
