/// An operation without a name stands alone.
/// - Source: GraphQL October 2021 §5.2.2.1.
final class LoneAnonymousOperationRule: ValidationRule {
    override func enter(_ operation: OperationDefinition) {
        if operation.name == nil, context.document.operations.count > 1 {
            report("This anonymous operation must be the only defined operation.", operation.location)
        }
    }
}
