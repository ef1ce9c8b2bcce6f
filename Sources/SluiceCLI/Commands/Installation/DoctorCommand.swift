import ArgumentParser

/// `sluice doctor`.
struct DoctorCommand: DataCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor", abstract: "Look an installation over and say what to do about what is wrong.",
        discussion: """
            Looks at the data folder's permissions, the master key, the database's integrity, schema and durability, the signing keys, the \
            clock, the free space and the settings. A server may run meanwhile. The exit code is 1 if something fails.
            """)

    @OptionGroup var common: CommonOptions

    func perform(in surroundings: Surroundings) async throws -> Outcome {
        let resolved = try await ResolvedSettings.read(flags: common.flags, environment: surroundings.environment)
        let examination = await Examination.of(resolved, in: surroundings)
        surroundings.output.show(examination.report, asJSON: common.json)
        return examination.isHealthy ? .ok : .failed
    }
}
