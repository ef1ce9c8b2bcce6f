import Foundation
import Logging
public import SluiceOAuth

/// Approvals, and what becomes of them: exchange, refresh, revocation, reuse.
public struct Grants: Sendable {
    let store: any GrantStore
    let vault: Vault
    let signingKeys: SigningKeys
    let feed: ChangeFeed
    let facts: BoundedCache<GrantID, GrantFacts>
    let configuration: AuthorityConfiguration
    let environment: AuthorityEnvironment

    // MARK: Exchange

    /// Exchanges a code or a refresh token for tokens.
    /// - Parameter client: Authenticated already.
    /// - Throws: `OAuthError`, `StoreError`.
    /// - Source: RFC 6749 §4.1.3 and §6.
    public func exchange(_ request: TokenRequest, for client: Client, trace: RequestTrace) async throws -> TokenResponse {
        switch request {
        case .authorizationCode(let code, let redirectURI, let verifier):
            do {
                let tokens = try await redeem(code, redirectURI, verifier, for: client, trace: trace)
                environment.count(.codeExchanged)
                return tokens
            } catch {
                environment.count(.exchangeRefused)
                throw error
            }
        case .refresh(let token, let scopes):
            do {
                let tokens = try await refresh(token, scopes, for: client, trace: trace)
                environment.count(.refreshed)
                return tokens
            } catch {
                environment.count(.refreshRefused)
                throw error
            }
        }
    }

    private func redeem(
        _ code: String, _ redirectURI: String, _ verifier: CodeVerifier?, for client: Client, trace: RequestTrace
    ) async throws -> TokenResponse {
        func refused(_ why: String) -> OAuthError {
            OAuthError(.invalidGrant, "The authorization code is not valid.", detail: why)
        }
        // RFC 7636 §4.6: a request without a verifier proves nothing, and must not touch the code.
        guard let verifier else { throw OAuthError(.invalidGrant, "The code_verifier is missing.") }
        guard let code = AuthorizationCode(code) else { throw refused("not a code") }
        let proof = CodeProof(clientID: client.id, redirectURI: redirectURI, challenge: CodeChallenge(of: verifier))
        let use = use(trace)
        switch try await store.redeem(code.hash, proof, use, wrongVerifierLimit: configuration.wrongVerifierLimit) {
        case .activated(let grant):
            return try tokens(for: grant.facts, generation: grant.generation, scopes: grant.facts.scopes, now: use.now)
        case .unknown: throw refused("unknown")
        case .wrongClient: throw refused("issued to another client")  // RFC 6749 §4.1.3
        case .wrongRedirectURI: throw refused("redirect_uri differs")  // RFC 6749 §4.1.3
        case .wrongVerifier(let burned):
            if burned { await noteRevoked(.verifierGuessed) }
            throw refused(burned ? "verifier does not match; burned" : "verifier does not match")  // RFC 7636 §4.6
        case .expired: throw OAuthError(.invalidGrant, "Authorization code has expired")
        case .replayed:
            await noteRevoked(.codeReplayed)
            throw refused("replayed; the grant was revoked")  // RFC 6749 §4.1.2
        case .revoked(let reason): throw refused("revoked: \(reason.rawValue)")
        }
    }

    private func refresh(
        _ text: String, _ requested: Scopes?, for client: Client, trace: RequestTrace
    ) async throws -> TokenResponse {
        func refused(_ why: String) -> OAuthError {
            OAuthError(.invalidGrant, "The refresh token is not valid.", detail: why)
        }
        guard let token = RefreshToken(text), let id = GrantID(bytes: token.grant) else { throw refused("not a refresh token") }
        guard let facts = try await facts(of: id) else { throw refused("unknown grant") }
        // Possession first: a guess fails here and touches nothing (S80).
        guard token.isGenuine(salt: facts.salt, key: vault.refreshKey) else { throw refused("not made by this server") }
        guard facts.clientID == client.id else { throw refused("issued to another client") }  // S77
        let scopes = requested ?? facts.scopes
        guard scopes.isSubset(of: facts.scopes) else {  // RFC 6749 §6; refused before the token is spent (S79)
            throw OAuthError(.invalidScope, "The request asks for more than was approved.")
        }
        let use = use(trace)
        switch try await store.rotate(id, from: token.generation, use, leeway: configuration.reuseLeeway) {
        case .rotated(let grant), .repeated(let grant):
            return try tokens(for: facts, generation: grant.generation, scopes: scopes, now: use.now)
        case .reused(let facts):
            await noteRevoked(.refreshReused)
            environment.logger.notice(
                "refresh token reused, grant revoked",
                metadata: ["grant": "\(facts.id)", "client": "\(facts.clientID)", "request_id": "\(trace.requestID)"])
            throw refused("reused; the grant was revoked")  // RFC 9700 §4.14.2
        case .expired: throw refused("expired")
        case .revoked(let reason): throw refused("revoked: \(reason.rawValue)")
        case .unknown: throw refused("the grant is not active, or the generation is unknown")
        }
    }

    /// The tokens of a grant in a generation. The refresh token is derived, so that the same generation always has the same one.
    private func tokens(for facts: GrantFacts, generation: UInt32, scopes: Scopes, now: Date) throws -> TokenResponse {
        guard let key = signingKeys.current else {
            throw OAuthError(.serverError, "The server cannot sign at the moment.", detail: "no signing key")
        }
        let issuedAt = Date(timeIntervalSince1970: now.timeIntervalSince1970.rounded(.down))
        let claims = AccessTokenClaims(
            issuer: configuration.issuer, audience: [configuration.audience], subject: facts.accountID.text,
            clientID: facts.clientID.text, scopes: scopes, grantID: facts.id.text, issuedAt: issuedAt,
            expiresAt: issuedAt.addingTimeInterval(configuration.accessTokenLifetime.inSeconds),
            id: Base64URL.encode(environment.random.bytes(16)), authenticatedAt: facts.authenticatedAt)
        let refresh =
            facts.isOffline
            ? RefreshToken(grant: facts.id.bytes, generation: generation, salt: facts.salt, key: vault.refreshKey) : nil
        return TokenResponse(
            accessToken: try AccessToken.sign(claims, with: key), refreshToken: refresh?.text,
            expiresIn: configuration.accessTokenLifetime.wholeSeconds, scopes: scopes)
    }

    private func facts(of id: GrantID) async throws -> GrantFacts? {
        if let facts = facts.value(for: id) { return facts }
        let epoch = facts.epoch
        guard let found = try await store.facts(of: id) else { return nil }
        facts.insert(found, for: id, readIn: epoch)
        return found
    }

    private func use(_ trace: RequestTrace) -> GrantUse {
        let now = environment.now()
        return GrantUse(
            now: now, trace: trace, idleUntil: now.addingTimeInterval(configuration.refreshIdleLifetime.inSeconds))
    }

    // MARK: Revocation

    /// Takes back a token that a client no longer needs. Unknown tokens, other clients' tokens and ones already dead change
    /// nothing and say nothing.
    /// - Parameter client: Authenticated already.
    /// - Source: RFC 7009 §2.
    public func revoke(_ request: RevocationRequest, for client: Client, trace: RequestTrace) async throws {
        guard let id = try await grant(behind: request.token) else { return }
        let now = environment.now()
        if try await store.revoke(id, account: nil, client: client.id, reason: .byClient, at: now, trace: trace) {
            await noteRevoked(.byClient)
        }
    }

    /// The grant behind a refresh token or an access token; `nil` unless it is genuine. The hint is not needed: the two forms
    /// cannot be taken for each other.
    private func grant(behind token: String) async throws -> GrantID? {
        if let refresh = RefreshToken(token) {
            guard let id = GrantID(bytes: refresh.grant), let facts = try await facts(of: id),
                refresh.isGenuine(salt: facts.salt, key: vault.refreshKey)
            else { return nil }
            return id
        }
        guard AccessToken.looksLikeOne(token),
            let claims = try? AccessToken.verify(
                token, keys: signingKeys.verificationKey, issuer: configuration.issuer, audience: configuration.audience,
                now: environment.now(), leeway: configuration.tokenLeeway)
        else { return nil }
        return GrantID(claims.grantID)
    }

    /// Cuts off one approval of the account (D14).
    /// - Returns: `false` if the account has no such live grant.
    public func revoke(_ id: GrantID, of account: AccountID, trace: RequestTrace) async throws -> Bool {
        let now = environment.now()
        guard try await store.revoke(id, account: account, client: nil, reason: .byUser, at: now, trace: trace) else {
            return false
        }
        await noteRevoked(.byUser)
        return true
    }

    /// Cuts off a grant for the operator.
    public func revoke(_ id: GrantID, trace: RequestTrace) async throws -> Bool {
        let now = environment.now()
        guard try await store.revoke(id, account: nil, client: nil, reason: .byOperator, at: now, trace: trace) else {
            return false
        }
        await noteRevoked(.byOperator)
        return true
    }

    /// Ends a grant as if its time had passed.
    /// - Returns: `false` if it had ended, was cut off or never was.
    package func expire(_ id: GrantID, trace: RequestTrace) async throws -> Bool {
        let now = environment.now()
        let span = configuration.accessTokenLifetime.inSeconds + configuration.tokenLeeway.inSeconds
        guard try await store.expire(id, at: now, lastUse: now.addingTimeInterval(-span), trace: trace) else { return false }
        await feed.follow()
        return true
    }

    /// One grant.
    package func grant(_ id: GrantID) async throws -> Grant? { try await store.grant(id) }

    /// The grant that a code, a refresh token or a live access token belongs to; `nil` unless it is genuine. Changes nothing.
    package func grant(of credential: String) async throws -> GrantID? {
        if let code = AuthorizationCode(credential), let grant = try await store.grant(code: code.hash) { return grant.id }
        return try await grant(behind: credential)
    }

    /// Grants in every state, newest first.
    public func list(account: AccountID?, client: ClientID?, _ page: SliceRequest) async throws -> Slice<Grant> {
        try await store.grants(account: account, client: client, page)
    }

    private func noteRevoked(_ reason: RevocationReason) async {
        environment.count(.grantRevoked(reason))
        await feed.follow()
    }
}
