import ArgumentParser
import SluiceAuthority

/// `sluice client delete`.
struct ClientDeleteCommand: DataCommand {
    static let configuration = CommandConfiguration(
        commandName: "delete", abstract: "Delete a client and revoke every grant of it.",
        discussion: """
            When the command returns, every server on this data folder refuses its tokens. This cannot be undone.

              sluice client delete 6560f1c2a9e4b3d7c8a1f0e5
            """)

    @Argument(help: ArgumentHelp("The client_id.", valueName: "client-id"))
    var clientID: String
    @OptionGroup var common: CommonOptions

    func perform(in surroundings: Surroundings) async throws -> Outcome {
        let settings = try await common.settings(surroundings)
        return try await Installation.with(settings, in: surroundings) { installation in
            let client = try await installation.client(clientID)
            try await installation.authority.clients.delete(client.id, owner: client.ownerID, trace: .commandLine)
            try await installation.waitForServers(surroundings)
            surroundings.output.show(
                Report(
                    json: .object([("client_id", .string(client.id.text)), ("deleted", .bool(true))]),
                    text: "Deleted the client “\(Printable.line(client.name.text))” and revoked its grants."),
                asJSON: common.json)
            return .ok
        }
    }
}
