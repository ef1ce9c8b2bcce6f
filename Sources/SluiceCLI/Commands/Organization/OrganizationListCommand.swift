import ArgumentParser
import SluiceAuthority

/// `sluice organization list`.
struct OrganizationListCommand: DataCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List all organizations, newest first, or those that one account belongs to, what it joined first first.")

    @Option(help: ArgumentHelp("Only those that this account belongs to: e-mail address or id.", valueName: "account"))
    var account: String?
    @OptionGroup var list: ListOptions
    @OptionGroup var common: CommonOptions

    func validate() throws {
        guard account == nil || list.after == nil else {
            throw ValidationError("--after goes with the list of all; an account's organizations come in one piece.")
        }
    }

    func perform(in surroundings: Surroundings) async throws -> Outcome {
        let settings = try await common.settings(surroundings)
        return try await Installation.with(settings, in: surroundings) { installation in
            let organizations: Slice<Organization>
            if let account {
                let id = try await installation.account(account).id
                organizations = Slice(
                    elements: try await installation.authority.accounts.organizations(of: id), next: nil)
            } else {
                organizations = try await installation.authority.organizations.list(list.page)
            }
            var table = Table(["ID", "Name", "Owner", "Created"])
            for organization in organizations.elements {
                table.add([
                    organization.id.text, organization.name.text, organization.ownerEmail.text,
                    Timestamp.text(organization.createdAt),
                ])
            }
            surroundings.output.show(
                Page.report(
                    items: organizations.elements.map(\.json), next: organizations.next, table: table,
                    empty: "There are no organizations.", command: "sluice organization list"),
                asJSON: common.json)
            return .ok
        }
    }
}
