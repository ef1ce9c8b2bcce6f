/// What a GraphQL document does, found without a parser: the keyword before the outermost braces.
///
/// Only that much is needed here: a request may be sent again if it changes nothing.
enum OperationKind {
    case query, mutation, subscription

    /// The kind of the operation that would be run; `nil` if that cannot be told, which is no reason to take risks.
    /// - Parameter name: The operation's name, where the document has several.
    /// - Source: GraphQL specification §2.1 to §2.3.
    static func of(_ document: String, name: String?) -> OperationKind? {
        let operations = definitions(document).filter { $0.keyword != "fragment" }
        let chosen = name.map { name in operations.filter { $0.name == name } } ?? operations
        guard chosen.count == 1 else { return nil }
        switch chosen[0].keyword {
        case "query", "": return .query
        case "mutation": return .mutation
        case "subscription": return .subscription
        default: return nil
        }
    }

    private struct Definition {
        var keyword = ""
        var name: String?
    }

    /// The first two words before each outermost pair of braces.
    private static func definitions(_ document: String) -> [Definition] {
        var found: [Definition] = []
        var words: [String] = []
        var depth = 0
        let bytes = Array(document.utf8)
        var index = 0
        while index < bytes.count {
            switch bytes[index] {
            case UInt8(ascii: "#"):
                while index < bytes.count, bytes[index] != 0x0A, bytes[index] != 0x0D { index += 1 }
                continue
            case UInt8(ascii: "\""):
                index = endOfString(bytes, index)
                continue
            case UInt8(ascii: "{"), UInt8(ascii: "("), UInt8(ascii: "["):
                // Variables and directives stand in parentheses before the braces, and hold braces themselves.
                if depth == 0, bytes[index] == UInt8(ascii: "{") {
                    found.append(Definition(keyword: words.first ?? "", name: words.dropFirst().first))
                    words = []
                }
                depth += 1
            case UInt8(ascii: "}"), UInt8(ascii: ")"), UInt8(ascii: "]"): depth -= 1
            case let byte where isNamePart(byte) && depth == 0:
                let start = index
                while index < bytes.count, isNamePart(bytes[index]) { index += 1 }
                words.append(String(decoding: bytes[start..<index], as: UTF8.self))
                continue
            case UInt8(ascii: "@") where depth == 0:
                // A directive's name is not the operation's.
                words.append("@")
            default: break
            }
            index += 1
        }
        return found
    }

    private static func endOfString(_ bytes: [UInt8], _ start: Int) -> Int {
        let quote = UInt8(ascii: "\"")
        let isBlock = bytes[start...].starts(with: [quote, quote, quote])
        var index = start + (isBlock ? 3 : 1)
        while index < bytes.count {
            if isBlock, bytes[index...].starts(with: [UInt8(ascii: "\\"), quote, quote, quote]) {
                // The one escape that a block has.
                index += 4
            } else if !isBlock, bytes[index] == UInt8(ascii: "\\") {
                index += 2
            } else if isBlock, bytes[index...].starts(with: [quote, quote, quote]) {
                return index + 3
            } else if !isBlock, bytes[index] == quote {
                return index + 1
            } else {
                index += 1
            }
        }
        return bytes.count
    }

    private static func isNamePart(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
            UInt8(ascii: "_"):
            true
        default: false
        }
    }
}
