import ArgumentParser
import SluiceAuthority
import SluiceOAuth

/// `sluice client list`.
struct ClientListCommand: DataCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List clients, newest first: all of them, or one account's.")

    @Option(help: ArgumentHelp("Only this account's: e-mail address or id.", valueName: "account"))
    var account: String?
    @OptionGroup var list: ListOptions
    @OptionGroup var common: CommonOptions

    func perform(in surroundings: Surroundings) async throws -> Outcome {
        let settings = try await common.settings(surroundings)
        return try await Installation.with(settings, in: surroundings) { installation in
            var command = "sluice client list"
            let clients: Slice<Client>
            if let account {
                let owner = try await installation.account(account).id
                command += " --account \(owner.text)"
                clients = try await installation.authority.clients.list(of: owner, list.page)
            } else {
                clients = try await installation.authority.clients.list(list.page)
            }
            var table = Table(["Client ID", "Name", "Type", "Account", "Redirect URIs", "Created"])
            for client in clients.elements {
                table.add([
                    client.id.text, client.name.text, client.kind.rawValue, client.ownerID.text,
                    client.redirectURIs.map(\.text).joined(separator: " "), Timestamp.text(client.createdAt),
                ])
            }
            surroundings.output.show(
                Page.report(
                    items: clients.elements.map(\.json), next: clients.next, table: table,
                    empty: "There are no clients.",
                    command: command),
                asJSON: common.json)
            return .ok
        }
    }
}
