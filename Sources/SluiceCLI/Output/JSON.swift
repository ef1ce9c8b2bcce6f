import SluiceServer

/// A JSON value whose members keep their order, so that answers read well and stay the same.
indirect enum JSON: Sendable, Equatable {
    case null
    case bool(Bool)
    case integer(Int)
    case string(String)
    case array([JSON])
    case object([Member])

    /// A member of an object.
    struct Member: Sendable, Equatable {
        let name: String
        let value: JSON
    }

    /// An object from pairs.
    static func object(_ members: [(String, JSON)]) -> JSON { .object(members.map { Member(name: $0.0, value: $0.1) }) }

    /// A text or null.
    static func optional(_ text: String?) -> JSON { text.map(JSON.string) ?? .null }

    /// Texts.
    static func strings(_ texts: [String]) -> JSON { .array(texts.map(JSON.string)) }

    /// The value as one line.
    var text: String {
        switch self {
        case .null: "null"
        case .bool(let value): value ? "true" : "false"
        case .integer(let value): String(value)
        case .string(let value): JSONString.quoted(value)
        case .array(let values): "[" + values.map(\.text).joined(separator: ",") + "]"
        case .object(let members):
            "{" + members.map { "\(JSONString.quoted($0.name)):\($0.value.text)" }.joined(separator: ",") + "}"
        }
    }
}
