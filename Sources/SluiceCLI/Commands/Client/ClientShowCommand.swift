import ArgumentParser
import SluiceAuthority

/// `sluice client show`.
struct ClientShowCommand: DataCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show one client. Its secret is never shown again.")

    @Argument(help: ArgumentHelp("The client_id.", valueName: "client-id"))
    var clientID: String
    @OptionGroup var common: CommonOptions

    func perform(in surroundings: Surroundings) async throws -> Outcome {
        let settings = try await common.settings(surroundings)
        return try await Installation.with(settings, in: surroundings) { installation in
            let client = try await installation.client(clientID)
            surroundings.output.show(Report(json: client.json, text: client.facts.text), asJSON: common.json)
            return .ok
        }
    }
}
