/// One thing an operator may choose. It has one name everywhere: `--the-name`, `SLUICE_THE_NAME`, `"the-name"` in the file.
struct Setting: Sendable, Hashable {
    /// What its values look like.
    enum Form: Sendable, Hashable {
        /// Any text.
        case text
        /// A whole number.
        case integer(ClosedRange<Int>)
        /// A span of time in seconds.
        case span(ClosedRange<Int>)
        /// One of these words.
        case choice([String])
        /// Several texts; separated by commas in the environment.
        case list
        /// Yes or no.
        case toggle
    }

    /// Where a value may come from.
    enum Places: Sendable, Hashable {
        /// Flag, environment and file.
        case all
        /// Flag and environment: the file cannot name itself.
        case outsideFile
        /// The environment alone: a secret in an argument is visible to every user of the machine, and a file has `…-file`.
        case environment
    }

    /// The name.
    let name: String
    /// What its values look like.
    let form: Form
    /// What holds if nobody says anything, as `config check` shows it.
    let standard: String
    /// Where a value may come from.
    let places: Places
    /// Whether every command needs it, or `serve` alone.
    let isShared: Bool

    init(_ name: String, _ form: Form, standard: String, places: Places = .all, isShared: Bool = false) {
        self.name = name
        self.form = form
        self.standard = standard
        self.places = places
        self.isShared = isShared
    }

    /// The flag.
    var flag: String { "--\(name)" }
    /// The environment variable.
    var variable: String { "SLUICE_" + name.uppercased().replacing("-", with: "_") }
}

extension Setting {
    static let config = Setting("config", .text, standard: "none", places: .outsideFile, isShared: true)
    static let data = Setting("data", .text, standard: "./sluice-data", isShared: true)
    static let masterKeyFile = Setting(
        "master-key-file", .text, standard: "master.key in the data folder", isShared: true)
    static let masterKey = Setting("master-key", .text, standard: "none", places: .environment, isShared: true)

    static let host = Setting("host", .text, standard: "127.0.0.1")
    static let port = Setting("port", .integer(0...65_535), standard: "8080")
    static let authURL = Setting("auth-url", .text, standard: "from host and port")
    static let apiURL = Setting("api-url", .text, standard: "as auth-url")
    static let appURL = Setting("app-url", .text, standard: "as auth-url")
    static let tlsCertificate = Setting("tls-certificate", .text, standard: "none")
    static let tlsKey = Setting("tls-key", .text, standard: "none")
    static let trustedProxy = Setting("trusted-proxy", .list, standard: "none")
    static let corsOrigin = Setting("cors-origin", .list, standard: "none")
    static let maxConnections = Setting("max-connections", .integer(1...1_000_000), standard: "10000")
    static let requestDeadline = Setting("request-deadline", .span(1...3_600), standard: "20")
    static let idleTimeout = Setting("idle-timeout", .span(1...3_600), standard: "60")

    static let signUp = Setting("sign-up", .choice(["open", "invite", "closed"]), standard: "open")
    static let invitationFile = Setting("invitation-file", .text, standard: "none")
    static let accessTokenLifetime = Setting("access-token-lifetime", .span(1...86_400), standard: "3600")
    static let codeLifetime = Setting("code-lifetime", .span(1...600), standard: "60")
    static let reuseLeeway = Setting("reuse-leeway", .span(0...300), standard: "0")
    static let refreshIdleLifetime = Setting("refresh-idle-lifetime", .span(1...315_360_000), standard: "2592000")
    static let refreshLifetime = Setting("refresh-lifetime", .span(1...315_360_000), standard: "31536000")
    static let clockLeeway = Setting("clock-leeway", .span(0...60), standard: "60")
    static let skipConsent = Setting("skip-consent", .toggle, standard: "true")
    static let apiKeyLimit = Setting("api-key-limit", .integer(1...1_000_000), standard: "none")
    static let clientLimit = Setting("client-limit", .integer(1...1_000_000), standard: "none")
    static let rateLimits = Setting("rate-limits", .text, standard: "off")
    static let signatureAlgorithm = Setting(
        "signature-algorithm", .choice(["ES256", "EdDSA", "RS256"]), standard: "ES256")
    static let signingKeyLifetime = Setting("signing-key-lifetime", .span(172_800...315_360_000), standard: "7776000")

    static let logLevel = Setting(
        "log-level", .choice(["trace", "debug", "info", "notice", "warning", "error", "critical"]), standard: "info")
    static let logFormat = Setting("log-format", .choice(["text", "json"]), standard: "text")

    /// All of them, in the order in which `config check` lists them.
    static let all: [Setting] = [
        config, data, masterKeyFile, masterKey, host, port, authURL, apiURL, appURL, tlsCertificate, tlsKey,
        trustedProxy, corsOrigin,
        maxConnections, requestDeadline, idleTimeout, signUp, invitationFile, accessTokenLifetime, codeLifetime,
        reuseLeeway,
        refreshIdleLifetime, refreshLifetime, clockLeeway, skipConsent, apiKeyLimit, clientLimit, rateLimits,
        signatureAlgorithm,
        signingKeyLifetime, logLevel, logFormat,
    ]
}
