import ArgumentParser
import SluiceAuthority
import SluiceOAuth

/// `sluice grant list`.
struct GrantListCommand: DataCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List grants in every state, newest first: all, or those of an account or client.",
        discussion: """
            A revoked grant says why: refresh_reused means that an old refresh token came back, so the token or the app's storage leaked, \
            or two copies of the app share one token. `sluice audit list` has both uses.
            """)

    @Option(help: ArgumentHelp("Only this account's: e-mail address or id.", valueName: "account"))
    var account: String?
    @Option(help: ArgumentHelp("Only this client's: its client_id.", valueName: "client-id"))
    var client: String?
    @OptionGroup var list: ListOptions
    @OptionGroup var common: CommonOptions

    func perform(in surroundings: Surroundings) async throws -> Outcome {
        let settings = try await common.settings(surroundings)
        return try await Installation.with(settings, in: surroundings) { installation in
            var command = "sluice grant list"
            var accountID: AccountID?
            var clientID: ClientID?
            if let account {
                accountID = try await installation.account(account).id
                command += " --account \(accountID?.text ?? "")"
            }
            if let client {
                // Not looked up: grants of a deleted client are still worth a look.
                guard let id = ClientID(client) else {
                    throw Failure.notAnID("a client_id", list: "sluice client list")
                }
                clientID = id
                command += " --client \(id.text)"
            }
            let grants = try await installation.authority.grants.list(account: accountID, client: clientID, list.page)
            var table = Table(["ID", "Account", "Client", "Scopes", "State", "Generation", "Approved", "Last used"])
            for grant in grants.elements {
                table.add([
                    grant.id.text, grant.facts.accountID.text, grant.facts.clientID.text, grant.facts.scopes.text,
                    grant.revocation.map { "revoked (\($0.rawValue))" } ?? grant.state.rawValue, "\(grant.generation)",
                    Timestamp.text(grant.facts.createdAt), grant.lastUsedAt.map(Timestamp.text),
                ])
            }
            surroundings.output.show(
                Page.report(
                    items: grants.elements.map(\.json), next: grants.next, table: table, empty: "There are no grants.",
                    command: command),
                asJSON: common.json)
            return .ok
        }
    }
}
