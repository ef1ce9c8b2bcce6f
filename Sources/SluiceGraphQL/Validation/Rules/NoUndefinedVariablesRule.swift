/// Variables that are used are defined.
/// - Source: GraphQL October 2021 §5.8.3.
final class NoUndefinedVariablesRule: ValidationRule {
    override func leave(_ operation: OperationDefinition) {
        let defined = Set(operation.variables.map(\.name.text))
        for usage in context.variableUsages(in: operation) where !isFull && !defined.contains(usage.name) {
            let place = operation.name.map { " by operation \"\($0.text)\"" } ?? ""
            report("Variable \"$\(usage.name)\" is not defined\(place).", usage.location, operation.location)
        }
    }
}
