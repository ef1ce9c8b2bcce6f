import ArgumentParser
import SluiceAuthority

/// `sluice account list`.
struct AccountListCommand: DataCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List accounts, newest first.")

    @OptionGroup var list: ListOptions
    @OptionGroup var common: CommonOptions

    func perform(in surroundings: Surroundings) async throws -> Outcome {
        let settings = try await common.settings(surroundings)
        return try await Installation.with(settings, in: surroundings) { installation in
            let accounts = try await installation.authority.accounts.list(list.page)
            var table = Table(["ID", "E-mail", "Name", "State", "Created"])
            for account in accounts.elements {
                let isClosed = account.state == .closed
                table.add([
                    account.id.text, isClosed ? nil : account.email.text, isClosed ? nil : account.name.text,
                    account.state.rawValue,
                    Timestamp.text(account.createdAt),
                ])
            }
            surroundings.output.show(
                Page.report(
                    items: accounts.elements.map(\.json), next: accounts.next, table: table,
                    empty: "There are no accounts.",
                    command: "sluice account list"),
                asJSON: common.json)
            return .ok
        }
    }
}
