import ArgumentParser
import SluiceAuthority
import SluiceServer

/// `sluice sandbox`.
struct SandboxCommand: Command {
    static let configuration = CommandConfiguration(
        commandName: "sandbox",
        abstract: "Run a throw-away server for tests, in memory, with made-up accounts, clients, channels and posts.",
        discussion: """
            Makes what a fixture says (a YAML or JSON file; a built-in one by default) and prints the environment that your program needs, as \
            NAME=value lines. Below /sandbox/ it approves authorization requests without a browser, moves its clock, ends grants, answers \
            with errors on demand, lists what was called, and shows in its outbox which posts went out: docs/sandbox.md. It is gone when it \
            stops.

              sluice sandbox > sandbox.env &
              sluice sandbox --fixture tests/buffer.yaml --env-file "$GITHUB_ENV" &
              sluice sandbox -- pytest

            With a command behind --, that runs with the environment set; its exit status is the sandbox's. No SLUICE_… variable and no \
            configuration file is read: what a test starts is what it says.
            """)

    @Option(
        help: ArgumentHelp("The fixture: a YAML or JSON file, or - for standard input.", valueName: "file"),
        completion: .file(extensions: ["yaml", "yml", "json"]))
    var fixture: String?

    @Flag(help: "Print the built-in fixture and do nothing else.")
    var printFixture = false

    @Option(
        help: ArgumentHelp("A file that the NAME=value lines are appended to once the sandbox is ready.", valueName: "file"),
        completion: .file())
    var envFile: String?

    @Flag(help: "Print one line of JSON instead of the NAME=value lines; errors too, on standard error.")
    var json = false

    @Option(
        help: ArgumentHelp(
            "The address to listen on (default: 127.0.0.1, which this machine alone can reach).", valueName: "address"))
    var host: String?

    @Option(help: ArgumentHelp("The port to listen on (default: a free one).", valueName: "number"))
    var port: String?

    @Option(
        name: .customLong("auth-url"),
        help: ArgumentHelp(
            "The address under which programs reach it: the issuer (default: from host and port).", valueName: "url"))
    var authURL: String?

    @Option(
        help: ArgumentHelp(
            "How many requests of one API key or app are answered, by window, or off (default: 100/15m,250/24h,7500/30d, Buffer's).",
            valueName: "limits"))
    var rateLimits: String?

    @OptionGroup(title: "Tokens") var tokens: TokenOptions
    @OptionGroup(title: "Log") var log: LogOptions

    @Argument(
        parsing: .postTerminator,
        help: ArgumentHelp("A command to run in the sandbox, and its arguments.", valueName: "command"))
    var command: [String] = []

    var wantsJSON: Bool { json }

    func validate() throws {
        guard !json || command.isEmpty else {
            throw ValidationError(
                "--json and a command exclude each other: standard output is the command's. Use --env-file, or the environment.")
        }
        guard !printFixture || command.isEmpty else {
            throw ValidationError(
                "--print-fixture and a command exclude each other: it prints the fixture and does nothing else.")
        }
    }

    func perform(in surroundings: Surroundings) async throws -> Outcome {
        Outcome(rawValue: try await exitStatus(in: surroundings)) ?? .failed
    }

    func exitStatus(in surroundings: Surroundings) async throws -> Int32 {
        if printFixture {
            surroundings.output.line(Fixture.builtInText)
            return Outcome.ok.rawValue
        }
        let settings = try await settings()
        let fixture = try FixtureReader.read(fixture, surroundings)
        return try await SandboxServer(
            settings: settings, fixture: fixture, envFile: envFile, asJSON: json, command: command,
            surroundings: surroundings
        ).run()
    }

    /// The settings of `serve` as far as a sandbox has them, checked the same way.
    private func settings() async throws -> Settings {
        var flags = tokens.flags.merging(log.flags) { $1 }
        flags[.host] = host.map { .text($0) }
        flags[.port] = .text(port ?? "0")
        flags[.authURL] = authURL.map { .text($0) }
        // On, unlike in `serve`: an app learns here what Buffer will tell it.
        flags[.rateLimits] = .text(rateLimits ?? RateQuotas.essentials.text)
        // Its log would stand between the lines of the tests.
        if log.logLevel == nil { flags[.logLevel] = .text("warning") }
        let resolved = try await ResolvedSettings.read(flags: flags, environment: [:])
        try resolved.refuseErrors(sharedOnly: false)
        return resolved.settings
    }
}
