import ArgumentParser
import SluiceAuthority

/// `sluice account close`.
struct AccountCloseCommand: DataCommand {
    static let configuration = CommandConfiguration(
        commandName: "close", abstract: "Close an account for good.",
        discussion: """
            Its sessions end, its keys and clients are deleted, grants to and of them are revoked, and its address, name and password are \
            erased. The audit log keeps its events. This cannot be undone; `account disable` can.

              sluice account close ada@example.com
            """)

    @OptionGroup var choice: AccountChoice
    @OptionGroup var common: CommonOptions

    func perform(in surroundings: Surroundings) async throws -> Outcome {
        let settings = try await common.settings(surroundings)
        return try await Installation.with(settings, in: surroundings) { installation in
            let account = try await installation.account(choice.text)
            let changed = try await installation.authority.accounts.close(account.id, trace: .commandLine)
            if changed { try await installation.waitForServers(surroundings) }
            surroundings.output.show(
                .account(
                    account.id, state: "closed", changed: changed,
                    text: changed
                        ? "Closed the account \(account.id.text)."
                        : "The account \(account.id.text) was closed already."),
                asJSON: common.json)
            return .ok
        }
    }
}
