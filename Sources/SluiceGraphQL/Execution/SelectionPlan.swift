/// What to do for an object of one type: its fields in the order of the response, merged and with fragments dissolved.
/// - Source: GraphQL October 2021 §6.3.2, CollectFields().
final class SelectionPlan: Sendable {
    let type: ObjectType
    let fields: [FieldPlan]
    private let count: PlanCount

    init(_ sets: [SelectionSet], on type: ObjectType, _ environment: PlanEnvironment) {
        self.type = type
        var collector = Collector(type: type, environment: environment)
        for set in sets { collector.collect(set) }
        fields = collector.groups.compactMap { group in
            guard let first = group.first,
                let definition = environment.schema.field(first.name.text, of: type.id)
            else { return nil }
            return FieldPlan(group, definition: definition, parent: type, environment)
        }
        count = environment.count
        count.add(fields.count)
    }

    deinit { count.add(-fields.count) }

    private struct Collector {
        let type: ObjectType
        let environment: PlanEnvironment
        var groups: [[Field]] = []
        private var places: [String: Int] = [:]
        private var visited: Set<String> = []

        init(type: ObjectType, environment: PlanEnvironment) {
            self.type = type
            self.environment = environment
        }

        mutating func collect(_ set: SelectionSet) {
            for selection in set.selections where environment.includes(selection.directives) {
                switch selection {
                case .field(let field):
                    if let place = places[field.responseKey] {
                        groups[place].append(field)
                    } else {
                        places[field.responseKey] = groups.count
                        groups.append([field])
                    }
                case .inline(let inline):
                    if environment.applies(inline.typeCondition, to: type) { collect(inline.selectionSet) }
                case .spread(let spread):
                    guard visited.insert(spread.name.text).inserted,
                        let fragment = environment.document.fragments[spread.name.text],
                        environment.applies(fragment.typeCondition, to: type)
                    else { continue }
                    collect(fragment.selectionSet)
                }
            }
        }
    }
}
