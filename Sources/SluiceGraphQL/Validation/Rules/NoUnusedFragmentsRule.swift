/// Every fragment is used by an operation.
/// - Source: GraphQL October 2021 §5.5.1.4.
final class NoUnusedFragmentsRule: ValidationRule {
    override func leave(_ document: Document) {
        let used = Set(document.operations.flatMap { context.reachableFragments(from: $0).map(\.name.text) })
        for case .fragment(let fragment) in document.definitions where !used.contains(fragment.name.text) {
            report("Fragment \"\(fragment.name.text)\" is never used.", fragment.location)
        }
    }
}
