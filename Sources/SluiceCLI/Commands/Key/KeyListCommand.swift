import ArgumentParser
import SluiceAuthority
import SluiceOAuth

/// `sluice key list`.
struct KeyListCommand: DataCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List an account's API keys, newest first. The keys themselves are never shown again.")

    @Option(help: ArgumentHelp("The account: e-mail address or id.", valueName: "account"))
    var account: String
    @OptionGroup var list: ListOptions
    @OptionGroup var common: CommonOptions

    func perform(in surroundings: Surroundings) async throws -> Outcome {
        let settings = try await common.settings(surroundings)
        return try await Installation.with(settings, in: surroundings) { installation in
            let account = try await installation.account(account)
            let keys = try await installation.authority.keys.list(of: account.id, list.page)
            var table = Table(["ID", "Name", "Key", "Scopes", "Created", "Last used", "Expires"])
            for key in keys.elements {
                table.add([
                    key.id.text, key.name.text, "buf_…\(key.lastFour)", key.scopes?.text ?? "everything",
                    Timestamp.text(key.createdAt),
                    key.lastUsedAt.map(Timestamp.text), key.expiresAt.map(Timestamp.text) ?? "never",
                ])
            }
            surroundings.output.show(
                Page.report(
                    items: keys.elements.map(\.json), next: keys.next, table: table,
                    empty: "The account has no API keys.",
                    command: "sluice key list --account \(account.id.text)"),
                asJSON: common.json)
            return .ok
        }
    }
}
