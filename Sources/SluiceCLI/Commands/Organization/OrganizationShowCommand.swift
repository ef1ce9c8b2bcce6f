import ArgumentParser
import SluiceAuthority

/// `sluice organization show`.
struct OrganizationShowCommand: DataCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show one organization, how many members it has, and its open invitations.")

    @OptionGroup var choice: OrganizationChoice
    @OptionGroup var common: CommonOptions

    func perform(in surroundings: Surroundings) async throws -> Outcome {
        let settings = try await common.settings(surroundings)
        return try await Installation.with(settings, in: surroundings) { installation in
            let organization = try await installation.organization(choice.text)
            let organizations = installation.authority.organizations
            let count = try await organizations.memberCount(of: organization.id)
            let invitations = try await organizations.openInvitations(of: organization.id, for: .commandLine)
            var table = Table(["Invitation", "E-mail address", "Role", "Until"])
            for invitation in invitations {
                table.add([
                    invitation.id.text, invitation.email.text, invitation.role.rawValue,
                    Timestamp.text(invitation.expiresAt),
                ])
            }
            surroundings.output.show(
                Report(
                    json: .object(
                        organization.members + [
                            ("member_count", .integer(count)), ("invitations", .array(invitations.map(\.json))),
                        ]),
                    text: FactSheet(organization.facts + [("Members", "\(count)")]).text + "\n\n"
                        + table.text(empty: "No invitation is open.")),
                asJSON: common.json)
            return .ok
        }
    }
}

extension Invitation {
    /// For `--json`. The secret in its link is nowhere any more.
    var json: JSON {
        .object([
            ("id", .string(id.text)), ("email", .string(email.text)), ("role", .string(role.rawValue)),
            ("inviter_id", .optional(inviterID?.text)), ("created_at", .string(Timestamp.text(createdAt))),
            ("expires_at", .string(Timestamp.text(expiresAt))),
        ])
    }
}
