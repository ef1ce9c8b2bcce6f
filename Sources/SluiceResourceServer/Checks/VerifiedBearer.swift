public import Foundation
public import SluiceOAuth

/// Who stands behind an access token that passed every check.
/// - Source: RFC 9068 §2.2; RFC 7662 §2.2.
public struct VerifiedBearer: Sendable, Equatable {
    /// The account acted for: `sub`.
    public let accountID: String
    /// The client that acts: `client_id`.
    public let clientID: String
    /// What it may do.
    public let scopes: Scopes
    /// The token is refused from this moment on.
    public let expiresAt: Date

    /// A bearer from checked claims.
    public init(accountID: String, clientID: String, scopes: Scopes, expiresAt: Date) {
        self.accountID = accountID
        self.clientID = clientID
        self.scopes = scopes
        self.expiresAt = expiresAt
    }
}
