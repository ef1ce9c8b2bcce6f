/// Operations have different names.
/// - Source: GraphQL October 2021 §5.2.1.1.
final class UniqueOperationNamesRule: ValidationRule {
    private var seen: [String: SourceLocation] = [:]

    override func enter(_ operation: OperationDefinition) {
        guard let name = operation.name else { return }
        if let first = seen[name.text] {
            report("There can be only one operation named \"\(name.text)\".", first, name.location)
        } else {
            seen[name.text] = name.location
        }
    }
}
