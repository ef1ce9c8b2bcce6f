extension ValueNode: CustomStringConvertible {
    /// The value in GraphQL's own notation, as graphql-js prints it.
    var description: String {
        var text = ""
        write(to: &text, limit: .max)
        return text
    }

    /// The literal as error messages quote it: cut where it is long, so that a message cannot outgrow its request.
    var inspected: String {
        var text = ""
        write(to: &text, limit: 500)
        return text.cut(toBytes: 500)
    }

    /// - Parameter limit: In bytes; what is beyond need not be written.
    private func write(to text: inout String, limit: Int) {
        guard text.utf8.count <= limit else { return }
        switch kind {
        case .variable(let name): text += "$\(name)"
        case .int(let written), .float(let written), .enumeration(let written): text += written
        case .string(let value, let isBlock):
            let value = value.cut(toBytes: limit)
            text += isBlock ? Self.blockString(value) : Self.quoted(value)
        case .boolean(let value): text += value ? "true" : "false"
        case .null: text += "null"
        case .list(let items):
            text += "["
            for (index, item) in items.enumerated() where text.utf8.count <= limit {
                if index > 0 { text += ", " }
                item.write(to: &text, limit: limit)
            }
            text += "]"
        case .object(let fields):
            text += "{"
            for (index, field) in fields.enumerated() where text.utf8.count <= limit {
                text += index > 0 ? ", \(field.name.text): " : "\(field.name.text): "
                field.value.write(to: &text, limit: limit)
            }
            text += "}"
        }
    }

    private static func quoted(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case "\u{8}": quoted += "\\b"
            case "\t": quoted += "\\t"
            case "\n": quoted += "\\n"
            case "\u{c}": quoted += "\\f"
            case "\r": quoted += "\\r"
            case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}":
                let digits = String(scalar.value, radix: 16, uppercase: true)
                quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }

    /// A block string that reads back as the same text: where its first or last characters would be lost or would close
    /// it too early, it gets lines of its own.
    private static func blockString(_ text: String) -> String {
        let quotes = "\"\"\""
        var escaped: [UInt8] = []
        var lines: [[UInt8]] = [[]]
        let bytes = Array(text.utf8)
        var index = 0
        while index < bytes.count {
            if bytes[index...].starts(with: quotes.utf8) {
                escaped += Array("\\\"\"\"".utf8)
                lines[lines.count - 1] += Array("\\\"\"\"".utf8)
                index += 3
                continue
            }
            escaped.append(bytes[index])
            if bytes[index] == 0x0A { lines.append([]) } else { lines[lines.count - 1].append(bytes[index]) }
            index += 1
        }
        func isIndented(_ line: [UInt8]) -> Bool { line.first.map { $0 == 0x20 || $0 == 0x09 } ?? false }
        let isSingle = lines.count == 1
        let leads = !isSingle && lines.dropFirst().allSatisfy { $0.isEmpty || isIndented($0) }
        let endsInQuotes = escaped.reversed().starts(with: "\"\"\"\\".utf8)
        let trails = text.utf8.last == UInt8(ascii: "\\") || text.utf8.last == UInt8(ascii: "\"") && !endsInQuotes
        let isSpread = !isSingle || text.utf16.count > 70 || trails || leads || endsInQuotes
        let before = isSpread && !(isSingle && isIndented(lines[0])) || leads ? "\n" : ""
        return quotes + before + String(decoding: escaped, as: UTF8.self) + (isSpread || trails ? "\n" : "") + quotes
    }
}
