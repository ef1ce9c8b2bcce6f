package import Foundation
import Hummingbird
package import Logging
package import ServiceLifecycle
package import SluiceAuthority

/// The whole server: pages, OAuth endpoints and API over an authority, as one service.
package final class WebServer: Service {
    private let authority: Authority
    private let application: SluiceApplication

    /// Puts the server together; binds nothing yet.
    /// - Parameters:
    ///   - configuration: With a port other than 0: see `ServerConfiguration.resolvingPort()`.
    ///   - metrics: The same that the authority's environment counts into.
    ///   - onReady: Called with the port once connections are accepted.
    /// - Throws: An error that says what is wrong with certificate, key or templates.
    package init(
        authority: Authority, configuration: ServerConfiguration, metrics: Metrics, logger: Logger,
        apiCrossOrigin: APICrossOrigin = .off, now: @escaping @Sendable () -> Date = { Date() },
        onReady: @escaping @Sendable (Int) -> Void = { _ in }
    ) throws {
        self.authority = authority
        let frontDoor = try Self.frontDoor(
            authority: authority, configuration: configuration, metrics: metrics, logger: logger,
            apiCrossOrigin: apiCrossOrigin, now: now)
        application = try SluiceApplication(
            configuration, frontDoor: frontDoor, metrics: metrics, logger: logger, onReady: { onReady($0) })
    }

    /// All handlers behind one door; what tests drive without a socket.
    package static func frontDoor(
        authority: Authority, configuration: ServerConfiguration, metrics: Metrics, logger: Logger,
        apiCrossOrigin: APICrossOrigin = .off, now: @escaping @Sendable () -> Date = { Date() }
    ) throws -> FrontDoor {
        let origins = configuration.origins
        let renderer = try PageRenderer()
        let routes = try SiteRoutes(
            authority: authority, origins: origins, renderer: renderer, metrics: metrics, now: now,
            report: { logger.error("a resolver failed", metadata: ["error": "\($0)"]) }
        ).routes()
        let site = Site(authority: authority, origins: origins, renderer: renderer)
        return FrontDoor(
            origins: origins, routes: routes, errors: SiteErrors(site: site).renderers, metrics: metrics,
            trustedProxies: configuration.trustedProxies, apiCrossOrigin: apiCrossOrigin, limits: configuration.bodyLimits,
            isTLS: configuration.tls != nil)
    }

    /// Serves until graceful shutdown; the authority's housekeeping runs beside it and ends after the last answer.
    package func run() async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            let authority = authority
            group.addTask { await authority.run() }
            defer { group.cancelAll() }
            try await application.run()
        }
    }
}
