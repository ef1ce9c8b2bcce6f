import Hummingbird
import HummingbirdCore
import HummingbirdTLS
package import Logging
import NIOCore
import ServiceLifecycle

/// The HTTP server as a service: listens, guards its connections, and stops gracefully: requests in flight are answered,
/// idle connections are closed.
package struct SluiceApplication: Service {
    private let application: Application<FrontDoor>

    /// Reads certificate and key; binds nothing yet.
    /// - Parameters:
    ///   - configuration: With a port, not 0: see ``ServerConfiguration/resolvingPort()``.
    ///   - onReady: Called with the port as soon as connections are accepted.
    /// - Throws: ``TLSMaterial/Problem`` if certificate or key cannot be used.
    package init(
        _ configuration: ServerConfiguration, frontDoor: FrontDoor, metrics: Metrics = Metrics(), logger: Logger,
        onReady: @escaping @Sendable (Int) async -> Void = { _ in }
    ) throws {
        let limits = ConnectionGuard.Limits(
            // Twice what any handler takes, so that a handler's own words about the size arrive before the bare cut.
            bodyInBytes: 2 * configuration.bodyLimits.largestInBytes,
            requestDeadline: TimeAmount(configuration.requestDeadline))
        let counters = ConnectionCounters(metrics)
        let plain = HTTPServerBuilder.http1(
            configuration: HTTP1Channel.Configuration(
                additionalChannelHandlers: [ConnectionGuard(limits, counters: counters)],
                idleTimeout: TimeAmount(configuration.idleTimeout),
                httpDecoderConfiguration: .init(
                    maxHeaderFieldSize: 16 << 10, maxHeaderListSize: 32 << 10, maxHeaderFieldCount: 100)))
        let server = try configuration.tls.map {
            try HTTPServerBuilder.tls(plain, tlsConfiguration: TLSMaterial.load($0))
        }
        // Hummingbird greets at `info`, once for each server; our own greeting says more.
        var quiet = logger
        if quiet.logLevel == .info { quiet.logLevel = .notice }
        application = Application(
            responder: frontDoor, server: server ?? plain,
            configuration: ApplicationConfiguration(
                address: .hostname(configuration.host, port: configuration.port), serverName: nil, backlog: 1_024,
                availableConnectionsDelegate: .maximum(configuration.maxConnections, logger: quiet)),
            onServerRunning: { channel in await onReady(channel.localAddress?.port ?? configuration.port) },
            logger: quiet)
    }

    /// Serves until graceful shutdown or cancellation.
    package func run() async throws { try await application.run() }
}
