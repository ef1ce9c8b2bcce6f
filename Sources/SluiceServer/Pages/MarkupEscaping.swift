import Mustache

/// Makes text from outside inert in HTML, as content and inside a quoted attribute.
///
/// Mustache's own escaping compares Swift characters. A quotation mark followed by a combining mark is one character
/// that equals none of the five, so it would pass unescaped and end the attribute it stands in. A browser reads scalars;
/// so does this.
struct MarkupEscaping: MustacheContentType {
    /// The name under which templates ask for it.
    static let name = "MARKUP"

    func escapeText(_ text: String) -> String {
        guard text.utf8.contains(where: { Self.entity(for: $0) != nil }) else { return text }
        var escaped: [UInt8] = []
        escaped.reserveCapacity(text.utf8.count + 32)
        for byte in text.utf8 {
            if let entity = Self.entity(for: byte) {
                escaped.append(contentsOf: entity.utf8)
            } else {
                escaped.append(byte)
            }
        }
        return String(decoding: escaped, as: UTF8.self)
    }

    private static func entity(for byte: UInt8) -> String? {
        switch byte {
        case UInt8(ascii: "&"): "&amp;"
        case UInt8(ascii: "<"): "&lt;"
        case UInt8(ascii: ">"): "&gt;"
        case UInt8(ascii: "\""): "&quot;"
        case UInt8(ascii: "'"): "&#39;"
        case 0: "\u{FFFD}"
        default: nil
        }
    }
}
