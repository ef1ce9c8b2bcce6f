/// The parameters of a query or a form, in order and with repeats visible. This is the one reader of
/// `application/x-www-form-urlencoded`, so body and query cannot be read differently.
/// - Source: RFC 6749 §3.1, §3.2 and App. B; WHATWG URL §5.
public struct Parameters: Sendable, Equatable, SecretHolder {
    /// The most pairs one query or form may hold.
    public static let limitOfPairs = 200

    /// Names and values, decoded, in the order they came in.
    public let pairs: [(name: String, value: String)]

    /// Reads a query or a form body. `+` and `%20` are spaces in names and values; `a` without `=` is `a` with an empty
    /// value; nothing between two `&` is nothing.
    /// - Throws: `invalid_request` for a `%` without two hexadecimal digits, for bytes that are not UTF-8, and for more than
    ///   200 pairs. Guessing at broken text would let two readers see two requests.
    public init(formEncoded bytes: some Collection<UInt8>) throws(OAuthError) {
        var pairs: [(name: String, value: String)] = []
        let bytes = Array(bytes)
        for pair in bytes.split(separator: UInt8(ascii: "&")) {
            guard pairs.count < Self.limitOfPairs else {
                throw OAuthError(.invalidRequest, "There are too many parameters.")
            }
            let equals = pair.firstIndex(of: UInt8(ascii: "=")) ?? pair.endIndex
            guard let name = Self.decode(pair[..<equals]), let value = Self.decode(pair[equals...].dropFirst()) else {
                throw OAuthError(.invalidRequest, "A parameter is not properly form-encoded UTF-8.")
            }
            pairs.append((name, value))
        }
        self.pairs = pairs
    }

    /// Parameters that are decoded already.
    public init(_ pairs: [(String, String)]) { self.pairs = pairs.map { (name: $0.0, value: $0.1) } }

    /// The value of a parameter that may be given once. `nil` if it is absent or empty: to RFC 6749 that is the same.
    /// - Throws: `invalid_request` if it is repeated, whatever the values: first-wins and last-wins are both an attacker's tool.
    /// - Source: RFC 6749 §3.1.
    public func value(_ name: String) throws(OAuthError) -> String? {
        var found: String?
        for pair in pairs where pair.name.hasSameBytes(as: name) {
            guard found == nil else { throw OAuthError(.invalidRequest, "A parameter is repeated.", detail: name) }
            found = pair.value
        }
        return found?.isEmpty == true ? nil : found
    }

    /// Every value of a parameter, empty ones too, in order.
    public func all(_ name: String) -> [String] { pairs.filter { $0.name.hasSameBytes(as: name) }.map(\.value) }

    /// Whether a parameter is given more than once.
    public func isRepeated(_ name: String) -> Bool { pairs.count { $0.name.hasSameBytes(as: name) } > 1 }

    /// The names that are given more than once, each listed once, without the exceptions.
    public func repeats(except allowed: Set<String> = []) -> [String] {
        var seen: Set<String> = []
        var repeated: [String] = []
        for (name, _) in pairs where !seen.insert(name).inserted {
            if !allowed.contains(name), !repeated.contains(name) { repeated.append(name) }
        }
        return repeated
    }

    /// The form-encoded text of `pairs`. Spaces become `%20`, which both form and URI readers understand; all but unreserved
    /// characters are escaped.
    public static func encode(_ pairs: [(String, String)]) -> String {
        var output: [UInt8] = []
        for (index, pair) in pairs.enumerated() {
            if index > 0 { output.append(UInt8(ascii: "&")) }
            append(pair.0, to: &output)
            output.append(UInt8(ascii: "="))
            append(pair.1, to: &output)
        }
        return String(decoding: output, as: UTF8.self)
    }

    /// How many parameters there are; their values stay hidden.
    public var description: String { "Parameters(\(pairs.count))" }

    /// Whether both hold the same pairs in the same order.
    public static func == (one: Parameters, other: Parameters) -> Bool {
        one.pairs.elementsEqual(other.pairs) {
            $0.name.hasSameBytes(as: $1.name) && $0.value.hasSameBytes(as: $1.value)
        }
    }

    /// The text that a form-encoded name or value stands for, `nil` for a broken escape or bytes that are not UTF-8.
    /// - Source: RFC 6749 App. B.
    static func decode(_ bytes: ArraySlice<UInt8>) -> String? {
        guard bytes.contains(where: { $0 == UInt8(ascii: "%") || $0 == UInt8(ascii: "+") }) else {
            return String(validating: bytes, as: UTF8.self)
        }
        var output: [UInt8] = []
        output.reserveCapacity(bytes.count)
        var index = bytes.startIndex
        while index < bytes.endIndex {
            switch bytes[index] {
            case UInt8(ascii: "+"): output.append(0x20)
            case UInt8(ascii: "%"):
                guard index + 2 < bytes.endIndex, let high = bytes[index + 1].hexadecimalValue,
                    let low = bytes[index + 2].hexadecimalValue
                else { return nil }
                output.append(high << 4 | low)
                index += 2
            default: output.append(bytes[index])
            }
            index += 1
        }
        return String(validating: output, as: UTF8.self)
    }

    private static func append(_ text: String, to output: inout [UInt8]) {
        let digits = Array("0123456789ABCDEF".utf8)
        for byte in text.utf8 {
            if byte.isUnreserved {
                output.append(byte)
            } else {
                output.append(UInt8(ascii: "%"))
                output.append(digits[Int(byte >> 4)])
                output.append(digits[Int(byte & 15)])
            }
        }
    }
}
