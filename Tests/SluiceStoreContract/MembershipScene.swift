import Foundation
import SluiceAuthority
import Testing

/// An account, Ada's, with her organization, and short words to let others in.
struct MembershipScene: Sendable {
    let world: World
    let organization: Organization

    var store: any AuthorityStore { world.store }
    var ada: Account { world.account }

    init(_ engine: any ContractEngine) async throws {
        world = try await World(engine)
        organization = try #require(await world.store.organizations(of: world.account.id).first)
    }

    func sample(of owner: Account, at moment: Date) throws -> Organization {
        Organization(
            id: fresh(), name: try name("Another"), ownerID: owner.id, ownerEmail: owner.email, createdAt: moment)
    }

    func add(to owner: Account, at moment: Date) async throws -> Organization {
        let organization = try sample(of: owner, at: moment)
        #expect(
            try await store.add(organization, formID: nil, limit: 200, audit: event(.organizationCreated, at: moment))
                == .inserted)
        return organization
    }

    // MARK: Invitations

    /// Good for 1,000 s.
    func sampleInvitation(
        _ local: String, as role: Membership.Role = .member, from inviter: AccountID?, at moment: Date = dawn
    ) throws -> Invitation {
        Invitation(
            id: fresh(), organizationID: organization.id, hash: freshHash(),
            email: try #require(EmailAddress("\(local)@example.com")), role: role, inviterID: inviter, state: .open,
            createdAt: moment, expiresAt: moment.addingTimeInterval(1000))
    }

    /// An invitation of Ada's, unless it is somebody else's.
    func invite(_ local: String, as role: Membership.Role = .member, by inviter: Account? = nil, at moment: Date = dawn)
        async throws -> Invitation
    {
        let invitation = try sampleInvitation(local, as: role, from: (inviter ?? ada).id, at: moment)
        #expect(try await keep(invitation) == nil)
        return invitation
    }

    func keep(_ invitation: Invitation, formID: String? = nil, limit: Int = 50) async throws -> OrganizationProblem? {
        try await store.invite(
            invitation, formID: formID, limit: limit,
            Warrant(invitation.inviterID.map { .account($0) } ?? .commandLine, may: \.canManageMembers),
            audit: event(.invitationCreated, at: invitation.createdAt, account: invitation.inviterID))
    }

    func accept(
        _ invitation: Invitation, by account: Account, at moment: Date = at(5),
        limits: MembershipLimits = MembershipLimits(members: 100, organizations: 100)
    ) async throws -> OrganizationProblem? {
        try await store.accept(
            invitation.hash, by: account.id, limits: limits, audit: event(.memberJoined, at: moment, account: account.id))
    }

    /// A new account that joined by an invitation.
    func join(_ local: String, as role: Membership.Role, at moment: Date = at(5)) async throws -> Account {
        let account = try await world.makeAccount(local)
        let invitation = try await invite(local, as: role)
        #expect(try await accept(invitation, by: account, at: moment) == nil)
        return account
    }

    // MARK: Steps

    func change(_ member: Account, to role: Membership.Role, by actor: Account) async throws -> OrganizationProblem? {
        try await store.change(
            member.id, in: organization.id, to: role, Warrant(.account(actor.id), may: \.canManageMembers),
            audit: event(.memberRoleChanged, account: member.id))
    }

    func remove(_ member: Account, by actor: Account) async throws -> OrganizationProblem? {
        try await store.remove(
            member.id, from: organization.id, Warrant(.account(actor.id), may: \.canManageMembers),
            audit: event(.memberRemoved, account: member.id))
    }

    func transfer(to member: Account, by actor: Account) async throws -> OrganizationProblem? {
        try await store.transfer(
            organization.id, to: member.id, Warrant(.account(actor.id), may: \.canTransferOwnership),
            audit: event(.ownershipTransferred, account: actor.id))
    }

    func close(_ account: Account) async throws -> Bool {
        try await store.close(account.id, at: at(30), audit: event(.accountClosed, account: account.id))
    }

    // MARK: Looks

    func role(of account: Account) async throws -> Membership.Role? {
        try await store.membership(of: account.id, in: organization.id)?.role
    }

    func memberCount() async throws -> Int? { try await store.memberCounts(of: [organization.id])[organization.id] }

    /// The members' roles, who joined first first.
    func roles() async throws -> [Membership.Role] {
        try await store.members(of: organization.id, SliceRequest(limit: 200)).elements.reversed().map(\.role)
    }
}
