/// Fragments have different names.
/// - Source: GraphQL October 2021 §5.5.1.1.
final class UniqueFragmentNamesRule: ValidationRule {
    private var seen: [String: SourceLocation] = [:]

    override func enter(_ fragment: FragmentDefinition) {
        let name = fragment.name
        if let first = seen[name.text] {
            report("There can be only one fragment named \"\(name.text)\".", first, name.location)
        } else {
            seen[name.text] = name.location
        }
    }
}
