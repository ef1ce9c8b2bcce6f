public import Foundation

/// A group of people and, later, channels. Every new account gets one of its own.
public struct Organization: Sendable, Equatable {
    /// The organization's id.
    public let id: OrganizationID
    /// Its name.
    public let name: DisplayName
    /// The account that owns it.
    public let ownerID: AccountID
    /// The owner's address, as `organizations { ownerEmail }` shows it.
    public let ownerEmail: EmailAddress
    /// When it was made.
    public let createdAt: Date

    /// An organization from stored values.
    public init(id: OrganizationID, name: DisplayName, ownerID: AccountID, ownerEmail: EmailAddress, createdAt: Date) {
        self.id = id
        self.name = name
        self.ownerID = ownerID
        self.ownerEmail = ownerEmail
        self.createdAt = createdAt
    }
}
