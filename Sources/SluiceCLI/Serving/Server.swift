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
            throw Failure.serving(error, at: configuration, kept: "The data folder is as it was.")
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
                authority: installation.authority, posting: installation.posting, configuration: configuration, metrics: metrics,
                logger: logger,
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
}
