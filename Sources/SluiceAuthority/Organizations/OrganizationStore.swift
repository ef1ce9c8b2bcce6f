public import Foundation
public import SluiceOAuth

/// Where organizations and who belongs to them are kept. Every engine passes `MembershipStoreContract`.
///
/// A step that returns an `OrganizationProblem?` was done if that is `nil`; otherwise nothing of it was kept. Those that take a
/// `Warrant` are done only if it holds at the moment of the write.
public protocol OrganizationStore: Sendable {
    // MARK: Organizations

    /// Makes a further organization, owned by the account it names.
    /// - Parameters:
    ///   - formID: Names the form that asked; a second one with the same name keeps nothing.
    ///   - limit: How many organizations the account may belong to with this one.
    /// - Returns: `.refused`, and keeps nothing, if the account is not active or belongs to as many as that already.
    func add(_ organization: Organization, formID: String?, limit: Int, audit: AuditEvent) async throws -> Insertion

    /// The organization; `nil` if there is none.
    func organization(_ id: OrganizationID) async throws -> Organization?

    /// All organizations, newest first.
    func organizations(_ page: SliceRequest) async throws -> Slice<Organization>

    /// Gives the organization another name.
    func rename(_ id: OrganizationID, to name: DisplayName, _ warrant: Warrant, audit: AuditEvent) async throws
        -> OrganizationProblem?

    /// Deletes the organization with all that belongs to it; an event for each further member is written with it.
    func delete(_ id: OrganizationID, _ warrant: Warrant, audit: AuditEvent) async throws -> OrganizationProblem?

    // MARK: Members

    /// As what the account belongs to the organization; `nil` if it does not. Cheap: it is asked on every request.
    func membership(of account: AccountID, in organization: OrganizationID) async throws -> Membership?

    /// What the account belongs to, in the order of `organizations(of:)`; at most 200.
    func memberships(of account: AccountID) async throws -> [Membership]

    /// The organization's members, who joined last first.
    func members(of id: OrganizationID, _ page: SliceRequest) async throws -> Slice<OrganizationMember>

    /// How many members each of the organizations has; none for one that is not there.
    func memberCounts(of ids: [OrganizationID]) async throws -> [OrganizationID: Int]

    /// Gives a member another role. The owner's does not change, and nobody becomes owner by it.
    func change(
        _ member: AccountID, in id: OrganizationID, to role: Membership.Role, _ warrant: Warrant, audit: AuditEvent
    ) async throws -> OrganizationProblem?

    /// Ends a membership, by somebody else's wish; never the owner's.
    func remove(_ member: AccountID, from id: OrganizationID, _ warrant: Warrant, audit: AuditEvent) async throws
        -> OrganizationProblem?

    /// Ends the account's own membership; never the owner's.
    func leave(_ id: OrganizationID, _ account: AccountID, audit: AuditEvent) async throws -> OrganizationProblem?

    /// Makes a member the owner, and the owner an admin, in one step.
    func transfer(_ id: OrganizationID, to member: AccountID, _ warrant: Warrant, audit: AuditEvent) async throws
        -> OrganizationProblem?

    // MARK: Invitations

    /// Keeps a new invitation; an open one to the same address is withdrawn by it.
    /// - Parameters:
    ///   - formID: Names the form that asked; a second one with the same name keeps nothing.
    ///   - limit: How many open invitations the organization may have with this one.
    func invite(_ invitation: Invitation, formID: String?, limit: Int, _ warrant: Warrant, audit: AuditEvent) async throws
        -> OrganizationProblem?

    /// The organization's invitations that can be accepted at `now`, newest first; at most 200.
    func openInvitations(of id: OrganizationID, at now: Date) async throws -> [Invitation]

    /// The invitation whose secret's SHA-256 is `hash`, and whether it can be accepted at `now`.
    func invitation(_ hash: SecretHash, at now: Date) async throws -> ReceivedInvitation?

    /// Takes an open invitation back.
    func withdraw(_ invitation: InvitationID, of id: OrganizationID, _ warrant: Warrant, audit: AuditEvent) async throws
        -> OrganizationProblem?

    /// Lets the account join by an invitation to its address. Of any number of simultaneous callers exactly one joins.
    /// - Parameters:
    ///   - account: Who accepts; active, with the address that the invitation is for.
    ///   - limits: The bounds that joining must keep.
    ///   - audit: Its time is the moment of joining.
    func accept(_ hash: SecretHash, by account: AccountID, limits: MembershipLimits, audit: AuditEvent) async throws
        -> OrganizationProblem?

    /// Turns an open invitation to the account's address down.
    func decline(_ hash: SecretHash, by account: AccountID, audit: AuditEvent) async throws -> OrganizationProblem?
}

/// The bounds that joining must keep.
public struct MembershipLimits: Sendable, Equatable {
    /// Members of one organization.
    public var members: Int
    /// Organizations that one account belongs to.
    public var organizations: Int

    /// Bounds.
    public init(members: Int, organizations: Int) {
        self.members = members
        self.organizations = organizations
    }
}
