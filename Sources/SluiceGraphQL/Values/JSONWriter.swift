/// Writes JSON text straight into bytes.
/// - Source: RFC 8259.
public struct JSONWriter: Sendable {
    /// What was written so far.
    public private(set) var bytes: [UInt8] = []

    /// A writer with room for `capacity` bytes.
    public init(capacity: Int = 256) { bytes.reserveCapacity(capacity) }

    /// Writes one value.
    public mutating func write(_ value: JSONValue) {
        switch value {
        case .null: write(raw: "null")
        case .bool(let value): write(raw: value ? "true" : "false")
        case .int(let value): write(value)
        case .double(let value): write(value)
        case .string(let value): write(value)
        case .array(let elements):
            write(byte: UInt8(ascii: "["))
            var isFirst = true
            for element in elements {
                if !isFirst { write(byte: UInt8(ascii: ",")) }
                isFirst = false
                write(element)
            }
            write(byte: UInt8(ascii: "]"))
        case .object(let object):
            write(byte: UInt8(ascii: "{"))
            for index in object.names.indices {
                if index > 0 { write(byte: UInt8(ascii: ",")) }
                write(object.names[index])
                write(byte: UInt8(ascii: ":"))
                write(object.values[index])
            }
            write(byte: UInt8(ascii: "}"))
        }
    }

    /// Writes a string with its quotes and escapes.
    public mutating func write(_ text: String) {
        bytes.append(UInt8(ascii: "\""))
        var text = text
        text.withUTF8 { buffer in
            var start = 0
            for index in buffer.indices {
                let byte = buffer[index]
                guard byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") else { continue }
                bytes.append(contentsOf: buffer[start..<index])
                start = index + 1
                escape(byte)
            }
            bytes.append(contentsOf: buffer[start...])
        }
        bytes.append(UInt8(ascii: "\""))
    }

    private mutating func escape(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "\""): write(raw: "\\\"")
        case UInt8(ascii: "\\"): write(raw: "\\\\")
        case 0x08: write(raw: "\\b")
        case 0x09: write(raw: "\\t")
        case 0x0A: write(raw: "\\n")
        case 0x0C: write(raw: "\\f")
        case 0x0D: write(raw: "\\r")
        default:
            write(raw: "\\u00")
            for digit in [byte >> 4, byte & 0xF] {
                bytes.append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10)
            }
        }
    }

    /// Writes a whole number.
    public mutating func write(_ value: Int) {
        if value < 0 { bytes.append(UInt8(ascii: "-")) }
        var rest = value.magnitude
        let start = bytes.count
        repeat {
            bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10))
            rest /= 10
        } while rest > 0
        bytes[start...].reverse()
    }

    /// Writes a number so that it reads back as the same; what JSON cannot say becomes `null`.
    public mutating func write(_ value: Double) {
        guard value.isFinite else { return write(raw: "null") }
        // As JavaScript writes it: 3, not 3.0.
        if let whole = Int(exactly: value), whole.magnitude < 1 << 53 { return write(whole) }
        bytes.append(contentsOf: value.javaScriptDescription)
    }

    /// Writes a truth value.
    public mutating func write(_ value: Bool) { write(raw: value ? "true" : "false") }

    mutating func write(raw text: StaticString) {
        bytes.append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    mutating func write(raw text: [UInt8]) { bytes.append(contentsOf: text) }

    mutating func write(byte: UInt8) { bytes.append(byte) }
}
