public import Foundation
public import SluiceOAuth

/// What is kept of an offer to join an organization: everything but the secret in its link.
public struct Invitation: Sendable, Equatable {
    /// Where an invitation stands; besides, it ends by time.
    public enum State: String, Sendable, CaseIterable {
        /// May be accepted.
        case open
        /// Somebody joined by it.
        case accepted
        /// Whoever was invited does not want to.
        case declined
        /// Taken back, or a newer one to the same address stands in its place.
        case withdrawn
    }

    /// Names the invitation in lists, forms and the audit log.
    public let id: InvitationID
    /// What it invites to.
    public let organizationID: OrganizationID
    /// SHA-256 of the secret in its link.
    public let hash: SecretHash
    /// The address of the account that may accept it.
    public let email: EmailAddress
    /// What the account will be there.
    public let role: Membership.Role
    /// The member who invited; `nil` for the operator. It holds only while this member may invite people.
    public let inviterID: AccountID?
    /// Where it stands.
    public let state: State
    /// When it was made.
    public let createdAt: Date
    /// From this moment on it is refused.
    public let expiresAt: Date

    /// An invitation from stored values.
    public init(
        id: InvitationID, organizationID: OrganizationID, hash: SecretHash, email: EmailAddress, role: Membership.Role,
        inviterID: AccountID?, state: State, createdAt: Date, expiresAt: Date
    ) {
        self.id = id
        self.organizationID = organizationID
        self.hash = hash
        self.email = email
        self.role = role
        self.inviterID = inviterID
        self.state = state
        self.createdAt = createdAt
        self.expiresAt = expiresAt
    }
}

/// An invitation as whoever follows its link sees it.
public struct ReceivedInvitation: Sendable, Equatable {
    /// The invitation.
    public let invitation: Invitation
    /// What it invites to.
    public let organization: Organization
    /// Who invited; `nil` for the operator.
    public let inviterName: DisplayName?
    /// Whether it could be accepted, by the account that it is for.
    public let isOpen: Bool

    /// A received invitation from stored values.
    public init(invitation: Invitation, organization: Organization, inviterName: DisplayName?, isOpen: Bool) {
        self.invitation = invitation
        self.organization = organization
        self.inviterName = inviterName
        self.isOpen = isOpen
    }
}

/// Names an invitation; not the secret in its link.
public typealias InvitationID = Identifier<Invitation>
