package import Hummingbird
package import Logging
package import NIOCore

/// What a handler knows about a request besides the request itself.
package struct SluiceContext: RequestContext {
    /// What Hummingbird keeps.
    package var coreContext: CoreRequestContextStorage
    /// Names the request in the answer's `X-Request-ID`, in error bodies and in the log. Short and safe in a URL.
    package var requestID = ""
    /// The other end of the connection: the client, or a proxy.
    package let peer: SocketAddress?
    /// Whether the client speaks TLS, to us or to a trusted proxy.
    package var isSecure = false
    /// The route that was found.
    package internal(set) var route: Route?
    /// The origin that the request came to, by its `Host` and path.
    package internal(set) var origin: Origin
    /// In the handler for unmatched requests to the API: what to throw once the bearer is known to be good.
    package internal(set) var unmatched: Problem?
    /// How large bodies may be.
    package internal(set) var limits = BodyLimits()

    let channel: (any Channel)?
    /// Writes lines without the request's id; for asking what is written at all.
    private(set) var plainLogger: Logger
    /// The client's address where a trusted proxy told it.
    var forwardedAddress: String?

    package init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        channel = source.channel
        plainLogger = source.logger
        peer = source.channel.remoteAddress
        origin = Self.nowhere
    }

    /// A context without a connection, for tests of handlers.
    package init(logger: Logger, peer: SocketAddress? = nil, requestID: String = "test") {
        coreContext = CoreRequestContextStorage(source: LoggerSource(logger: logger))
        channel = nil
        plainLogger = logger
        self.peer = peer
        self.requestID = requestID
        origin = Self.nowhere
    }

    private static let nowhere = Origin(scheme: .http, host: "127.0.0.1", port: 8080)

    /// The client's address: the peer's, or what the nearest trusted proxy says. `unknown` on a Unix socket.
    package var remoteAddress: String { forwardedAddress ?? peerAddress }

    /// The peer's address; an IPv4 address in its plain form also on a socket that is bound to `::`.
    var peerAddress: String {
        guard let text = peer?.ipAddress else { return "unknown" }
        return text.hasPrefix("::ffff:") ? IPAddress(text)?.description ?? text : text
    }

    /// Writes lines that carry the request's id.
    ///
    /// Made on demand: attaching metadata copies a dictionary, and most requests write nothing.
    package var logger: Logger {
        get {
            var logger = plainLogger
            logger[metadataKey: "hb.request.id"] = nil
            logger[metadataKey: "request_id"] = .string(requestID)
            return logger
        }
        set { plainLogger = newValue }
    }
}

private struct LoggerSource: RequestContextSource {
    let logger: Logger
}
