import ArgumentParser
import SluiceServer

/// `sluice config`.
struct ConfigCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "config", abstract: "Look at the settings.", subcommands: [ConfigCheckCommand.self])
}

/// `sluice config check`.
struct ConfigCheckCommand: DataCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Say every setting's value, where it came from, and what is wrong.",
        discussion: """
            Takes the flags of `serve` and reads the same environment and file. Flags win over SLUICE_… variables, these over the file of \
            --config, that over the defaults. Secrets are hidden. The exit code is 78 if `serve` would refuse to start.

              sluice config check --config /etc/sluice.json --port 9000
            """)

    @OptionGroup var common: CommonOptions
    @OptionGroup(title: "Flags of serve") var serve: ServeOptions

    func perform(in surroundings: Surroundings) async throws -> Outcome {
        var resolved = try await ResolvedSettings.read(
            flags: common.flags.merging(serve.flags) { $1 }, environment: surroundings.environment)
        resolved.tryMasterKey()
        surroundings.output.show(Self.report(resolved), asJSON: common.json)
        return resolved.errors.isEmpty ? .ok : .misconfigured
    }

    private static func report(_ resolved: ResolvedSettings) -> Report {
        var table = Table(["Setting", "Value", "From"])
        var settings: [JSON] = []
        for setting in Setting.all {
            let found = resolved.found[setting]
            let value = setting == .masterKey ? found.map { _ in "(hidden)" } : found?.value?.text
            let source = found?.source ?? .standard
            let origin: String =
                switch source {
                case .flag: "flag \(setting.flag)"
                case .environment: "environment \(setting.variable)"
                case .file: "file \(resolved.found[.config]?.value?.text ?? "")"
                case .standard: "default"
                }
            table.add([setting.name, value ?? derived(setting, resolved.settings) ?? setting.standard, origin])
            settings.append(
                .object([
                    ("name", .string(setting.name)),
                    (
                        "value",
                        setting == .masterKey
                            ? .optional(value) : found?.value?.json ?? standard(setting, resolved.settings)
                    ),
                    ("source", .string(source.rawValue)),
                    ("flag", setting.places == .environment ? .null : .string(setting.flag)),
                    ("variable", .string(setting.variable)),
                ]))
        }
        let problems = resolved.problems.map { problem in
            JSON.object([
                ("severity", .string(problem.severity.rawValue)), ("setting", .optional(problem.setting)),
                ("message", .string(problem.message)),
            ])
        }
        let verdict = resolved.problems.map { "\($0.severity == .error ? "Error" : "Warning"): \($0.message)" }
        return Report(
            json: .object([
                ("ok", .bool(resolved.errors.isEmpty)), ("settings", .array(settings)), ("problems", .array(problems)),
            ]),
            text: table.text(empty: "") + "\n\n"
                + (verdict.isEmpty ? "Nothing is wrong." : verdict.joined(separator: "\n")))
    }

    /// What holds for a setting that follows from others.
    private static func derived(_ setting: Setting, _ settings: Settings) -> String? {
        let origins = settings.origins(port: settings.port)
        return switch setting {
        case .authURL: origins.auth.text
        case .apiURL: origins.api.text
        case .appURL: origins.app.text
        default: nil
        }
    }

    private static func standard(_ setting: Setting, _ settings: Settings) -> JSON {
        if let derived = derived(setting, settings) { return .string(derived) }
        switch setting.form {
        case .integer, .span: return Int(setting.standard).map(JSON.integer) ?? .null
        case .toggle: return .bool(setting.standard == "true")
        case .list: return .array([])
        case .text, .choice:
            let isAbsent = setting.standard == "none" || setting == .masterKeyFile
            return isAbsent ? .null : .string(setting.standard)
        }
    }
}
