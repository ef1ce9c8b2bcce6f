import ArgumentParser

/// `sluice`.
struct RootCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sluice",
        abstract:
            "An OAuth 2.0 authorization server, API-key service and GraphQL API that speaks Buffer's public contract.",
        discussion: """
            Start a server, and open the address it prints:

              sluice serve

            Start a throw-away one for tests, with accounts, keys and clients in it:

              sluice sandbox

            Make an account and a key for it without the browser:

              sluice account create --email ada@example.com --name Ada --password-file -
              sluice key create --account ada@example.com --name laptop

            Sign in at a server, Buffer's or your own, and ask its API:

              sluice login
              sluice api '{ account { id } }'

            Every command but those that talk to a server works on the data folder (--data, SLUICE_DATA, default ./sluice-data), whether \
            or not a server runs on it; a running server follows within 100 ms. Every command answers with --json too.

            Settings come from flags, then SLUICE_… variables, then the file of --config, then defaults; `sluice config check` says which.

            Shell completions: sluice --generate-completion-script bash|zsh|fish; `sluice completions` says where to put them.
            """,
        version: Version.text,
        subcommands: [CompletionsCommand.self],
        groupedSubcommands: [
            CommandGroup(
                name: "Server",
                subcommands: [
                    ServeCommand.self, SandboxCommand.self, ConfigCommand.self, DoctorCommand.self, ExplainCommand.self,
                ]),
            CommandGroup(
                name: "People, keys and apps",
                subcommands: [
                    AccountCommand.self, OrganizationCommand.self, KeyCommand.self, ClientCommand.self, GrantCommand.self,
                ]),
            CommandGroup(
                name: "Channels and posts",
                subcommands: [
                    ChannelCommand.self, PostCommand.self, OutboxCommand.self, TagCommand.self, IdeaGroupCommand.self,
                ]),
            CommandGroup(
                name: "Talking to a server",
                subcommands: [
                    LoginCommand.self, LogoutCommand.self, WhoamiCommand.self, TokenCommand.self, APICommand.self,
                    ProfileCommand.self,
                ]),
            CommandGroup(
                name: "Installation",
                subcommands: [SigningKeyCommand.self, AuditCommand.self, MigrateCommand.self, BackupCommand.self]),
        ])
}

/// The version of this build.
package enum Version {
    /// As `sluice --version` prints it.
    package static let text = "0.1.0"
}
