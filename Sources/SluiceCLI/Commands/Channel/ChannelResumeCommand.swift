import ArgumentParser
import SluicePosting

/// `sluice channel resume`.
struct ChannelResumeCommand: DataCommand {
    static let configuration = CommandConfiguration(
        commandName: "resume", abstract: "Let a channel's queue go on.",
        discussion: """
            Posts whose time has passed get the next free times, in their order.

              sluice channel resume 6560f1c2a9e4b3d7c8a1f0e5
            """)

    @Argument(help: ArgumentHelp("The channel's id.", valueName: "channel-id"))
    var id: String
    @OptionGroup var common: CommonOptions

    func perform(in surroundings: Surroundings) async throws -> Outcome {
        let settings = try await common.settings(surroundings)
        return try await Installation.with(settings, in: surroundings) { installation in
            let old = try await installation.channel(id)
            let channel = try await installation.posting.channels.setQueuePaused(false, of: old.id, of: old.organization)
            let changed = old.isQueuePaused != channel.isQueuePaused
            surroundings.output.show(
                Report(
                    json: .object([
                        ("id", .string(channel.id.text)), ("queue_paused", .bool(channel.isQueuePaused)),
                        ("changed", .bool(changed)),
                    ]),
                    text: changed
                        ? "The queue goes on: “\(Printable.line(channel.name))”."
                        : "The queue was not paused already."),
                asJSON: common.json)
            return .ok
        }
    }
}
