import ArgumentParser
import SluiceAuthority

/// `sluice organization transfer`.
struct OrganizationTransferCommand: DataCommand {
    static let configuration = CommandConfiguration(
        commandName: "transfer", abstract: "Make a member the owner; the former owner stays as an admin.")

    @OptionGroup var choice: OrganizationChoice
    @Option(help: ArgumentHelp("The member who owns it from now on: e-mail address or id.", valueName: "account"))
    var account: String
    @OptionGroup var common: CommonOptions

    func perform(in surroundings: Surroundings) async throws -> Outcome {
        let settings = try await common.settings(surroundings)
        return try await Installation.with(settings, in: surroundings) { installation in
            let member = try await installation.account(account)
            let former = try await installation.organization(choice.text)
            try await installation.authority.organizations.transfer(
                former.id, to: member.id, by: .commandLine, trace: .commandLine)
            let organization = try await installation.organization(choice.text)
            surroundings.output.show(
                organization.report("\(former.ownerEmail.text) passed the organization on."), asJSON: common.json)
            return .ok
        }
    }
}
