import ArgumentParser

/// `sluice channel resume`.
struct ChannelResumeCommand: QueueSwitch {
    static let configuration = CommandConfiguration(
        commandName: "resume", abstract: "Let a channel's queue go on.",
        discussion: """
            Posts whose time has passed get the next free times, in their order.

              sluice channel resume 6560f1c2a9e4b3d7c8a1f0e5
            """)
    static let pauses = false
    static let headline = "The queue goes on"

    @Argument(help: ArgumentHelp("The channel's id.", valueName: "channel-id"))
    var id: String
    @OptionGroup var common: CommonOptions
}
