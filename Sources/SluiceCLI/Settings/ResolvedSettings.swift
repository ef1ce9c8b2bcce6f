import Foundation
import Logging
import SluiceAuthority
import SluiceOAuth

/// The settings, where each came from, and what is wrong with them.
struct ResolvedSettings: Sendable {
    /// The typed values; a value that is wrong is replaced by its default.
    let settings: Settings
    /// Where each value came from.
    let found: [Setting: SettingsReader.Found]
    /// What is wrong or deserves a thought.
    private(set) var problems: [SettingProblem]

    /// Reads and checks all settings.
    /// - Throws: `Failure` if the configuration file cannot be read.
    static func read(flags: [Setting: SettingValue], environment: [String: String]) async throws -> ResolvedSettings {
        let reader = try await SettingsReader(flags: flags, environment: environment)
        var settings = Settings()
        settings.apply(reader.found)
        var problems = reader.problems
        problems += settings.readInvitation()
        problems += settings.check(reader.found)
        return ResolvedSettings(settings: settings, found: reader.found, problems: problems)
    }

    /// What keeps `serve` from starting.
    var errors: [SettingProblem] { problems.filter { $0.severity == .error } }

    /// Looks also at what stands behind the master key's settings. Other commands do that when they open the installation, and say
    /// more precisely what is wrong by their exit code.
    mutating func tryMasterKey() {
        let setting: Setting
        let masterKey: MasterKeySource = settings.masterKey
        switch masterKey {
        case .dataFolder: return
        case .file: setting = .masterKeyFile
        case .text: setting = .masterKey
        }
        do { _ = try DataFolder(path: settings.data).masterKey(from: masterKey, creates: false) } catch {
            problems.append(
                SettingProblem(
                    severity: .error, setting: setting.name, source: found[setting]?.source,
                    message: Failure(error).what))
        }
    }

    /// Stops a command whose settings are wrong.
    /// - Parameter sharedOnly: Look only at what every command needs: a wrong port must not keep anyone from revoking a key.
    func refuseErrors(sharedOnly: Bool) throws {
        let shared = Set(Setting.all.filter(\.isShared).map(\.name))
        let errors = sharedOnly ? errors.filter { $0.setting.map(shared.contains) ?? false } : errors
        guard !errors.isEmpty else { return }
        let isUsage = errors.allSatisfy { $0.source == .flag }
        throw Failure(
            isUsage ? .usage : .misconfigured, errors.map(\.message).joined(separator: " "),
            next: "`sluice config check` shows every setting and where it came from.")
    }
}

extension Settings {
    /// Takes over what was found.
    fileprivate mutating func apply(_ found: [Setting: SettingsReader.Found]) {
        func text(_ setting: Setting) -> String? {
            if case .text(let text)? = found[setting]?.value { text } else { nil }
        }
        func integer(_ setting: Setting) -> Int? {
            if case .integer(let number)? = found[setting]?.value { number } else { nil }
        }
        func list(_ setting: Setting) -> [String] {
            if case .list(let items)? = found[setting]?.value { items } else { [] }
        }
        func span(_ setting: Setting, _ standard: Duration) -> Duration {
            integer(setting).map { .seconds($0) } ?? standard
        }

        data = text(.data) ?? data
        if let key = text(.masterKey) {
            masterKey = .text(key)
        } else if let path = text(.masterKeyFile) {
            masterKey = .file(path)
        }
        host = text(.host) ?? host
        port = integer(.port) ?? port
        authURL = text(.authURL)
        apiURL = text(.apiURL)
        appURL = text(.appURL)
        tlsCertificate = text(.tlsCertificate)
        tlsKey = text(.tlsKey)
        trustedProxies = list(.trustedProxy)
        corsOrigins = list(.corsOrigin)
        maxConnections = integer(.maxConnections) ?? maxConnections
        requestDeadline = span(.requestDeadline, requestDeadline)
        idleTimeout = span(.idleTimeout, idleTimeout)
        signUp = text(.signUp).flatMap { AuthorityConfiguration.SignUpPolicy(rawValue: $0) } ?? signUp
        invitationFile = text(.invitationFile)
        accessTokenLifetime = span(.accessTokenLifetime, accessTokenLifetime)
        codeLifetime = span(.codeLifetime, codeLifetime)
        reuseLeeway = span(.reuseLeeway, reuseLeeway)
        refreshIdleLifetime = span(.refreshIdleLifetime, refreshIdleLifetime)
        refreshLifetime = span(.refreshLifetime, refreshLifetime)
        clockLeeway = span(.clockLeeway, clockLeeway)
        if case .toggle(let value)? = found[.skipConsent]?.value { skipsConsent = value }
        apiKeyLimit = integer(.apiKeyLimit)
        clientLimit = integer(.clientLimit)
        rateLimits = text(.rateLimits).flatMap { RateQuotas($0) }
        signatureAlgorithm =
            text(.signatureAlgorithm).flatMap { SignatureAlgorithm(rawValue: $0) } ?? signatureAlgorithm
        signingKeyLifetime = span(.signingKeyLifetime, signingKeyLifetime)
        logLevel = text(.logLevel).flatMap { Logger.Level(rawValue: $0) } ?? logLevel
        logFormat = text(.logFormat).flatMap { LogFormat(rawValue: $0) } ?? logFormat
    }

    /// Reads the invitation, which is a secret and therefore in a file of its own.
    fileprivate mutating func readInvitation() -> [SettingProblem] {
        guard let path = invitationFile else { return [] }
        func problem(_ message: String) -> [SettingProblem] {
            [SettingProblem(severity: .error, setting: Setting.invitationFile.name, source: nil, message: message)]
        }
        guard let content = try? FileContent.read(path, limitInBytes: 1_024) else {
            return problem("The invitation file \(path) cannot be read.")
        }
        let text = String(decoding: content, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
        guard !text.isEmpty, content.count <= 1_024 else {
            return problem("The invitation file \(path) is empty or longer than 1,024 bytes.")
        }
        invitation = text
        return []
    }
}
