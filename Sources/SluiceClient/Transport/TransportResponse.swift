public import SluiceOAuth

/// A whole HTTP answer. It may hold secrets, which its description hides.
public struct TransportResponse: Sendable, SecretHolder {
    /// The status code.
    public var status: Int
    /// Header fields in order, repeats included.
    public var headers: [(name: String, value: String)]
    /// The whole body.
    public var body: [UInt8]

    /// An answer.
    public init(status: Int, headers: [(name: String, value: String)] = [], body: [UInt8] = []) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    /// The values of a field, in order; names are compared without regard to case (RFC 9110 §5.1).
    public func values(of name: String) -> [String] {
        let wanted = name.lowercased()
        return headers.filter { $0.name.lowercased() == wanted }.map(\.value)
    }

    /// The first value of a field.
    public func value(of name: String) -> String? { values(of: name).first }

    /// The status and the size; the rest stays hidden.
    public var description: String { "HTTP \(status), \(body.count) bytes" }
}
