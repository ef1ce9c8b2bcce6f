import Foundation
public import SluiceOAuth

extension Organizations {
    /// An invitation that was just made. Holds the only copy of the secret there ever is: nothing is sent by mail.
    public struct Invited: Sendable, SecretHolder {
        /// What is kept.
        public let invitation: Invitation
        /// What its link ends with.
        public let secret: InvitationSecret
        /// Hides the secret.
        public var description: String { "Invited(\(invitation.id))" }
    }

    /// Invites an address to the organization. An open invitation to the same address is withdrawn by it.
    /// - Parameter formID: Names the form that asked, so that a reload invites nobody again.
    /// - Throws: `OrganizationProblem`, `StoreError`.
    public func invite(
        _ email: String, to id: OrganizationID, as role: Membership.Role, by actor: Actor, formID: String? = nil,
        trace: RequestTrace
    ) async throws -> Invited {
        guard let email = EmailAddress(email) else { throw OrganizationProblem.emailInvalid }
        guard role.isGiven else { throw OrganizationProblem.roleInvalid }
        let warrant = Warrant(actor, may: \.canManageMembers)
        let organization = try await organization(id, for: warrant)
        let now = environment.now()
        let secret = InvitationSecret(random: environment.random)
        let invitation = Invitation(
            id: InvitationID(random: environment.random), organizationID: id, hash: secret.hash, email: email, role: role,
            inviterID: actor.accountID, state: .open, createdAt: now,
            expiresAt: now.addingTimeInterval(AuthorityLimits.invitationLifetime.inSeconds))
        // Without the address: the log outlives the person's account.
        let event = AuditEvent(
            .invitationCreated, at: now, account: actor.accountID ?? organization.ownerID, subject: invitation.id.text,
            trace: trace,
            details: [
                .init("name", organization.name.text), .init("organization", id.text), .init("role", role.rawValue),
                .init("by", actor.text),
            ])
        try Self.check(
            try await store.invite(
                invitation, formID: formID, limit: AuthorityLimits.invitations, warrant, audit: event))
        return Invited(invitation: invitation, secret: secret)
    }

    /// The organization's invitations that can be accepted now, newest first.
    /// - Throws: `OrganizationProblem.notFound`, or `.forbidden` for a member who may not invite; `StoreError`.
    public func openInvitations(of id: OrganizationID, for actor: Actor) async throws -> [Invitation] {
        _ = try await organization(id, for: Warrant(actor, may: \.canManageMembers))
        return try await store.openInvitations(of: id, at: environment.now())
    }

    /// What a link invites to; `nil` if it never did, or its organization is gone.
    public func received(_ secret: InvitationSecret) async throws -> ReceivedInvitation? {
        try await store.invitation(secret.hash, at: environment.now())
    }

    /// Takes an open invitation back: its link is refused from now on.
    /// - Throws: `OrganizationProblem`, `StoreError`.
    public func withdraw(
        _ invitation: InvitationID, of id: OrganizationID, by actor: Actor, trace: RequestTrace
    ) async throws {
        let warrant = Warrant(actor, may: \.canManageMembers)
        let organization = try await organization(id, for: warrant)
        let event = AuditEvent(
            .invitationWithdrawn, at: environment.now(), account: actor.accountID ?? organization.ownerID,
            subject: invitation.text, trace: trace,
            details: [.init("name", organization.name.text), .init("organization", id.text), .init("by", actor.text)])
        try Self.check(try await store.withdraw(invitation, of: id, warrant, audit: event))
    }

    /// Joins the organization that a link invites to.
    /// - Parameter account: Who accepts; the invitation must be for its address.
    /// - Returns: The organization.
    /// - Throws: `OrganizationProblem`, `StoreError`.
    public func accept(_ secret: InvitationSecret, by account: AccountID, trace: RequestTrace) async throws -> Organization {
        let received = try await mustReceive(secret)
        let event = AuditEvent(
            .memberJoined, at: environment.now(), account: account, subject: received.organization.id.text, trace: trace,
            details: [
                .init("name", received.organization.name.text), .init("role", received.invitation.role.rawValue),
                .init("invitation", received.invitation.id.text),
                .init("by", received.invitation.inviterID?.text ?? Actor.commandLine.text),
            ])
        let limits = MembershipLimits(
            members: AuthorityLimits.members, organizations: AuthorityLimits.organizations)
        try Self.check(try await store.accept(secret.hash, by: account, limits: limits, audit: event))
        return received.organization
    }

    /// Turns down what a link invites to.
    /// - Throws: `OrganizationProblem`, `StoreError`.
    public func decline(_ secret: InvitationSecret, by account: AccountID, trace: RequestTrace) async throws {
        let received = try await mustReceive(secret)
        let event = AuditEvent(
            .invitationDeclined, at: environment.now(), account: account, subject: received.invitation.id.text,
            trace: trace,
            details: [
                .init("name", received.organization.name.text), .init("organization", received.organization.id.text),
            ])
        try Self.check(try await store.decline(secret.hash, by: account, audit: event))
    }

    // Only for the event's words: what is read here never changes, and the write decides.
    private func mustReceive(_ secret: InvitationSecret) async throws -> ReceivedInvitation {
        guard let received = try await received(secret) else { throw OrganizationProblem.invitationClosed }
        return received
    }
}
