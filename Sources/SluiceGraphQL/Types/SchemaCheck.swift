/// What must hold between the types of a schema.
/// - Source: GraphQL October 2021 §3.6 to §3.10, "Type Validation".
struct SchemaCheck {
    let schema: GraphQLSchema

    /// One sentence for each rule that is broken.
    func problems() -> [String] {
        schema.types.flatMap { type -> [String] in
            switch type {
            case .scalar: []
            case .object(let object): composite(type, object.fields, object.interfaces)
            case .interface(let interface): composite(type, interface.fields, interface.interfaces)
            case .union(let union): members(of: union)
            case .enumeration(let type):
                type.values.isEmpty ? ["Enum type \(type.name) must define one or more values."] : []
            case .input(let input): fields(of: input)
            }
        }
            + schema.directives.flatMap { directive in
                directive.arguments.flatMap { value($0, of: "@\(directive.name)") }
            }
    }

    private func composite(_ type: NamedType, _ fields: FieldMap, _ interfaces: [TypeID]) -> [String] {
        var problems = fields.inOrder.isEmpty ? ["Type \(type.name) must define one or more fields."] : []
        for field in fields.inOrder {
            if case .input = schema[field.type] {
                problems.append("The type of \(type.name).\(field.name) must be Output Type.")
            }
            problems += field.arguments.flatMap { value($0, of: "\(type.name).\(field.name)") }
        }
        for id in interfaces {
            guard case .interface(let interface) = schema[id] else {
                problems.append(
                    "Type \(type.name) must only implement Interface types, it cannot implement \(schema[id].name).")
                continue
            }
            for above in interface.interfaces where !interfaces.contains(above) {
                problems.append(
                    "Type \(type.name) must implement \(schema[above].name) because it is implemented by \(interface.name)."
                )
            }
            problems += implementation(of: interface, by: type, fields)
        }
        return problems
    }

    /// Source: §3.6.1, IsValidImplementation().
    private func implementation(of interface: InterfaceType, by type: NamedType, _ fields: FieldMap) -> [String] {
        var problems: [String] = []
        for expected in interface.fields.inOrder {
            let place = "\(interface.name).\(expected.name)"
            guard let field = fields[expected.name] else {
                problems.append("Interface field \(place) expected but \(type.name) does not provide it.")
                continue
            }
            if !schema.isSubtype(field.type, of: expected.type) {
                problems.append(
                    "Interface field \(place) expects type \(schema.name(of: expected.type)) but \(type.name).\(field.name) is type \(schema.name(of: field.type))."
                )
            }
            for argument in expected.arguments
            where field.arguments.first(where: { $0.name == argument.name })?.type != argument.type {
                problems.append(
                    "Interface field argument \(place)(\(argument.name):) expected but \(type.name).\(field.name) does not provide it with the same type."
                )
            }
            for argument in field.arguments
            where argument.isRequired && !expected.arguments.contains(where: { $0.name == argument.name }) {
                problems.append(
                    "Object field \(type.name).\(field.name) includes required argument \(argument.name) that is missing from the Interface field \(place)."
                )
            }
        }
        return problems
    }

    private func members(of union: UnionType) -> [String] {
        var problems = union.members.isEmpty ? ["Union type \(union.name) must define one or more member types."] : []
        for member in union.members {
            if case .object = schema[member] { continue }
            problems.append(
                "Union type \(union.name) can only include Object types, it cannot include \(schema[member].name).")
        }
        return problems
    }

    private func fields(of input: InputObjectType) -> [String] {
        var problems = input.fields.isEmpty ? ["Input Object type \(input.name) must define one or more fields."] : []
        for field in input.fields {
            problems += value(field, of: input.name)
            if input.isOneOf, field.type.isNonNull || field.defaultValue != nil {
                problems.append("OneOf input field \(input.name).\(field.name) must be nullable and have no default.")
            }
        }
        return problems
    }

    private func value(_ input: InputValueDefinition, of owner: String) -> [String] {
        guard schema[input.type].isInput else { return ["The type of \(owner).\(input.name) must be Input Type."] }
        guard let literal = input.defaultValue else { return [] }
        let isFit = ValueCoercion(schema: schema).coerce(literal, to: input.type, variables: [:]) != nil
        return isFit ? [] : ["The default of \(owner).\(input.name) does not fit its type."]
    }
}
