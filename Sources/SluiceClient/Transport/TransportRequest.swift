public import SluiceOAuth

/// An HTTP request of the SDK. It may hold secrets, which its description hides.
public struct TransportRequest: Sendable, SecretHolder {
    /// The methods that the SDK uses.
    public enum Method: String, Sendable {
        case get = "GET"
        case post = "POST"
    }

    /// The method.
    public var method: Method
    /// The whole address, `http` or `https`.
    public var url: String
    /// Header fields in order. `Content-Length` and `Host` are the transport's.
    public var headers: [(name: String, value: String)]
    /// The body; empty for none.
    public var body: [UInt8]
    /// How long the whole exchange may take, to the last byte of the answer.
    public var timeout: Duration

    /// A request.
    public init(
        _ method: Method, _ url: String, headers: [(name: String, value: String)] = [], body: [UInt8] = [],
        timeout: Duration = .seconds(30)
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        self.timeout = timeout
    }

    /// The method and the address without its query; header fields and body stay hidden.
    public var description: String { "\(method.rawValue) \(url.prefix { $0 != "?" && $0 != "#" })" }
}
