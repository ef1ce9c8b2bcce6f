/// Types that are named exist.
/// - Source: GraphQL October 2021 §5.5.1.2 and §5.8.2.
final class KnownTypeNamesRule: ValidationRule {
    override func enter(typeName: Name) {
        guard schema.id(named: typeName.text) == nil else { return }
        let suggestions = Suggestions.matching(typeName.text, in: schema.types.map(\.name))
        report("Unknown type \"\(typeName.text)\".\(Suggestions.didYouMean(suggestions))", typeName.location)
    }
}
