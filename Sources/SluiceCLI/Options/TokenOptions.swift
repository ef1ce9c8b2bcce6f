import ArgumentParser

/// The flags that say how long what lives, which `serve` and `sandbox` share.
struct TokenOptions: ParsableArguments {
    @Option(help: ArgumentHelp("How long access tokens live (default: 3600; 1 to 86400).", valueName: "span"))
    var accessTokenLifetime: String?

    @Option(help: ArgumentHelp("How long authorization codes live (default: 60; 1 to 600).", valueName: "span"))
    var codeLifetime: String?

    @Option(
        help: ArgumentHelp(
            "For how long a client that lost the answer may present its last refresh token again (default: 0, Buffer's rule).",
            valueName: "span"))
    var reuseLeeway: String?

    @Option(
        help: ArgumentHelp("A refresh token that is not used for this long ends (default: 30d).", valueName: "span"))
    var refreshIdleLifetime: String?

    @Option(
        help: ArgumentHelp(
            "A grant's refresh tokens end this long after its approval (default: 365d).", valueName: "span"))
    var refreshLifetime: String?

    @Option(
        help: ArgumentHelp(
            "How far clocks may differ (default: 60, the most; never more than a 60th of access-token-lifetime).",
            valueName: "span"))
    var clockLeeway: String?

    @Flag(
        inversion: .prefixedNo,
        help:
            "Whether a confidential app whose access was approved before is sent on without asking again (default: true)."
    )
    var skipConsent: Bool?

    @Option(
        help: ArgumentHelp("How new signing keys sign: ES256, EdDSA or RS256 (default: ES256).", valueName: "name"),
        completion: .list(["ES256", "EdDSA", "RS256"]))
    var signatureAlgorithm: String?

    @Option(
        help: ArgumentHelp(
            "A signing key signs for this long before the next one takes over (default: 90d).", valueName: "span"))
    var signingKeyLifetime: String?

    /// What was given, by setting.
    var flags: [Setting: SettingValue] {
        let texts: [(Setting, String?)] = [
            (.accessTokenLifetime, accessTokenLifetime), (.codeLifetime, codeLifetime), (.reuseLeeway, reuseLeeway),
            (.refreshIdleLifetime, refreshIdleLifetime), (.refreshLifetime, refreshLifetime),
            (.clockLeeway, clockLeeway), (.signatureAlgorithm, signatureAlgorithm),
            (.signingKeyLifetime, signingKeyLifetime),
        ]
        var flags: [Setting: SettingValue] = [:]
        for (setting, text) in texts { flags[setting] = text.map { .text($0) } }
        flags[.skipConsent] = skipConsent.map { .toggle($0) }
        return flags
    }
}
