/// Writes JSON that somebody else made in another layout. Numbers, escapes and the order of members stay as they came: what a script
/// reads is what the server said.
///
/// Its input is JSON that was parsed before; on anything else it gives some text, and stops.
enum JSONLayout {
    /// One line without blanks between the values.
    static func line(_ json: some Collection<UInt8>) -> String {
        var writer = Writer(isIndented: false)
        writer.write(json)
        return writer.text
    }

    /// One member a line, two blanks for each level.
    static func indented(_ json: some Collection<UInt8>) -> String {
        var writer = Writer(isIndented: true)
        writer.write(json)
        return writer.text
    }

    /// The value of a member of the outermost object as it stands there; `nil` if there is none of that name.
    static func member(_ name: String, of json: [UInt8]) -> ArraySlice<UInt8>? {
        let wanted = Array("\"\(name)\"".utf8)
        var depth = 0
        var start: Int?
        var index = 0
        while index < json.count {
            switch json[index] {
            case UInt8(ascii: "\""):
                let end = endOfString(json, index)
                // A name is what a colon follows; what stands between two quotation marks elsewhere is a value.
                if depth == 1, start == nil, json[index..<end].elementsEqual(wanted) {
                    let colon = json[end...].firstIndex { !isBlank($0) }
                    if let colon, json[colon] == UInt8(ascii: ":") {
                        start = colon + 1
                        index = colon + 1
                        continue
                    }
                }
                index = end
                continue
            case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                depth -= 1
                if let start, depth == 0 { return json[start..<index] }
            case UInt8(ascii: ","):
                if let start, depth == 1 { return json[start..<index] }
            default: break
            }
            index += 1
        }
        return nil
    }

    /// The index behind a string that begins at `start`.
    private static func endOfString(_ json: [UInt8], _ start: Int) -> Int {
        var index = start + 1
        while index < json.count {
            switch json[index] {
            case UInt8(ascii: "\\"): index += 2
            case UInt8(ascii: "\""): return index + 1
            default: index += 1
            }
        }
        return json.count
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

    private struct Writer {
        let isIndented: Bool
        private(set) var text = ""
        private var depth = 0
        /// Whether a `{` or `[` was written and nothing behind it yet: an empty one stays on its line.
        private var isFresh = false

        init(isIndented: Bool) { self.isIndented = isIndented }

        mutating func write(_ json: some Collection<UInt8>) {
            var isInString = false
            var isEscaped = false
            for scalar in String(decoding: json, as: UTF8.self).unicodeScalars {
                if isInString {
                    append(inString: scalar)
                    if isEscaped {
                        isEscaped = false
                    } else if scalar == "\\" {
                        isEscaped = true
                    } else if scalar == "\"" {
                        isInString = false
                    }
                    continue
                }
                switch scalar {
                case " ", "\t", "\n", "\r": break
                case "{", "[":
                    begin(scalar)
                    depth += 1
                    isFresh = true
                case "}", "]":
                    depth = max(0, depth - 1)
                    if isFresh { isFresh = false } else { breakLine() }
                    text.unicodeScalars.append(scalar)
                case ",":
                    text += ","
                    breakLine()
                case ":": text += isIndented ? ": " : ":"
                case "\"":
                    begin(scalar)
                    isInString = true
                default: begin(scalar)
                }
            }
        }

        private mutating func begin(_ scalar: Unicode.Scalar) {
            if isFresh {
                isFresh = false
                breakLine()
            }
            text.unicodeScalars.append(scalar)
        }

        private mutating func breakLine() {
            guard isIndented else { return }
            text += "\n" + String(repeating: "  ", count: depth)
        }

        /// Characters that a terminal obeys or that turn the direction of writing around go out as escapes: to whoever parses the
        /// text it is the same.
        private mutating func append(inString scalar: Unicode.Scalar) {
            guard !Printable.isPlain(scalar) else { return text.unicodeScalars.append(scalar) }
            let digits = String(scalar.value, radix: 16)
            text += "\\u" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
        }
    }
}
