import ArgumentParser

/// `sluice serve`.
struct ServeCommand: DataCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "Run the server: pages, OAuth endpoints and API.",
        discussion: """
            The first run makes the data folder, the database and the master key, and says so. When it accepts connections, it prints one \
            line with its address. SIGTERM and Ctrl-C let requests in flight finish.

              sluice serve
              sluice serve --port 0 --json
              sluice serve --host 0.0.0.0 --auth-url https://auth.example.com --api-url https://api.example.com --trusted-proxy 10.0.0.0/8
              sluice serve --port 443 --host 0.0.0.0 --auth-url https://auth.example.com --tls-certificate chain.pem --tls-key key.pem

            Spans are seconds, or 90s, 30m, 12h, 90d. Every flag can also be a SLUICE_… variable (--access-token-lifetime is \
            SLUICE_ACCESS_TOKEN_LIFETIME) or a member of the JSON file of --config ("access-token-lifetime"); flags win over variables, \
            these over the file. `sluice config check` shows what holds.
            """)

    @OptionGroup(title: "Server") var serve: ServeOptions
    @OptionGroup var common: CommonOptions

    func perform(in surroundings: Surroundings) async throws -> Outcome {
        let resolved = try await ResolvedSettings.read(
            flags: common.flags.merging(serve.flags) { $1 }, environment: surroundings.environment)
        try resolved.refuseErrors(sharedOnly: false)
        try await Server(
            settings: resolved.settings, warnings: resolved.problems.map(\.message), asJSON: common.json,
            surroundings: surroundings
        ).run()
        return .ok
    }
}
