import Foundation
import SluiceClient
import SluiceOAuth
import SluiceResourceServer

/// An issuer of tokens for the tests of this folder.
struct Issuer {
    static let url = "https://auth.example"
    static let audience = "https://api.example"
    static let jwks = "https://auth.example/jwks"

    let key: SigningKey
    let clock: TestClock

    init(_ algorithm: SignatureAlgorithm = .es256, clock: TestClock = TestClock()) throws {
        key = try SigningKey.generate(algorithm)
        self.clock = clock
    }

    static var server: AuthorizationServer {
        AuthorizationServer(
            issuer: url, authorizationEndpoint: url + "/auth", tokenEndpoint: url + "/token", jwksURI: jwks)
    }

    /// A token that is good for an hour from now.
    func token(
        with other: SigningKey? = nil, issuer: String = url, audience: [String] = [Issuer.audience], account: String = "ada",
        scopes: String = "posts:read offline_access", issuedAt: Date? = nil, lifetime: TimeInterval = 3600,
        id: String = "jti-1"
    ) throws -> String {
        let start = issuedAt ?? clock.now
        let claims = AccessTokenClaims(
            issuer: issuer, audience: audience, subject: account, clientID: "app", scopes: Scopes(scopes) ?? Scopes(),
            grantID: "grant", issuedAt: start, expiresAt: start.addingTimeInterval(lifetime), id: id)
        return try AccessToken.sign(claims, with: other ?? key)
    }

    /// A token with any header, the payload of a good one unless another is given, and a true signature of the key.
    func forged(header: String, payload: String? = nil) throws -> String {
        let good = try token().split(separator: ".")
        let input = Base64URL.encode(header.utf8) + "." + (payload.map { Base64URL.encode($0.utf8) } ?? String(good[1]))
        return input + "." + Base64URL.encode(try key.sign(Array(input.utf8)))
    }

    func verifier(
        _ host: KeyHost, leeway: Duration = .zero, policy: KeyCachePolicy = KeyCachePolicy(), limitOfTokens: Int = 100
    ) throws -> AccessTokenVerifier {
        try AccessTokenVerifier(
            server: Issuer.server, audience: Issuer.audience, transport: host, leeway: leeway, policy: policy,
            limitOfTokens: limitOfTokens, now: clock.reading)
    }
}

/// Why a token is refused; `nil` if it is accepted.
func refusal(_ checker: some BearerChecker, _ token: String) async -> BearerRefusal? {
    do throws(BearerRefusal) {
        _ = try await checker.check(token)
        return nil
    } catch {
        return error
    }
}

extension BearerRefusal {
    /// Whether nobody could say.
    var isUnavailable: Bool { if case .unavailable = self { true } else { false } }
}
