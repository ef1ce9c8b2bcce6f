/// Variables have input types.
/// - Source: GraphQL October 2021 §5.8.2.
final class VariablesAreInputTypesRule: ValidationRule {
    override func enter(_ variable: VariableDefinition) {
        guard let type = schema.type(named: variable.type.name.text), !type.isInput else { return }
        report(
            "Variable \"$\(variable.name.text)\" cannot be non-input type \"\(variable.type)\".", variable.type.location
        )
    }
}
