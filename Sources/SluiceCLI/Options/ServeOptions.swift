import ArgumentParser

/// The flags of `serve`, which `config check` takes too. Their values are checked together with the other sources, not here.
struct ServeOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The address to listen on (default: 127.0.0.1).", valueName: "address"))
    var host: String?

    @Option(
        help: ArgumentHelp(
            "The port to listen on; 0 picks a free one and prints it (default: 8080).", valueName: "number"))
    var port: String?

    @Option(
        name: .customLong("auth-url"),
        help: ArgumentHelp(
            "The address under which browsers and clients reach /auth and /token: the issuer (default: from host and port).",
            valueName: "url"))
    var authURL: String?

    @Option(
        name: .customLong("api-url"),
        help: ArgumentHelp(
            "The address of the GraphQL API: the audience of access tokens (default: as --auth-url).", valueName: "url")
    )
    var apiURL: String?

    @Option(
        name: .customLong("app-url"),
        help: ArgumentHelp("The address of the settings pages (default: as --auth-url).", valueName: "url"))
    var appURL: String?

    @Option(
        help: ArgumentHelp(
            "A PEM file with the certificate chain: the server then speaks TLS itself.", valueName: "file"),
        completion: .file())
    var tlsCertificate: String?

    @Option(
        help: ArgumentHelp("The PEM file with the certificate's private key.", valueName: "file"), completion: .file())
    var tlsKey: String?

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp(
            "Proxies whose X-Forwarded-… fields are believed: addresses or blocks such as 10.0.0.0/8.",
            valueName: "cidr"))
    var trustedProxy: [String] = []

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp(
            "Web origins whose pages may call the API with access tokens (default: none).", valueName: "origin"))
    var corsOrigin: [String] = []

    @Option(help: ArgumentHelp("How many connections are served at once (default: 10000).", valueName: "number"))
    var maxConnections: String?

    @Option(help: ArgumentHelp("How long a request may take to come in (default: 20s).", valueName: "span"))
    var requestDeadline: String?

    @Option(help: ArgumentHelp("How long a connection may be silent (default: 60s).", valueName: "span"))
    var idleTimeout: String?

    @Option(
        help: ArgumentHelp("Who may make an account: open, invite or closed (default: open).", valueName: "policy"),
        completion: .list(["open", "invite", "closed"]))
    var signUp: String?

    @Option(
        help: ArgumentHelp("The file that holds the invitation, for --sign-up invite.", valueName: "file"),
        completion: .file())
    var invitationFile: String?

    @OptionGroup(title: "Tokens") var tokens: TokenOptions

    @Option(help: ArgumentHelp("How many API keys an account may have (default: any number).", valueName: "number"))
    var apiKeyLimit: String?

    @Option(help: ArgumentHelp("How many clients an account may register (default: any number).", valueName: "number"))
    var clientLimit: String?

    @Option(
        help: ArgumentHelp(
            "How many requests of one API key or app are answered, by window: 100/15m,250/24h,3000/30d, or off (default: off).",
            valueName: "limits"))
    var rateLimits: String?

    @OptionGroup(title: "Log") var log: LogOptions

    /// What was given, by setting.
    var flags: [Setting: SettingValue] {
        let texts: [(Setting, String?)] = [
            (.host, host), (.port, port), (.authURL, authURL), (.apiURL, apiURL), (.appURL, appURL),
            (.tlsCertificate, tlsCertificate), (.tlsKey, tlsKey), (.maxConnections, maxConnections),
            (.requestDeadline, requestDeadline), (.idleTimeout, idleTimeout), (.signUp, signUp),
            (.invitationFile, invitationFile), (.apiKeyLimit, apiKeyLimit), (.clientLimit, clientLimit),
            (.rateLimits, rateLimits),
        ]
        var flags: [Setting: SettingValue] = [:]
        for (setting, text) in texts { flags[setting] = text.map { .text($0) } }
        if !trustedProxy.isEmpty { flags[.trustedProxy] = .list(trustedProxy) }
        if !corsOrigin.isEmpty { flags[.corsOrigin] = .list(corsOrigin) }
        return flags.merging(tokens.flags) { $1 }.merging(log.flags) { $1 }
    }
}
