/// Turns literals and variables into values of input types.
/// - Source: GraphQL October 2021 §6.1.2, §6.4.1 and "Input Coercion" of each type in §3.
struct ValueCoercion {
    /// The variables of a request by name, coerced; what was left out is absent.
    typealias Variables = [String: JSONValue]

    let schema: GraphQLSchema

    // MARK: - Literals

    /// A literal as a value of `type`, or `nil` where it has none: a variable that was left out, or a misfit.
    func coerce(_ node: ValueNode, to type: TypeReference, variables: Variables) -> JSONValue? {
        if case .variable(let name) = node.kind {
            guard let value = variables[name], !(value.isNull && type.isNonNull) else { return nil }
            return value
        }
        if node.isNull { return type.isNonNull ? nil : .null }
        let type = type.nullable
        if type.isList { return coerceList(node, to: type.unwrapped, variables: variables) }
        switch schema[type] {
        case .scalar(let scalar):
            guard node.containsVariable else { return try? scalar.parse(literal: node) }
            return try? scalar.parse(substitute(variables, in: node))
        case .enumeration(let type):
            guard case .enumeration(let name) = node.kind, type.contains(name) else { return nil }
            return .string(name)
        case .input(let input):
            guard case .object(let fields) = node.kind else { return nil }
            return coerceObject(fields, to: input, variables: variables)
        case .object, .interface, .union:
            return nil
        }
    }

    /// A single value stands for a list of one. Source: §3.11.
    private func coerceList(_ node: ValueNode, to item: TypeReference, variables: Variables) -> JSONValue? {
        guard case .list(let nodes) = node.kind else {
            return coerce(node, to: item, variables: variables).map { .array([$0]) }
        }
        var items: [JSONValue] = []
        items.reserveCapacity(nodes.count)
        for node in nodes {
            if let value = coerce(node, to: item, variables: variables) {
                items.append(value)
            } else if case .variable(let name) = node.kind, variables[name] == nil, !item.isNonNull {
                items.append(.null)
            } else {
                return nil
            }
        }
        return .array(items)
    }

    private func coerceObject(_ nodes: [ObjectFieldNode], to type: InputObjectType, variables: Variables) -> JSONValue? {
        guard nodes.allSatisfy({ type.field($0.name.text) != nil }) else { return nil }
        var object = JSONObject()
        for field in type.fields {
            let node = nodes.first { $0.name.text == field.name }?.value
            if let node, !isAbsent(node, variables) {
                guard let value = coerce(node, to: field.type, variables: variables) else { return nil }
                object.append(field.name, value)
            } else if let value = defaultValue(of: field) {
                object.append(field.name, value)
            } else if field.type.isNonNull {
                return nil
            }
        }
        if type.isOneOf, object.count != 1 || object.values[0].isNull { return nil }
        return .object(object)
    }

    private func isAbsent(_ node: ValueNode, _ variables: Variables) -> Bool {
        if case .variable(let name) = node.kind { variables[name] == nil } else { false }
    }

    func defaultValue(of input: InputValueDefinition) -> JSONValue? {
        input.defaultValue.flatMap { coerce($0, to: input.type, variables: [:]) }
    }

    private func substitute(_ variables: Variables, in node: ValueNode) -> JSONValue {
        switch node.kind {
        case .variable(let name): variables[name] ?? .null
        case .list(let items): .array(items.map { substitute(variables, in: $0) })
        case .object(let fields):
            .object(JSONObject(fields.map { ($0.name.text, substitute(variables, in: $0.value)) }))
        default: node.untyped
        }
    }

    // MARK: - Arguments

    /// The arguments of a field or directive.
    /// - Throws: what makes the field fail.
    /// - Source: §6.4.1.
    func arguments(
        _ definitions: [InputValueDefinition], _ nodes: [Argument], variables: Variables, at location: SourceLocation
    ) throws(GraphQLError) -> JSONObject {
        var arguments = JSONObject()
        for definition in definitions {
            let node = nodes.first { $0.name.text == definition.name }?.value
            guard let node, !isAbsent(node, variables) else {
                if let value = defaultValue(of: definition) {
                    arguments.append(definition.name, value)
                } else if definition.type.isNonNull {
                    let type = schema.name(of: definition.type)
                    var reason = "was not provided."
                    if case .variable(let name)? = node?.kind {
                        reason = "was provided the variable \"$\(name)\" which was not provided a runtime value."
                    }
                    throw GraphQLError(
                        "Argument \"\(definition.name)\" of required type \"\(type)\" \(reason)",
                        locations: [node?.location ?? location])
                }
                continue
            }
            guard let value = coerce(node, to: definition.type, variables: variables) else {
                let type = schema.name(of: definition.type)
                if definition.type.isNonNull, resolvesToNull(node, variables) {
                    throw GraphQLError(
                        "Argument \"\(definition.name)\" of non-null type \"\(type)\" must not be null.",
                        locations: [node.location])
                }
                throw GraphQLError(
                    "Argument \"\(definition.name)\" has invalid value \(node.inspected).", locations: [node.location])
            }
            arguments.append(definition.name, value)
        }
        return arguments
    }

    private func resolvesToNull(_ node: ValueNode, _ variables: Variables) -> Bool {
        if case .variable(let name) = node.kind { variables[name]?.isNull ?? true } else { node.isNull }
    }
}

// MARK: - Variables

extension ValueCoercion {
    /// More problems than this help nobody.
    private static let maximumProblems = 50

    /// The variables of an operation, coerced, with defaults filled in; what was left out stays absent.
    /// - Throws: ``RequestErrors`` with every problem.
    /// - Source: §6.1.2.
    func variables(
        of operation: OperationDefinition, from provided: JSONObject
    ) throws(RequestErrors) -> Variables {
        var problems = VariableProblems()
        var coerced = Variables()
        var index = MemberIndex()
        for definition in operation.variables {
            guard let type = schema.reference(definition.type), schema[type].isInput else { continue }
            let name = definition.name.text
            problems.definition = definition
            guard let value = index.place(of: name, in: provided.names).map({ provided.values[$0] }) else {
                if let node = definition.defaultValue {
                    coerced[name] = coerce(node, to: type, variables: [:])
                } else if type.isNonNull {
                    problems.add(
                        "Variable \"$\(name)\" of required type \"\(schema.name(of: type))\" was not provided.")
                }
                continue
            }
            if value.isNull, type.isNonNull {
                problems.add("Variable \"$\(name)\" of non-null type \"\(schema.name(of: type))\" must not be null.")
                continue
            }
            coerced[name] = coerce(value, to: type, &problems)
            if problems.isFull { break }
        }
        guard problems.errors.isEmpty else { throw RequestErrors(kind: .variables, errors: problems.errors) }
        return coerced
    }

    /// Collects problems together with the way to the value that has them.
    private struct VariableProblems {
        var definition: VariableDefinition?
        var path: [PathSegment] = []
        private(set) var errors: [GraphQLError] = []
        /// Set when no further problem is of interest.
        private(set) var isFull = false

        mutating func add(_ message: String) {
            guard !isFull else { return }
            isFull = errors.count == ValueCoercion.maximumProblems
            errors.append(
                isFull
                    ? GraphQLError("Too many errors processing variables, error limit reached. Execution aborted.")
                    : GraphQLError(message, locations: definition.map { [$0.location] } ?? []))
        }

        mutating func add(_ value: JSONValue, _ message: String) {
            guard !isFull else { return }
            let name = definition?.name.text ?? ""
            let steps = path.map { step in
                switch step {
                case .key(let key): ".\(key)"
                case .index(let index): "[\(index)]"
                }
            }
            let place = steps.isEmpty ? "" : " at \"\(name)\(steps.joined())\""
            add("Variable \"$\(name)\" got invalid value \(value.inspected)\(place); \(message)")
        }
    }

    private func coerce(_ value: JSONValue, to type: TypeReference, _ problems: inout VariableProblems) -> JSONValue {
        if value.isNull {
            if type.isNonNull {
                problems.add(value, "Expected non-nullable type \"\(schema.name(of: type))\" not to be null.")
            }
            return .null
        }
        let type = type.nullable
        if type.isList {
            guard case .array(let items) = value else { return .array([coerce(value, to: type.unwrapped, &problems)]) }
            var coerced: [JSONValue] = []
            coerced.reserveCapacity(items.count)
            for (index, item) in items.enumerated() {
                problems.path.append(.index(index))
                coerced.append(coerce(item, to: type.unwrapped, &problems))
                problems.path.removeLast()
                if problems.isFull { break }
            }
            return .array(coerced)
        }
        switch schema[type] {
        case .scalar(let scalar):
            do {
                return try scalar.parse(value)
            } catch {
                problems.add(value, error.message)
                return .null
            }
        case .enumeration(let type):
            guard case .string(let name) = value else {
                let suggestion = Suggestions.didYouMean(
                    the: "the enum value", Suggestions.matching(value.inspected, in: type.values.map(\.name)))
                problems.add(
                    value, "Enum \"\(type.name)\" cannot represent non-string value: \(value.inspected).\(suggestion)")
                return .null
            }
            if !type.contains(name) {
                let suggestion = Suggestions.didYouMean(
                    the: "the enum value", Suggestions.matching(name, in: type.values.map(\.name)))
                problems.add(
                    value, "Value \"\(name.cut(toBytes: 500))\" does not exist in \"\(type.name)\" enum.\(suggestion)")
            }
            return value
        case .input(let type):
            guard case .object(let object) = value else {
                problems.add(value, "Expected type \"\(type.name)\" to be an object.")
                return .null
            }
            return .object(coerce(object, to: type, &problems))
        case .object, .interface, .union:
            return .null
        }
    }

    private func coerce(_ object: JSONObject, to type: InputObjectType, _ problems: inout VariableProblems)
        -> JSONObject
    {
        var coerced = JSONObject()
        coerced.reserve(object.count)
        for field in type.fields {
            if let value = object[field.name] {
                problems.path.append(.key(field.name))
                coerced.append(field.name, coerce(value, to: field.type, &problems))
                problems.path.removeLast()
            } else if let value = defaultValue(of: field) {
                coerced.append(field.name, value)
            } else if field.type.isNonNull {
                let type = schema.name(of: field.type)
                problems.add(.object(object), "Field \"\(field.name)\" of required type \"\(type)\" was not provided.")
            }
        }
        for name in object.names where type.field(name) == nil {
            // A hostile object has a hundred thousand of them, and each suggestion costs.
            if problems.isFull { break }
            let suggestion = Suggestions.didYouMean(Suggestions.matching(name, in: type.fields.map(\.name)))
            problems.add(
                .object(object), "Field \"\(name.cut(toBytes: 500))\" is not defined by type \"\(type.name)\".\(suggestion)")
        }
        if type.isOneOf {
            if coerced.count != 1 {
                problems.add(.object(object), "Exactly one key must be specified for OneOf type \"\(type.name)\".")
            } else if object[coerced.names[0]]?.isNull == true {
                problems.path.append(.key(coerced.names[0]))
                problems.add(.null, "Field \"\(coerced.names[0])\" must be non-null.")
                problems.path.removeLast()
            }
        }
        return coerced
    }
}
