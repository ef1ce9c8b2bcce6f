import Synchronization

/// What to do for one response key of one object type. Immutable but for the plans below it, which are compiled when
/// a value of their type first appears: a type that never does costs nothing.
@usableFromInline
final class FieldPlan: Sendable {
    enum Arguments: Sendable {
        /// The same for every request.
        case constant(JSONObject)
        /// Depend on variables.
        case dynamic
        /// Cannot be coerced, whatever the variables.
        case invalid(GraphQLError)
    }

    let key: String
    /// The key as it stands in the response, quoted and with its colon.
    let encodedKey: [UInt8]
    let definition: FieldDefinition
    let parent: ObjectType
    let nodes: [Field]
    let arguments: Arguments
    private let environment: PlanEnvironment
    var schema: GraphQLSchema { environment.schema }
    private let selections = Mutex<[SelectionPlan]>([])

    init(_ nodes: [Field], definition: FieldDefinition, parent: ObjectType, _ environment: PlanEnvironment) {
        self.nodes = nodes
        self.definition = definition
        self.parent = parent
        self.environment = environment
        key = nodes.first?.responseKey ?? definition.name
        var writer = JSONWriter(capacity: key.utf8.count + 3)
        writer.write(key)
        writer.write(byte: UInt8(ascii: ":"))
        encodedKey = writer.bytes
        arguments = Self.arguments(nodes, definition, environment.schema)
    }

    private static func arguments(_ nodes: [Field], _ definition: FieldDefinition, _ schema: GraphQLSchema) -> Arguments {
        guard !definition.arguments.isEmpty, let node = nodes.first else { return .constant(JSONObject()) }
        if node.arguments.contains(where: { $0.value.containsVariable }) { return .dynamic }
        do {
            return .constant(
                try ValueCoercion(schema: schema).arguments(
                    definition.arguments, node.arguments, variables: [:], at: node.location))
        } catch {
            return .invalid(error)
        }
    }

    /// The plan for the selections below, on a value of this type.
    func selection(on type: ObjectType) -> SelectionPlan {
        selections.withLock { plans in
            if let plan = plans.first(where: { $0.type === type }) { return plan }
            let plan = SelectionPlan(nodes.compactMap(\.selectionSet), on: type, environment)
            plans.append(plan)
            return plan
        }
    }

    /// Whether a field of this name is selected below, on any type.
    func selects(_ name: String) -> Bool {
        var visited: Set<String> = []
        var sets = nodes.compactMap(\.selectionSet)
        while let set = sets.popLast() {
            for selection in set.selections where environment.includes(selection.directives) {
                switch selection {
                case .field(let field): if field.name.text == name { return true }
                case .inline(let inline): sets.append(inline.selectionSet)
                case .spread(let spread):
                    guard visited.insert(spread.name.text).inserted,
                        let fragment = environment.document.fragments[spread.name.text]
                    else { continue }
                    sets.append(fragment.selectionSet)
                }
            }
        }
        return false
    }
}
