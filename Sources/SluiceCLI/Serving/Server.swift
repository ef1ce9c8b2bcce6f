import Foundation
import Logging
import ServiceLifecycle
import SluiceAuthority
import SluiceSQLite
import SluiceServer
import UnixSignals

/// Puts the rooms together and runs them until the process is told to stop. The only place that knows all of them.
struct Server {
    /// The settings, checked.
    let settings: Settings
    /// What the operator should know about them.
    let warnings: [String]
    /// Whether the ready line is JSON.
    let asJSON: Bool
    /// The world.
    let surroundings: Surroundings

    /// Serves until graceful shutdown.
    func run() async throws {
        let makeHandler = LogOutput(settings, sink: surroundings.logSink).makeHandler
        surroundings.bootstrapLogging(makeHandler)
        let logger = Logger(label: "sluice", factory: makeHandler)
        let configuration = try serverConfiguration()
        let metrics = Metrics()
        let domain = DomainMetrics(metrics)
        let installation = try await Installation.open(
            settings, creates: true, in: surroundings,
            configuration: settings.authorityConfiguration(origins: configuration.origins), logger: logger,
            count: { domain.note($0) }, onCommit: { domain.noteCommit($0) })
        for warning in warnings { logger.warning("\(warning)") }
        do {
            try await serve(installation, configuration, metrics, logger)
        } catch {
            try? await installation.store.close()
            throw explained(error, configuration)
        }
        // Whatever was acknowledged is on the disk already; closing moves the write-ahead log into the file.
        try await installation.store.close()
        logger.info("stopped")
    }

    private func serve(
        _ installation: Installation, _ configuration: ServerConfiguration, _ metrics: Metrics, _ logger: Logger
    ) async throws {
        let server: WebServer
        do {
            server = try WebServer(
                authority: installation.authority, configuration: configuration, metrics: metrics, logger: logger,
                apiCrossOrigin: settings.corsOrigins.isEmpty
                    ? .off : APICrossOrigin(allowedOrigins: Set(settings.corsOrigins)),
                now: surroundings.now, onReady: ready(installation, configuration, logger))
        } catch {
            throw Failure(
                .misconfigured, "The server cannot be put together: \(error)",
                next: "Correct the files and start again.")
        }
        var group = ServiceGroupConfiguration(
            services: [server], gracefulShutdownSignals: surroundings.trapsSignals ? [.sigterm, .sigint] : [],
            logger: logger)
        // A request may come in for `requestDeadline`; a little more for its answer.
        group.maximumGracefulShutdownDuration = settings.requestDeadline + .seconds(10)
        do { try await ServiceGroup(configuration: group).run() } catch is CancellationError {}
    }

    private func serverConfiguration() throws -> ServerConfiguration {
        let proxies: TrustedProxies
        do { proxies = try TrustedProxies(cidrs: settings.trustedProxies) } catch {
            throw Failure(.misconfigured, "trusted-proxy: \(error)")
        }
        var configuration = ServerConfiguration(
            host: settings.host, port: settings.port, trustedProxies: proxies,
            requestDeadline: settings.requestDeadline,
            idleTimeout: settings.idleTimeout, maxConnections: settings.maxConnections)
        if let certificate = settings.tlsCertificate, let key = settings.tlsKey {
            configuration.tls = ServerConfiguration.TLSFiles(certificate: certificate, key: key)
        }
        do { configuration = try configuration.resolvingPort() } catch {
            throw Failure(.busy, "\(error)", kept: "Nothing was changed.", next: "Choose another --host or --port.")
        }
        configuration.configuredOrigins = settings.origins(port: configuration.port)
        return configuration
    }

    /// What is said once connections are accepted: one line that programs wait for.
    private func ready(
        _ installation: Installation, _ configuration: ServerConfiguration, _ logger: Logger
    ) -> @Sendable (Int) -> Void {
        let origins = configuration.origins
        return { [asJSON, surroundings] port in
            let note = ServingNote(authURL: origins.auth.text, apiURL: origins.api.text, appURL: origins.app.text)
            if ServingNote.read(from: installation.folder) != note { note.write(to: installation.folder) }
            let report = Report(
                json: .object([
                    ("url", .string(origins.app.text)), ("port", .integer(port)),
                    ("data", .string(installation.folder.path)),
                ]),
                text: "Sluice is ready at \(origins.app.text)")
            surroundings.output.show(report, asJSON: asJSON)
            logger.info("listening", metadata: ["host": "\(configuration.host)", "port": "\(port)"])
        }
    }

    /// What an error while serving means to whoever started it.
    private func explained(_ error: any Error, _ configuration: ServerConfiguration) -> any Error {
        // NIO's error says its `errno` in its text alone, unless one wants NIO itself here for this.
        let text = String(describing: error)
        let place = "\(configuration.host):\(configuration.port)"
        if text.contains("(errno: \(EADDRINUSE))") {
            return Failure(
                .busy, "Another program listens at \(place) already.", kept: "The data folder is as it was.",
                next: "Stop it, or choose another port: --port 0 picks a free one and prints it.")
        }
        if text.contains("(errno: \(EACCES))") {
            return Failure(
                .refused, "This user may not listen at \(place).", kept: "The data folder is as it was.",
                next: "Choose a port from 1024 up, or allow the binary to take it.")
        }
        if text.contains("(errno: \(EADDRNOTAVAIL))") || text.contains("UnknownHost") || text.contains("resolve") {
            return Failure(
                .misconfigured, "The address \(configuration.host) is not one of this machine's.",
                kept: "The data folder is as it was.",
                next: "Correct --host: 127.0.0.1 for this machine alone, 0.0.0.0 for all.")
        }
        return error
    }
}
