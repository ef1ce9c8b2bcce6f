import Foundation
import NIOCore
import NIOPosix
import Synchronization
import Testing

@testable import SluiceCLI

@Suite("The listener that the browser comes back to")
struct LoopbackListenerTests {
    /// Collects what comes in on a connection until it is closed.
    private final class Collector: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        private let text: Mutex<String>
        private let done: EventLoopPromise<String>

        init(_ done: EventLoopPromise<String>) {
            text = Mutex("")
            self.done = done
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            let buffer = unwrapInboundIn(data)
            text.withLock { $0 += String(buffer: buffer) }
        }

        func channelInactive(context: ChannelHandlerContext) { done.succeed(text.withLock { $0 }) }
        func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
    }

    /// Sends bytes as they are, and gives what came back until the other side closed.
    private func talk(_ port: Int, _ text: String) async throws -> String {
        let done = MultiThreadedEventLoopGroup.singleton.any().makePromise(of: String.self)
        do {
            let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .channelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        try channel.pipeline.syncOperations.addHandler(Collector(done))
                    }
                }
                .connect(host: "127.0.0.1", port: port).get()
            try? await channel.writeAndFlush(ByteBuffer(string: text)).get()
        } catch {
            done.fail(error)
        }
        return try await done.futureResult.get()
    }

    private func serving<Value: Sendable>(
        _ listener: LoopbackListener, _ answer: @escaping LoopbackListener.Answer, _ work: @Sendable () async throws -> Value
    ) async throws -> Value {
        let task = Task { await listener.serve(answer) }
        do {
            let value = try await work()
            task.cancel()
            await task.value
            return value
        } catch {
            task.cancel()
            await task.value
            throw error
        }
    }

    @Test func `a request's body is not read, and the answer comes all the same`() async throws {
        let listener = try await LoopbackListener()
        let seen = Mutex<[String]>([])
        let answer = try await serving(listener) { request in
            seen.withLock { $0.append("\(request.method) \(request.target)") }
            return .init(page: .wrongMethod, isLast: false)
        } _: {
            try await talk(
                listener.port, "POST /callback HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1000000000\r\n\r\nstart")
        }
        #expect(answer.hasPrefix("HTTP/1.1 405 "))
        #expect(answer.contains("Connection: close"))
        #expect(seen.withLock { $0 } == ["POST /callback"])
    }

    @Test func `two requests in one breath get one answer, and what is no HTTP or too long none of ours`() async throws {
        let listener = try await LoopbackListener()
        let count = Mutex(0)
        let answers = try await serving(listener) { _ in
            count.withLock { $0 += 1 }
            return .init(page: .notFound, isLast: false)
        } _: {
            let request = "GET / HTTP/1.1\r\nHost: x\r\n\r\n"
            return [
                try await talk(listener.port, request + request), try await talk(listener.port, "\u{16}\u{3}\u{1} hello\r\n\r\n"),
                try await talk(
                    listener.port, "GET / HTTP/1.1\r\nHost: x\r\nA: " + String(repeating: "a", count: 200_000) + "\r\n\r\n"),
            ]
        }
        #expect(answers[0].components(separatedBy: "HTTP/1.1 404").count == 2)
        #expect(!answers[1].contains("Sluice"))
        #expect(!answers[2].contains("Sluice"))
        #expect(count.withLock { $0 } == 1)
    }

    @Test func `connections that say nothing do not keep others out until there are thirty-two`() async throws {
        let listener = try await LoopbackListener()
        try await serving(listener, { _ in .init(page: .empty, isLast: false) }) {
            var idle: [any Channel] = []
            for _ in 0..<20 {
                idle.append(
                    try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                        .connect(host: "127.0.0.1", port: listener.port).get())
            }
            let answer = try await talk(listener.port, "GET /callback HTTP/1.1\r\nHost: x\r\n\r\n")
            #expect(answer.hasPrefix("HTTP/1.1 400 "))
            for channel in idle { try? await channel.close().get() }
        }
    }

    @Test func `after the last answer nobody listens, and its page arrived whole`() async throws {
        let listener = try await LoopbackListener()
        let task = Task { await listener.serve { _ in .init(page: .signedIn, isLast: true) } }
        let answer = try await talk(listener.port, "GET /callback?code=x HTTP/1.1\r\nHost: x\r\n\r\n")
        #expect(answer.hasSuffix("</html>\n"))
        await task.value
        await #expect(throws: (any Error).self) { try await talk(listener.port, "GET / HTTP/1.1\r\nHost: x\r\n\r\n") }
    }

    @Test func `once it has begun it answers, also before anybody waits, and the last answer is not missed`() async throws {
        let listener = try await LoopbackListener()
        listener.begin { _ in .init(page: .signedIn, isLast: true) }
        let answer = try await talk(listener.port, "GET /callback?code=x HTTP/1.1\r\nHost: x\r\n\r\n")
        #expect(answer.hasPrefix("HTTP/1.1 200 "))
        await listener.finish()
    }
}
