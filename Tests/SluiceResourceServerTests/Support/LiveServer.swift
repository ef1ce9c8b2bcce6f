import Foundation
import HTTPTypes
import Hummingbird
import Logging
import NIOCore

extension Logger {
    /// Writes nothing.
    static var silent: Logger { Logger(label: "test") { _ in SwiftLogNoOpLogHandler() } }
}

/// Runs a router on a free loopback port while `body` talks to it.
func withLiveServer<Context: RequestContext, Value: Sendable>(
    _ router: Router<Context>, _ body: @Sendable (_ url: String) async throws -> Value
) async throws -> Value where Context.Source == ApplicationRequestContextSource {
    let (ports, told) = AsyncStream<Int>.makeStream()
    let application = Application(
        router: router, configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: 0)),
        onServerRunning: { channel in told.yield(channel.localAddress?.port ?? 0) }, logger: .silent)
    return try await withThrowingTaskGroup(of: Void.self) { tasks in
        tasks.addTask {
            defer { told.finish() }
            try await application.run()
        }
        guard let port = await ports.first(where: { _ in true }) else {
            try await tasks.waitForAll()
            throw CancellationError()
        }
        defer { tasks.cancelAll() }
        return try await body("http://127.0.0.1:\(port)")
    }
}

/// A port of the loopback on which nobody listens: it was free a moment ago.
func deadURL() async throws -> String {
    let router = Router(context: BasicRequestContext.self)
    return try await withLiveServer(router) { $0 }
}
