import ArgumentParser
import SluiceAuthority

/// `sluice account reset-password`.
struct AccountResetPasswordCommand: DataCommand {
    static let configuration = CommandConfiguration(
        commandName: "reset-password", abstract: "Set a new password, and end every session of the account.",
        discussion: """
            Keys and grants keep working: close them on their own if the account was taken over.

              sluice account reset-password ada@example.com --password-file -
            """)

    @OptionGroup var choice: AccountChoice
    @Option(
        help: ArgumentHelp("The file that holds the new password; - for standard input.", valueName: "file"),
        completion: .file())
    var passwordFile: String
    @OptionGroup var common: CommonOptions

    func perform(in surroundings: Surroundings) async throws -> Outcome {
        let settings = try await common.settings(surroundings)
        let password = try SecretInput.read(passwordFile, what: "password", surroundings)
        return try await Installation.with(settings, in: surroundings) { installation in
            let account = try await installation.account(choice.text)
            try await installation.authority.accounts.resetPassword(account.id, to: password, trace: .commandLine)
            try await installation.waitForServers(surroundings)
            surroundings.output.show(
                .account(
                    account.id, state: nil, changed: true,
                    text: "Set a new password for \(account.email.text) and ended its sessions."),
                asJSON: common.json)
            return .ok
        }
    }
}
