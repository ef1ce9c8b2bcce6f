import ArgumentParser
import SluiceAuthority

/// `sluice account disable`.
struct AccountDisableCommand: DataCommand {
    static let configuration = CommandConfiguration(
        commandName: "disable",
        abstract: "Stop everything of an account: sessions end, its grants are revoked, its keys pause.",
        discussion: """
            When the command returns, every server on this data folder refuses the account. `account enable` lets it sign in again and its \
            keys work again; revoked grants stay revoked.
            """)

    @OptionGroup var choice: AccountChoice
    @OptionGroup var common: CommonOptions

    func perform(in surroundings: Surroundings) async throws -> Outcome {
        let settings = try await common.settings(surroundings)
        return try await Installation.with(settings, in: surroundings) { installation in
            let account = try await installation.account(choice.text)
            guard account.state != .closed else { throw Accounts.Problem.unknown }
            let changed = try await installation.authority.accounts.disable(account.id, trace: .commandLine)
            if changed { try await installation.waitForServers(surroundings) }
            surroundings.output.show(
                .account(
                    account.id, state: "disabled", changed: changed,
                    text: changed
                        ? "Disabled the account \(account.email.text)."
                        : "The account \(account.email.text) was disabled already."),
                asJSON: common.json)
            return .ok
        }
    }
}
