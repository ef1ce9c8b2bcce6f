/// Introspection does not follow its own lists three deep: `types { fields { type { fields …` would multiply the schema
/// with itself at each step, and no limit on the document's own size sees that.
/// - Source: not in the specification; graphql-js has it since 16.9.
final class MaxIntrospectionDepthRule: ValidationRule {
    private static let limit = 3
    private static let lists: Set = ["fields", "interfaces", "possibleTypes", "inputFields"]

    /// How many lists stand within each other in a fragment: measured once, however often it is spread.
    private var measured: [String: Int] = [:]

    override func enter(_ field: Field, definition: FieldDefinition?, parent: TypeID?) {
        guard ["__schema", "__type"].contains(field.name.text), let set = field.selectionSet else { return }
        if lists(in: set) >= Self.limit { report("Maximum introspection depth exceeded", field.location) }
    }

    /// The stack is bounded, since ``LimitCheck`` has seen to the nesting.
    private func lists(in set: SelectionSet) -> Int {
        set.selections.reduce(0) { deepest, selection in
            switch selection {
            case .field(let field):
                let own = Self.lists.contains(field.name.text) ? 1 : 0
                return max(deepest, own + (field.selectionSet.map { lists(in: $0) } ?? 0))
            case .inline(let inline):
                return max(deepest, lists(in: inline.selectionSet))
            case .spread(let spread):
                return max(deepest, lists(inFragment: spread.name.text))
            }
        }
    }

    private func lists(inFragment name: String) -> Int {
        if let known = measured[name] { return known }
        guard let fragment = context.document.fragments[name] else { return 0 }
        measured[name] = 0  // What a cycle meets; that the fragment is cyclic is another rule's finding.
        let depth = lists(in: fragment.selectionSet)
        measured[name] = depth
        return depth
    }
}
