public import Foundation
public import SluiceOAuth

/// Whatever stood behind `Authorization: Bearer`, checked: who acts, and what they may do.
public struct Bearer: Sendable, Equatable {
    /// The account acted for.
    public let accountID: AccountID
    /// What it may do; `nil` means everything.
    public let scopes: Scopes?
    /// What it is.
    public let source: Source
    /// It is refused from this moment on; `nil` for a key without an expiry.
    public let expiresAt: Date?

    /// What a bearer is.
    public enum Source: Sendable, Equatable {
        /// An API key.
        case apiKey(APIKeyID)
        /// An access token of a grant.
        case accessToken(grant: GrantID, client: ClientID, issuedAt: Date)
    }

    /// Whether it may do what needs `scope`. `write` does not imply `read` (D15).
    public func permits(_ scope: Scope) -> Bool { scopes?.contains(scope) ?? true }
}

/// The two kinds of bearer, for counting.
public enum BearerKind: String, Sendable, CaseIterable {
    case apiKey = "api_key"
    case accessToken = "access_token"
}

/// Why a bearer is refused. Only `temporarilyUnavailable` is the server's fault; clients see all others alike (S2).
public enum BearerRefusal: String, Error, Sendable, CaseIterable {
    /// Neither an API key nor an access token.
    case malformed
    /// No such API key, or it was revoked.
    case unknown
    /// Past its end.
    case expired
    /// The signature, issuer, audience or type is wrong.
    case invalid
    /// Its grant, client or account was cut off.
    case revoked
    /// This node lost touch with the database for too long and refuses rather than guesses.
    case temporarilyUnavailable = "temporarily_unavailable"

    /// What the rule is, for `sluice explain` and the log.
    public var summary: String {
        switch self {
        case .malformed: "It is neither an API key (buf_… with a right checksum) nor an access token (a signed JWT)."
        case .unknown: "No live API key has this value: it was revoked, or never existed here."
        case .expired: "It has ended."
        case .invalid: "It was not signed by this server for this API."
        case .revoked: "Its grant, client or account was cut off."
        case .temporarilyUnavailable: "The server cannot tell at the moment."
        }
    }
}
