/// A scalar: how values of it come in and go out.
/// - Source: GraphQL October 2021 §3.5.
public final class ScalarType: Sendable {
    /// The scalars that every schema has, or a scalar of the schema's own.
    enum Kind: Sendable {
        case int, float, string, boolean, id
        case custom(ScalarCoercion)
    }

    /// The type's name.
    public let name: String
    let description: String?
    let specifiedBy: String?
    let kind: Kind

    init(name: String, description: String?, specifiedBy: String?, kind: Kind) {
        self.name = name
        self.description = description
        self.specifiedBy = specifiedBy
        self.kind = kind
    }
}

/// How a custom scalar is read and written. The default takes and gives any value as it is.
public struct ScalarCoercion: Sendable {
    /// Turns what came in, as a variable or literal, into what resolvers see. Throwing refuses it.
    public let parse: @Sendable (JSONValue) throws -> JSONValue
    /// Turns what a resolver gave into what goes out.
    public let serialize: @Sendable (JSONValue) throws -> JSONValue

    /// A coercion by two functions; what is left out changes nothing.
    public init(
        parse: @escaping @Sendable (JSONValue) throws -> JSONValue = { $0 },
        serialize: @escaping @Sendable (JSONValue) throws -> JSONValue = { $0 }
    ) {
        self.parse = parse
        self.serialize = serialize
    }
}

extension ScalarType {
    /// Coerces a value from variables.
    /// - Throws: ``GraphQLError`` with the reason.
    /// - Source: §3.5, "Input Coercion" of each scalar.
    func parse(_ value: JSONValue) throws(GraphQLError) -> JSONValue {
        switch (kind, value) {
        case (.int, .int(let number)):
            guard Int32(exactly: number) != nil else {
                throw GraphQLError("Int cannot represent non 32-bit signed integer value: \(value.inspected)")
            }
            return value
        case (.int, .double(let number)):
            guard number.rounded() == number else {
                throw GraphQLError("Int cannot represent non-integer value: \(value.inspected)")
            }
            guard let whole = Int32(exactly: number) else {
                throw GraphQLError("Int cannot represent non 32-bit signed integer value: \(value.inspected)")
            }
            return .int(Int(whole))
        case (.int, _): throw GraphQLError("Int cannot represent non-integer value: \(value.inspected)")
        case (.float, .int(let number)): return .double(Double(number))
        case (.float, .double): return value
        case (.float, _): throw GraphQLError("Float cannot represent non numeric value: \(value.inspected)")
        case (.string, .string), (.boolean, .bool), (.id, .string): return value
        case (.string, _): throw GraphQLError("String cannot represent a non string value: \(value.inspected)")
        case (.boolean, _): throw GraphQLError("Boolean cannot represent a non boolean value: \(value.inspected)")
        case (.id, .int(let number)): return .string(String(number))
        case (.id, .double(let number)):
            guard number.rounded() == number, let whole = Int(exactly: number) else {
                throw GraphQLError("ID cannot represent value: \(value.inspected)")
            }
            return .string(String(whole))
        case (.id, _): throw GraphQLError("ID cannot represent value: \(value.inspected)")
        case (.custom(let coercion), _):
            do {
                return try coercion.parse(value)
            } catch let error as GraphQLError {
                throw error
            } catch {
                throw GraphQLError("Expected type \"\(name)\".")
            }
        }
    }

    /// Coerces a constant literal: the built-in scalars look at how it is written, `1.0` is no `Int`.
    func parse(literal node: ValueNode) throws(GraphQLError) -> JSONValue {
        switch (kind, node.kind) {
        case (.int, .int(let text)):
            guard let number = Int32(text) else {
                throw GraphQLError("Int cannot represent non 32-bit signed integer value: \(node.inspected)")
            }
            return .int(Int(number))
        case (.int, _): throw GraphQLError("Int cannot represent non-integer value: \(node.inspected)")
        case (.float, .int(let text)), (.float, .float(let text)):
            guard let number = Double(text), number.isFinite else {
                throw GraphQLError("Float cannot represent non numeric value: \(node.inspected)")
            }
            return .double(number)
        case (.float, _): throw GraphQLError("Float cannot represent non numeric value: \(node.inspected)")
        case (.string, .string(let text, _)): return .string(text)
        case (.string, _): throw GraphQLError("String cannot represent a non string value: \(node.inspected)")
        case (.boolean, .boolean(let value)): return .bool(value)
        case (.boolean, _): throw GraphQLError("Boolean cannot represent a non boolean value: \(node.inspected)")
        case (.id, .string(let text, _)), (.id, .int(let text)): return .string(text)
        case (.id, _): throw GraphQLError("ID cannot represent a non-string and non-integer value: \(node.inspected)")
        case (.custom(let coercion), _):
            do {
                return try coercion.parse(node.untyped)
            } catch let error as GraphQLError {
                throw error
            } catch {
                throw GraphQLError("Expected value of type \"\(name)\", found \(node.inspected).")
            }
        }
    }
}

extension ValueNode {
    /// The literal as JSON, as a scalar without a rule of its own sees it. Variables are resolved before.
    var untyped: JSONValue {
        switch kind {
        case .variable, .null: return .null
        case .int(let text):
            if let number = Int(text) { return .int(number) }
            return Self.finite(text)
        case .float(let text): return Self.finite(text)
        case .string(let text, _), .enumeration(let text): return .string(text)
        case .boolean(let value): return .bool(value)
        case .list(let items): return .array(items.map(\.untyped))
        case .object(let fields): return .object(JSONObject(fields.map { ($0.name.text, $0.value.untyped) }))
        }
    }

    /// The number, or null where no double holds it: what JSON cannot say no scalar has to expect.
    private static func finite(_ text: String) -> JSONValue {
        Double(text).flatMap { $0.isFinite ? .double($0) : nil } ?? .null
    }
}

extension JSONValue {
    /// The value as error messages print it: like JavaScript, cut short where it is long or deep.
    var inspected: String {
        var text = ""
        inspect(into: &text, depth: 0, limit: 500)
        return text.cut(toBytes: 500)
    }

    /// - Parameter limit: In bytes; what is beyond need not be written, since each of many errors may print a large value again.
    private func inspect(into text: inout String, depth: Int, limit: Int) {
        switch self {
        case .null, .bool, .int, .double: text += description
        case .string(let value): text += JSONValue.string(value.cut(toBytes: limit)).description
        case .array(let items) where items.isEmpty: text += "[]"
        case .object(let object) where object.isEmpty: text += "{}"
        case .array where depth > 1: text += "[Array]"
        case .object where depth > 1: text += "[Object]"
        case .array(let items):
            text += "["
            for (index, item) in items.prefix(10).enumerated() where text.utf8.count <= limit {
                text += index > 0 ? ", " : ""
                item.inspect(into: &text, depth: depth + 1, limit: limit)
            }
            if items.count > 10 { text += ", ... \(items.count - 10) more item\(items.count > 11 ? "s" : "")" }
            text += "]"
        case .object(let object):
            text += "{ "
            for (index, member) in object.enumerated() {
                guard text.utf8.count <= limit else { break }
                text += "\(index > 0 ? ", " : "")\(member.0.cut(toBytes: limit)): "
                member.1.inspect(into: &text, depth: depth + 1, limit: limit)
            }
            text += " }"
        }
    }
}
