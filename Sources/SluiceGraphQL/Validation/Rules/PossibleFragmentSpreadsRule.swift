/// A fragment's type can occur where it is spread.
/// - Source: GraphQL October 2021 §5.5.2.3.
final class PossibleFragmentSpreadsRule: ValidationRule {
    override func enter(_ inline: InlineFragment, type: TypeID?, parent: TypeID?) {
        guard let type, let parent, isImpossible(type, parent) else { return }
        report(
            "Fragment cannot be spread here as objects of type \"\(schema[parent].name)\" can never be of type \"\(schema[type].name)\".",
            inline.location)
    }

    override func enter(_ spread: FragmentSpread, parent: TypeID?) {
        guard let fragment = context.document.fragments[spread.name.text],
            let type = schema.id(named: fragment.typeCondition.text), let parent, isImpossible(type, parent)
        else { return }
        report(
            "Fragment \"\(spread.name.text)\" cannot be spread here as objects of type \"\(schema[parent].name)\" can never be of type \"\(schema[type].name)\".",
            spread.location)
    }

    private func isImpossible(_ type: TypeID, _ parent: TypeID) -> Bool {
        schema[type].isComposite && !schema.overlap(type, parent)
    }
}
