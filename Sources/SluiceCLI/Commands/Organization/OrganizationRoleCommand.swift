import ArgumentParser
import SluiceAuthority

/// `sluice organization role`.
struct OrganizationRoleCommand: DataCommand {
    static let configuration = CommandConfiguration(
        commandName: "role", abstract: "Give a member another role; `organization transfer` makes an owner.",
        discussion: """
              sluice organization role 6560f1c2a9e4b3d7c8a1f0e5 --account grace@example.com --role contributor
            """)

    @OptionGroup var choice: OrganizationChoice
    @Option(help: ArgumentHelp("The member: e-mail address or id.", valueName: "account"))
    var account: String
    @Option(help: ArgumentHelp("admin, member or contributor.", valueName: "role"))
    var role: GivenRole
    @OptionGroup var common: CommonOptions

    func perform(in surroundings: Surroundings) async throws -> Outcome {
        let settings = try await common.settings(surroundings)
        return try await Installation.with(settings, in: surroundings) { installation in
            let organization = try await installation.organization(choice.text)
            let member = try await installation.account(account)
            try await installation.authority.organizations.change(
                member.id, in: organization.id, to: role.role, by: .commandLine, trace: .commandLine)
            surroundings.output.show(
                Report(
                    json: .object([
                        ("organization_id", .string(organization.id.text)), ("account_id", .string(member.id.text)),
                        ("role", .string(role.rawValue)),
                    ]),
                    text:
                        "\(member.email.text) has the role \(role.rawValue) in “\(Printable.line(organization.name.text))”."),
                asJSON: common.json)
            return .ok
        }
    }
}
