import ArgumentParser
import SluicePosting

/// `sluice channel remove`.
struct ChannelRemoveCommand: DataCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove", abstract: "Remove a channel with its posts and its outbox.",
        discussion: """
            This cannot be undone.

              sluice channel remove 6560f1c2a9e4b3d7c8a1f0e5
            """)

    @Argument(help: ArgumentHelp("The channel's id.", valueName: "channel-id"))
    var id: String
    @OptionGroup var common: CommonOptions

    func perform(in surroundings: Surroundings) async throws -> Outcome {
        let settings = try await common.settings(surroundings)
        return try await Installation.with(settings, in: surroundings) { installation in
            let channel = try await installation.channel(id)
            try await installation.posting.channels.remove(channel.id, of: channel.organization)
            surroundings.output.show(
                Report(
                    json: .object([("id", .string(channel.id.text)), ("removed", .bool(true))]),
                    text: "Removed the channel “\(Printable.line(channel.name))” with its posts and its outbox."),
                asJSON: common.json)
            return .ok
        }
    }
}
