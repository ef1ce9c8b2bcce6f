public import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL
public import SluiceClient

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// The SDK's transport over async-http-client.
///
/// Redirects are not followed, answers are bounded, and a failed connection is told apart from a lost answer.
public struct AsyncHTTPTransport: Transport {
    /// The most bytes of one answer.
    public let limitInBytes: Int
    private let client: HTTPClient

    /// A transport over a client of your own; shutting that down stays your business.
    /// - Parameters:
    ///   - client: Made with ``configuration`` or one that follows no redirects either: a client that does hands secrets on.
    ///   - limitInBytes: The most bytes of one answer; 16 MiB by default.
    public init(unchecked client: HTTPClient, limitInBytes: Int = 16 << 20) {
        self.client = client
        self.limitInBytes = limitInBytes
    }

    /// A transport over a client that lives as long as the process.
    ///
    /// It uses sockets on every system: the errors of other event loops do not say whether a connection was made.
    public static let shared = AsyncHTTPTransport(
        unchecked: HTTPClient(eventLoopGroup: MultiThreadedEventLoopGroup.singleton, configuration: configuration))

    /// What a client for this transport needs: no redirects, ten seconds to connect.
    public static var configuration: HTTPClient.Configuration {
        var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow)
        configuration.timeout.connect = .seconds(10)
        // A refused connection is told at once: when to try again is for whoever knows what the request does.
        configuration.connectionPool.retryConnectionEstablishment = false
        return configuration
    }
}

extension AsyncHTTPTransport {
    /// Sends one request and reads its answer within the request's timeout.
    public func send(_ request: TransportRequest) async throws(TransportError) -> TransportResponse {
        var outgoing = HTTPClientRequest(url: request.url)
        outgoing.method = HTTPMethod(rawValue: request.method.rawValue)
        for (name, value) in request.headers { outgoing.headers.add(name: name, value: value) }
        if !request.body.isEmpty { outgoing.body = .bytes(ByteBuffer(bytes: request.body)) }
        do {
            return try await within(request.timeout) { [client, limitInBytes, outgoing] in
                let answer = try await client.execute(outgoing, timeout: TimeAmount(request.timeout))
                let body = try await answer.body.collect(upTo: limitInBytes)
                return TransportResponse(
                    status: Int(answer.status.code), headers: answer.headers.map { (name: $0.name, value: $0.value) },
                    body: Array(body.readableBytesView))
            }
        } catch {
            throw Self.meaning(of: error)
        }
    }

    /// The client's own deadline ends with the head of the answer; a body that stalls would hold whoever waits for it for ever.
    private func within<Value: Sendable>(
        _ timeout: Duration, _ work: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        try await withThrowingTaskGroup(of: Value.self) { group in
            defer { group.cancelAll() }
            group.addTask { try await work() }
            group.addTask {
                try await Task.sleep(for: timeout)
                throw HTTPClientError.deadlineExceeded
            }
            guard let first = try await group.next() else { throw HTTPClientError.deadlineExceeded }
            return first
        }
    }

    /// Only what is known to happen before the first byte of the request counts as not sent; everything else is in doubt.
    static func meaning(of error: any Error) -> TransportError {
        // The long form of some errors of the client repeats header fields, and with them credentials.
        let words = (error as? HTTPClientError)?.shortDescription ?? "\(error)"
        switch error {
        case let error as HTTPClientError:
            guard !error.isInvalidHeader else { return .notSent(words) }
            switch error {
            case .invalidURL, .emptyHost, .emptyScheme, .connectTimeout, .tlsHandshakeTimeout, .getConnectionFromPoolTimeout,
                .alreadyShutdown, .socksHandshakeTimeout, .httpProxyHandshakeTimeout, .proxyAuthenticationRequired:
                return .notSent(words)
            default: return .answerLost(words)
            }
        case is NIOConnectionError: return .notSent(words)
        // Only a connection that is being made can be refused.
        case let error as IOError where error.errnoCode == ECONNREFUSED: return .notSent(words)
        // Other errors of TLS may come when the request is under way.
        case NIOSSLError.handshakeFailed: return .notSent(words)
        case let error as NIOSSLExtraError where error == .failedToValidateHostname: return .notSent(words)
        default: return .answerLost(words)
        }
    }
}

extension HTTPClientError {
    /// Whether it is about header fields that may not be sent. Their names and values are part of the error, so it equals no constant.
    fileprivate var isInvalidHeader: Bool {
        shortDescription == HTTPClientError.invalidHeaderFieldNames([]).shortDescription
            || shortDescription == HTTPClientError.invalidHeaderFieldValues([]).shortDescription
    }
}
