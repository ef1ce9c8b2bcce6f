import ArgumentParser
import SluicePosting

/// `sluice channel pause`.
struct ChannelPauseCommand: DataCommand {
    static let configuration = CommandConfiguration(
        commandName: "pause", abstract: "Stop a channel's queue: nothing goes out but what is shared at once.",
        discussion: """
            Posts stay where they are, and new ones are taken.

              sluice channel pause 6560f1c2a9e4b3d7c8a1f0e5
            """)

    @Argument(help: ArgumentHelp("The channel's id.", valueName: "channel-id"))
    var id: String
    @OptionGroup var common: CommonOptions

    func perform(in surroundings: Surroundings) async throws -> Outcome {
        let settings = try await common.settings(surroundings)
        return try await Installation.with(settings, in: surroundings) { installation in
            let old = try await installation.channel(id)
            let channel = try await installation.posting.channels.setQueuePaused(true, of: old.id, of: old.organization)
            let changed = old.isQueuePaused != channel.isQueuePaused
            surroundings.output.show(
                Report(
                    json: .object([
                        ("id", .string(channel.id.text)), ("queue_paused", .bool(channel.isQueuePaused)),
                        ("changed", .bool(changed)),
                    ]),
                    text: changed
                        ? "Paused the queue: “\(Printable.line(channel.name))”."
                        : "The queue was paused already."),
                asJSON: common.json)
            return .ok
        }
    }
}
