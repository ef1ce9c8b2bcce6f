import ArgumentParser
import SluiceAuthority

/// `sluice key revoke`.
struct KeyRevokeCommand: DataCommand {
    static let configuration = CommandConfiguration(
        commandName: "revoke",
        abstract: "Delete an API key. When the command returns, every server on this data folder refuses it.",
        discussion: """
            Somebody published a key? `sluice explain` tells its id without repeating it:

              pbpaste | sluice explain
            """)

    @Argument(help: ArgumentHelp("The key's id, as `key list` shows it.", valueName: "id"))
    var id: String
    @Option(help: ArgumentHelp("The account, to find the key faster.", valueName: "account"))
    var account: String?
    @OptionGroup var common: CommonOptions

    func perform(in surroundings: Surroundings) async throws -> Outcome {
        let settings = try await common.settings(surroundings)
        return try await Installation.with(settings, in: surroundings) { installation in
            let key = try await installation.key(id, account: account)
            try await installation.authority.keys.revoke(key.id, of: key.accountID, trace: .commandLine)
            try await installation.waitForServers(surroundings)
            surroundings.output.show(
                Report(
                    json: .object([
                        ("id", .string(key.id.text)), ("account_id", .string(key.accountID.text)),
                        ("revoked", .bool(true)),
                    ]),
                    text: "Revoked the API key “\(Printable.line(key.name.text))” (buf_…\(key.lastFour))."),
                asJSON: common.json)
            return .ok
        }
    }
}
