import ArgumentParser
import SluiceAuthority

/// `sluice organization delete`.
struct OrganizationDeleteCommand: DataCommand {
    static let configuration = CommandConfiguration(
        commandName: "delete", abstract: "Delete an organization with its channels, posts and invitations.",
        discussion: """
            Its members keep their accounts, keys and apps, which no longer reach it. This cannot be undone.

              sluice organization delete 6560f1c2a9e4b3d7c8a1f0e5
            """)

    @OptionGroup var choice: OrganizationChoice
    @OptionGroup var common: CommonOptions

    func perform(in surroundings: Surroundings) async throws -> Outcome {
        let settings = try await common.settings(surroundings)
        return try await Installation.with(settings, in: surroundings) { installation in
            let organization = try await installation.organization(choice.text)
            try await installation.authority.organizations.delete(
                organization.id, by: .commandLine, trace: .commandLine)
            surroundings.output.show(
                Report(
                    json: .object([("id", .string(organization.id.text)), ("deleted", .bool(true))]),
                    text: "Deleted the organization “\(Printable.line(organization.name.text))”."),
                asJSON: common.json)
            return .ok
        }
    }
}
