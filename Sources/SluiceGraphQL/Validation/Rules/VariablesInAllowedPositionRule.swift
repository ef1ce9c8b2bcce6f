/// Variables are used where their type fits.
/// - Source: GraphQL October 2021 §5.8.5.
final class VariablesInAllowedPositionRule: ValidationRule {
    override func leave(_ operation: OperationDefinition) {
        guard !operation.variables.isEmpty else { return }
        let definitions = Dictionary(operation.variables.map { ($0.name.text, $0) }) { _, last in last }
        for usage in context.variableUsages(in: operation) where !isFull {
            guard let definition = definitions[usage.name], let expected = usage.type,
                let type = schema.reference(definition.type)
            else { continue }
            if !isAllowed(type, definition.defaultValue, expected, usage.hasDefault) {
                report(
                    "Variable \"$\(usage.name)\" of type \"\(schema.name(of: type))\" used in position expecting type \"\(schema.name(of: expected))\".",
                    definition.location, usage.location)
            }
            if let input = usage.oneOf, !type.isNonNull {
                report(
                    "Variable \"$\(usage.name)\" is of type \"\(schema.name(of: type))\" but must be non-nullable to be used for OneOf Input Object \"\(input.name)\".",
                    definition.location, usage.location)
            }
        }
    }

    private func isAllowed(
        _ type: TypeReference, _ defaultValue: ValueNode?, _ expected: TypeReference, _ placeHasDefault: Bool
    ) -> Bool {
        guard expected.isNonNull, !type.isNonNull else { return schema.isSubtype(type, of: expected) }
        let hasDefault = defaultValue.map { !$0.isNull } ?? false
        return (hasDefault || placeHasDefault) && schema.isSubtype(type, of: expected.nullable)
    }
}
