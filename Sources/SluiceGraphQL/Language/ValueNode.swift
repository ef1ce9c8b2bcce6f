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
