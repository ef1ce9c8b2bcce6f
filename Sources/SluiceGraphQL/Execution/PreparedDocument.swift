import Synchronization

/// A document that was parsed and found valid, with the plans compiled from it so far.
final class PreparedDocument: Sendable {
    /// More choices of conditions than this are compiled each time: a document with many would else fill the memory.
    private static let maximumPlans = 32

    let document: Document
    private let schema: GraphQLSchema
    private let count: PlanCount
    /// For each operation the variables that its `@skip`s and `@include`s ask for, in a fixed order.
    private let conditionVariables = Mutex<[ObjectIdentifier: [ConditionVariable]]>([:])
    private let plans = Mutex<[PlanKey: SelectionPlan]>([:])

    private struct ConditionVariable {
        let name: String
        let location: SourceLocation
    }

    private struct PlanKey: Hashable {
        let operation: ObjectIdentifier
        let conditions: [Bool]
    }

    init(document: Document, schema: GraphQLSchema, count: PlanCount = PlanCount()) {
        self.document = document
        self.schema = schema
        self.count = count
    }

    /// The operation of this name, or the only one. Source: GraphQL October 2021 §6.1, GetOperation().
    func operation(named name: String?) throws(RequestErrors) -> OperationDefinition {
        guard let name else {
            if document.operations.count > 1 {
                throw RequestErrors(
                    .operation, "Must provide operation name if query contains multiple operations.")
            }
            guard let only = document.operations.first else {
                throw RequestErrors(.operation, "Must provide an operation.")
            }
            return only
        }
        guard let operation = document.operations.first(where: { $0.name?.text == name }) else {
            throw RequestErrors(.operation, "Unknown operation named \"\(name.cut(toBytes: 500))\".")
        }
        return operation
    }

    /// The plan of an operation under these variables.
    func plan(for operation: OperationDefinition, on root: ObjectType, variables: ValueCoercion.Variables) throws(RequestErrors)
        -> SelectionPlan
    {
        let asked = conditionVariables(of: operation)
        var conditions: [String: Bool] = [:]
        for variable in asked {
            // A variable with a default may still be given null. graphql-js then fails the object around the condition; here
            // nothing runs, so that a mutation is not half done.
            guard case .bool(let value)? = variables[variable.name] else {
                let message = "Argument \"if\" of non-null type \"Boolean!\" must not be null."
                throw RequestErrors(
                    kind: .variables, errors: [GraphQLError(message, locations: [variable.location])])
            }
            conditions[variable.name] = value
        }
        let key = PlanKey(
            operation: ObjectIdentifier(operation), conditions: asked.map { conditions[$0.name] ?? false })
        if let plan = plans.withLock({ $0[key] }) { return plan }
        let plan = SelectionPlan(
            [operation.selectionSet], on: root,
            PlanEnvironment(schema: schema, document: document, conditions: conditions, count: count))
        plans.withLock { plans in
            if plans.count < Self.maximumPlans { plans[key] = plan }
        }
        return plan
    }

    /// Looked for when the operation first runs: a document may have many operations that never do.
    private func conditionVariables(of operation: OperationDefinition) -> [ConditionVariable] {
        conditionVariables.withLock { known in
            if let found = known[ObjectIdentifier(operation)] { return found }
            let found = findConditionVariables(of: operation)
            known[ObjectIdentifier(operation)] = found
            return found
        }
    }

    private func findConditionVariables(of operation: OperationDefinition) -> [ConditionVariable] {
        var places: [String: SourceLocation] = [:]
        var visited: Set<String> = []
        var sets = [operation.selectionSet]
        while let set = sets.popLast() {
            for selection in set.selections {
                for directive in selection.directives where ["skip", "include"].contains(directive.name.text) {
                    for argument in directive.arguments {
                        guard case .variable(let name) = argument.value.kind, places[name] == nil else { continue }
                        places[name] = argument.value.location
                    }
                }
                switch selection {
                case .field(let field): if let set = field.selectionSet { sets.append(set) }
                case .inline(let inline): sets.append(inline.selectionSet)
                case .spread(let spread):
                    guard visited.insert(spread.name.text).inserted,
                        let fragment = document.fragments[spread.name.text]
                    else { continue }
                    sets.append(fragment.selectionSet)
                }
            }
        }
        return places.map { ConditionVariable(name: $0.key, location: $0.value) }.sorted { $0.name < $1.name }
    }
}
