import ArgumentParser

/// The flags about log lines, which `serve` and `sandbox` share.
struct LogOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "How much is logged: trace, debug, info, notice, warning, error or critical (default: info).",
            valueName: "level"),
        completion: .list(["trace", "debug", "info", "notice", "warning", "error", "critical"]))
    var logLevel: String?

    @Option(
        help: ArgumentHelp("How log lines look: text or json (default: text).", valueName: "format"),
        completion: .list(["text", "json"]))
    var logFormat: String?

    /// What was given, by setting.
    var flags: [Setting: SettingValue] {
        var flags: [Setting: SettingValue] = [:]
        flags[.logLevel] = logLevel.map { .text($0) }
        flags[.logFormat] = logFormat.map { .text($0) }
        return flags
    }
}
