import Synchronization

/// A document that was parsed and found valid, with the plans compiled from it so far.
final class PreparedDocument: Sendable {
    /// More choices of conditions than this are compiled each time: a document with many would else fill the memory.
    private static let maximumPlans = 32

    let document: Document
    private let schema: GraphQLSchema
    /// For each operation the variables that its `@skip`s and `@include`s ask for, in a fixed order.
    private let conditionVariables = Mutex<[ObjectIdentifier: [String]]>([:])
    private let plans = Mutex<[PlanKey: SelectionPlan]>([:])

    private struct PlanKey: Hashable {
        let operation: ObjectIdentifier
        let conditions: [Bool]
    }

    init(document: Document, schema: GraphQLSchema) {
        self.document = document
        self.schema = schema
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
            throw RequestErrors(.operation, "Unknown operation named \(JSONValue.string(name).inspected).")
        }
        return operation
    }

    /// The plan of an operation under these variables.
    func plan(for operation: OperationDefinition, on root: ObjectType, variables: JSONObject) throws(RequestErrors)
        -> SelectionPlan
    {
        let names = conditionVariables(of: operation)
        var conditions: [String: Bool] = [:]
        for name in names {
            // A variable with a default may still be given null. graphql-js then fails the object around the condition; here
            // nothing runs, so that a mutation is not half done.
            guard case .bool(let value)? = variables[name] else {
                throw RequestErrors(.variables, "Argument \"if\" of non-null type \"Boolean!\" must not be null.")
            }
            conditions[name] = value
        }
        let key = PlanKey(
            operation: ObjectIdentifier(operation), conditions: names.map { conditions[$0] ?? false })
        if let plan = plans.withLock({ $0[key] }) { return plan }
        let plan = SelectionPlan(
            [operation.selectionSet], on: root,
            PlanEnvironment(schema: schema, document: document, conditions: conditions))
        plans.withLock { plans in
            if plans.count < Self.maximumPlans { plans[key] = plan }
        }
        return plan
    }

    /// Looked for when the operation first runs: a document may have many operations that never do.
    private func conditionVariables(of operation: OperationDefinition) -> [String] {
        conditionVariables.withLock { known in
            if let names = known[ObjectIdentifier(operation)] { return names }
            let names = findConditionVariables(of: operation)
            known[ObjectIdentifier(operation)] = names
            return names
        }
    }

    private func findConditionVariables(of operation: OperationDefinition) -> [String] {
        var names: Set<String> = []
        var visited: Set<String> = []
        var sets = [operation.selectionSet]
        while let set = sets.popLast() {
            for selection in set.selections {
                for directive in selection.directives where ["skip", "include"].contains(directive.name.text) {
                    for argument in directive.arguments {
                        if case .variable(let name) = argument.value.kind { names.insert(name) }
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
        return names.sorted()
    }
}
