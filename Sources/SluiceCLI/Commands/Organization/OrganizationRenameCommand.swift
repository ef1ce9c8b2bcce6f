import ArgumentParser
import SluiceAuthority

/// `sluice organization rename`.
struct OrganizationRenameCommand: DataCommand {
    static let configuration = CommandConfiguration(
        commandName: "rename", abstract: "Give an organization another name.")

    @OptionGroup var choice: OrganizationChoice
    @Option(help: ArgumentHelp("What to call it.", valueName: "text"))
    var name: String
    @OptionGroup var common: CommonOptions

    func perform(in surroundings: Surroundings) async throws -> Outcome {
        let settings = try await common.settings(surroundings)
        return try await Installation.with(settings, in: surroundings) { installation in
            let old = try await installation.organization(choice.text)
            try await installation.authority.organizations.rename(
                old.id, to: name, by: .commandLine, trace: .commandLine)
            let organization = try await installation.organization(choice.text)
            surroundings.output.show(
                organization.report("Renamed the organization “\(Printable.line(old.name.text))”."), asJSON: common.json)
            return .ok
        }
    }
}
