import SluiceGraphQL

/// A way from a root field down to an object type: the document that goes it and selects everything there, and data to find.
struct Route: Sendable {
    /// One field on the way, and the object type it leads to.
    struct Step: Sendable {
        let parent: String
        let field: Blueprint.Field
        let target: String
    }

    let blueprint: Blueprint
    let steps: [Step]

    /// The type at the end.
    var target: Blueprint.Definition? { steps.last.flatMap { blueprint[$0.target] } }

    /// The response keys down to the type.
    var keys: [String] { steps.map(\.field.name) }

    var document: String {
        var selection = (target?.fields ?? []).map { field in
            blueprint.call(field) + (blueprint.isComposite(field.type) ? " { __typename }" : "")
        }.joined(separator: " ")
        for step in steps.reversed() {
            if blueprint[step.field.type.name]?.kind != "OBJECT" { selection = "... on \(step.target) { \(selection) }" }
            selection = "\(blueprint.call(step.field)) { \(selection) }"
        }
        return "\(steps.first?.parent == "Mutation" ? "mutation" : "query") { \(selection) }"
    }

    /// What the fields are read off: every field of the target has a value.
    var root: JSONValue {
        var value = blueprint.object(target?.name ?? "")
        for field in target?.fields ?? [] { value[field.name] = blueprint.value(of: field.type) }
        for step in steps.reversed() {
            var parent: JSONObject = ["__typename": .string(step.parent)]
            parent[step.field.name] = Self.wrap(.object(value), in: step.field.type)
            value = parent
        }
        return .object(value)
    }

    /// What an answer holds at the end of the way.
    func end(of data: JSONValue?) -> JSONValue? {
        var place = data
        for key in keys {
            place = place?[key]
            while case .array? = place { place = place?[0] }
        }
        return place
    }

    private static func wrap(_ value: JSONValue, in type: Blueprint.Reference) -> JSONValue {
        switch type {
        case .named: value
        case .nonNull(let inner): wrap(value, in: inner)
        case .list(let item): .array([wrap(value, in: item)])
        }
    }
}

extension Blueprint {
    /// From each root field the shortest way to each object type below it.
    var routes: [Route] {
        var routes: [Route] = []
        for root in ["Query", "Mutation"] {
            for field in self[root]?.fields ?? [] {
                var seen: Set<String> = []
                var next = continuations(of: [], by: field, of: root)
                while !next.isEmpty {
                    let fresh = next.filter { seen.insert($0.last?.target ?? "").inserted }
                    routes += fresh.map { Route(blueprint: self, steps: $0) }
                    next = fresh.flatMap { steps in
                        (self[steps.last?.target ?? ""]?.fields ?? []).flatMap {
                            continuations(of: steps, by: $0, of: steps.last?.target ?? "")
                        }
                    }
                }
            }
        }
        return routes
    }

    private func continuations(of steps: [Route.Step], by field: Field, of parent: String) -> [[Route.Step]] {
        guard let type = self[field.type.name] else { return [] }
        let targets = type.kind == "OBJECT" ? [type.name] : type.possible
        return targets.map { steps + [Route.Step(parent: parent, field: field, target: $0)] }
    }

    func isComposite(_ type: Reference) -> Bool {
        ["OBJECT", "INTERFACE", "UNION"].contains(self[type.name]?.kind)
    }

    /// A field with the arguments it demands.
    func call(_ field: Field) -> String {
        let arguments = field.arguments.filter(\.isRequired).map { "\($0.name): \(literal(of: $0.type))" }
        return field.name + (arguments.isEmpty ? "" : "(\(arguments.joined(separator: ", ")))")
    }

    /// The smallest literal that fits.
    private func literal(of type: Reference) -> String {
        switch type {
        case .nonNull(let inner): return literal(of: inner)
        case .list: return "[]"
        case .named(let name):
            guard let definition = self[name] else { return "null" }
            switch definition.kind {
            case "ENUM": return definition.values.first?.name ?? "null"
            case "INPUT_OBJECT":
                let members = definition.inputs.filter(\.isRequired).map { "\($0.name): \(literal(of: $0.type))" }
                return "{\(members.joined(separator: ", "))}"
            default:
                switch name {
                case "Int", "Float": return "1"
                case "Boolean": return "false"
                case "DateTime": return #""2026-11-23T14:30:00Z""#
                default: return #""none""#
                }
            }
        }
    }

    func object(_ type: String) -> JSONObject {
        ["__typename": .string(self[type].flatMap { $0.kind == "OBJECT" ? $0.name : $0.possible.first } ?? type)]
    }

    func value(of type: Reference) -> JSONValue {
        switch type {
        case .nonNull(let inner): return value(of: inner)
        case .list(let item): return .array([value(of: item)])
        case .named(let name):
            if isComposite(type) { return .object(object(name)) }
            if let first = self[name]?.values.first { return .string(first.name) }
            switch name {
            case "Int", "Float": return 1
            case "Boolean": return false
            case "DateTime": return "2026-11-23T14:30:00.000Z"
            default: return "x"
            }
        }
    }
}
