public import Foundation
public import SluiceOAuth

/// What is kept of an API key: everything but the key.
public struct APIKeyRecord: Sendable, Equatable {
    /// Names the key in lists, forms and the audit log.
    public let id: APIKeyID
    /// The account it acts for.
    public let accountID: AccountID
    /// What its owner calls it.
    public var name: DisplayName
    /// SHA-256 of the key.
    public let hash: SecretHash
    /// The key's last four characters, to tell keys apart.
    public let lastFour: String
    /// What it may do; `nil` means everything, as Buffer's first keys.
    public let scopes: Scopes?
    /// When it was made.
    public let createdAt: Date
    /// From this moment on it is refused; `nil` means never.
    public var expiresAt: Date?
    /// Its last use, accurate to some seconds.
    public var lastUsedAt: Date?
    /// The key it replaced, if it came from a rotation.
    public let rotatedFrom: APIKeyID?

    /// A key record from stored values.
    public init(
        id: APIKeyID, accountID: AccountID, name: DisplayName, hash: SecretHash, lastFour: String, scopes: Scopes?,
        createdAt: Date, expiresAt: Date?, lastUsedAt: Date?, rotatedFrom: APIKeyID?
    ) {
        self.id = id
        self.accountID = accountID
        self.name = name
        self.hash = hash
        self.lastFour = lastFour
        self.scopes = scopes
        self.createdAt = createdAt
        self.expiresAt = expiresAt
        self.lastUsedAt = lastUsedAt
        self.rotatedFrom = rotatedFrom
    }
}
