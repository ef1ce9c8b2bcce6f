import ArgumentParser

/// `sluice channel pause`.
struct ChannelPauseCommand: QueueSwitch {
    static let configuration = CommandConfiguration(
        commandName: "pause", abstract: "Stop a channel's queue: nothing goes out but what is shared at once.",
        discussion: """
            Posts stay where they are, and new ones are taken.

              sluice channel pause 6560f1c2a9e4b3d7c8a1f0e5
            """)
    static let pauses = true
    static let headline = "Paused the queue"

    @Argument(help: ArgumentHelp("The channel's id.", valueName: "channel-id"))
    var id: String
    @OptionGroup var common: CommonOptions
}
