extension ValueCoercion {
    /// The default of an argument or input field in GraphQL's notation, after coercion: single values in their list, nested
    /// defaults filled in. `nil` if it has none.
    /// - Source: GraphQL October 2021 §4.2, `defaultValue`.
    func printedDefault(of input: InputValueDefinition) -> String? {
        defaultValue(of: input).map { literal($0, input.type).description }
    }

    /// A coerced value as a document would write it.
    private func literal(_ value: JSONValue, _ type: TypeReference) -> ValueNode {
        ValueNode(kind: literalKind(value, type.nullable), location: SourceLocation(line: 1, column: 1))
    }

    private func literalKind(_ value: JSONValue, _ type: TypeReference) -> ValueNode.Kind {
        switch value {
        case .null: return .null
        case .bool(let flag): return .boolean(flag)
        case .int(let number): return .int(String(number))
        case .double: return .float(value.description)
        case .array(let items):
            return .list(items.map { literal($0, type.isList ? type.unwrapped : type) })
        case .string(let text):
            if case .enumeration = schema[type] { return .enumeration(text) }
            if case .scalar(let scalar) = schema[type], case .id = scalar.kind, text.isWholeNumber { return .int(text) }
            return .string(text, isBlock: false)
        case .object(let object):
            var input: InputObjectType?
            if case .input(let type) = schema[type] { input = type }
            return .object(
                object.map { name, value in
                    ObjectFieldNode(
                        name: Name(text: name, location: SourceLocation(line: 1, column: 1)),
                        value: literal(value, input?.field(name)?.type ?? type))
                })
        }
    }
}

extension String {
    /// Whether a document could write the text as an `Int`.
    fileprivate var isWholeNumber: Bool {
        let digits = utf8.first == UInt8(ascii: "-") ? utf8.dropFirst() : utf8[...]
        return !digits.isEmpty && digits.allSatisfy(\.isDigit) && (digits.count == 1 || digits.first != UInt8(ascii: "0"))
    }
}
