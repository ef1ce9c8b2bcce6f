public import Foundation
public import SluiceOAuth

/// Where grants are kept. Every engine passes `GrantStoreContract`, races included.
///
/// Every method that moves a grant is one conditional write on its row; whoever gets the row back won. The look at why a write
/// hit nothing happens in the same call, and every revocation leaves a `Change` and an audit event in the same step.
public protocol GrantStore: Sendable {
    /// Keeps a pending grant.
    /// - Parameter decision: Names the consent page's decision; a second insert with the same one keeps nothing (S42).
    /// - Returns: `.refused` if the account is not active or the client is gone (S66), or if the grant it relies on was cut off.
    func insert(_ grant: PendingGrant, decision: String, audit: AuditEvent) async throws -> Insertion

    /// Redeems the code whose SHA-256 is `hash`. Of any number of simultaneous callers exactly one is told `.activated`.
    ///
    /// A second use that proves possession revokes the grant, however late it comes; one that does not touches nothing (D9). The
    /// `wrongVerifierLimit`th wrong verifier burns the code (D10).
    /// - Source: RFC 6749 §4.1.2 and §10.5.
    func redeem(_ hash: SecretHash, _ proof: CodeProof, _ use: GrantUse, wrongVerifierLimit: Int) async throws -> Redemption

    /// What never changes about a grant; `nil` for an unknown one.
    func facts(of id: GrantID) async throws -> GrantFacts?

    /// Moves the grant from `generation` to the next one. Call it only with a generation whose refresh token was proved genuine:
    /// an older one is reuse and revokes the grant.
    /// - Parameter leeway: How long the directly preceding generation may come again and is told `.repeated` (D13); zero is strict.
    /// - Source: RFC 9700 §4.14.2.
    func rotate(_ id: GrantID, from generation: UInt32, _ use: GrantUse, leeway: Duration) async throws -> Rotation

    /// Revokes one grant that is not revoked yet.
    /// - Parameters:
    ///   - account: Only if it is this account's; `nil` for anyone's.
    ///   - client: Only if it is this client's; `nil` for any.
    /// - Returns: Whether this call revoked it.
    func revoke(
        _ id: GrantID, account: AccountID?, client: ClientID?, reason: RevocationReason, at now: Date, trace: RequestTrace
    ) async throws -> Bool

    /// Revokes every grant, pending ones included, that `account` gave `client` (S100).
    /// - Returns: How many were revoked.
    func revokeAll(
        of account: AccountID, for client: ClientID, reason: RevocationReason, at now: Date, trace: RequestTrace
    ) async throws -> Int

    /// Ends one grant that is still in use as if its time had passed: its code is refused as expired, its refresh token too, and
    /// its access tokens are cut off. Unlike a revoked grant it stays in its state, as one that ended by itself does.
    /// - Parameter lastUse: Where its last use is put back to, if that was later: a moment whose access tokens have ended.
    /// - Returns: Whether this call ended it; `false` for one that is revoked, has ended or is unknown.
    func expire(_ id: GrantID, at now: Date, lastUse: Date, trace: RequestTrace) async throws -> Bool

    /// One grant.
    func grant(_ id: GrantID) async throws -> Grant?

    /// The grant whose code hashes to `hash`, whatever its state; for diagnosis only.
    func grant(code hash: SecretHash) async throws -> Grant?

    /// The grants that are in use: active, and with a refresh token or an access token that has not ended.
    /// - Parameters:
    ///   - accessTokenLifetime: How long after its last use a grant without `offline_access` is still in use.
    ///   - client: Only of this client; `nil` for all. At most 500, newest first.
    func liveGrants(
        of account: AccountID, client: ClientID?, at now: Date, accessTokenLifetime: Duration
    ) async throws -> [Grant]

    /// Grants in every state, newest first; of one account and client, or of all.
    func grants(account: AccountID?, client: ClientID?, _ page: SliceRequest) async throws -> Slice<Grant>

    /// Deletes grants that nobody can use any more: pending ones whose code expired before `date`, revoked or ended ones from
    /// before `date`. Invitations go with them: those that ended before `date`, and those made before it that were used, declined or
    /// withdrawn.
    /// - Returns: How many grants went; at most 1,000 a call.
    func sweepGrants(before date: Date) async throws -> Int
}

/// A grant on its way in.
public struct PendingGrant: Sendable, Equatable {
    /// The facts.
    public let facts: GrantFacts
    /// SHA-256 of the code.
    public let codeHash: SecretHash
    /// The code is good strictly before this moment.
    public let codeExpiresAt: Date
    /// The active grant that spared the question (D8); `nil` if the account was asked. If it is cut off before this one is kept,
    /// nobody approved this one.
    public let reliesOn: GrantID?

    /// A pending grant.
    public init(facts: GrantFacts, codeHash: SecretHash, codeExpiresAt: Date, reliesOn: GrantID? = nil) {
        self.facts = facts
        self.codeHash = codeHash
        self.codeExpiresAt = codeExpiresAt
        self.reliesOn = reliesOn
    }
}

/// What whoever redeems a code must show besides the code.
public struct CodeProof: Sendable, Equatable {
    /// The authenticated client.
    public let clientID: ClientID
    /// The redirect URI, to equal the authorization request's byte for byte.
    public let redirectURI: String
    /// The challenge that the presented verifier makes.
    public let challenge: CodeChallenge

    /// A proof.
    public init(clientID: ClientID, redirectURI: String, challenge: CodeChallenge) {
        self.clientID = clientID
        self.redirectURI = redirectURI
        self.challenge = challenge
    }
}

/// One use of a grant at the token endpoint.
public struct GrantUse: Sendable, Equatable {
    /// When.
    public let now: Date
    /// By whom.
    public let trace: RequestTrace
    /// Until when the refresh token of this use may idle. Never past the grant's own end, which the engine ensures.
    public let idleUntil: Date

    /// A use.
    public init(now: Date, trace: RequestTrace, idleUntil: Date) {
        self.now = now
        self.trace = trace
        self.idleUntil = idleUntil
    }
}

/// What became of a code.
public enum Redemption: Sendable, Equatable {
    /// This caller won; the grant as it is now (generation 1).
    case activated(Grant)
    /// No such code.
    case unknown
    /// It is another client's (S55); nothing was changed.
    case wrongClient
    /// The redirect URI differs (S56); nothing was changed.
    case wrongRedirectURI
    /// The verifier does not fit (S57); the attempt was counted, and `burned` says whether it was one too many.
    case wrongVerifier(burned: Bool)
    /// It was too late (S53).
    case expired
    /// It had been redeemed, and this valid replay revoked the grant just now.
    case replayed(GrantFacts)
    /// The grant is revoked already.
    case revoked(RevocationReason)
}

/// What became of a genuine refresh token.
public enum Rotation: Sendable, Equatable {
    /// This caller won; the grant as it is now, one generation on.
    case rotated(Grant)
    /// Within the leeway: the grant as it is, whose current refresh token this caller may have again (D13).
    case repeated(Grant)
    /// It was of an older generation, and that revoked the grant just now.
    case reused(GrantFacts)
    /// It idled too long, or the grant ended (S81).
    case expired
    /// The grant is revoked already.
    case revoked(RevocationReason)
    /// No such grant, it is still pending, or the generation is from the future (a restored backup).
    case unknown
}
