import Foundation

/// Makes, renames, passes on and deletes organizations, and answers who may do what in them.
public struct Organizations: Sendable {
    let store: any AuthorityStore
    let environment: AuthorityEnvironment

    // MARK: Who may what

    /// As what the account belongs to the organization; `nil` if it does not. Cheap: one look-up by key.
    public func membership(of account: AccountID, in id: OrganizationID) async throws -> Membership? {
        try await store.membership(of: account, in: id)
    }

    /// Lets on whoever has a role in the organization that allows something:
    /// `require(account, in: organization, may: \.canManageChannels)`.
    /// - Throws: `OrganizationProblem.notFound` whether there is no such organization or the account is no member of it;
    ///   `.forbidden` for a member whose role does not allow it; `StoreError`.
    @discardableResult
    public func require(
        _ account: AccountID, in id: OrganizationID, may permission: any KeyPath<Membership.Role, Bool> & Sendable
    ) async throws -> Membership {
        guard let membership = try await store.membership(of: account, in: id) else { throw OrganizationProblem.notFound }
        guard membership.role[keyPath: permission] else { throw OrganizationProblem.forbidden(membership.role) }
        return membership
    }

    // MARK: Looks

    /// The organization; `nil` if there is none.
    public func organization(_ id: OrganizationID) async throws -> Organization? { try await store.organization(id) }

    /// The organizations that the account belongs to and as what, what it joined first first; at most 200.
    public func list(of account: AccountID) async throws -> [(organization: Organization, membership: Membership)] {
        let memberships = try await store.memberships(of: account)
        let byID = Dictionary(memberships.map { ($0.organizationID, $0) }, uniquingKeysWith: { first, _ in first })
        return try await store.organizations(of: account).compactMap { organization in
            byID[organization.id].map { (organization, $0) }
        }
    }

    /// All organizations, newest first: for the operator.
    public func list(_ page: SliceRequest) async throws -> Slice<Organization> { try await store.organizations(page) }

    // MARK: Steps

    /// Makes a further organization, which the account owns.
    /// - Parameter formID: Names the form that asked, so that a reload makes no second one.
    /// - Throws: `OrganizationProblem`, `StoreError`.
    public func create(_ name: String, for account: AccountID, formID: String? = nil, trace: RequestTrace) async throws
        -> Organization
    {
        guard let name = DisplayName(name) else { throw OrganizationProblem.nameInvalid }
        guard let owner = try await store.account(account), owner.state == .active else {
            throw OrganizationProblem.accountUnknown
        }
        let now = environment.now()
        let organization = Organization(
            id: OrganizationID(random: environment.random), name: name, ownerID: account, ownerEmail: owner.email,
            createdAt: now)
        let event = AuditEvent(
            .organizationCreated, at: now, account: account, subject: organization.id.text, trace: trace,
            details: [.init("name", name.text)])
        switch try await store.add(organization, formID: formID, limit: AuthorityLimits.organizations, audit: event) {
        case .inserted: return organization
        case .repeated: throw OrganizationProblem.formRepeated
        case .refused: throw OrganizationProblem.tooManyOrganizations
        }
    }

    /// Gives the organization another name.
    public func rename(_ id: OrganizationID, to name: String, by actor: Actor, trace: RequestTrace) async throws {
        guard let name = DisplayName(name) else { throw OrganizationProblem.nameInvalid }
        let warrant = Warrant(actor, may: \.canManageSettings)
        let old = try await organization(id, for: warrant)
        guard old.name != name else { return }
        let event = AuditEvent(
            .organizationRenamed, at: environment.now(), account: actor.accountID ?? old.ownerID, subject: id.text,
            trace: trace, details: [.init("name", name.text), .init("former_name", old.name.text)])
        try Self.check(try await store.rename(id, to: name, warrant, audit: event))
    }

    /// Makes a member the owner; the former owner stays as an admin.
    public func transfer(_ id: OrganizationID, to member: AccountID, by actor: Actor, trace: RequestTrace) async throws {
        let warrant = Warrant(actor, may: \.canTransferOwnership)
        let organization = try await organization(id, for: warrant)
        let event = AuditEvent(
            .ownershipTransferred, at: environment.now(), account: organization.ownerID, subject: id.text, trace: trace,
            details: [
                .init("name", organization.name.text), .init("from", organization.ownerID.text), .init("to", member.text),
                .init("by", actor.text),
            ])
        try Self.check(try await store.transfer(id, to: member, warrant, audit: event))
    }

    /// Deletes the organization with all that belongs to it.
    public func delete(_ id: OrganizationID, by actor: Actor, trace: RequestTrace) async throws {
        let warrant = Warrant(actor, may: \.canDelete)
        let organization = try await organization(id, for: warrant)
        let event = AuditEvent(
            .organizationDeleted, at: environment.now(), account: organization.ownerID, subject: id.text, trace: trace,
            details: [.init("name", organization.name.text), .init("by", actor.text)])
        try Self.check(try await store.delete(id, warrant, audit: event))
    }

    // MARK: What the steps share

    /// The organization that a step is about, for its event and its words. Whether the step may be taken is decided here only for
    /// a better answer: the write decides again.
    func organization(_ id: OrganizationID, for warrant: Warrant) async throws -> Organization {
        if let account = warrant.actor.accountID {
            guard let membership = try await store.membership(of: account, in: id) else {
                throw OrganizationProblem.notFound
            }
            guard warrant.roles.contains(membership.role) else { throw OrganizationProblem.forbidden(membership.role) }
        }
        guard let organization = try await store.organization(id) else { throw OrganizationProblem.notFound }
        return organization
    }

    static func check(_ problem: OrganizationProblem?) throws(OrganizationProblem) {
        if let problem { throw problem }
    }
}

extension Actor {
    /// How the audit log names it.
    var text: String { accountID?.text ?? "operator" }
}
