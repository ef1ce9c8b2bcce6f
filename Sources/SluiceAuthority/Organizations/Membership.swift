public import Foundation

/// That an account belongs to an organization, and as what.
public struct Membership: Sendable, Equatable {
    /// The organization.
    public let organizationID: OrganizationID
    /// The account.
    public let accountID: AccountID
    /// What the account may do there.
    public let role: Role
    /// Since when it belongs to it.
    public let joinedAt: Date

    /// A membership from stored values.
    public init(organizationID: OrganizationID, accountID: AccountID, role: Role, joinedAt: Date) {
        self.organizationID = organizationID
        self.accountID = accountID
        self.role = role
        self.joinedAt = joinedAt
    }
}

/// A member as the other members see it.
public struct OrganizationMember: Sendable, Equatable {
    /// The membership.
    public let membership: Membership
    /// The person's name.
    public let name: DisplayName
    /// The person's address.
    public let email: EmailAddress

    /// A member from stored values.
    public init(membership: Membership, name: DisplayName, email: EmailAddress) {
        self.membership = membership
        self.name = name
        self.email = email
    }

    /// What names the member in forms and commands.
    public var id: AccountID { membership.accountID }
    /// What the member may do.
    public var role: Membership.Role { membership.role }
}
