import Logging
import SluiceAuthority
import SluicePosting
import SluiceSQLite
import SluiceServer

/// An opened installation: its folder, its database, and the authority and posting over it.
///
/// Commands open the database themselves instead of asking a server: they work whether or not one runs, and a running one follows what
/// they change.
struct Installation: Sendable {
    /// The folder.
    let folder: DataFolder
    /// The database.
    let store: SQLiteStore
    /// The authority over it.
    let authority: Authority
    /// Channels and posts in it.
    let posting: Posting

    /// Opens the installation that the settings name.
    /// - Parameter creates: Whether a missing one is made.
    static func open(
        _ settings: Settings, creates: Bool, in surroundings: Surroundings,
        configuration: AuthorityConfiguration? = nil,
        logger: Logger? = nil, count: @escaping @Sendable (AuthorityCount) -> Void = { _ in },
        onCommit: (@Sendable (Int) -> Void)? = nil
    ) async throws -> Installation {
        let folder = DataFolder(path: settings.data)
        var made: Set<DataFolder.Novelty> = []
        if try folder.prepare(creates: creates) { made.insert(.folder) }
        let (masterKey, isFresh) = try folder.masterKey(from: settings.masterKey, creates: creates)
        if isFresh { made.insert(.masterKey) }
        if try FileMode(folder.databasePath) == nil {
            guard creates else {
                throw Failure(
                    .notFound, "There is no database in \(folder.path).",
                    next:
                        "Name the installation's folder with --data or SLUICE_DATA, or make a new one with `sluice serve`."
                )
            }
            made.insert(.database)
        }
        for exposure in try folder.exposures(masterKey: settings.masterKey) {
            say("Warning: \(exposure)", settings, logger, surroundings)
        }
        let store = try await SQLiteStore.open(path: folder.databasePath, onCommit: onCommit)
        do {
            let authority = try await Authority(
                store: store, masterKey: masterKey,
                configuration: configuration
                    ?? settings.authorityConfiguration(origins: settings.origins(port: settings.port)),
                environment: AuthorityEnvironment(
                    now: surroundings.now, logger: logger ?? quietLogger(surroundings), count: count))
            if let announcement = folder.announcement(made) { say(announcement, settings, logger, surroundings) }
            let posting = Posting(
                store: store,
                environment: PostingEnvironment(
                    now: surroundings.now, report: { words in (logger ?? quietLogger(surroundings)).error("\(words)") }))
            return Installation(folder: folder, store: store, authority: authority, posting: posting)
        } catch {
            try? await store.close()
            throw error
        }
    }

    /// Tells the operator something. Who reads a server's log as JSON lines must find nothing else between them.
    private static func say(_ words: String, _ settings: Settings, _ logger: Logger?, _ surroundings: Surroundings) {
        guard let logger, settings.logFormat == .json else { return surroundings.output.note(words) }
        logger.warning("\(words)")
    }

    /// Opens it, does the work, closes it.
    static func with<Value>(
        _ settings: Settings, creates: Bool = false, in surroundings: Surroundings,
        configuration: AuthorityConfiguration? = nil, _ work: (Installation) async throws -> Value
    ) async throws -> Value {
        let installation = try await open(settings, creates: creates, in: surroundings, configuration: configuration)
        do {
            let value = try await work(installation)
            try await installation.store.close()
            return value
        } catch {
            try? await installation.store.close()
            throw error
        }
    }

    /// Waits until every server on this folder refuses what was just cut off.
    ///
    /// They look for changes every `changePollInterval`. Half an interval more, so that "the command returned" means "it is refused", not
    /// "it will be".
    func waitForServers(_ surroundings: Surroundings) async throws {
        try await surroundings.pause(authority.configuration.changePollInterval * 3 / 2)
    }

    /// For commands: only what the person at the terminal should know.
    private static func quietLogger(_ surroundings: Surroundings) -> Logger {
        Logger(label: "sluice") { label in TextLogHandler(label: label, level: .warning, sink: surroundings.logSink) }
    }
}
