/// A JSON object written member by member, in the order given. Hand-made: the token path signs it at a rate that a general
/// encoder would halve, and the wire's member order is part of the contract.
/// - Source: RFC 8259.
package struct JSONText: Sendable {
    private var bytes: [UInt8]

    /// An object without members.
    package init(capacity: Int = 256) {
        bytes = []
        bytes.reserveCapacity(capacity)
        bytes.append(UInt8(ascii: "{"))
    }

    /// Adds a member that holds text.
    package mutating func add(_ name: String, _ value: String) {
        begin(name)
        append(value)
    }

    /// Adds a member that holds a whole number.
    package mutating func add(_ name: String, _ value: Int64) {
        begin(name)
        bytes.append(contentsOf: String(value).utf8)
    }

    /// Adds a member that holds true or false.
    package mutating func add(_ name: String, _ value: Bool) {
        begin(name)
        bytes.append(contentsOf: (value ? "true" : "false").utf8)
    }

    /// Adds a member that holds an array of texts.
    package mutating func add(_ name: String, _ values: [String]) {
        begin(name)
        bytes.append(UInt8(ascii: "["))
        for (index, value) in values.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            append(value)
        }
        bytes.append(UInt8(ascii: "]"))
    }

    /// Adds a member whose value is JSON already.
    package mutating func add(_ name: String, json value: String) {
        begin(name)
        bytes.append(contentsOf: value.utf8)
    }

    /// Adds a member that holds text, or null.
    package mutating func add(_ name: String, optional value: String?) {
        if let value { add(name, value) } else { add(name, json: "null") }
    }

    /// Adds a member that holds an array of values that are JSON already.
    package mutating func add(_ name: String, json values: [String]) {
        begin(name)
        bytes.append(UInt8(ascii: "["))
        bytes.append(contentsOf: values.joined(separator: ",").utf8)
        bytes.append(UInt8(ascii: "]"))
    }

    /// The complete object as bytes.
    package var utf8: [UInt8] { bytes + [UInt8(ascii: "}")] }

    /// The complete object as text.
    package var text: String { String(decoding: utf8, as: UTF8.self) }

    private mutating func begin(_ name: String) {
        if bytes.count > 1 { bytes.append(UInt8(ascii: ",")) }
        append(name)
        bytes.append(UInt8(ascii: ":"))
    }

    private mutating func append(_ text: String) {
        bytes.append(UInt8(ascii: "\""))
        var text = text
        text.withUTF8 { buffer in
            guard buffer.contains(where: { $0 < 0x20 || $0 == 0x22 || $0 == 0x5C || $0 == 0x7F }) else {
                bytes.append(contentsOf: buffer)
                return
            }
            for byte in buffer { appendEscaped(byte) }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    private mutating func appendEscaped(_ byte: UInt8) {
        switch byte {
        case 0x22, 0x5C:
            bytes.append(UInt8(ascii: "\\"))
            bytes.append(byte)
        case ..<0x20, 0x7F:
            let digits = Array("0123456789abcdef".utf8)
            bytes.append(contentsOf: "\\u00".utf8)
            bytes.append(digits[Int(byte >> 4)])
            bytes.append(digits[Int(byte & 15)])
        default: bytes.append(byte)
        }
    }
}
