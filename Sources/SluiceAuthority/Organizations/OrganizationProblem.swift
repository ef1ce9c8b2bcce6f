/// Why something was not done in an organization. Nothing of it was kept.
public enum OrganizationProblem: Error, Sendable, Equatable {
    /// There is no such organization, or the account does not belong to it: nobody learns which.
    case notFound
    /// The account belongs to it, but its role does not allow this.
    case forbidden(Membership.Role)
    /// The name is none.
    case nameInvalid
    /// The address is none.
    case emailInvalid
    /// The role cannot be given: there is one owner, who passes ownership on.
    case roleInvalid
    /// Nobody of that name is a member.
    case memberUnknown
    /// The member owns the organization already.
    case alreadyOwner
    /// The owner can neither leave, be removed nor get another role before somebody else owns the organization.
    case ownerStays
    /// Who was invited, or accepts, is a member already.
    case alreadyMember
    /// The organization has as many open invitations as it may.
    case tooManyInvitations
    /// The organization has as many members as it may.
    case tooManyMembers
    /// The account belongs to as many organizations as it may.
    case tooManyOrganizations
    /// There is no such invitation, or it was used, declined or withdrawn, or ran out.
    case invitationClosed
    /// The invitation is for another address than the account's.
    case invitationForAnother
    /// The same form was sent before.
    case formRepeated
    /// The account is not active, or never was.
    case accountUnknown
}
