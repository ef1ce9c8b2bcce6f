import ArgumentParser
import SluiceAuthority

/// `sluice client rotate-secret`.
struct ClientRotateSecretCommand: DataCommand {
    static let configuration = CommandConfiguration(
        commandName: "rotate-secret", abstract: "Make a new secret for a confidential client, and show it once.",
        discussion: """
            The present secrets end now, or when the overlap does. Grants and tokens are not touched.

              sluice client rotate-secret 6560f1c2a9e4b3d7c8a1f0e5 --overlap 24h
            """)

    @Argument(help: ArgumentHelp("The client_id.", valueName: "client-id"))
    var clientID: String
    @Option(
        help: ArgumentHelp(
            "How long the present secrets work beside the new one: 0 to 30d (default: 0).", valueName: "span"))
    var overlap: Overlap = .none
    @OptionGroup var common: CommonOptions

    func perform(in surroundings: Surroundings) async throws -> Outcome {
        let settings = try await common.settings(surroundings)
        return try await Installation.with(settings, in: surroundings) { installation in
            let client = try await installation.client(clientID)
            let created = try await installation.authority.clients.rotateSecret(
                of: client.id, owner: client.ownerID, overlap: .seconds(overlap.seconds), formID: nil,
                trace: .commandLine)
            try await installation.waitForServers(surroundings)
            let advice =
                overlap.seconds == 0
                ? " The old secret is refused from now on."
                : " The old secret works for \(overlap.seconds) more seconds."
            surroundings.output.show(
                .client(created, headline: "Made a new client secret.", advice: advice), asJSON: common.json)
            return .ok
        }
    }
}
