extension ScalarType {
    /// Coerces what a resolver gave, as leniently as graphql-js: a number may come as text, a flag as a number.
    /// - Source: GraphQL October 2021 §3.5, "Result Coercion" of each scalar.
    func serialize(_ value: JSONValue) throws -> JSONValue {
        switch kind {
        case .int: try serializeInt(value)
        case .float: try serializeFloat(value)
        case .string: try serializeString(value)
        case .boolean: try serializeBoolean(value)
        case .id: try serializeID(value)
        case .custom(let coercion): try coercion.serialize(value)
        }
    }

    private func serializeInt(_ value: JSONValue) throws -> JSONValue {
        if case .int(let number) = value, Int32(exactly: number) != nil { return value }
        if case .bool(let flag) = value { return .int(flag ? 1 : 0) }
        guard let number = number(value), number.rounded() == number else {
            throw GraphQLError("Int cannot represent non-integer value: \(value.inspected)")
        }
        guard let whole = Int32(exactly: number) else {
            throw GraphQLError("Int cannot represent non 32-bit signed integer value: \(value.inspected)")
        }
        return .int(Int(whole))
    }

    private func serializeFloat(_ value: JSONValue) throws -> JSONValue {
        if case .int = value { return value }
        if case .bool(let flag) = value { return .int(flag ? 1 : 0) }
        guard let number = number(value), number.isFinite else {
            throw GraphQLError("Float cannot represent non numeric value: \(value.inspected)")
        }
        return .double(number)
    }

    /// The number that a value is, or that stands in its text.
    private func number(_ value: JSONValue) -> Double? {
        if case .string(let text) = value { Double(text) } else { value.double }
    }

    private func serializeString(_ value: JSONValue) throws -> JSONValue {
        switch value {
        case .string: return value
        case .int, .double, .bool: return .string(value.description)
        case .null, .array, .object:
            throw GraphQLError("String cannot represent value: \(value.inspected)")
        }
    }

    private func serializeBoolean(_ value: JSONValue) throws -> JSONValue {
        if case .bool = value { return value }
        guard let number = value.double, number.isFinite else {
            throw GraphQLError("Boolean cannot represent a non boolean value: \(value.inspected)")
        }
        return .bool(number != 0)
    }

    private func serializeID(_ value: JSONValue) throws -> JSONValue {
        switch value {
        case .string: return value
        case .int: return .string(value.description)
        case .double(let number) where number.rounded() == number && number.isFinite: return .string(value.description)
        case .double, .null, .bool, .array, .object:
            throw GraphQLError("ID cannot represent value: \(value.inspected)")
        }
    }
}
