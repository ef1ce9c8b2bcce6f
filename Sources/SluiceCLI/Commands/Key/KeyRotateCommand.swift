import ArgumentParser
import SluiceAuthority

/// `sluice key rotate`.
struct KeyRotateCommand: DataCommand {
    static let configuration = CommandConfiguration(
        commandName: "rotate", abstract: "Make a successor with the same name, scopes and expiry, and show it once.",
        discussion: """
            The old key ends now, or when the overlap does. Rotation never extends an expiry and never widens scopes.

              sluice key rotate 6560f1c2a9e4b3d7c8a1f0e5 --overlap 24h
            """)

    @Argument(help: ArgumentHelp("The key's id, as `key list` shows it.", valueName: "id"))
    var id: String
    @Option(help: ArgumentHelp("The account, to find the key faster.", valueName: "account"))
    var account: String?
    @Option(
        help: ArgumentHelp("How long the old key works beside the new one: 0 to 30d (default: 0).", valueName: "span"))
    var overlap: Overlap = .none
    @OptionGroup var common: CommonOptions

    func perform(in surroundings: Surroundings) async throws -> Outcome {
        let settings = try await common.settings(surroundings)
        return try await Installation.with(settings, in: surroundings) { installation in
            let old = try await installation.key(id, account: account)
            let created = try await installation.authority.keys.rotate(
                old.id, of: old.accountID, overlap: .seconds(overlap.seconds), formID: nil, trace: .commandLine)
            try await installation.waitForServers(surroundings)
            let advice =
                overlap.seconds == 0
                ? " The old key is refused from now on." : " The old key works for \(overlap.seconds) more seconds."
            surroundings.output.show(
                .key(created, headline: "Rotated the API key \(old.id.text).", advice: advice), asJSON: common.json)
            return .ok
        }
    }
}
