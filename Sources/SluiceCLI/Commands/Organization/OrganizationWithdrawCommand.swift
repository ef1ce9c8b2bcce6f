import ArgumentParser
import SluiceAuthority

/// `sluice organization withdraw`.
struct OrganizationWithdrawCommand: DataCommand {
    static let configuration = CommandConfiguration(
        commandName: "withdraw", abstract: "Take an open invitation back: its link is refused from now on.",
        discussion: """
              sluice organization withdraw 6560f1c2a9e4b3d7c8a1f0e5 --invitation 6560f1c2a9e4b3d7c8a1f0e6
            """)

    @OptionGroup var choice: OrganizationChoice
    @Option(help: ArgumentHelp("The invitation's id, as `organization show` shows it.", valueName: "id"))
    var invitation: String
    @OptionGroup var common: CommonOptions

    func perform(in surroundings: Surroundings) async throws -> Outcome {
        let settings = try await common.settings(surroundings)
        return try await Installation.with(settings, in: surroundings) { installation in
            let organization = try await installation.organization(choice.text)
            // Whoever pastes the link's secret by mistake must not read it back in an error.
            guard let id = InvitationID(invitation) else {
                throw Failure.notAnID("an invitation's id", list: "sluice organization show …")
            }
            try await installation.authority.organizations.withdraw(
                id, of: organization.id, by: .commandLine, trace: .commandLine)
            surroundings.output.show(
                Report(
                    json: .object([("id", .string(id.text)), ("withdrawn", .bool(true))]),
                    text: "Withdrew the invitation \(id.text)."), asJSON: common.json)
            return .ok
        }
    }
}
