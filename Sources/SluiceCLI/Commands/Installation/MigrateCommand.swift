import ArgumentParser
import SluiceSQLite

/// `sluice migrate`.
struct MigrateCommand: DataCommand {
    static let configuration = CommandConfiguration(
        commandName: "migrate", abstract: "Bring the database's schema up to date.",
        discussion: """
            `serve` and every other command do this by themselves; run it alone to have it done before a rollout. Of several processes \
            that start together one migrates and the others wait. A newer binary's database is refused and left alone (exit code 77).
            """)

    @OptionGroup var common: CommonOptions

    func perform(in surroundings: Surroundings) async throws -> Outcome {
        let settings = try await common.settings(surroundings)
        return try await Installation.with(settings, creates: true, in: surroundings) { installation in
            let version = try await installation.store.schemaVersion()
            surroundings.output.show(
                Report(
                    json: .object([
                        ("data", .string(installation.folder.path)), ("schema", .integer(version)),
                        ("newest", .integer(SQLiteStore.newestSchemaVersion)),
                    ]),
                    text:
                        "The database in \(installation.folder.path) has schema \(version), the newest this binary knows."
                ),
                asJSON: common.json)
            return .ok
        }
    }
}
