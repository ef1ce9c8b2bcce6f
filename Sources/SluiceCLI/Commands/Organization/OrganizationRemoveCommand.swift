import ArgumentParser
import SluiceAuthority

/// `sluice organization remove`.
struct OrganizationRemoveCommand: DataCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove", abstract: "Remove a member from an organization; the account itself stays.")

    @OptionGroup var choice: OrganizationChoice
    @Option(help: ArgumentHelp("The member: e-mail address or id.", valueName: "account"))
    var account: String
    @OptionGroup var common: CommonOptions

    func perform(in surroundings: Surroundings) async throws -> Outcome {
        let settings = try await common.settings(surroundings)
        return try await Installation.with(settings, in: surroundings) { installation in
            let organization = try await installation.organization(choice.text)
            let member = try await installation.account(account)
            try await installation.authority.organizations.remove(
                member.id, from: organization.id, by: .commandLine, trace: .commandLine)
            surroundings.output.show(
                Report(
                    json: .object([
                        ("organization_id", .string(organization.id.text)), ("account_id", .string(member.id.text)),
                        ("removed", .bool(true)),
                    ]),
                    text: "Removed \(member.email.text) from “\(Printable.line(organization.name.text))”."),
                asJSON: common.json)
            return .ok
        }
    }
}
