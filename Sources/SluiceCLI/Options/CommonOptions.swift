import ArgumentParser

/// The flags that every command has which works on a data folder.
struct CommonOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The folder that holds the installation (default: ./sluice-data; environment: SLUICE_DATA).",
            valueName: "dir"),
        completion: .directory)
    var data: String?

    @Option(
        help: ArgumentHelp(
            "The file that holds the master key, where it is kept outside the data folder (environment: SLUICE_MASTER_KEY_FILE, "
                + "or the key itself in SLUICE_MASTER_KEY).", valueName: "file"),
        completion: .file())
    var masterKeyFile: String?

    @Option(
        help: ArgumentHelp("A JSON file with settings (environment: SLUICE_CONFIG).", valueName: "file"),
        completion: .file(extensions: ["json"]))
    var config: String?

    @Flag(help: "Answer as one line of JSON; errors too, on standard error.")
    var json = false

    /// What was given, by setting.
    var flags: [Setting: SettingValue] {
        var flags: [Setting: SettingValue] = [:]
        flags[.data] = data.map { .text($0) }
        flags[.masterKeyFile] = masterKeyFile.map { .text($0) }
        flags[.config] = config.map { .text($0) }
        return flags
    }

    /// The settings of a command that does not serve.
    func settings(_ surroundings: Surroundings) async throws -> Settings {
        let resolved = try await ResolvedSettings.read(flags: flags, environment: surroundings.environment)
        try resolved.refuseErrors(sharedOnly: true)
        return resolved.settings
    }
}
