/// Variables that are defined are used.
/// - Source: GraphQL October 2021 §5.8.4.
final class NoUnusedVariablesRule: ValidationRule {
    override func leave(_ operation: OperationDefinition) {
        guard !operation.variables.isEmpty else { return }
        let used = Set(context.variableUsages(in: operation).map(\.name))
        for variable in operation.variables where !used.contains(variable.name.text) {
            let place = operation.name.map { " in operation \"\($0.text)\"" } ?? ""
            report("Variable \"$\(variable.name.text)\" is never used\(place).", variable.location)
        }
    }
}
