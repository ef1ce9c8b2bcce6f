/// The tags of an HTML document as a browser would see them: over scalars, not over Swift's characters.
struct TagScanner {
    /// A start tag with its attributes, text still escaped.
    struct Tag {
        var name: String
        var attributes: [(name: String, value: String)]
        /// How many bytes of the document lie before the tag.
        var offset: Int

        subscript(_ attribute: String) -> String? { attributes.first { $0.name == attribute }?.value }
    }

    /// The start tags of `html`, in order.
    static func tags(in html: String) -> [Tag] {
        var scanner = TagScanner(bytes: Array(html.utf8))
        var tags: [Tag] = []
        while let tag = scanner.next() { tags.append(tag) }
        return tags
    }

    private let bytes: [UInt8]
    private var index = 0

    private init(bytes: [UInt8]) { self.bytes = bytes }

    private var current: UInt8? { index < bytes.count ? bytes[index] : nil }

    private static func isSpace(_ byte: UInt8) -> Bool { [0x20, 0x09, 0x0A, 0x0C, 0x0D].contains(byte) }

    private static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }

    private mutating func take(while condition: (UInt8) -> Bool) -> String {
        let start = index
        while let byte = current, condition(byte) { index += 1 }
        return String(decoding: bytes[start..<index], as: UTF8.self)
    }

    private mutating func next() -> Tag? {
        while let byte = current {
            let start = index
            index += 1
            guard byte == UInt8(ascii: "<"), let first = current, Self.isLetter(first) else { continue }
            let name = take { !Self.isSpace($0) && $0 != UInt8(ascii: ">") && $0 != UInt8(ascii: "/") }.lowercased()
            return Tag(name: name, attributes: attributes(), offset: start)
        }
        return nil
    }

    private mutating func attributes() -> [(name: String, value: String)] {
        var found: [(name: String, value: String)] = []
        while true {
            _ = take { Self.isSpace($0) || $0 == UInt8(ascii: "/") }
            guard let byte = current else { return found }
            if byte == UInt8(ascii: ">") {
                index += 1
                return found
            }
            index += 1
            let first = String(decoding: [byte], as: UTF8.self)
            let rest = take { !Self.isSpace($0) && !"/>=".utf8.contains($0) }
            found.append((first.lowercased() + rest.lowercased(), value()))
        }
    }

    private mutating func value() -> String {
        let before = index
        _ = take(while: Self.isSpace)
        guard current == UInt8(ascii: "=") else {
            index = before
            return ""
        }
        index += 1
        _ = take(while: Self.isSpace)
        guard let quote = current, quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else {
            return take { !Self.isSpace($0) && $0 != UInt8(ascii: ">") }
        }
        index += 1
        let text = take { $0 != quote }
        index += 1
        return text
    }
}
