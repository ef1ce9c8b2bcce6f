/// Why a text is not JSON, or not JSON that we take.
public struct JSONError: Error, Sendable, Hashable {
    /// What is wrong; never quotes the text.
    public let message: String
    /// Where, in bytes from the start.
    public let offset: Int
}

/// A strict JSON parser over bytes: RFC 8259 and nothing else, valid UTF-8 only, with bounds on size and depth. A repeated member
/// name is refused: two parsers would not agree on what the text says.
/// - Source: RFC 8259.
public struct JSONParser: Sendable {
    /// How deep arrays and objects may nest.
    public var depthLimit: Int
    /// How many bytes a text may have.
    public var limitInBytes: Int

    /// A parser with these bounds.
    public init(depthLimit: Int = 64, limitInBytes: Int = 8 << 20) {
        self.depthLimit = depthLimit
        self.limitInBytes = limitInBytes
    }

    /// Parses one JSON text.
    /// - Throws: ``JSONError`` that says what and where.
    public func parse(_ bytes: some Sequence<UInt8>) throws(JSONError) -> JSONValue {
        let result = bytes.withContiguousStorageIfAvailable { buffer in
            Result { () throws(JSONError) in try parse(buffer: buffer) }
        }
        if let result { return try result.get() }
        return try parse(Array(bytes))
    }

    /// Parses one JSON text.
    public func parse(_ text: String) throws(JSONError) -> JSONValue { try parse(text.utf8) }

    private func parse(buffer: UnsafeBufferPointer<UInt8>) throws(JSONError) -> JSONValue {
        guard buffer.count <= limitInBytes else {
            throw JSONError(message: "JSON text is longer than \(limitInBytes) bytes", offset: limitInBytes)
        }
        var cursor = Cursor(bytes: buffer, depthLimit: depthLimit)
        let value = try cursor.value()
        cursor.skipWhitespace()
        guard cursor.position == buffer.count else { throw cursor.error("unexpected text after the JSON value") }
        return value
    }
}

extension JSONParser {
    /// Where a parse stands. Lives only inside `parse`, as its buffer does.
    private struct Cursor {
        let bytes: UnsafeBufferPointer<UInt8>
        let depthLimit: Int
        var position = 0
        var depth = 0

        func error(_ message: String) -> JSONError { JSONError(message: message, offset: position) }

        mutating func skipWhitespace() {
            while position < bytes.count {
                switch bytes[position] {
                case 0x20, 0x09, 0x0A, 0x0D: position += 1
                default: return
                }
            }
        }

        mutating func value() throws(JSONError) -> JSONValue {
            skipWhitespace()
            guard position < bytes.count else { throw error("unexpected end of JSON") }
            switch bytes[position] {
            case UInt8(ascii: "{"): return try object()
            case UInt8(ascii: "["): return try array()
            case UInt8(ascii: "\""): return .string(try string())
            case UInt8(ascii: "t"):
                try literal("true")
                return .bool(true)
            case UInt8(ascii: "f"):
                try literal("false")
                return .bool(false)
            case UInt8(ascii: "n"):
                try literal("null")
                return .null
            case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
            default: throw error("unexpected character in JSON")
            }
        }

        private mutating func literal(_ text: StaticString) throws(JSONError) {
            let length = text.utf8CodeUnitCount
            guard position + length <= bytes.count else { throw error("unexpected end of JSON") }
            for offset in 0..<length where bytes[position + offset] != text.utf8Start[offset] {
                throw error("unexpected character in JSON")
            }
            position += length
        }

        private mutating func enter() throws(JSONError) {
            depth += 1
            guard depth <= depthLimit else { throw error("JSON is nested more than \(depthLimit) levels deep") }
            position += 1
            skipWhitespace()
        }

        /// After an element: true at a comma, false at the closing bracket.
        private mutating func goesOn(until close: UInt8) throws(JSONError) -> Bool {
            skipWhitespace()
            guard position < bytes.count else { throw error("unexpected end of JSON") }
            if bytes[position] == UInt8(ascii: ",") {
                position += 1
                skipWhitespace()
                return true
            }
            guard bytes[position] == close else { throw error("expected a comma or a closing bracket in JSON") }
            position += 1
            depth -= 1
            return false
        }

        private func isAt(_ byte: UInt8) -> Bool { position < bytes.count && bytes[position] == byte }

        private mutating func array() throws(JSONError) -> JSONValue {
            try enter()
            if isAt(UInt8(ascii: "]")) {
                position += 1
                depth -= 1
                return .array([])
            }
            var elements: [JSONValue] = []
            repeat { elements.append(try value()) } while try goesOn(until: UInt8(ascii: "]"))
            return .array(elements)
        }

        private mutating func object() throws(JSONError) -> JSONValue {
            try enter()
            if isAt(UInt8(ascii: "}")) {
                position += 1
                depth -= 1
                return .object(JSONObject())
            }
            var object = JSONObject()
            var index = MemberIndex()
            repeat {
                guard isAt(UInt8(ascii: "\"")) else { throw error("expected a member name in JSON") }
                let name = try string()
                skipWhitespace()
                guard isAt(UInt8(ascii: ":")) else { throw error("expected a colon in JSON") }
                position += 1
                let value = try value()
                guard index.place(of: name, in: object.names) == nil else {
                    throw error("a member name is repeated in a JSON object")
                }
                object.append(name, value)
            } while try goesOn(until: UInt8(ascii: "}"))
            return .object(object)
        }

        private mutating func number() throws(JSONError) -> JSONValue {
            let start = position
            let isNegative = bytes[position] == UInt8(ascii: "-")
            if isNegative { position += 1 }
            let firstDigit = position
            var magnitude: UInt64 = 0
            var overflows = false
            while position < bytes.count, bytes[position].isDigit {
                let (product, high) = magnitude.multipliedReportingOverflow(by: 10)
                let (sum, carry) = product.addingReportingOverflow(UInt64(bytes[position] - 0x30))
                overflows = overflows || high || carry
                magnitude = sum
                position += 1
            }
            let digits = position - firstDigit
            guard digits > 0, digits == 1 || bytes[firstDigit] != UInt8(ascii: "0") else {
                throw error("malformed number in JSON")
            }
            var isInteger = true
            if isAt(UInt8(ascii: ".")) {
                isInteger = false
                position += 1
                try someDigits()
            }
            if position < bytes.count, bytes[position] | 0x20 == UInt8(ascii: "e") {
                isInteger = false
                position += 1
                if isAt(UInt8(ascii: "+")) || isAt(UInt8(ascii: "-")) { position += 1 }
                try someDigits()
            }
            if isInteger, !overflows {
                if !isNegative, let value = Int(exactly: magnitude) { return .int(value) }
                if isNegative, magnitude <= UInt64(Int.max) + 1 { return .int(Int(truncatingIfNeeded: 0 &- magnitude)) }
            }
            let text = String(decoding: UnsafeBufferPointer(rebasing: bytes[start..<position]), as: UTF8.self)
            guard let value = Double(text), value.isFinite else { throw error("number out of range in JSON") }
            return .double(value)
        }

        private mutating func someDigits() throws(JSONError) {
            guard position < bytes.count, bytes[position].isDigit else { throw error("malformed number in JSON") }
            while position < bytes.count, bytes[position].isDigit { position += 1 }
        }

        private mutating func string() throws(JSONError) -> String {
            position += 1
            let start = position
            while position < bytes.count {
                let byte = bytes[position]
                if byte == UInt8(ascii: "\"") {
                    return try checked(UnsafeBufferPointer(rebasing: bytes[start..<position]))
                }
                if byte == UInt8(ascii: "\\") { return try escapedString(from: start) }
                guard byte >= 0x20 else { throw error("control character in a JSON string") }
                position += 1
            }
            throw error("unterminated JSON string")
        }

        /// The slow way, taken from the first backslash on.
        private mutating func escapedString(from start: Int) throws(JSONError) -> String {
            var text = [UInt8](bytes[start..<position])
            while position < bytes.count {
                let byte = bytes[position]
                switch byte {
                case UInt8(ascii: "\""):
                    return try checked(text)
                case UInt8(ascii: "\\"):
                    position += 1
                    try escape(into: &text)
                case 0..<0x20:
                    throw error("control character in a JSON string")
                default:
                    text.append(byte)
                    position += 1
                }
            }
            throw error("unterminated JSON string")
        }

        /// The string of these bytes; steps over the quote behind them.
        private mutating func checked(_ bytes: some Collection<UInt8>) throws(JSONError) -> String {
            guard let text = String(validating: bytes, as: UTF8.self) else { throw error("invalid UTF-8 in a JSON string") }
            guard text.isStreamSafe else { throw error("too many combining marks in a row in a JSON string") }
            position += 1
            return text
        }

        private mutating func escape(into text: inout [UInt8]) throws(JSONError) {
            guard position < bytes.count else { throw error("unterminated JSON string") }
            let kind = bytes[position]
            position += 1
            switch kind {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(kind)
            case UInt8(ascii: "b"): text.append(0x08)
            case UInt8(ascii: "f"): text.append(0x0C)
            case UInt8(ascii: "n"): text.append(0x0A)
            case UInt8(ascii: "r"): text.append(0x0D)
            case UInt8(ascii: "t"): text.append(0x09)
            case UInt8(ascii: "u"):
                var code = try fourDigits()
                if (0xD800...0xDBFF).contains(code), isAt(UInt8(ascii: "\\")) {
                    position += 1
                    guard isAt(UInt8(ascii: "u")) else { throw error("lone surrogate in a JSON string") }
                    position += 1
                    let low = try fourDigits()
                    guard (0xDC00...0xDFFF).contains(low) else { throw error("lone surrogate in a JSON string") }
                    code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
                }
                guard let scalar = Unicode.Scalar(code), let units = UTF8.encode(scalar) else {
                    throw error("lone surrogate in a JSON string")
                }
                text.append(contentsOf: units)
            default: throw error("unknown escape in a JSON string")
            }
        }

        private mutating func fourDigits() throws(JSONError) -> UInt32 {
            guard position + 4 <= bytes.count else { throw error("unterminated JSON string") }
            var code: UInt32 = 0
            for offset in 0..<4 {
                guard let digit = bytes[position + offset].hexadecimalValue else {
                    throw error("malformed escape in a JSON string")
                }
                code = code << 4 | UInt32(digit)
            }
            position += 4
            return code
        }
    }
}
