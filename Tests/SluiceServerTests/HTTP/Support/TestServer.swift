import Hummingbird
import Logging
import ServiceLifecycle

@testable import SluiceServer

/// Runs a real server while `body` talks to it.
func withServer<Value: Sendable>(
    _ configuration: ServerConfiguration = ServerConfiguration(port: 0), routes: Routes, metrics: Metrics = Metrics(),
    _ body: @Sendable (Int) async throws -> Value
) async throws -> Value {
    let configuration = try configuration.resolvingPort()
    let door = FrontDoor(
        origins: configuration.origins, routes: routes, metrics: metrics, limits: configuration.bodyLimits,
        isTLS: configuration.tls != nil)
    let (ready, tell) = AsyncStream<Int>.makeStream()
    let application = try SluiceApplication(
        configuration, frontDoor: door, metrics: metrics, logger: .silent, onReady: { tell.yield($0) })
    let group = ServiceGroup(configuration: .init(services: [application], logger: .silent))
    return try await withThrowingTaskGroup(of: Void.self) { tasks in
        tasks.addTask {
            defer { tell.finish() }
            try await group.run()
        }
        guard let port = await ready.first(where: { _ in true }) else {
            try await tasks.waitForAll()
            throw CancellationError()
        }
        do {
            let value = try await body(port)
            await group.triggerGracefulShutdown()
            try await tasks.waitForAll()
            return value
        } catch {
            await group.triggerGracefulShutdown()
            throw error
        }
    }
}

extension Logger {
    /// Writes nothing.
    static var silent: Logger { Logger(label: "test") { _ in SwiftLogNoOpLogHandler() } }
}

/// Routes for the tests of this folder.
func testRoutes() -> Routes {
    var routes = Routes()
    routes.auth.on(.get, "/auth") { _, _ in Answer.html("<p>auth</p>", csp: .openForm) }
    routes.auth.on(.post, "/token", family: .oauth, crossOrigin: .anyOrigin) { request, context in
        let body = try await request.formBody(context)
        return Answer.oauthJSON(#"{"bytes":\#(body.readableBytes)}"#)
    }
    routes.auth.on(.get, "/jwks", family: .oauth, crossOrigin: .anyOrigin) { _, _ in Answer.json(#"{"keys":[]}"#) }
    routes.auth.on(.get, "/.well-known/oauth-authorization-server", family: .oauth, crossOrigin: .anyOrigin) {
        _, context in
        Answer.json(#"{"issuer":"\#(context.origin.text)"}"#)
    }
    routes.api.on(.post, "/") { request, context in
        let body = try await request.jsonBody(context)
        return Answer.json(#"{"bytes":\#(body.readableBytes)}"#)
    }
    routes.api.on(.post, "/graphql") { _, _ in Answer.json("{}") }
    routes.app.on(.get, "/") { _, _ in Answer.html("<p>home</p>") }
    routes.app.on(.get, "/settings/api/keys/new") { _, _ in Answer.html("new") }
    routes.app.on(.get, "/settings/api/keys/{id}") { _, context in
        Answer.text(context.parameters.get("id") ?? "none")
    }
    routes.app.on(.post, "/settings/api/keys/{id}/rotate") { _, _ in Answer.redirect("/settings/api") }
    routes.app.on(.get, "/broken") { _, _ in throw Broken() }
    routes.everywhere.on(.get, "/healthz") { _, _ in Answer.text("ok") }
    routes.unmatchedAPI = { request, context in
        guard request.headers[.authorization] == "Bearer good" else {
            throw Problem(.unauthorized, "A key is needed.", headers: [.wwwAuthenticate: #"Bearer realm="test""#])
        }
        throw context.unmatched ?? .notFound
    }
    return routes
}

/// An error that nobody translates.
struct Broken: Error {
    let secret = "s3cret"
}
