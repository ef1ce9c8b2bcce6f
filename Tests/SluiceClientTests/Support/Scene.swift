import Foundation
import SluiceClient
import SluiceOAuth

/// A server, a client and a clock for tests of the client side.
struct Scene: Sendable {
    let clock = TestClock()
    let transport: ScriptedTransport
    let server: AuthorizationServer
    let client: OAuthClient

    static let server = AuthorizationServer(
        issuer: "https://auth.example", authorizationEndpoint: "https://auth.example/auth",
        tokenEndpoint: "https://auth.example/token", revocationEndpoint: "https://auth.example/token/revocation",
        sendsIssuer: true)

    init(
        _ steps: ScriptedTransport, server: AuthorizationServer = Scene.server,
        registration: ClientRegistration = .publicClient("app")
    ) {
        transport = steps
        self.server = server
        client = OAuthClient(server: server, registration: registration, transport: steps, now: { [clock] in clock.now })
    }

    /// Tokens with an hour to live.
    func tokens(
        _ access: String = "access-1", refresh: String? = "v1.first", lifetime: TimeInterval = 3600
    ) -> TokenSet {
        TokenSet(
            accessToken: access, refreshToken: refresh, scopes: Scopes("posts:read offline_access")!, obtainedAt: clock.now,
            expiresAt: clock.now + lifetime)
    }

    func stored(_ tokens: TokenSet, refreshBegunAt: Date? = nil) -> StoredTokens {
        StoredTokens(tokens: tokens, issuer: server.issuer, clientID: "app", refreshBegunAt: refreshBegunAt)
    }

    /// A source whose storage holds `tokens`.
    func source(_ storage: any TokenStorage) -> TokenSource { TokenSource(client: client, storage: storage) }
}
