import Foundation
import SluiceAuthority

@testable import SluiceServer

extension Installation {
    /// The organization that the account was made with.
    func organization(of account: Account) async throws -> Organization {
        guard let first = try await authority.accounts.organizations(of: account.id).first else {
            throw Browser.Missing(what: "an organization")
        }
        return first
    }

    /// Invites an address to the account's organization, without the pages.
    func invite(_ email: String, by owner: Account, as role: Membership.Role = .member) async throws -> Organizations.Invited {
        try await authority.organizations.invite(
            email, to: try await organization(of: owner).id, as: role, by: .account(owner.id), trace: .commandLine)
    }

    /// Lets the account join another one's organization, without the pages.
    @discardableResult
    func join(_ account: Account, _ owner: Account, as role: Membership.Role = .member) async throws -> Organization {
        let invited = try await invite(account.email.text, by: owner, as: role)
        return try await authority.organizations.accept(invited.secret, by: account.id, trace: .commandLine)
    }

    /// The organizations that a bearer reaches through the API, in order.
    func reachable(_ bearer: String) async throws -> [String] {
        let answer = try await query("{ account { organizations { id } } }", bearer: bearer)
        let data = answer.json["data"] as? [String: Any]
        let organizations = (data?["account"] as? [String: Any])?["organizations"] as? [[String: Any]]
        guard answer.status == 200, let organizations else { throw Browser.Missing(what: "organizations: \(answer.body)") }
        return organizations.compactMap { $0["id"] as? String }
    }
}

/// Ada's organization with a member and an open invitation, one that she joined, and one that she is invited to.
struct OrganizationWorld: Sendable {
    let own: OrganizationID
    let member: Account
    let invitation: InvitationID
    let joined: OrganizationID
    let secret: InvitationSecret

    init(_ installation: Installation, _ ada: Account) async throws {
        own = try await installation.organization(of: ada).id
        member = try await installation.account("member@example.com", name: "Member")
        try await installation.join(member, ada)
        invitation = try await installation.invite("open@example.com", by: ada).invitation.id
        let owner = try await installation.account("owner@example.com", name: "Owner")
        joined = try await installation.join(ada, owner).id
        let inviter = try await installation.account("inviter@example.com", name: "Inviter")
        secret = try await installation.invite(ada.email.text, by: inviter).secret
    }

    /// A route's path in this world; `nil` for one that has nothing to do with organizations.
    func path(_ template: String) -> String? {
        if template.hasPrefix("/invitations/") { return "/invitations/\(secret.text)" }
        guard template.hasPrefix("/settings/organizations") else { return nil }
        return template.replacing("{id}", with: template.hasSuffix("/leave") ? joined.text : own.text)
            .replacing("{account_id}", with: member.id.text).replacing("{invitation_id}", with: invitation.text)
    }
}
