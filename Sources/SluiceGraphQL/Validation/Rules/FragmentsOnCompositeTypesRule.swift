/// Fragments are on objects, interfaces and unions.
/// - Source: GraphQL October 2021 §5.5.1.3.
final class FragmentsOnCompositeTypesRule: ValidationRule {
    override func enter(_ inline: InlineFragment, type: TypeID?, parent: TypeID?) {
        guard let condition = inline.typeCondition, isLeaf(condition) else { return }
        report(
            "Fragment cannot condition on non composite type \"\(condition.text)\".", condition.location)
    }

    override func enter(_ fragment: FragmentDefinition) {
        let condition = fragment.typeCondition
        guard isLeaf(condition) else { return }
        report(
            "Fragment \"\(fragment.name.text)\" cannot condition on non composite type \"\(condition.text)\".",
            condition.location)
    }

    private func isLeaf(_ condition: Name) -> Bool { schema.type(named: condition.text)?.isComposite == false }
}
