import Foundation

extension Organizations {
    /// The organization's members, who joined last first.
    /// - Throws: `OrganizationProblem.notFound` for whoever does not belong to it, `StoreError`.
    public func members(of id: OrganizationID, for actor: Actor, _ page: SliceRequest) async throws
        -> Slice<OrganizationMember>
    {
        _ = try await organization(id, for: Warrant(actor, may: \.canView))
        return try await store.members(of: id, page)
    }

    /// How many members the organization has.
    public func memberCount(of id: OrganizationID) async throws -> Int { try await memberCounts(of: [id])[id] ?? 0 }

    /// How many members each of the organizations has; none for one that is not there.
    public func memberCounts(of ids: [OrganizationID]) async throws -> [OrganizationID: Int] {
        try await store.memberCounts(of: ids)
    }

    /// The member of the organization with this address.
    /// - Throws: `OrganizationProblem.memberUnknown`, `StoreError`.
    public func member(_ email: String, of id: OrganizationID) async throws -> AccountID {
        guard let email = EmailAddress(email), let account = try await store.account(email: email),
            try await store.membership(of: account.id, in: id) != nil
        else { throw OrganizationProblem.memberUnknown }
        return account.id
    }

    /// Gives a member another role. Ownership is not given so: see `transfer`.
    /// - Throws: `OrganizationProblem`, `StoreError`.
    public func change(
        _ member: AccountID, in id: OrganizationID, to role: Membership.Role, by actor: Actor, trace: RequestTrace
    ) async throws {
        guard role.isGiven else { throw OrganizationProblem.roleInvalid }
        let warrant = Warrant(actor, may: \.canManageMembers)
        let organization = try await organization(id, for: warrant)
        guard let old = try await store.membership(of: member, in: id) else { throw OrganizationProblem.memberUnknown }
        guard old.role != role else { return }
        let event = AuditEvent(
            .memberRoleChanged, at: environment.now(), account: member, subject: id.text, trace: trace,
            details: [
                .init("name", organization.name.text), .init("role", role.rawValue),
                .init("former_role", old.role.rawValue), .init("by", actor.text),
            ])
        try Self.check(try await store.change(member, in: id, to: role, warrant, audit: event))
    }

    /// Ends somebody's membership. Their keys and apps go on, and no longer reach the organization.
    /// - Throws: `OrganizationProblem`, `StoreError`.
    public func remove(_ member: AccountID, from id: OrganizationID, by actor: Actor, trace: RequestTrace) async throws {
        let warrant = Warrant(actor, may: \.canManageMembers)
        let organization = try await organization(id, for: warrant)
        let event = AuditEvent(
            .memberRemoved, at: environment.now(), account: member, subject: id.text, trace: trace,
            details: [.init("name", organization.name.text), .init("by", actor.text)])
        try Self.check(try await store.remove(member, from: id, warrant, audit: event))
    }

    /// Ends the account's own membership.
    /// - Throws: `OrganizationProblem.ownerStays`, `.notFound`; `StoreError`.
    public func leave(_ id: OrganizationID, _ account: AccountID, trace: RequestTrace) async throws {
        let organization = try await organization(id, for: Warrant(.account(account), may: \.canView))
        let event = AuditEvent(
            .memberLeft, at: environment.now(), account: account, subject: id.text, trace: trace,
            details: [.init("name", organization.name.text)])
        try Self.check(try await store.leave(id, account, audit: event))
    }
}
