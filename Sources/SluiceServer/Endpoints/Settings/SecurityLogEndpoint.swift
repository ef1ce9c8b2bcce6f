import Hummingbird
import SluiceAuthority
import SluiceOAuth

/// `GET /settings/security-log`.
struct SecurityLogEndpoint: Sendable {
    let site: Site

    func get(_ request: Request, _ context: SluiceContext) async throws -> Response {
        let visitor = try await site.visit(request, context).signedIn()
        let before = try visitor.visit.query().value("before")
        let slice = try await site.authority.audit.list(
            account: visitor.account.id, SliceRequest(limit: 50, after: before))
        var names: [ClientID: String] = [:]
        for id in Set(slice.elements.compactMap(\.clientID)) {
            names[id] = try await site.authority.clients.client(id)?.name.text
        }
        let entries = slice.elements.map { event in
            SecurityLogPage.Entry(
                at: Moment(event.at), what: event.kind.words,
                detail: event.clientID.map { names[$0] ?? "A deleted app" } ?? event.keyWords ?? event.organizationWords,
                address: event.trace.address == "-" ? nil : event.trace.address,
                device: event.trace.userAgent == "-" ? nil : DeviceName(event.trace.userAgent).text,
                uses: event.tokenUses, isAlarm: event.isAlarming)
        }
        return try site.show(
            SecurityLogPage(entries: entries, older: slice.next, isFirst: before == nil), to: visitor.visit)
    }
}

extension AuditEvent.Kind {
    /// What happened, for the account's owner.
    var words: String {
        switch self {
        case .accountCreated: "Account made"
        case .accountUpdated: "Profile changed"
        case .accountEmailChanged: "Email address changed"
        case .accountPasswordChanged: "Password changed"
        case .accountPasswordReset: "Password reset by the operator"
        case .accountDisabled: "Account disabled by the operator"
        case .accountEnabled: "Account enabled by the operator"
        case .accountClosed: "Account closed"
        case .organizationCreated: "Organization made"
        case .organizationRenamed: "Organization renamed"
        case .organizationDeleted: "Organization deleted"
        case .ownershipTransferred: "Organization passed on"
        case .memberJoined: "Organization joined"
        case .memberLeft: "Organization left"
        case .memberRemoved: "Removed from an organization"
        case .memberRoleChanged: "Role in an organization changed"
        case .invitationCreated: "Invitation made"
        case .invitationWithdrawn: "Invitation withdrawn"
        case .invitationDeclined: "Invitation declined"
        case .signedIn: "Signed in"
        case .signInFailed: "Sign-in failed"
        case .sessionEnded: "Session ended"
        case .keyCreated: "API key created"
        case .keyRenamed: "API key renamed"
        case .keyRotated: "API key rotated"
        case .keyRevoked: "API key revoked"
        case .clientCreated: "App registered"
        case .clientUpdated: "App changed"
        case .clientSecretRotated: "Client secret rotated"
        case .clientDeleted: "App deleted"
        case .clientAuthenticationFailed: "Wrong client credentials"
        case .grantApproved: "Access allowed"
        case .grantDenied: "Access denied"
        case .grantActivated: "App connected"
        case .grantRevoked: "Access cut off"
        case .grantExpired: "Access ended before its time"
        case .codeReplayRefused: "Used authorization code refused"
        case .refreshReused: "Old refresh token came back"
        case .signingKeyCreated: "Signing key created"
        case .signingKeyRetired: "Signing key retired"
        }
    }
}

extension AuditEvent {
    /// Which API key it is about, by the name that the key had then; `nil` for other events.
    var keyWords: String? {
        guard [.keyCreated, .keyRenamed, .keyRotated, .keyRevoked].contains(kind), let name = detail("name") else {
            return nil
        }
        guard let former = detail("former_name") else { return "“\(name)”" }
        return "“\(former)”, now “\(name)”"
    }

    /// Which organization it is about, by the name that it had then, and the role; `nil` for other events.
    var organizationWords: String? {
        guard kind.rawValue.hasPrefix("organization.") || kind.rawValue.hasPrefix("invitation."), let name = detail("name")
        else { return nil }
        if let former = detail("former_name") { return "“\(former)”, now “\(name)”" }
        guard let role = detail("role").flatMap(Membership.Role.init)?.word else { return "“\(name)”" }
        return "“\(name)”, as \(role.lowercased())"
    }

    /// Both uses of a refresh token that came back; nothing for other events.
    var tokenUses: [SecurityLogPage.Use] {
        guard kind == .refreshReused else { return [] }
        var uses: [SecurityLogPage.Use] = []
        if let at = detail("last_use_at") {
            uses.append(
                SecurityLogPage.Use(
                    what: "Last accepted use, which handed out refresh token \(detail("current_generation") ?? "?")",
                    at: at, address: detail("last_use_address") ?? "-",
                    device: DeviceName(detail("last_use_user_agent") ?? "-").text))
        }
        uses.append(
            SecurityLogPage.Use(
                what: "This use, of refresh token \(detail("reused_generation") ?? "?")", at: Timestamp.text(self.at),
                address: trace.address, device: DeviceName(trace.userAgent).text))
        return uses
    }

    private func detail(_ name: String) -> String? { details.first { $0.name == name }?.value }

    /// Whether the account's owner should look at it.
    var isAlarming: Bool {
        switch kind {
        case .signInFailed, .refreshReused, .codeReplayRefused, .clientAuthenticationFailed, .accountPasswordReset,
            .accountDisabled:
            true
        case .grantRevoked:
            details.contains {
                $0.name == "reason"
                    && [RevocationReason.codeReplayed, .refreshReused, .verifierGuessed].map(\.rawValue).contains(
                        $0.value)
            }
        default: false
        }
    }
}
