import Logging
import ServiceLifecycle

@testable import SluiceServer

extension Installation {
    /// Lets real connections through the front door while `body` talks to it.
    func serve<Value: Sendable>(_ body: @Sendable (_ port: Int) async throws -> Value) async throws -> Value {
        let configuration = try ServerConfiguration(port: 0).resolvingPort()
        let (ready, tell) = AsyncStream<Int>.makeStream()
        let application = try SluiceApplication(
            configuration, frontDoor: door, logger: .silent, onReady: { tell.yield($0) })
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
}
