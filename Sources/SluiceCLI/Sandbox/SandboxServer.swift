import Foundation
import Logging
import ServiceLifecycle
import SluiceAuthority
import SluicePosting
import SluiceSQLite
import SluiceServer
import UnixSignals

/// Puts a sandbox together and runs it until the process is told to stop, or until its command has ended.
struct SandboxServer {
    /// The settings, checked.
    let settings: Settings
    /// What it holds at the start.
    let fixture: Fixture
    /// Where the environment is written to.
    let envFile: String?
    /// Whether what is printed is JSON.
    let asJSON: Bool
    /// What is run in it; empty for nothing.
    let command: [String]
    /// The world.
    let surroundings: Surroundings

    /// - Returns: The status of the command; 0 without one.
    func run() async throws -> Int32 {
        let makeHandler = LogOutput(settings, sink: surroundings.logSink).makeHandler
        surroundings.bootstrapLogging(makeHandler)
        let logger = Logger(label: "sluice", factory: makeHandler)
        let envFile = try envFile.map { try EnvironmentFile($0) }
        var configuration = ServerConfiguration(
            host: settings.host, port: settings.port, requestDeadline: settings.requestDeadline,
            idleTimeout: settings.idleTimeout, maxConnections: settings.maxConnections)
        // The tokens of the fixture name it, so it is chosen first; held meanwhile, so that nobody else listens there by then.
        let port: HeldPort
        do { port = try FreePort.hold(host: settings.host, port: settings.port) } catch {
            throw Failure.serving(error, at: configuration, kept: "Nothing was started.")
        }
        configuration.port = port.number
        configuration.configuredOrigins = settings.origins(port: configuration.port)
        let clock = SandboxClock(surroundings.now)
        let store = try await SQLiteStore.inMemory()
        let metrics = Metrics()
        let domain = DomainMetrics(metrics)
        let authority = try await Authority(
            store: store, masterKey: Self.masterKey(), configuration: authorityConfiguration(configuration.origins),
            environment: AuthorityEnvironment(now: { clock.now }, logger: logger, count: { domain.note($0) }))
        let posting = Posting(
            store: store,
            environment: PostingEnvironment(now: { clock.now }, report: { logger.error("\($0)") }))
        let world = try await Seeder(authority: authority, posting: posting, clock: clock, random: .system).seed(fixture)
        let (ready, tell) = AsyncStream<Int>.makeStream()
        let server: WebServer
        do {
            server = try WebServer(
                authority: authority, posting: posting, configuration: configuration, metrics: metrics, logger: logger,
                now: { clock.now }, sandbox: Sandbox(clock: clock, names: world.names),
                onReady: { port in
                    tell.yield(port)
                    tell.finish()
                })
        } catch {
            throw Failure(.failed, "The sandbox cannot be put together: \(error)")
        }
        let session = SandboxSession(
            ready: ready, world: world, origins: configuration.origins, envFile: envFile, asJSON: asJSON,
            command: command.isEmpty ? nil : ChildProcess(command, surroundings), surroundings: surroundings)
        warnIfReachable()
        port.release()
        do { try await serve(server, session, logger) } catch {
            try? await store.close()
            throw Failure.serving(error, at: configuration, kept: "Nothing was started.")
        }
        try await store.close()
        return session.status
    }

    private func serve(_ server: WebServer, _ session: SandboxSession, _ logger: Logger) async throws {
        // Signals are the command's, if there is one: it decides when all of this ends.
        let trapped: [UnixSignal] = surroundings.trapsSignals && command.isEmpty ? [.sigterm, .sigint] : []
        var group = ServiceGroupConfiguration(
            services: [
                .init(service: server),
                .init(
                    service: session, successTerminationBehavior: command.isEmpty ? .ignore : .gracefullyShutdownGroup),
            ], gracefulShutdownSignals: trapped, logger: logger)
        group.maximumGracefulShutdownDuration = .seconds(5)
        do { try await ServiceGroup(configuration: group).run() } catch is CancellationError {}
    }

    private func authorityConfiguration(_ origins: Origins) -> AuthorityConfiguration {
        var configuration = settings.authorityConfiguration(origins: origins)
        configuration.passwordCost = .minimal
        // There is one process, so nobody else changes anything; and a clock that is moved must not look like a lost database.
        configuration.changePollInterval = .seconds(1)
        configuration.stalenessBound = .seconds(200 * 366 * 86_400)
        return configuration
    }

    private static func masterKey() throws -> MasterKey {
        guard let key = MasterKey(bytes: RandomSource.system.bytes(32)) else {
            throw Failure(.failed, "No master key could be made.")
        }
        return key
    }

    private func warnIfReachable() {
        guard !settings.listensOnLoopbackOnly else { return }
        surroundings.output.note(
            """
            WARNING: this sandbox listens on \(settings.host), beyond this machine. Whoever reaches it can be anyone in it, without a \
            password. Leave --host away unless a private network of tests is all there is.
            """)
    }
}

/// What happens once a sandbox is ready: the lines are told, and the command is run.
private struct SandboxSession: ServiceLifecycle.Service {
    let ready: AsyncStream<Int>
    let world: SeededWorld
    let origins: Origins
    let envFile: EnvironmentFile?
    let asJSON: Bool
    let command: ChildProcess?
    let surroundings: Surroundings
    private let result = ResultBox()

    init(
        ready: AsyncStream<Int>, world: SeededWorld, origins: Origins, envFile: EnvironmentFile?, asJSON: Bool,
        command: ChildProcess?, surroundings: Surroundings
    ) {
        self.ready = ready
        self.world = world
        self.origins = origins
        self.envFile = envFile
        self.asJSON = asJSON
        self.command = command
        self.surroundings = surroundings
    }

    /// What the process ends with.
    var status: Int32 { result.status }

    func run() async throws {
        guard let port = await ready.first(where: { _ in true }) else { return }
        let environment = SandboxEnvironment(world, origins: origins)
        try envFile?.append(environment.fileText)
        surroundings.output.note(
            "Sluice sandbox at \(origins.app.text): nothing in it is real, and it is gone when it stops.")
        guard let command else {
            let json = SandboxReport.json(world, environment, origins: origins, port: port)
            surroundings.output.line(asJSON ? json.text : environment.shellText)
            return
        }
        result.status = try await command.run(adding: environment.variables, insteadOf: environment.names)
    }
}
