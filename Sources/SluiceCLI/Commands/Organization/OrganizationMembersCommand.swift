import ArgumentParser
import SluiceAuthority

/// `sluice organization members`.
struct OrganizationMembersCommand: DataCommand {
    static let configuration = CommandConfiguration(
        commandName: "members", abstract: "List an organization's members, who joined last first.")

    @OptionGroup var choice: OrganizationChoice
    @OptionGroup var list: ListOptions
    @OptionGroup var common: CommonOptions

    func perform(in surroundings: Surroundings) async throws -> Outcome {
        let settings = try await common.settings(surroundings)
        return try await Installation.with(settings, in: surroundings) { installation in
            let organization = try await installation.organization(choice.text)
            let members = try await installation.authority.organizations.members(
                of: organization.id, for: .commandLine, list.page)
            var table = Table(["Account", "E-mail address", "Name", "Role", "Since"])
            for member in members.elements {
                table.add([
                    member.id.text, member.email.text, member.name.text, member.role.rawValue,
                    Timestamp.text(member.membership.joinedAt),
                ])
            }
            surroundings.output.show(
                Page.report(
                    items: members.elements.map(\.json), next: members.next, table: table, empty: "There are no members.",
                    command: "sluice organization members \(organization.id.text)"),
                asJSON: common.json)
            return .ok
        }
    }
}

extension OrganizationMember {
    /// For `--json`.
    var json: JSON {
        .object([
            ("account_id", .string(id.text)), ("email", .string(email.text)), ("name", .string(name.text)),
            ("role", .string(role.rawValue)), ("joined_at", .string(Timestamp.text(membership.joinedAt))),
        ])
    }
}
