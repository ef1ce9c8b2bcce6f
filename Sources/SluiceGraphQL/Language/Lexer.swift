/// Cuts a document's UTF-8 bytes into tokens, one at a time, so that a limit stops the work and not only the result.
/// - Source: GraphQL October 2021 §2.1.
struct Lexer {
    /// How many characters a name may have. The answer repeats an alias in every element of a list and in the path of every error.
    static let longestName = 255

    private let bytes: [UInt8]
    private let tokenLimit: Int
    private var position = 0
    private var line = 1
    private var lineStart = 0
    /// UTF-8 continuation bytes since the line began: what separates a byte column from a code point column.
    private var continuationBytes = 0
    private(set) var tokenCount = 0

    init(_ text: String, tokenLimit: Int) {
        bytes = Array(text.utf8)
        self.tokenLimit = tokenLimit
    }

    /// The next token; `.endOfFile` for ever after the last.
    mutating func next() throws(GraphQLError) -> Token {
        skipIgnored()
        let location = here
        guard position < bytes.count else { return Token(kind: .endOfFile, location: location, text: "") }
        tokenCount += 1
        guard tokenCount <= tokenLimit else {
            throw GraphQLError(
                "Syntax Error: Document contains more than \(tokenLimit) tokens. Parsing aborted.",
                locations: [location])
        }
        let byte = bytes[position]
        if byte.isNameStart {
            let start = position
            while position < bytes.count, bytes[position].isNameContinue { position += 1 }
            guard position - start <= Self.longestName else {
                throw GraphQLError(
                    syntax: "A name has more than \(Self.longestName) characters. Parsing aborted.", at: location)
            }
            return Token(
                kind: .name, location: location, text: String(decoding: bytes[start..<position], as: UTF8.self))
        }
        if let kind = punctuator(byte) {
            position += 1
            return Token(kind: kind, location: location, text: "")
        }
        switch byte {
        case UInt8(ascii: "."):
            guard peek(1) == UInt8(ascii: "."), peek(2) == UInt8(ascii: ".") else { throw unexpectedCharacter() }
            position += 3
            return Token(kind: .spread, location: location, text: "")
        case UInt8(ascii: "\""):
            if peek(1) == UInt8(ascii: "\""), peek(2) == UInt8(ascii: "\"") { return try blockString(at: location) }
            return try string(at: location)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
            return try number(at: location)
        default:
            throw unexpectedCharacter()
        }
    }

    private var here: SourceLocation {
        SourceLocation(line: line, column: position - lineStart - continuationBytes + 1)
    }

    private func peek(_ distance: Int) -> UInt8? {
        let index = position + distance
        return index < bytes.count ? bytes[index] : nil
    }

    private func punctuator(_ byte: UInt8) -> Token.Kind? {
        switch byte {
        case UInt8(ascii: "!"): .bang
        case UInt8(ascii: "$"): .dollar
        case UInt8(ascii: "&"): .ampersand
        case UInt8(ascii: "("): .openParenthesis
        case UInt8(ascii: ")"): .closeParenthesis
        case UInt8(ascii: ":"): .colon
        case UInt8(ascii: "="): .equals
        case UInt8(ascii: "@"): .at
        case UInt8(ascii: "["): .openBracket
        case UInt8(ascii: "]"): .closeBracket
        case UInt8(ascii: "{"): .openBrace
        case UInt8(ascii: "|"): .pipe
        case UInt8(ascii: "}"): .closeBrace
        default: nil
        }
    }

    /// Source: §2.1.1 to §2.1.5 and §2.1.7 (white space, line terminators, comments, commas, the byte order mark).
    private mutating func skipIgnored() {
        while position < bytes.count {
            switch bytes[position] {
            case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: ","):
                position += 1
            case UInt8(ascii: "\n"), UInt8(ascii: "\r"):
                newline()
            case UInt8(ascii: "#"):
                while position < bytes.count, bytes[position] != 0x0A, bytes[position] != 0x0D { advance() }
            case 0xEF where peek(1) == 0xBB && peek(2) == 0xBF:
                advance()
                advance()
                advance()
            default:
                return
            }
        }
    }

    private mutating func newline() {
        if bytes[position] == 0x0D, peek(1) == 0x0A { position += 1 }
        position += 1
        line += 1
        lineStart = position
        continuationBytes = 0
    }

    private mutating func advance() {
        if bytes[position] & 0xC0 == 0x80 { continuationBytes += 1 }
        position += 1
    }
}

// MARK: - Numbers

extension Lexer {
    /// Source: §2.9.1 and §2.9.2.
    private mutating func number(at location: SourceLocation) throws(GraphQLError) -> Token {
        let start = position
        var isFloat = false
        if bytes[position] == UInt8(ascii: "-") { position += 1 }
        if peek(0) == UInt8(ascii: "0") {
            position += 1
            if let next = peek(0), next.isDigit {
                throw syntaxError("Invalid number, unexpected digit after 0: \(describedCharacter).")
            }
        } else {
            try digits()
        }
        if peek(0) == UInt8(ascii: ".") {
            isFloat = true
            position += 1
            try digits()
        }
        if let exponent = peek(0), exponent | 0x20 == UInt8(ascii: "e") {
            isFloat = true
            position += 1
            if let sign = peek(0), sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") { position += 1 }
            try digits()
        }
        // `0xF1`, `1.2.3` and `10abc` would otherwise read as two tokens.
        if let next = peek(0), next == UInt8(ascii: ".") || next.isNameStart {
            throw syntaxError("Invalid number, expected digit but got: \(describedCharacter).")
        }
        let text = String(decoding: bytes[start..<position], as: UTF8.self)
        return Token(kind: isFloat ? .float : .int, location: location, text: text)
    }

    private mutating func digits() throws(GraphQLError) {
        guard let first = peek(0), first.isDigit else {
            throw syntaxError("Invalid number, expected digit but got: \(describedCharacter).")
        }
        while let byte = peek(0), byte.isDigit { position += 1 }
    }
}

// MARK: - Strings

extension Lexer {
    /// Source: §2.9.4.
    private mutating func string(at location: SourceLocation) throws(GraphQLError) -> Token {
        position += 1
        var value: [UInt8] = []
        while position < bytes.count {
            let byte = bytes[position]
            switch byte {
            case UInt8(ascii: "\""):
                position += 1
                return try stringToken(.string, location, String(decoding: value, as: UTF8.self))
            case UInt8(ascii: "\\"):
                try escape(into: &value)
            case 0x0A, 0x0D:
                throw syntaxError("Unterminated string.")
            default:
                value.append(byte)
                advance()
            }
        }
        throw syntaxError("Unterminated string.")
    }

    private func stringToken(_ kind: Token.Kind, _ location: SourceLocation, _ text: String) throws(GraphQLError) -> Token {
        guard text.isStreamSafe else {
            throw GraphQLError(
                syntax: "A string has more than \(String.mostMarks) combining marks in a row. Parsing aborted.", at: location)
        }
        return Token(kind: kind, location: location, text: text)
    }

    private mutating func escape(into value: inout [UInt8]) throws(GraphQLError) {
        switch peek(1) {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): value.append(bytes[position + 1])
        case UInt8(ascii: "b"): value.append(0x08)
        case UInt8(ascii: "f"): value.append(0x0C)
        case UInt8(ascii: "n"): value.append(0x0A)
        case UInt8(ascii: "r"): value.append(0x0D)
        case UInt8(ascii: "t"): value.append(0x09)
        case UInt8(ascii: "u"):
            let scalar = peek(2) == UInt8(ascii: "{") ? try bracedEscape() : try fixedEscape()
            value.append(contentsOf: UTF8.encode(scalar).map(Array.init) ?? [])
            return
        default:
            let character = String(decoding: bytes[(position + 1)...].prefix(4), as: UTF8.self).unicodeScalars.first
            throw syntaxError("Invalid character escape sequence: \"\\\(character.map(String.init) ?? "")\".")
        }
        position += 2
    }

    /// `\u{1F600}`, up to eight hexadecimal digits, as graphql-js has it. Source: September 2025 §2.9.4.
    private mutating func bracedEscape() throws(GraphQLError) -> Unicode.Scalar {
        var index = position + 3
        let end = min(position + 12, bytes.count)
        var code: UInt32 = 0
        while index < end {
            let byte = bytes[index]
            index += 1
            guard let digit = byte.hexadecimalValue else {
                guard byte == UInt8(ascii: "}"), index > position + 4, let scalar = Unicode.Scalar(code) else { break }
                position = index
                return scalar
            }
            code = code << 4 | UInt32(digit)
        }
        throw invalidUnicodeEscape(upTo: index)
    }

    /// `\u00e9`, or two of them that make one surrogate pair.
    private mutating func fixedEscape() throws(GraphQLError) -> Unicode.Scalar {
        guard let code = fourDigits(at: position + 2) else { throw invalidUnicodeEscape(upTo: position + 6) }
        if let scalar = Unicode.Scalar(code) {
            position += 6
            return scalar
        }
        if (0xD800...0xDBFF).contains(code), peek(6) == UInt8(ascii: "\\"), peek(7) == UInt8(ascii: "u"),
            let low = fourDigits(at: position + 8), (0xDC00...0xDFFF).contains(low),
            let scalar = Unicode.Scalar(0x10000 + (code - 0xD800) << 10 + (low - 0xDC00))
        {
            position += 12
            return scalar
        }
        throw invalidUnicodeEscape(upTo: position + 6)
    }

    private func fourDigits(at index: Int) -> UInt32? {
        guard index + 4 <= bytes.count else { return nil }
        var code: UInt32 = 0
        for offset in index..<index + 4 {
            guard let digit = bytes[offset].hexadecimalValue else { return nil }
            code = code << 4 | UInt32(digit)
        }
        return code
    }

    /// - Parameter end: The end of the escape, had it been ASCII: other characters count as one.
    private func invalidUnicodeEscape(upTo end: Int) -> GraphQLError {
        let characters = String(decoding: bytes[position...].prefix(4 * (end - position)), as: UTF8.self).unicodeScalars
        let text = characters.prefix(end - position).map(String.init).joined()
        return syntaxError("Invalid Unicode escape sequence: \"\(text)\".")
    }

    /// Source: §2.9.4, "Block Strings" and BlockStringValue().
    private mutating func blockString(at location: SourceLocation) throws(GraphQLError) -> Token {
        position += 3
        var lines: [[UInt8]] = []
        var current: [UInt8] = []
        let quote = UInt8(ascii: "\"")
        while position < bytes.count {
            let byte = bytes[position]
            if byte == quote, peek(1) == quote, peek(2) == quote {
                position += 3
                lines.append(current)
                return try stringToken(.blockString, location, Self.dedent(lines))
            }
            if byte == UInt8(ascii: "\\"), peek(1) == quote, peek(2) == quote, peek(3) == quote {
                current.append(contentsOf: [quote, quote, quote])
                position += 4
            } else if byte == 0x0A || byte == 0x0D {
                lines.append(current)
                current = []
                newline()
            } else {
                current.append(byte)
                advance()
            }
        }
        throw syntaxError("Unterminated string.")
    }

    /// Removes the indentation that all lines but the first share, and blank lines at both ends.
    private static func dedent(_ lines: [[UInt8]]) -> String {
        func indentation(_ line: [UInt8]) -> Int { line.prefix { $0 == 0x20 || $0 == 0x09 }.count }
        var common = Int.max
        var first: Int?
        var last = -1
        for (index, line) in lines.enumerated() {
            let indent = indentation(line)
            guard indent < line.count else { continue }
            if first == nil { first = index }
            last = index
            if index > 0 { common = min(common, indent) }
        }
        guard let first else { return "" }
        var value: [UInt8] = []
        for index in first...last {
            if index > first { value.append(0x0A) }
            value.append(
                contentsOf: index == 0 ? lines[index][...] : lines[index].dropFirst(common == .max ? 0 : common))
        }
        return String(decoding: value, as: UTF8.self)
    }
}

// MARK: - Errors

extension Lexer {
    private func syntaxError(_ text: String) -> GraphQLError { GraphQLError(syntax: text, at: here) }

    /// The code point at the current position, as messages print it.
    private var describedCharacter: String {
        guard position < bytes.count else { return Token.Kind.endOfFile.rawValue }
        let scalar = String(decoding: bytes[position...].prefix(4), as: UTF8.self).unicodeScalars.first
        guard let scalar else { return Token.Kind.endOfFile.rawValue }
        if (0x20...0x7E).contains(scalar.value) { return scalar == "\"" ? "'\"'" : "\"\(scalar)\"" }
        let digits = String(scalar.value, radix: 16, uppercase: true)
        return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }

    private func unexpectedCharacter() -> GraphQLError {
        if bytes[position] == UInt8(ascii: "'") {
            return syntaxError("Unexpected single quote character ('), did you mean to use a double quote (\")?")
        }
        return syntaxError("Unexpected character: \(describedCharacter).")
    }
}

extension UInt8 {
    var isDigit: Bool { self &- 0x30 < 10 }
    var isNameStart: Bool { (self | 0x20) &- 0x61 < 26 || self == 0x5F }
    var isNameContinue: Bool { isNameStart || isDigit }

    var hexadecimalValue: UInt8? {
        switch self {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): self - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): self - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): self - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
