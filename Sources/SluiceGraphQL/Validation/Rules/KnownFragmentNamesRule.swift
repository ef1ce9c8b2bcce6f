/// Fragments that are spread exist.
/// - Source: GraphQL October 2021 §5.5.2.1.
final class KnownFragmentNamesRule: ValidationRule {
    override func enter(_ spread: FragmentSpread, parent: TypeID?) {
        if context.document.fragments[spread.name.text] == nil {
            report("Unknown fragment \"\(spread.name.text)\".", spread.name.location)
        }
    }
}
