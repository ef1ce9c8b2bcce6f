import NIOCore
import NIOPosix
import Synchronization

/// A listener that does with each connection what a test says, in bytes: for servers that misbehave.
struct RawServer: Sendable {
    let port: Int
    private let bytes: Received

    /// What came in over all connections, as text.
    var received: String { bytes.text }

    /// What happens on a connection once the request's head has come.
    enum Behaviour: Sendable {
        /// The connection is closed without a byte.
        case close
        /// These bytes are sent, then the connection is closed.
        case sendAndClose(String)
        /// These bytes are sent, and nothing more happens.
        case sendAndStall(String)
        /// These bytes are sent, then one more every few milliseconds.
        case trickle(String)
        /// The first bytes, a TLS greeting, are answered in plain text.
        case refuseTLS
    }

    static func run<Value: Sendable>(
        _ behaviour: Behaviour, _ body: @Sendable (RawServer) async throws -> Value
    ) async throws -> Value {
        let bytes = Received()
        let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(Responder(behaviour, bytes))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        do {
            let value = try await body(RawServer(port: channel.localAddress?.port ?? 0, bytes: bytes))
            try? await channel.close()
            return value
        } catch {
            try? await channel.close()
            throw error
        }
    }

    private final class Responder: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        typealias OutboundOut = ByteBuffer

        private let behaviour: Behaviour
        private let bytes: Received
        private var received = ""

        init(_ behaviour: Behaviour, _ bytes: Received) {
            self.behaviour = behaviour
            self.bytes = bytes
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            let part = String(decoding: unwrapInboundIn(data).readableBytesView, as: UTF8.self)
            bytes.add(part)
            received += part
            if case .refuseTLS = behaviour {
                context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: "HTTP/1.1 400 Bad Request\r\n\r\n")), promise: nil)
                context.close(promise: nil)
                return
            }
            guard received.contains("\r\n\r\n") else { return }
            received = ""
            switch behaviour {
            case .close: context.close(promise: nil)
            case .sendAndClose(let text):
                context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: text)), promise: nil)
                context.close(promise: nil)
            case .sendAndStall(let text):
                context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: text)), promise: nil)
            case .trickle(let text):
                context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: text)), promise: nil)
                trickle(context)
            case .refuseTLS: break
            }
        }

        private func trickle(_ context: ChannelHandlerContext) {
            guard context.channel.isActive else { return }
            context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: " ")), promise: nil)
            context.eventLoop.assumeIsolated().scheduleTask(in: .milliseconds(5)) { self.trickle(context) }
        }
    }
}

/// What a server received.
private final class Received: Sendable {
    private let parts = Mutex("")

    var text: String { parts.withLock { $0 } }

    func add(_ part: String) { parts.withLock { $0 += part } }
}
