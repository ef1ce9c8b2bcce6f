import Foundation
import SluiceServer
import Testing

@testable import SluiceCLI

@Suite("Settings: sources, precedence, checks")
struct SettingsTests {
    private func resolve(
        _ flags: [Setting: SettingValue] = [:], _ environment: [String: String] = [:], file: String? = nil
    ) async throws -> ResolvedSettings {
        let bed = try TestBed()
        var flags = flags
        if let file { flags[.config] = .text(try bed.write("sluice.json", file)) }
        return try await ResolvedSettings.read(flags: flags, environment: environment)
    }

    @Test(arguments: [
        (true, true, true, SettingSource.flag, 1001), (false, true, true, .environment, 1002),
        (false, false, true, .file, 1003),
        (false, false, false, .standard, 8080), (true, false, true, .flag, 1001), (true, true, false, .flag, 1001),
    ])
    func `flags win over the environment, that over the file, that over the default`(
        flag: Bool, environment: Bool, file: Bool, source: SettingSource, port: Int
    ) async throws {
        let resolved = try await resolve(
            flag ? [.port: .text("1001")] : [:], environment ? ["SLUICE_PORT": "1002"] : [:],
            file: file ? #"{"port": 1003}"# : "{}")
        #expect(resolved.settings.port == port)
        #expect((resolved.found[.port]?.source ?? .standard) == source)
        #expect(resolved.problems.isEmpty)
    }

    @Test func `each setting can be given by its variable and in the file, by its one name`() async throws {
        for setting in Setting.all where setting.places == .all && setting.form != .text && setting.form != .list {
            let text: String
            let json: String
            switch setting.form {
            case .integer(let range), .span(let range): (text, json) = ("\(range.upperBound)", "\(range.upperBound)")
            case .choice(let words): (text, json) = (words[1], "\"\(words[1])\"")
            case .toggle: (text, json) = ("false", "false")
            case .text, .list: continue
            }
            let byVariable = try await resolve([:], [setting.variable: text])
            #expect(byVariable.found[setting]?.source == .environment, "\(setting.name)")
            let byFile = try await resolve(file: "{\"\(setting.name)\": \(json)}")
            #expect(byFile.found[setting]?.source == .file, "\(setting.name)")
            #expect(byFile.found[setting]?.value == byVariable.found[setting]?.value, "\(setting.name)")
        }
    }

    @Test func `spans are seconds or carry a unit, from every source`() async throws {
        #expect(try await resolve([.accessTokenLifetime: .text("2h")]).settings.accessTokenLifetime == .seconds(7_200))
        #expect(
            try await resolve([:], ["SLUICE_REFRESH_LIFETIME": "90d"]).settings.refreshLifetime == .seconds(90 * 86_400)
        )
        #expect(try await resolve(file: #"{"code-lifetime": "30s"}"#).settings.codeLifetime == .seconds(30))
        #expect(try await resolve(file: #"{"code-lifetime": 31}"#).settings.codeLifetime == .seconds(31))
    }

    @Test func `lists come as repeated flags, with commas in the environment, or as a list in the file`() async throws {
        let expected = ["10.0.0.0/8", "::1"]
        #expect(try await resolve([.trustedProxy: .list(expected)]).settings.trustedProxies == expected)
        #expect(try await resolve([:], ["SLUICE_TRUSTED_PROXY": "10.0.0.0/8,::1"]).settings.trustedProxies == expected)
        #expect(
            try await resolve(file: #"{"trusted-proxy": ["10.0.0.0/8", "::1"]}"#).settings.trustedProxies == expected)
        #expect(try await resolve(file: #"{"trusted-proxy": "::1"}"#).settings.trustedProxies == ["::1"])
    }

    @Test func `an empty variable counts as absent`() async throws {
        let resolved = try await resolve([:], ["SLUICE_PORT": ""])
        #expect(resolved.settings.port == 8080)
        #expect(resolved.problems.isEmpty)
    }

    @Test(arguments: [
        (Setting.accessTokenLifetime, "0"), (.accessTokenLifetime, "86401"), (.codeLifetime, "0"),
        (.codeLifetime, "601"),
        (.port, "65536"), (.port, "-1"), (.port, "http"), (.reuseLeeway, "301"), (.clockLeeway, "61"),
        (.logLevel, "loud"),
        (.signUp, "maybe"), (.signatureAlgorithm, "none"), (.signatureAlgorithm, "HS256"), (.skipConsent, "perhaps"),
        (.maxConnections, "0"), (.accessTokenLifetime, "1x"), (.authURL, "ftp://example.com"),
        (.apiURL, "https://u:p@example.com"),
        (.authURL, "https://example.com/?a=b"), (.trustedProxy, "10.0.0.0/40"), (.corsOrigin, "https://app.example/"),
    ])
    func `a value past its rule is an error that names the source, and does not take effect`(
        setting: Setting, text: String
    ) async throws {
        let resolved = try await resolve([:], [setting.variable: text])
        let error = try #require(resolved.errors.first, "\(setting.name) = \(text)")
        #expect(error.setting == setting.name)
        #expect(error.source == .environment)
        #expect(throws: Failure.self) { try resolved.refuseErrors(sharedOnly: false) }
        if setting == .port { #expect(resolved.settings.port == 8080) }
    }

    @Test(arguments: [
        (Setting.accessTokenLifetime, "1"), (.accessTokenLifetime, "86400"), (.codeLifetime, "1"),
        (.codeLifetime, "600"), (.port, "0"),
    ])
    func `a value at the edge of its range is accepted`(setting: Setting, text: String) async throws {
        #expect(try await resolve([setting: .text(text)]).errors.isEmpty)
    }

    @Test func `a misspelt key in the file is an error, a misspelt variable a warning`() async throws {
        let resolved = try await resolve([:], ["SLUICE_PROT": "1"], file: #"{"prot": 1}"#)
        #expect(resolved.errors.map(\.message) == ["“prot” in the configuration file is no setting. Is it misspelt?"])
        #expect(resolved.problems.contains { $0.severity == .warning && $0.message.contains("SLUICE_PROT") })
    }

    @Test func `a member of the file that no setting can have is an error, also where a flag wins over it`() async throws {
        let group = try await resolve(file: #"{"port": {"number": 1}, "trusted-proxy": {}, "host": {"a": {}}}"#)
        #expect(Set(group.errors.compactMap(\.setting)) == ["port", "trusted-proxy", "host"])
        #expect(group.errors.allSatisfy { $0.source == .file })
        let itself = try await resolve(file: #"{"config": "other.json"}"#)
        #expect(itself.errors.first?.message.contains("cannot stand in the file") == true)
        let secret = try await resolve(
            [:], ["SLUICE_MASTER_KEY": Data(repeating: 7, count: 32).base64EncodedString()],
            file: #"{"master-key": "x"}"#)
        #expect(secret.errors.map(\.setting) == ["master-key"])
    }

    @Test func `a name below localhost is this machine, and needs no TLS`() async throws {
        let local = try await resolve([
            .authURL: .text("http://auth.localhost:8080"), .apiURL: .text("http://API.localhost:8080"),
        ])
        #expect(local.problems.isEmpty, "\(local.problems)")
        for other in ["http://localhost.example", "http://notlocalhost"] {
            #expect(try await resolve([.authURL: .text(other)]).problems.count == 1, "\(other)")
        }
    }

    @Test func `the master key is not taken from the file, and never shown`() async throws {
        let secret = Data(repeating: 7, count: 32).base64EncodedString()
        let inFile = try await resolve(file: "{\"master-key\": \"\(secret)\"}")
        #expect(inFile.errors.first?.message.contains("SLUICE_MASTER_KEY") == true)
        #expect(inFile.settings.masterKey == .dataFolder)
        let bed = try TestBed()
        for flag in [["config", "check"], ["config", "check", "--json"]] {
            let run = await bed.run(flag, input: "", environment: ["SLUICE_MASTER_KEY": secret])
            #expect(run.status == .ok)
            #expect(run.output.contains("(hidden)"))
            #expect(!run.output.contains(secret))
        }
    }

    @Test(arguments: [
        (["SLUICE_TLS_CERTIFICATE": "/nowhere.pem"], "tls-certificate is given without tls-key"),
        (["SLUICE_TLS_KEY": "/nowhere.pem"], "tls-key is given without tls-certificate"),
        (["SLUICE_TLS_KEY": "/nowhere.pem", "SLUICE_TLS_CERTIFICATE": "/nowhere.pem"], "cannot be read"),
        (["SLUICE_SIGN_UP": "invite"], "no invitation-file"),
        (["SLUICE_SIGN_UP": "invite", "SLUICE_INVITATION_FILE": "/nowhere"], "cannot be read"),
        (["SLUICE_ACCESS_TOKEN_LIFETIME": "1h", "SLUICE_REFRESH_LIFETIME": "30m"], "outlive"),
        (["SLUICE_MASTER_KEY": "x", "SLUICE_MASTER_KEY_FILE": "/nowhere"], "Only one of them"),
    ])
    func `settings that contradict each other are errors`(environment: [String: String], words: String) async throws {
        let resolved = try await resolve([:], environment)
        #expect(resolved.errors.contains { $0.message.contains(words) }, "\(resolved.errors.map(\.message))")
    }

    @Test(arguments: [
        (["SLUICE_AUTH_URL": "http://auth.example.com"], "without TLS"),
        (["SLUICE_AUTH_URL": "https://auth.example.com"], "trusts no proxy"),
        (["SLUICE_HOST": "0.0.0.0"], "auth-url is not given"),
        (["SLUICE_HOST": "0.0.0.0"], "sign-up is open"),
        (["SLUICE_REUSE_LEEWAY": "10"], "Buffer's rule is 0"),
        (["SLUICE_CODE_LIFETIME": "120"], "above 60 seconds"),
    ])
    func `settings that deserve a thought are warnings, and the server starts`(
        environment: [String: String], words: String
    ) async throws {
        let resolved = try await resolve([:], environment)
        #expect(resolved.errors.isEmpty)
        #expect(resolved.problems.contains { $0.severity == .warning && $0.message.contains(words) })
    }

    @Test func `a proxy in front and https outside is nothing to warn about`() async throws {
        let resolved = try await resolve(
            [:], ["SLUICE_AUTH_URL": "https://auth.example.com", "SLUICE_TRUSTED_PROXY": "127.0.0.1"])
        #expect(resolved.problems.isEmpty)
        let origins = resolved.settings.origins(port: 8080)
        #expect(origins.auth.text == "https://auth.example.com")
        #expect(origins.isSingle)
    }

    @Test func `origins follow host and port until they are given`() async throws {
        #expect(try await resolve([.host: .text("::1")]).settings.origins(port: 9).auth.text == "http://[::1]:9")
        #expect(
            try await resolve([.host: .text("0.0.0.0")]).settings.origins(port: 9).auth.text == "http://localhost:9")
        let split = try await resolve([.apiURL: .text("https://api.example.com")]).settings.origins(port: 8080)
        #expect(split.auth.text == "http://127.0.0.1:8080")
        #expect(split.api.text == "https://api.example.com")
    }

    @Test func `config check says for every setting its value and where it came from`() async throws {
        let bed = try TestBed()
        let file = try bed.write("c.json", #"{"code-lifetime": 30, "trusted-proxy": ["10.0.0.1"]}"#)
        let run = await bed.run(
            "config", "check", "--json", "--config", file, "--port", "9000", environment: ["SLUICE_LOG_FORMAT": "json"])
        #expect(run.status == .ok)
        let json = try run.json()
        #expect(json["ok"] as? Bool == true)
        let settings = try #require(json["settings"] as? [[String: Any]])
        #expect(settings.compactMap { $0["name"] as? String } == Setting.all.map(\.name))
        func row(_ name: String) throws -> [String: Any] {
            try #require(settings.first { $0["name"] as? String == name })
        }
        #expect(try row("port")["value"] as? Int == 9000)
        #expect(try row("port")["source"] as? String == "flag")
        #expect(try row("code-lifetime")["source"] as? String == "file")
        #expect(try row("trusted-proxy")["value"] as? [String] == ["10.0.0.1"])
        #expect(try row("log-format")["source"] as? String == "environment")
        #expect(try row("auth-url")["value"] as? String == "http://127.0.0.1:9000")
        #expect(try row("data")["variable"] as? String == "SLUICE_DATA")
        let text = await bed.run("config", "check", "--config", file, "--port", "9000").output
        #expect(text.contains("flag --port"))
        #expect(text.contains("file \(file)"))
        #expect(text.contains("Nothing is wrong."))
    }

    @Test func `config check exits 78 when serve would refuse to start, serve itself 64 or 78`() async throws {
        let bed = try TestBed()
        #expect(await bed.run("config", "check", "--port", "99999").status == .misconfigured)
        #expect(await bed.run("serve", "--port", "99999").status == .usage)
        #expect(await bed.run("serve", environment: ["SLUICE_PORT": "99999"]).status == .misconfigured)
        #expect(!FileManager.default.fileExists(atPath: bed.data))
    }

    @Test func `a broken server setting does not keep anyone from revoking a key`() async throws {
        let bed = try TestBed()
        try await bed.makeAccount()
        #expect(await bed.run("account", "list", environment: ["SLUICE_PORT": "99999"]).status == .ok)
    }

    @Test(arguments: [
        ("not json", Outcome.misconfigured), ("[1]", .misconfigured), (#"{"a": [1, "b"]}"#, .misconfigured),
    ])
    func `a file that is no settings file is refused with what to do`(content: String, status: Outcome) async throws {
        let bed = try TestBed()
        let run = await bed.run("config", "check", "--config", try bed.write("c.json", content))
        #expect(run.status == status)
        #expect(await bed.run("config", "check", "--config", bed.folder + "/none.json").status == .notFound)
    }
}
