import HTTPTypes
import NIOCore
import NIOHTTPTypes

/// Stands between the HTTP codec and Hummingbird on each connection, and sees to it that no request holds the connection
/// for longer, or sends more, than is agreed.
///
/// Left alone, Hummingbird waits for ever for the rest of a body that trickles in, and after answering it reads the rest
/// of the body, however long that is, before it looks for the next request.
///
/// - A request has a deadline from its head to the last byte of its body. Past it the client is told 408 and cut off. (A
///   head that trickles in falls under the idle timeout, which Hummingbird keeps.)
/// - No body exceeds the largest that any route takes, whether or not somebody reads it.
/// - A request that is answered before its body was read ends the connection, with `Connection: close`, unless the rest is
///   known to be small. Reading stops; the socket stays open for a moment, because a close with unread bytes in the
///   receive buffer resets the connection, and a reset may overtake the answer (RFC 9112 §9.6).
/// - `Expect: 100-continue` is answered when a handler asks for the body, so a refusal comes before the upload.
final class ConnectionGuard: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    /// What a handler sends through the channel when it begins to read a body.
    struct BodyWanted: Sendable {}

    /// Why a body ended before its end.
    enum Cut: Error, Sendable {
        case tooSlow, tooLarge, endedEarly

        var problem: Problem {
            switch self {
            case .tooSlow: Problem(.requestTimeout, "The body of the request took too long.")
            case .tooLarge: .contentTooLarge
            case .endedEarly: .unreadableBody("the client stopped sending")
            }
        }
    }

    /// The numbers of one connection.
    struct Limits: Sendable {
        /// What no body may exceed.
        var bodyInBytes: Int
        /// From a request's head to the end of its body.
        var requestDeadline: TimeAmount
        /// How long a refused sender may look at its answer before the socket goes.
        var linger: TimeAmount = .seconds(1)
        /// A rest of this size is read to its end, so that the connection can be used again.
        var smallRestInBytes = 64 << 10
    }

    private enum State { case open, lingering, closed }

    private let limits: Limits
    private let counters: ConnectionCounters?
    private var state = State.open
    /// Requests whose answer has not been written to its end. More than one: the client pipelines.
    private var unanswered = 0
    /// Whether the newest request is still coming in.
    private var isReading = false
    /// Whether an answer is being written.
    private var isAnswering = false
    private var closesAfterAnswer = false
    /// Whether the codec gave up on what comes in.
    private var isBroken = false
    private var isWaitingForContinue = false
    private var bytesRead = 0
    private var announcedBytes: Int?
    private var timer: Scheduled<Void>?

    init(_ limits: Limits, counters: ConnectionCounters? = nil) {
        self.limits = limits
        self.counters = counters
    }

    func handlerAdded(context: ChannelHandlerContext) { counters?.open.add(1) }

    func handlerRemoved(context: ChannelHandlerContext) {
        counters?.open.add(-1)
        stopTimer()
    }

    func channelInactive(context: ChannelHandlerContext) {
        state = .closed
        stopTimer()
        context.fireChannelInactive()
    }

    // MARK: In

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let part = unwrapInboundIn(data)
        guard case .open = state else {
            // Nobody will read this any more. If it was all, there is nothing to wait for.
            if case .end = part { close(context) }
            return
        }
        switch part {
        case .head(let head):
            unanswered += 1
            isReading = true
            bytesRead = 0
            announcedBytes = head.headerFields[.contentLength].flatMap { Int($0) }
            isWaitingForContinue = head.headerFields[.expect]?.lowercased() == "100-continue"
        case .body(let bytes):
            isWaitingForContinue = false
            bytesRead += bytes.readableBytes
            guard bytesRead <= limits.bodyInBytes else { return cut(.tooLarge, context) }
        case .end:
            isReading = false
            isWaitingForContinue = false
            stopTimer()
        }
        context.fireChannelRead(data)
    }

    /// Starts the clock only when a request did not come in at once: most requests never have a timer.
    func channelReadComplete(context: ChannelHandlerContext) {
        if isReading, timer == nil, case .open = state {
            startTimer(limits.requestDeadline, context) { $0.cut(.tooSlow, $1) }
        }
        context.fireChannelReadComplete()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        // The codec gave up: nothing after this can be read as a request.
        closesAfterAnswer = true
        isBroken = true
        isReading = false
        if case .open = state { stopTimer() }
        context.fireErrorCaught(error)
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case ChannelEvent.inputClosed = event {
            // Nothing more will come: an answer that is due is the last, and without one there is nothing to wait for.
            guard case .open = state, unanswered > 0 else { return close(context) }
            closesAfterAnswer = true
            if isReading {
                // Otherwise the end of the connection looks like the end of the body.
                stopTimer()
                isReading = false
                context.fireErrorCaught(Cut.endedEarly)
            }
        }
        context.fireUserInboundEventTriggered(event)
    }

    // MARK: Out

    /// Without reads the sender's window closes: it stops, and finds its answer.
    func read(context: ChannelHandlerContext) {
        if case .lingering = state { return }
        context.read()
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        guard case .open = state else {
            promise?.fail(ChannelError.ioOnClosedChannel)
            return
        }
        switch unwrapOutboundIn(data) {
        case .head(var head):
            guard head.status.kind != .informational else { return context.write(data, promise: promise) }
            isAnswering = true
            if isReading, unanswered == 1, !isRestSmall { closesAfterAnswer = true }
            guard closesAfterAnswer, unanswered <= 1 else { return context.write(data, promise: promise) }
            head.headerFields[.connection] = "close"
            context.write(wrapOutboundOut(.head(head)), promise: promise)
        case .body:
            context.write(data, promise: promise)
        case .end:
            isAnswering = false
            unanswered = max(0, unanswered - 1)
            guard closesAfterAnswer, unanswered == 0 else { return context.write(data, promise: promise) }
            context.writeAndFlush(data, promise: promise)
            if isReading || isBroken {
                counters?.unread.increment()
                linger(context)
            } else {
                close(context)
            }
        }
    }

    func triggerUserOutboundEvent(context: ChannelHandlerContext, event: Any, promise: EventLoopPromise<Void>?) {
        guard event is BodyWanted else {
            return context.triggerUserOutboundEvent(event, promise: promise)
        }
        if isWaitingForContinue, isReading, unanswered == 1, !isAnswering, case .open = state {
            isWaitingForContinue = false
            context.writeAndFlush(wrapOutboundOut(.head(HTTPResponse(status: .continue))), promise: nil)
        }
        promise?.succeed()
    }

    // MARK: Ends

    /// Whether what is missing of the request is known to come, and to be little.
    private var isRestSmall: Bool {
        guard let announcedBytes, !isWaitingForContinue else { return false }
        return announcedBytes - bytesRead <= limits.smallRestInBytes
    }

    /// Ends a request that breaks its limits. Whoever reads its body gets an error; its client gets a bare answer, if
    /// none was begun: the handler's own would come too late to be told apart from a slow one.
    private func cut(_ reason: Cut, _ context: ChannelHandlerContext) {
        guard case .open = state else { return }
        switch reason {
        case .tooSlow: counters?.tooSlow.increment()
        case .tooLarge: counters?.tooLarge.increment()
        case .endedEarly: break
        }
        if unanswered == 1, !isAnswering {
            let fields: HTTPFields = [.connection: "close", .contentLength: "0"]
            let head = HTTPResponse(status: reason.problem.status, headerFields: fields)
            context.write(wrapOutboundOut(.head(head)), promise: nil)
            context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        }
        linger(context)
        context.fireErrorCaught(reason)
    }

    private func linger(_ context: ChannelHandlerContext) {
        state = .lingering
        stopTimer()
        startTimer(limits.linger, context) { $0.close($1) }
    }

    private func close(_ context: ChannelHandlerContext) {
        guard state != .closed else { return }
        state = .closed
        stopTimer()
        context.close(promise: nil)
    }

    private func startTimer(
        _ delay: TimeAmount, _ context: ChannelHandlerContext,
        _ act: @escaping (ConnectionGuard, ChannelHandlerContext) -> Void
    ) {
        timer = context.eventLoop.assumeIsolated().scheduleTask(in: delay) {
            self.timer = nil
            act(self, context)
        }
    }

    private func stopTimer() {
        timer?.cancel()
        timer = nil
    }
}
