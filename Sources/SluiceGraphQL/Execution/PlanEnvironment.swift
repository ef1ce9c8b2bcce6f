/// What plans of one document, under one choice of its `@skip` and `@include` conditions, are compiled from.
final class PlanEnvironment: Sendable {
    let schema: GraphQLSchema
    let document: Document
    /// The value of each variable that a `@skip` or `@include` asks for.
    let conditions: [String: Bool]
    let count: PlanCount

    init(schema: GraphQLSchema, document: Document, conditions: [String: Bool], count: PlanCount) {
        self.schema = schema
        self.document = document
        self.conditions = conditions
        self.count = count
    }

    /// Source: GraphQL October 2021 §3.13.1 and §3.13.2.
    func includes(_ directives: [Directive]) -> Bool {
        for directive in directives {
            let isSkip = directive.name.text == "skip"
            guard isSkip || directive.name.text == "include",
                let value = directive.arguments.first(where: { $0.name.text == "if" })?.value
            else { continue }
            let condition: Bool
            switch value.kind {
            case .boolean(let flag): condition = flag
            case .variable(let name): condition = conditions[name] ?? false
            default: condition = false
            }
            if condition == isSkip { return false }
        }
        return true
    }

    /// Whether a fragment on `condition` takes part where the object is of type `type`. Source: §6.3.2.
    func applies(_ condition: Name?, to type: ObjectType) -> Bool {
        guard let condition else { return true }
        guard let id = schema.id(named: condition.text) else { return false }
        return schema.isPossible(type.id, for: id)
    }
}
