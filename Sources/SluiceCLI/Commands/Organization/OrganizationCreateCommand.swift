import ArgumentParser
import SluiceAuthority

/// `sluice organization create`.
struct OrganizationCreateCommand: DataCommand {
    static let configuration = CommandConfiguration(
        commandName: "create", abstract: "Make an organization that an account owns.",
        discussion: """
              sluice organization create --account ada@example.com --name "Analytical Engines"
            """)

    @Option(help: ArgumentHelp("The account that owns it: e-mail address or id.", valueName: "account"))
    var account: String
    @Option(help: ArgumentHelp("What to call it.", valueName: "text"))
    var name: String
    @OptionGroup var common: CommonOptions

    func perform(in surroundings: Surroundings) async throws -> Outcome {
        let settings = try await common.settings(surroundings)
        return try await Installation.with(settings, in: surroundings) { installation in
            let owner = try await installation.account(account)
            let organization = try await installation.authority.organizations.create(
                name, for: owner.id, trace: .commandLine)
            surroundings.output.show(
                organization.report("Made an organization for \(owner.email.text)."), asJSON: common.json)
            return .ok
        }
    }
}
