import ArgumentParser

/// The flags of the commands that act as somebody at a server.
struct ProfileOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Which profile (default: SLUICE_PROFILE, else the one that `profile use` chose, else buffer).", valueName: "name"))
    var profile: ProfileName?

    @Flag(help: "Answer as one line of JSON; errors too, on standard error.")
    var json = false
}

/// A command that acts as somebody at a server.
protocol RemoteCommand: Command {
    /// The flags that all of them share.
    var options: ProfileOptions { get }
}

extension RemoteCommand {
    var wantsJSON: Bool { options.json }
}
