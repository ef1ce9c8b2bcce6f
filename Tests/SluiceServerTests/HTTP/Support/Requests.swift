import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import Synchronization

@testable import SluiceServer

/// A request as the codec hands it over: the first `Host` is the authority.
func request(
    _ method: HTTPRequest.Method, _ target: String, host: String? = "127.0.0.1:8080", headers: HTTPFields = [:],
    body: String = ""
) -> Request {
    Request(
        head: HTTPRequest(method: method, scheme: "http", authority: host, path: target, headerFields: headers),
        body: RequestBody(buffer: ByteBuffer(string: body)))
}

/// A context as the server makes it: without an id.
func context(peer: String? = nil, logger: Logger = .silent) -> SluiceContext {
    SluiceContext(
        logger: logger, peer: peer.flatMap { try? SocketAddress(ipAddress: $0, port: 4_711) }, requestID: "")
}

extension Response {
    /// The body of an answer that is not streamed.
    var text: String {
        get async throws {
            let collector = Collector()
            try await body.write(collector)
            return String(buffer: collector.bytes)
        }
    }
}

private final class Collector: ResponseBodyWriter, Sendable {
    private let state = Mutex(ByteBuffer())
    var bytes: ByteBuffer { state.withLock { $0 } }
    func write(_ buffer: ByteBuffer) async throws { state.withLock { _ = $0.writeImmutableBuffer(buffer) } }
    func finish(_ trailingHeaders: HTTPFields?) async throws {}
}
