public import Foundation
public import SluiceClient
import SluiceOAuth
import Synchronization

/// Checks the access tokens of one issuer offline, by the keys that it publishes.
///
/// The keys are fetched when the first token comes, kept as long as the server allows within the bounds of the ``KeyCachePolicy``, and
/// fetched anew for a token that names a key which is not known. While they cannot be fetched the last ones serve on for a bounded time;
/// then tokens are refused as `.unavailable`, not guessed at. A token that was checked before costs a hash and a look into a cache.
///
/// An offline check does not see a revocation: a token that was cut off stays good here until it expires, with Sluice an hour at most
/// by default. ``ConfirmingVerifier`` asks the server as well.
/// - Source: RFC 9068 §4; RFC 7517 §5.
public final class AccessTokenVerifier: BearerChecker {
    private let issuer: String
    private let audience: String
    private let leeway: Duration
    private let keys: IssuerKeys
    private let now: @Sendable () -> Date
    private let verified: Mutex<VerifiedTokenCache>

    /// A verifier.
    /// - Parameters:
    ///   - server: Who issues the tokens; `AuthorizationServer.discover(issuer:over:)` finds it.
    ///   - audience: What the tokens carry as `aud`: with Sluice the address of its API.
    ///   - transport: How keys are fetched.
    ///   - leeway: How far clocks may differ; more than 60 seconds count as 60.
    ///   - policy: How long keys are believed.
    ///   - limitOfTokens: How many tokens are remembered as verified, roughly; each takes some 300 bytes.
    ///   - now: The clock.
    /// - Throws: `SetupProblem` if the server names no keys, or an address for them that is neither https nor on this machine.
    public init(
        server: AuthorizationServer, audience: String, transport: any Transport, leeway: Duration = .seconds(60),
        policy: KeyCachePolicy = KeyCachePolicy(), limitOfTokens: Int = 20_000, now: @escaping @Sendable () -> Date = { Date() }
    ) throws(SetupProblem) {
        guard let url = server.jwksURI else { throw .noKeys(issuer: server.issuer) }
        guard Self.isProtected(url) else { throw .insecureKeys(url: url) }
        issuer = server.issuer
        self.audience = audience
        self.leeway = min(max(leeway, .zero), .seconds(60))
        self.now = now
        keys = IssuerKeys(url: url, transport: transport, policy: policy, now: now)
        verified = Mutex(VerifiedTokenCache(capacity: max(1, limitOfTokens / 2)))
    }

    /// Who stands behind an access token.
    /// - Throws: `BearerRefusal`.
    public func check(_ token: String) async throws(BearerRefusal) -> VerifiedBearer {
        // Whatever is no signed token at all is sent away before anything is hashed or fetched.
        guard token.utf8.count <= AccessToken.limitInBytes else { throw .invalid(.token(.tooLong)) }
        guard AccessToken.looksLikeOne(token) else { throw .invalid(.token(.malformed)) }
        let hash = SecretHash(of: token)
        var keys = try await keys.current()
        let known = verified.withLock { $0.bearer(hash, generation: keys.generation) }
        if let known { return try stillGood(known) }
        var result = verify(token, with: keys)
        if case .failure(.unknownKey) = result {
            keys = try await self.keys.newer(than: keys)
            result = verify(token, with: keys)
        }
        switch result {
        case .failure(let problem): throw .invalid(.token(problem))
        case .success(let bearer):
            let generation = keys.generation
            verified.withLock { $0.insert(bearer, for: hash, generation: generation) }
            return bearer
        }
    }

    /// `https`, or `http` to this machine: what a redirect URI to a web address may be, by the same rules.
    private static func isProtected(_ url: String) -> Bool {
        guard let address = try? RedirectURI(url) else { return false }
        switch address.kind {
        case .https, .loopback, .localhost: return true
        case .privateUse: return false
        }
    }

    private func stillGood(_ bearer: VerifiedBearer) throws(BearerRefusal) -> VerifiedBearer {
        guard now() < bearer.expiresAt.addingTimeInterval(leeway / .seconds(1)) else { throw .invalid(.token(.expired)) }
        return bearer
    }

    private func verify(_ token: String, with set: KeySet) -> Result<VerifiedBearer, AccessTokenProblem> {
        Result { () throws(AccessTokenProblem) in
            let claims = try AccessToken.verify(
                token, keys: { set.keys[$0] }, issuer: issuer, audience: audience, now: now(), leeway: leeway)
            return VerifiedBearer(
                accountID: claims.subject, clientID: claims.clientID, scopes: claims.scopes, expiresAt: claims.expiresAt)
        }
    }
}
