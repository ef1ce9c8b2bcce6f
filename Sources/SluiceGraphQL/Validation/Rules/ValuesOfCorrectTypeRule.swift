/// Values fit the types of their places.
/// - Source: GraphQL October 2021 §5.6.1, §5.6.2 and §5.6.4.
final class ValuesOfCorrectTypeRule: ValidationRule {
    override func enter(_ value: ValueNode, type: TypeReference?) {
        if let type { check(value, type) }
    }

    private func check(_ value: ValueNode, _ type: TypeReference) {
        guard !isFull else { return }
        switch value.kind {
        case .variable:
            return
        case .null:
            if type.isNonNull { unexpected(value, type) }
        case .list(let items):
            let list = type.nullable
            guard list.isList else { return checkLeaf(value, list) }
            for item in items { check(item, list.unwrapped) }
        case .object(let fields):
            guard case .input(let input) = schema[type] else { return checkLeaf(value, type) }
            check(fields, of: value, input)
        case .int, .float, .string, .boolean, .enumeration:
            checkLeaf(value, type)
        }
    }

    private func check(_ fields: [ObjectFieldNode], of value: ValueNode, _ input: InputObjectType) {
        let given = Dictionary(fields.map { ($0.name.text, $0) }) { _, last in last }
        for field in input.fields where field.isRequired && given[field.name] == nil {
            report(
                "Field \"\(input.name).\(field.name)\" of required type \"\(schema.name(of: field.type))\" was not provided.",
                value.location)
        }
        if input.isOneOf {
            if given.count != 1 {
                report("OneOf Input Object \"\(input.name)\" must specify exactly one key.", value.location)
            } else if let only = fields.first, only.value.isNull {
                report("Field \"\(input.name).\(only.name.text)\" must be non-null.", value.location)
            }
        }
        for field in fields where !isFull {
            if let definition = input.field(field.name.text) {
                check(field.value, definition.type)
            } else {
                let names = Suggestions.matching(field.name.text, in: input.fields.map(\.name))
                report(
                    "Field \"\(field.name.text)\" is not defined by type \"\(input.name)\".\(Suggestions.didYouMean(names))",
                    field.name.location)
            }
        }
    }

    private func checkLeaf(_ value: ValueNode, _ type: TypeReference) {
        switch schema[type] {
        case .scalar(let scalar):
            do {
                _ = try scalar.parse(literal: value)
            } catch {
                report(error.message, value.location)
            }
        case .enumeration(let type):
            checkEnum(value, type)
        case .input, .object, .interface, .union:
            unexpected(value, type)
        }
    }

    private func checkEnum(_ value: ValueNode, _ type: EnumType) {
        let names = type.values.map(\.name)
        guard case .enumeration(let name) = value.kind else {
            let suggestion = Suggestions.didYouMean(
                the: "the enum value", Suggestions.matching(value.inspected, in: names))
            report(
                "Enum \"\(type.name)\" cannot represent non-enum value: \(value.inspected).\(suggestion)",
                value.location)
            return
        }
        guard !type.contains(name) else { return }
        let suggestion = Suggestions.didYouMean(the: "the enum value", Suggestions.matching(name, in: names))
        report("Value \"\(name)\" does not exist in \"\(type.name)\" enum.\(suggestion)", value.location)
    }

    private func unexpected(_ value: ValueNode, _ type: TypeReference) {
        report(
            "Expected value of type \"\(schema.name(of: type))\", found \(value.inspected).", value.location)
    }
}
