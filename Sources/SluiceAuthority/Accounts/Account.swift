public import Foundation

/// A person who signs in; owns organizations, API keys and clients.
public struct Account: Sendable, Equatable {
    /// What an account may do.
    public enum State: String, Sendable, CaseIterable {
        /// Signs in, and its keys and grants work.
        case active
        /// Kept, but nothing of it works until it is enabled again.
        case disabled
        /// Gone for good; the row stays so that the audit log keeps its subject.
        case closed
    }

    /// The account's id: `sub` of its access tokens, `account.id` of the API.
    public let id: AccountID
    /// Where it is reached, and the name it signs in with.
    public var email: EmailAddress
    /// The person's name.
    public var name: DisplayName
    /// An IANA time zone, `UTC` unless chosen.
    public var timeZone: String
    /// What it may do.
    public var state: State
    /// When it was made.
    public let createdAt: Date

    /// An account from stored values.
    public init(id: AccountID, email: EmailAddress, name: DisplayName, timeZone: String, state: State, createdAt: Date) {
        self.id = id
        self.email = email
        self.name = name
        self.timeZone = timeZone
        self.state = state
        self.createdAt = createdAt
    }
}
