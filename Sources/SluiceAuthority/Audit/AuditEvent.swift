public import Foundation

/// One security-relevant event. Holds no secret, code or token.
public struct AuditEvent: Sendable, Equatable {
    /// What happened. The raw values are stored, and shown by `sluice audit list`.
    public enum Kind: String, Sendable, CaseIterable {
        case accountCreated = "account.created"
        case accountUpdated = "account.updated"
        case accountEmailChanged = "account.email_changed"
        case accountPasswordChanged = "account.password_changed"
        case accountPasswordReset = "account.password_reset"
        case accountDisabled = "account.disabled"
        case accountEnabled = "account.enabled"
        case accountClosed = "account.closed"
        case organizationCreated = "organization.created"
        case organizationRenamed = "organization.renamed"
        case organizationDeleted = "organization.deleted"
        case ownershipTransferred = "organization.ownership_transferred"
        case memberJoined = "organization.member_joined"
        case memberLeft = "organization.member_left"
        case memberRemoved = "organization.member_removed"
        case memberRoleChanged = "organization.member_role_changed"
        case invitationCreated = "invitation.created"
        case invitationWithdrawn = "invitation.withdrawn"
        case invitationDeclined = "invitation.declined"
        case signedIn = "session.signed_in"
        case signInFailed = "session.sign_in_failed"
        case sessionEnded = "session.ended"
        case keyCreated = "key.created"
        case keyRenamed = "key.renamed"
        case keyRotated = "key.rotated"
        case keyRevoked = "key.revoked"
        case clientCreated = "client.created"
        case clientUpdated = "client.updated"
        case clientSecretRotated = "client.secret_rotated"
        case clientDeleted = "client.deleted"
        case clientAuthenticationFailed = "client.authentication_failed"
        case grantApproved = "grant.approved"
        case grantDenied = "grant.denied"
        case grantActivated = "grant.activated"
        case grantRevoked = "grant.revoked"
        case grantExpired = "grant.expired"
        case codeReplayRefused = "grant.code_replay_refused"
        case refreshReused = "grant.refresh_reused"
        case signingKeyCreated = "signing_key.created"
        case signingKeyRetired = "signing_key.retired"
    }

    /// What happened.
    public let kind: Kind
    /// When.
    public let at: Date
    /// The account it concerns.
    public let accountID: AccountID?
    /// The client it concerns.
    public let clientID: ClientID?
    /// The key, grant, session, organization, invitation or signing key it concerns, as text.
    public let subject: String?
    /// Where the request came from.
    public let trace: RequestTrace
    /// Further facts, in order; no secret.
    public let details: [Detail]

    /// A named fact.
    public struct Detail: Sendable, Equatable {
        /// Its name, `snake_case`.
        public let name: String
        /// Its value.
        public let value: String

        /// A fact.
        public init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    /// An event.
    public init(
        _ kind: Kind, at: Date, account: AccountID? = nil, client: ClientID? = nil, subject: String? = nil,
        trace: RequestTrace, details: [Detail] = []
    ) {
        self.kind = kind
        self.at = at
        self.accountID = account
        self.clientID = client
        self.subject = subject
        self.trace = trace
        self.details = details
    }
}

/// The events that an engine writes itself, because only the write's outcome tells which one it is.
extension AuditEvent {
    /// A code was redeemed.
    public static func activated(_ facts: GrantFacts, _ use: GrantUse) -> AuditEvent {
        AuditEvent(
            .grantActivated, at: use.now, account: facts.accountID, client: facts.clientID, subject: facts.id.text,
            trace: use.trace)
    }

    /// A grant was cut off.
    public static func revoked(
        _ facts: GrantFacts, _ reason: RevocationReason, at now: Date, trace: RequestTrace
    ) -> AuditEvent {
        AuditEvent(
            .grantRevoked, at: now, account: facts.accountID, client: facts.clientID, subject: facts.id.text, trace: trace,
            details: [Detail("reason", reason.rawValue)])
    }

    /// A grant was ended as if its time had passed.
    public static func expired(_ facts: GrantFacts, at now: Date, trace: RequestTrace) -> AuditEvent {
        AuditEvent(
            .grantExpired, at: now, account: facts.accountID, client: facts.clientID, subject: facts.id.text, trace: trace)
    }

    /// A spent or burned code came back without proof of possession; nothing was changed (D9).
    public static func replayRefused(_ facts: GrantFacts, _ why: String, _ use: GrantUse) -> AuditEvent {
        AuditEvent(
            .codeReplayRefused, at: use.now, account: facts.accountID, client: facts.clientID, subject: facts.id.text,
            trace: use.trace, details: [Detail("why", why)])
    }

    /// An old refresh token came back: both uses, for whoever has to find out which of them was the thief.
    /// - Parameters:
    ///   - generation: The one that came back.
    ///   - grant: The grant as it was before it was revoked.
    public static func refreshReused(_ generation: UInt32, of grant: Grant, _ use: GrantUse) -> AuditEvent {
        var details = [
            Detail("reused_generation", "\(generation)"), Detail("current_generation", "\(grant.generation)"),
        ]
        if let last = grant.lastUse, let at = grant.lastUsedAt {
            details += [
                Detail("last_use_at", Timestamp.text(at)), Detail("last_use_address", last.address),
                Detail("last_use_user_agent", last.userAgent), Detail("last_use_request_id", last.requestID),
            ]
        }
        return AuditEvent(
            .refreshReused, at: use.now, account: grant.facts.accountID, client: grant.facts.clientID, subject: grant.id.text,
            trace: use.trace, details: details)
    }

    /// A member became the owner of an organization.
    /// - Parameter former: Who owned it before.
    public static func ownershipReceived(
        of organization: OrganizationID, by account: AccountID, from former: AccountID, at now: Date, trace: RequestTrace
    ) -> AuditEvent {
        AuditEvent(
            .ownershipTransferred, at: now, account: account, subject: organization.text, trace: trace,
            details: [Detail("from", former.text), Detail("to", account.text)])
    }

    /// A membership ended with its organization.
    /// - Parameter deletion: The event of the organization's end.
    public static func removed(_ member: AccountID, withOrganizationOf deletion: AuditEvent) -> AuditEvent {
        AuditEvent(
            .memberRemoved, at: deletion.at, account: member, subject: deletion.subject, trace: deletion.trace,
            details: deletion.details + [Detail("reason", "organization_deleted")])
    }
}
