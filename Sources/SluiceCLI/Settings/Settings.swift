import Logging
import SluiceAuthority
import SluiceOAuth
import SluiceServer

/// The settings, typed. Which of several sources wins was decided by `SettingsReader`; whether they fit together, by `check`.
struct Settings: Sendable {
    /// How log lines are written.
    enum LogFormat: String, Sendable { case text, json }

    /// The data folder.
    var data = "./sluice-data"
    /// Where the master key comes from.
    var masterKey = MasterKeySource.dataFolder

    /// What is listened on.
    var host = "127.0.0.1"
    /// The port; 0 for any free one.
    var port = 8080
    /// The origins, where they were given.
    var authURL: String?
    /// See `authURL`.
    var apiURL: String?
    /// See `authURL`.
    var appURL: String?
    /// A PEM file.
    var tlsCertificate: String?
    /// A PEM file.
    var tlsKey: String?
    /// Addresses and blocks.
    var trustedProxies: [String] = []
    /// Web origins that may call the API with access tokens.
    var corsOrigins: [String] = []
    /// How many connections are served at once.
    var maxConnections = 10_000
    /// From a request's head to the end of its body.
    var requestDeadline = Duration.seconds(20)
    /// How long a connection may say nothing.
    var idleTimeout = Duration.seconds(60)

    /// Who may make an account.
    var signUp = AuthorityConfiguration.SignUpPolicy.open
    /// Where the invitation is.
    var invitationFile: String?
    /// Its content. Secret.
    var invitation: String?
    var accessTokenLifetime = Duration.seconds(3_600)
    var codeLifetime = Duration.seconds(60)
    var reuseLeeway = Duration.zero
    var refreshIdleLifetime = Duration.seconds(30 * 86_400)
    var refreshLifetime = Duration.seconds(365 * 86_400)
    var clockLeeway = Duration.seconds(60)
    var skipsConsent = true
    var apiKeyLimit: Int?
    var clientLimit: Int?
    /// How many requests of a client the API answers; `nil` for any number.
    var rateLimits: RateQuotas?
    var signatureAlgorithm = SignatureAlgorithm.es256
    var signingKeyLifetime = Duration.seconds(90 * 86_400)

    var logLevel = Logger.Level.info
    var logFormat = LogFormat.text

    /// Whether it speaks TLS itself.
    var speaksTLS: Bool { tlsCertificate != nil && tlsKey != nil }

    /// The origins that hold when the server listens on `port`. Values that are no URLs count as absent; `check` complains about them.
    func origins(port: Int) -> Origins {
        let own = Origin(scheme: speaksTLS ? .https : .http, host: hostForURL, port: port)
        let auth = authURL.flatMap { Origin($0) } ?? own
        return Origins(
            auth: auth, api: apiURL.flatMap { Origin($0) } ?? auth, app: appURL.flatMap { Origin($0) } ?? auth)
    }

    /// The authority's part.
    func authorityConfiguration(origins: Origins) -> AuthorityConfiguration {
        var configuration = AuthorityConfiguration(issuer: origins.auth.text, audience: origins.api.text)
        configuration.accessTokenLifetime = accessTokenLifetime
        configuration.codeLifetime = codeLifetime
        configuration.refreshIdleLifetime = refreshIdleLifetime
        configuration.refreshLifetime = refreshLifetime
        configuration.reuseLeeway = reuseLeeway
        configuration.clockLeeway = clockLeeway
        configuration.signUpPolicy = signUp
        configuration.invitation = invitation
        configuration.skipsConsentForConfidentialClients = skipsConsent
        configuration.apiKeyLimit = apiKeyLimit
        configuration.clientLimit = clientLimit
        configuration.rateLimits = rateLimits
        configuration.signatureAlgorithm = signatureAlgorithm
        configuration.signingKeyLifetime = signingKeyLifetime
        return configuration
    }

    /// Whether only this machine can reach what is listened on.
    var listensOnLoopbackOnly: Bool { Self.isLoopback(host) }

    /// Whether a host name or address means this machine. A name below `localhost` does in every browser.
    /// - Source: RFC 6761 §6.3.
    static func isLoopback(_ host: String) -> Bool {
        let host = host.hasPrefix("[") && host.hasSuffix("]") ? String(host.dropFirst().dropLast()) : host
        return host == "localhost" || host.hasSuffix(".localhost") || host == "::1" || host.hasPrefix("127.")
    }

    // "All addresses" is nothing that a browser can open.
    private var hostForURL: String {
        switch host {
        case "0.0.0.0", "::", "": "localhost"
        default: host.contains(":") ? "[\(host)]" : host
        }
    }
}
