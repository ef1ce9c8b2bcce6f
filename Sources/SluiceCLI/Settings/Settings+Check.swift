import Foundation
import SluiceAuthority
import SluiceServer

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

extension Settings {
    /// What is wrong with values that have the right form, alone and together.
    func check(_ found: [Setting: SettingsReader.Found]) -> [SettingProblem] {
        var check = Check(settings: self, found: found)
        check.masterKey()
        check.urls()
        check.tls()
        check.proxies()
        check.reach()
        check.signUp()
        check.lifetimes()
        check.rateLimits()
        return check.problems
    }

    private struct Check {
        let settings: Settings
        let found: [Setting: SettingsReader.Found]
        var problems: [SettingProblem] = []

        mutating func error(_ setting: Setting, _ message: String) { add(.error, setting, message) }
        mutating func warn(_ setting: Setting, _ message: String) { add(.warning, setting, message) }

        private mutating func add(_ severity: SettingProblem.Severity, _ setting: Setting, _ message: String) {
            problems.append(
                SettingProblem(
                    severity: severity, setting: setting.name, source: found[setting]?.source, message: message))
        }

        mutating func masterKey() {
            if found[.masterKey] != nil, found[.masterKeyFile] != nil {
                error(
                    .masterKeyFile,
                    "Both SLUICE_MASTER_KEY and master-key-file are given. Only one of them can be right: remove the other."
                )
            }
        }

        mutating func urls() {
            for (setting, text) in [
                (Setting.authURL, settings.authURL), (.apiURL, settings.apiURL), (.appURL, settings.appURL),
            ] {
                guard let text else { continue }
                guard let origin = Origin(text) else {
                    error(
                        setting,
                        "“\(Printable.line(text))” is not an address for \(setting.name): write https://host, https://host:port or "
                            + "https://host/path, without user, query and fragment.")
                    continue
                }
                if !origin.isSecure, !Settings.isLoopback(origin.host) {
                    warn(
                        setting,
                        "\(setting.name) is \(origin.text): without TLS, passwords and tokens cross the network readable, and clients "
                            + "refuse the issuer (RFC 8414 §2). Use https, by a proxy or by tls-certificate and tls-key."
                    )
                }
                if settings.speaksTLS, !origin.isSecure {
                    error(
                        setting,
                        "\(setting.name) is \(origin.text), but the server speaks TLS on its port. Write https.")
                }
                if origin.isSecure, !settings.speaksTLS, settings.trustedProxies.isEmpty {
                    warn(
                        setting,
                        "\(setting.name) is \(origin.text), but the server does not speak TLS and trusts no proxy. Give tls-certificate "
                            + "and tls-key, or the proxy's address as trusted-proxy: otherwise everybody seems to come from the proxy."
                    )
                }
            }
        }

        mutating func tls() {
            switch (settings.tlsCertificate, settings.tlsKey) {
            case (nil, nil): return
            case (.some, nil): return error(.tlsCertificate, "tls-certificate is given without tls-key.")
            case (nil, .some): return error(.tlsKey, "tls-key is given without tls-certificate.")
            case (.some(let certificate), .some(let key)):
                for (setting, path) in [(Setting.tlsCertificate, certificate), (.tlsKey, key)]
                where access(path, R_OK) != 0 {
                    error(setting, "The file \(path) of \(setting.name) cannot be read: \(SystemError.last.words).")
                }
                if let mode = try? FileMode(key), mode.isOpenToEverybody {
                    warn(
                        .tlsKey,
                        "Everybody on this machine can read \(key) (mode \(mode.text)). Close it: chmod 600 \(key)")
                }
            }
        }

        mutating func proxies() {
            do { _ = try TrustedProxies(cidrs: settings.trustedProxies) } catch {
                self.error(.trustedProxy, "trusted-proxy: \(error)")
            }
            for text in settings.corsOrigins {
                guard let origin = Origin(text), origin.prefix.isEmpty, origin.text == text else {
                    error(
                        .corsOrigin,
                        "“\(Printable.line(text))” is not an origin as browsers write it: https://app.example, without a slash at its end."
                    )
                    continue
                }
            }
        }

        mutating func reach() {
            guard !settings.listensOnLoopbackOnly else { return }
            if !settings.speaksTLS, settings.trustedProxies.isEmpty {
                warn(
                    .host,
                    "The server listens on \(settings.host), beyond this machine, without TLS and without a trusted proxy: passwords and "
                        + "tokens can be read on the way.")
            }
            if settings.authURL == nil, ["0.0.0.0", "::", ""].contains(settings.host) {
                warn(
                    .host,
                    "The server listens on every address, but auth-url is not given, so pages and tokens name "
                        + "\(settings.origins(port: settings.port).auth.text), which works on this machine alone.")
            }
        }

        mutating func signUp() {
            switch settings.signUp {
            case .invite:
                if settings.invitationFile == nil {
                    error(.signUp, "sign-up is invite, but no invitation-file says what the invitation is.")
                }
            case .open, .closed:
                if settings.invitationFile != nil {
                    warn(.invitationFile, "invitation-file has no effect unless sign-up is invite.")
                }
            }
            if settings.signUp == .open, !settings.listensOnLoopbackOnly {
                warn(
                    .signUp,
                    "sign-up is open: whoever reaches the server can make an account. Choose invite or closed if that is not meant."
                )
            }
        }

        mutating func rateLimits() {
            guard case .text(let text)? = found[.rateLimits]?.value, text != Setting.rateLimits.standard else { return }
            guard let quotas = RateQuotas(text) else {
                return error(
                    .rateLimits,
                    "“\(Printable.line(text))” says no limits: write off, or for each window how many requests, such as "
                        + "100/15m,250/24h,3000/30d. The windows are 15m, 24h and 30d, each once at the most.")
            }
            for (shorter, longer) in zip(quotas.policies, quotas.policies.dropFirst()) where shorter.quota > longer.quota {
                warn(
                    .rateLimits,
                    "rate-limits lets more requests into \(shorter.window.rawValue) than into \(longer.window.rawValue), so the limit of "
                        + "\(shorter.window.rawValue) never says no.")
            }
        }

        mutating func lifetimes() {
            if settings.refreshIdleLifetime > settings.refreshLifetime {
                warn(
                    .refreshIdleLifetime,
                    "refresh-idle-lifetime is longer than refresh-lifetime, which ends every grant first.")
            }
            if settings.accessTokenLifetime > settings.refreshLifetime {
                error(
                    .accessTokenLifetime,
                    "access-token-lifetime is longer than refresh-lifetime: tokens would outlive their grant.")
            }
            if settings.codeLifetime > .seconds(60) {
                warn(
                    .codeLifetime,
                    "code-lifetime is above 60 seconds: Buffer's codes live 60, and a stolen one is good for longer.")
            }
            if settings.reuseLeeway > .zero {
                warn(
                    .reuseLeeway,
                    "reuse-leeway is above 0: for that long a stolen refresh token can be used beside the app. Buffer's rule is 0."
                )
            }
        }
    }
}
