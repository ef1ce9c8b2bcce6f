import ArgumentParser
import SluiceAuthority

/// `sluice account enable`.
struct AccountEnableCommand: DataCommand {
    static let configuration = CommandConfiguration(
        commandName: "enable",
        abstract: "Let a disabled account sign in again; its keys work again, its revoked grants do not.")

    @OptionGroup var choice: AccountChoice
    @OptionGroup var common: CommonOptions

    func perform(in surroundings: Surroundings) async throws -> Outcome {
        let settings = try await common.settings(surroundings)
        return try await Installation.with(settings, in: surroundings) { installation in
            let account = try await installation.account(choice.text)
            guard account.state != .closed else { throw Accounts.Problem.unknown }
            let changed = try await installation.authority.accounts.enable(account.id, trace: .commandLine)
            if changed { try await installation.waitForServers(surroundings) }
            surroundings.output.show(
                .account(
                    account.id, state: "active", changed: changed,
                    text: changed
                        ? "Enabled the account \(account.email.text)."
                        : "The account \(account.email.text) was not disabled."),
                asJSON: common.json)
            return .ok
        }
    }
}
