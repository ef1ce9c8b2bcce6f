/// Variables of an operation have different names.
/// - Source: GraphQL October 2021 §5.8.1.
final class UniqueVariableNamesRule: ValidationRule {
    override func enter(_ operation: OperationDefinition) {
        let groups = Dictionary(grouping: operation.variables, by: \.name.text)
        var reported: Set<String> = []
        for variable in operation.variables {
            let name = variable.name.text
            guard let group = groups[name], group.count > 1, reported.insert(name).inserted else { continue }
            report("There can be only one variable named \"$\(name)\".", at: group.map(\.name.location))
        }
    }
}
