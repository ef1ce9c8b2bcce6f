public import Foundation
public import SluiceOAuth

/// One approval of one client by one account: the row that its code and its tokens belong to.
public struct Grant: Sendable, Equatable {
    /// The three states of a grant; the design's diagram has the arrows.
    public enum State: String, Sendable, CaseIterable {
        /// Approved; its code was not redeemed yet.
        case pending
        /// Its code was redeemed.
        case active
        /// Cut off for good.
        case revoked
    }

    /// What never changes about the grant.
    public let facts: GrantFacts
    /// Where it stands.
    public let state: State
    /// How often its refresh token was rotated: 1 after the exchange; 0 while pending.
    public let generation: UInt32
    /// A code is good strictly before this moment.
    public let codeExpiresAt: Date
    /// When the code was redeemed.
    public let activatedAt: Date?
    /// The last exchange or refresh.
    public let lastUsedAt: Date?
    /// Who made the last exchange or refresh.
    public let lastUse: RequestTrace?
    /// The refresh token is good strictly before this moment; `nil` for a grant without `offline_access`.
    public let idleExpiresAt: Date?
    /// How many exchanges came with a wrong verifier (D10).
    public let wrongVerifiers: Int
    /// Why it was cut off.
    public let revocation: RevocationReason?
    /// When it was cut off.
    public let revokedAt: Date?

    /// The grant's id.
    public var id: GrantID { facts.id }

    /// A grant from stored values.
    public init(
        facts: GrantFacts, state: State, generation: UInt32, codeExpiresAt: Date, activatedAt: Date?, lastUsedAt: Date?,
        lastUse: RequestTrace?, idleExpiresAt: Date?, wrongVerifiers: Int, revocation: RevocationReason?, revokedAt: Date?
    ) {
        self.facts = facts
        self.state = state
        self.generation = generation
        self.codeExpiresAt = codeExpiresAt
        self.activatedAt = activatedAt
        self.lastUsedAt = lastUsedAt
        self.lastUse = lastUse
        self.idleExpiresAt = idleExpiresAt
        self.wrongVerifiers = wrongVerifiers
        self.revocation = revocation
        self.revokedAt = revokedAt
    }
}

/// What never changes about a grant, so that reading it first cannot lose a race.
public struct GrantFacts: Sendable, Equatable {
    /// The grant's id.
    public let id: GrantID
    /// Who approved.
    public let accountID: AccountID
    /// What was approved.
    public let clientID: ClientID
    /// What it may do, `offline_access` included.
    public let scopes: Scopes
    /// The redirect URI of the authorization request, byte for byte.
    public let redirectURI: String
    /// The PKCE challenge of the authorization request.
    public let challenge: CodeChallenge
    /// 16 random bytes that go into the grant's refresh tokens.
    public let salt: [UInt8]
    /// When the account gave its password: `auth_time`.
    public let authenticatedAt: Date
    /// When it was approved.
    public let createdAt: Date
    /// The end of its refresh tokens, however often they were rotated (S81).
    public let expiresAt: Date

    /// Facts from stored values.
    public init(
        id: GrantID, accountID: AccountID, clientID: ClientID, scopes: Scopes, redirectURI: String, challenge: CodeChallenge,
        salt: [UInt8], authenticatedAt: Date, createdAt: Date, expiresAt: Date
    ) {
        self.id = id
        self.accountID = accountID
        self.clientID = clientID
        self.scopes = scopes
        self.redirectURI = redirectURI
        self.challenge = challenge
        self.salt = salt
        self.authenticatedAt = authenticatedAt
        self.createdAt = createdAt
        self.expiresAt = expiresAt
    }

    /// Whether its holder gets refresh tokens (S60, D11).
    public var isOffline: Bool { scopes.contains(.offlineAccess) }
}

/// Why a grant was cut off. The raw values are stored and shown by `--json`.
public enum RevocationReason: String, Sendable, CaseIterable {
    /// Its code came a second time by an otherwise valid request (RFC 6749 §4.1.2, D9).
    case codeReplayed = "code_replayed"
    /// Too many exchanges with a wrong verifier (D10).
    case verifierGuessed = "verifier_guessed"
    /// An old refresh token came back (RFC 9700 §4.14.2).
    case refreshReused = "refresh_reused"
    /// The user cut it off in Settings.
    case byUser = "by_user"
    /// The client gave it back (RFC 7009).
    case byClient = "by_client"
    /// The operator cut it off.
    case byOperator = "by_operator"
    /// The account was disabled.
    case accountDisabled = "account_disabled"
    /// The account was closed.
    case accountClosed = "account_closed"
    /// The client was deleted.
    case clientDeleted = "client_deleted"
}
