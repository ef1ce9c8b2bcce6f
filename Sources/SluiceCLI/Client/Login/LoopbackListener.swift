import NIOCore
import NIOHTTP1
import NIOPosix
import Synchronization

/// Takes the request that the browser brings back, on a port of 127.0.0.1 that the system chose.
///
/// Each connection gets one answer and is closed; it has ten seconds for the head of its request, nothing behind that is read, and no
/// more than thirty-two are open at once (a browser opens some that it never uses).
/// - Source: RFC 8252 §7.3 and §8.3.
final class LoopbackListener: Sendable {
    /// A request, as far as anybody here looks at it.
    struct Request: Sendable {
        /// The method.
        let method: String
        /// Path and query as they came.
        let target: String
        /// The `Host` field; `nil` unless there is exactly one.
        let host: String?
    }

    /// An answer to it.
    struct Reply: Sendable {
        /// What the browser shows.
        let page: CallbackPage
        /// Whether nothing is listened for any more once it is sent.
        let isLast: Bool
    }

    /// Decides what to answer.
    typealias Answer = @Sendable (Request) async -> Reply

    /// The port that it listens at.
    let port: Int
    private let server: any Channel
    private let state: State

    /// Starts to listen; until `begin` is called, every request is told that there is nothing here.
    /// - Throws: `Failure` if no port can be had.
    init() async throws {
        let state = State()
        do {
            server = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .childChannelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        guard state.admit(channel) else { throw ChannelError.ioOnClosedChannel }
                        var limits = NIOHTTPDecoderLimitConfiguration()
                        limits.maxHeaderListSize = 64 << 10
                        let pipeline = channel.pipeline.syncOperations
                        try pipeline.configureHTTPServerPipeline(
                            withPipeliningAssistance: false, withEncoderConfiguration: .init(),
                            withDecoderLimitConfiguration: limits)
                        try pipeline.addHandler(Connection(state))
                    }
                }
                .bind(host: "127.0.0.1", port: 0).get()
        } catch {
            throw Self.noPort("\(error)")
        }
        guard let port = server.localAddress?.port else { throw Self.noPort("the system names none") }
        self.port = port
        self.state = state
    }

    /// Answers requests from now on. What comes back cannot be earlier than the browser was sent away, so this is called before.
    func begin(_ answer: @escaping Answer) { state.begin(answer) }

    /// Answers requests until an answer was the last, or the task is cancelled; then nobody listens any more.
    func serve(_ answer: @escaping Answer) async {
        begin(answer)
        await finish()
    }

    /// Waits until an answer was the last, before this call or after it, or the task is cancelled; then nobody listens any more.
    func finish() async {
        for await _ in state.ended { break }
        await close()
    }

    /// Stops listening, and ends every connection.
    func close() async {
        try? await server.close().get()
        state.closeAll()
    }

    private static func noPort(_ why: String) -> Failure {
        Failure(
            .busy, "No port of 127.0.0.1 can be listened at: \(why).", kept: "Nothing was changed.",
            next: "Where the server offers it, `sluice login --device` needs no port.")
    }

    /// What the connections share.
    private final class State: Sendable {
        private static let limitOfConnections = 32
        private let open = Mutex<[ObjectIdentifier: any Channel]>([:])
        private let answer = Mutex<Answer?>(nil)
        private let end: AsyncStream<Void>.Continuation
        /// One element when the last answer was sent.
        let ended: AsyncStream<Void>

        init() { (ended, end) = AsyncStream.makeStream() }

        func begin(_ answer: @escaping Answer) { self.answer.withLock { $0 = answer } }

        /// Whether there is room for one more.
        func admit(_ channel: any Channel) -> Bool {
            let isAdmitted = open.withLock { open in
                guard open.count < Self.limitOfConnections else { return false }
                open[ObjectIdentifier(channel)] = channel
                return true
            }
            if isAdmitted {
                channel.closeFuture.whenComplete { [self] _ in
                    open.withLock { $0[ObjectIdentifier(channel)] = nil }
                }
            }
            return isAdmitted
        }

        func closeAll() {
            for channel in open.withLock({ Array($0.values) }) { channel.close(promise: nil) }
        }

        /// Answers a request, as long as that takes.
        func take(_ request: Request, on channel: any Channel) {
            Task {
                let answer = answer.withLock { $0 }
                let reply = await answer?(request) ?? Reply(page: .notFound, isLast: false)
                await Connection.send(reply.page, withBody: request.method != "HEAD", to: channel)
                if reply.isLast { end.yield() }
            }
        }
    }

    /// One connection: one request, one answer.
    private final class Connection: ChannelInboundHandler {
        typealias InboundIn = HTTPServerRequestPart
        typealias OutboundOut = HTTPServerResponsePart

        private static let patience = TimeAmount.seconds(10)
        private let state: State
        private var timer: Scheduled<Void>?

        init(_ state: State) { self.state = state }

        func handlerAdded(context: ChannelHandlerContext) {
            let channel = context.channel
            timer = context.eventLoop.scheduleTask(in: Self.patience) { channel.close(promise: nil) }
        }

        func handlerRemoved(context: ChannelHandlerContext) { timer?.cancel() }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            // Reading ends with the first head, so a second one cannot come and a body is never taken in.
            guard case .head(let head) = unwrapInboundIn(data), let timer else { return }
            timer.cancel()
            self.timer = nil
            let hosts = head.headers["Host"]
            let request = Request(
                method: head.method.rawValue, target: head.uri, host: hosts.count == 1 ? hosts.first : nil)
            let channel = context.channel
            do { try channel.syncOptions?.setOption(.autoRead, value: false) } catch { return channel.close(promise: nil) }
            state.take(request, on: channel)
        }

        func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

        /// Sends a page and closes. Whether the browser is still there does not matter.
        static func send(_ page: CallbackPage, withBody: Bool, to channel: any Channel) async {
            let body = ByteBuffer(string: page.html)
            var fields = HTTPHeaders(page.fields)
            fields.add(name: "Content-Length", value: "\(body.readableBytes)")
            fields.add(name: "Connection", value: "close")
            let head = HTTPResponseHead(
                version: .http1_1, status: HTTPResponseStatus(statusCode: page.status), headers: fields)
            channel.write(HTTPServerResponsePart.head(head), promise: nil)
            if withBody { channel.write(HTTPServerResponsePart.body(.byteBuffer(body)), promise: nil) }
            try? await channel.writeAndFlush(HTTPServerResponsePart.end(nil)).get()
            try? await channel.close().get()
        }
    }
}
