/// Only operations and fragments can be executed.
/// - Source: GraphQL October 2021 §5.1.1.
final class ExecutableDefinitionsRule: ValidationRule {
    override func enter(_ document: Document) {
        for definition in document.definitions {
            switch definition {
            case .operation, .fragment: break
            case .schema(let node): report("The schema definition is not executable.", node.location)
            case .type(let node):
                report("The \"\(node.name.text)\" definition is not executable.", node.location)
            case .directive(let node):
                report("The \"\(node.name.text)\" definition is not executable.", node.location)
            }
        }
    }
}
