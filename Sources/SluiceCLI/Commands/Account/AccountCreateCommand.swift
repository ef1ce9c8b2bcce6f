import ArgumentParser
import SluiceAuthority

/// `sluice account create`.
struct AccountCreateCommand: DataCommand {
    static let configuration = CommandConfiguration(
        commandName: "create",
        abstract: "Make an account with its first organization, whatever the sign-up policy says.",
        discussion: """
            The password is read from a file, or from standard input for “-”, without the one line feed at its end.

              sluice account create --email ada@example.com --name "Ada Lovelace" --password-file -
            """)

    @Option(help: ArgumentHelp("The e-mail address it signs in with.", valueName: "address"))
    var email: String
    @Option(help: ArgumentHelp("The person's name.", valueName: "text"))
    var name: String
    @Option(
        help: ArgumentHelp("The file that holds the password; - for standard input.", valueName: "file"),
        completion: .file())
    var passwordFile: String
    @OptionGroup var common: CommonOptions

    func perform(in surroundings: Surroundings) async throws -> Outcome {
        let settings = try await common.settings(surroundings)
        let password = try SecretInput.read(passwordFile, what: "password", surroundings)
        return try await Installation.with(settings, creates: true, in: surroundings) { installation in
            let account = try await installation.authority.accounts.create(
                email: email, name: name, password: password, trace: .commandLine)
            surroundings.output.show(
                Report(json: account.json, text: "Made the account \(account.email.text) (\(account.id.text))."),
                asJSON: common.json)
            return .ok
        }
    }
}
