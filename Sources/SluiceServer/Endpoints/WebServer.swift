package import Foundation
import Hummingbird
package import Logging
import ServiceLifecycle
import SluiceAPI
package import SluiceAuthority
package import SluicePosting

/// The whole server: pages, OAuth endpoints, API and the scheduler of posts, as one service.
package final class WebServer: ServiceLifecycle.Service {
    private let authority: Authority
    private let posting: Posting
    private let application: SluiceApplication

    /// Puts the server together; binds nothing yet.
    /// - Parameters:
    ///   - configuration: With a port other than 0: see `ServerConfiguration.resolvingPort()`.
    ///   - metrics: The same that the authority's environment counts into.
    ///   - sandbox: Makes it a sandbox, whose clock is also `now` and the authority's; `nil` for a server that people rely on.
    ///   - onReady: Called with the port once connections are accepted.
    /// - Throws: An error that says what is wrong with certificate, key or templates.
    package init(
        authority: Authority, posting: Posting, configuration: ServerConfiguration, metrics: Metrics, logger: Logger,
        apiCrossOrigin: APICrossOrigin = .off, now: @escaping @Sendable () -> Date = { Date() }, sandbox: Sandbox? = nil,
        onReady: @escaping @Sendable (Int) -> Void = { _ in }
    ) throws {
        self.authority = authority
        self.posting = posting
        let frontDoor = try Self.frontDoor(
            authority: authority, posting: posting, configuration: configuration, metrics: metrics, logger: logger,
            apiCrossOrigin: apiCrossOrigin, now: now, sandbox: sandbox)
        application = try SluiceApplication(
            configuration, frontDoor: frontDoor, metrics: metrics, logger: logger, onReady: { onReady($0) })
    }

    /// All handlers behind one door; what tests drive without a socket.
    package static func frontDoor(
        authority: Authority, posting: Posting, configuration: ServerConfiguration, metrics: Metrics, logger: Logger,
        apiCrossOrigin: APICrossOrigin = .off, now: @escaping @Sendable () -> Date = { Date() }, sandbox: Sandbox? = nil
    ) throws -> FrontDoor {
        let origins = configuration.origins
        let site = Site(
            authority: authority, posting: posting, origins: origins, renderer: try PageRenderer(),
            sandboxClock: sandbox?.clock)
        let api = try API(
            authority: authority, posting: posting, now: now,
            report: { logger.error("a resolver failed", metadata: ["error": "\($0)"]) })
        let routes = try SiteRoutes(site: site, api: api, metrics: metrics, now: now, sandbox: sandbox).routes()
        let door = sandbox.map {
            SandboxDoor(sandbox: $0, reader: CallReader(authority: authority, api: api, clock: $0.clock))
        }
        return FrontDoor(
            origins: origins, routes: routes, errors: SiteErrors(site: site).renderers, metrics: metrics,
            trustedProxies: configuration.trustedProxies, apiCrossOrigin: apiCrossOrigin, limits: configuration.bodyLimits,
            isTLS: configuration.tls != nil, sandbox: door)
    }

    /// Serves until graceful shutdown; the authority's housekeeping and the scheduler run beside it and end after the last answer.
    /// What the scheduler took in hand by then is sent and written down.
    package func run() async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            let (authority, posting) = (authority, posting)
            group.addTask { await authority.run() }
            group.addTask { await posting.scheduler.run() }
            defer { group.cancelAll() }
            try await application.run()
        }
    }
}
