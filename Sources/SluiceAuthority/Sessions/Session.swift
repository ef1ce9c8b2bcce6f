public import Foundation
public import SluiceOAuth

/// A browser that signed in.
public struct Session: Sendable, Equatable {
    /// Names the session in lists and forms.
    public let id: SessionID
    /// Who signed in.
    public let accountID: AccountID
    /// SHA-256 of the cookie's value.
    public let hash: SecretHash
    /// When the password was last given: `auth_time`.
    public let authenticatedAt: Date
    /// The last request, to the minute.
    public var lastSeenAt: Date
    /// After this moment the session is over whatever happens.
    public let expiresAt: Date
    /// Where it was opened from.
    public let address: String
    /// The browser it was opened with.
    public let userAgent: String

    /// A session from stored values.
    public init(
        id: SessionID, accountID: AccountID, hash: SecretHash, authenticatedAt: Date, lastSeenAt: Date, expiresAt: Date,
        address: String, userAgent: String
    ) {
        self.id = id
        self.accountID = accountID
        self.hash = hash
        self.authenticatedAt = authenticatedAt
        self.lastSeenAt = lastSeenAt
        self.expiresAt = expiresAt
        self.address = address
        self.userAgent = userAgent
    }
}
