/// A value as written in a document.
/// - Source: GraphQL October 2021 §2.9.
struct ValueNode: Sendable {
    indirect enum Kind: Sendable {
        case variable(String)
        /// As written: it may not fit any Swift integer.
        case int(String)
        case float(String)
        case string(String, isBlock: Bool)
        case boolean(Bool)
        case null
        case enumeration(String)
        case list([ValueNode])
        case object([ObjectFieldNode])
    }

    let kind: Kind
    let location: SourceLocation

    var isNull: Bool { if case .null = kind { true } else { false } }

    /// Whether a variable stands anywhere in the value.
    var containsVariable: Bool {
        switch kind {
        case .variable: true
        case .list(let items): items.contains(where: \.containsVariable)
        case .object(let fields): fields.contains { $0.value.containsVariable }
        default: false
        }
    }
}

/// One `name: value` of an object value.
struct ObjectFieldNode: Sendable {
    let name: Name
    let value: ValueNode
}

extension ValueNode: CustomStringConvertible {
    /// The value in GraphQL's own notation, on one line.
    var description: String {
        switch kind {
        case .variable(let name): "$\(name)"
        case .int(let text), .float(let text), .enumeration(let text): text
        case .string(let text, _): JSONValue.string(text).description
        case .boolean(let value): value ? "true" : "false"
        case .null: "null"
        case .list(let items): "[" + items.map(\.description).joined(separator: ", ") + "]"
        case .object(let fields):
            "{" + (fields.isEmpty ? "" : " ")
                + fields.map { "\($0.name.text): \($0.value)" }.joined(separator: ", ")
                + (fields.isEmpty ? "" : " ") + "}"
        }
    }
}
