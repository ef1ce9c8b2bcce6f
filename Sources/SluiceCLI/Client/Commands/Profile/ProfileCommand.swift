import ArgumentParser

/// `sluice profile`.
struct ProfileCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "profile", abstract: "Name the servers and apps that you sign in with.",
        discussion: """
            A profile is a server, an app that is registered there, and at most one sign-in. Two need not be added: buffer is Buffer \
            itself, local is http://127.0.0.1:8080. Both still want the client id of your app.

            Profiles are in $XDG_CONFIG_HOME/sluice/profiles.json (default: ~/.config), tokens and client secrets in \
            $XDG_STATE_HOME/sluice (default: ~/.local/state), readable for you alone.
            """,
        subcommands: [
            ProfileListCommand.self, ProfileShowCommand.self, ProfileAddCommand.self, ProfileUseCommand.self,
            ProfileRemoveCommand.self,
        ])
}

/// The one flag of commands that need no other.
struct JSONOption: ParsableArguments {
    @Flag(help: "Answer as one line of JSON; errors too, on standard error.")
    var json = false
}
