/// A subscription selects one field of the schema at its root: it follows one source of events.
///
/// A root field counts whether or not `@skip` or `@include` stands at it: which it would be must not depend on a variable.
/// - Source: GraphQL October 2021 §5.2.3.1, September 2025 §5.2.4.1.
final class SingleFieldSubscriptionsRule: ValidationRule {
    override func enter(_ operation: OperationDefinition) {
        guard operation.kind == .subscription, let root = schema.subscription?.id else { return }
        var collector = RootFields(context, root)
        collector.add(operation.selectionSet)
        let who = operation.name.map { "Subscription \"\($0.text)\"" } ?? "Anonymous Subscription"
        let extra = collector.fields.filter { $0.responseKey != collector.fields.first?.responseKey }
        if !extra.isEmpty { report("\(who) must select only one top level field.", at: extra.map(\.location)) }
        var seen: Set<String> = []
        for field in collector.fields where field.name.text.hasPrefix("__") && seen.insert(field.responseKey).inserted {
            let same = collector.fields.filter { $0.responseKey == field.responseKey }
            report("\(who) must not select an introspection top level field.", at: same.map(\.location))
        }
    }
}

/// The fields at the root of an operation, those of fragments among them; each fragment once, however often it is spread.
private struct RootFields {
    private(set) var fields: [Field] = []
    private let context: ValidationContext
    private let root: TypeID
    private var visited: Set<String> = []

    init(_ context: ValidationContext, _ root: TypeID) {
        self.context = context
        self.root = root
    }

    /// The stack is bounded, since ``LimitCheck`` has seen to the nesting.
    mutating func add(_ set: SelectionSet) {
        for selection in set.selections {
            switch selection {
            case .field(let field): fields.append(field)
            case .inline(let inline): if applies(inline.typeCondition) { add(inline.selectionSet) }
            case .spread(let spread):
                guard let fragment = context.document.fragments[spread.name.text], applies(fragment.typeCondition),
                    visited.insert(spread.name.text).inserted
                else { continue }
                add(fragment.selectionSet)
            }
        }
    }

    private func applies(_ condition: Name?) -> Bool {
        guard let condition else { return true }
        return context.schema.id(named: condition.text).map { context.schema.isPossible(root, for: $0) } ?? false
    }
}
