/// How a schema describes itself. The introspection types are ordinary types with ordinary resolvers.
/// - Source: GraphQL October 2021 §4.
enum IntrospectionResolvers {
    /// The source of a `__Type`: a type with what stands around it.
    fileprivate struct Described: Sendable {
        let reference: TypeReference
    }

    /// The source of `__Schema`.
    private struct Root: Sendable {}

    static let schema = FieldResolver.sync { _ in .object(Root()) }

    static let type = FieldResolver.sync { input in
        guard let name = input.arguments["name"]?.string, let id = input.schema.id(named: name) else { return .null }
        return describe(TypeReference(id))
    }

    static let all: [String: FieldResolver] = {
        var all: [String: FieldResolver] = [:]
        func add<Source: Sendable, Value: FieldValueConvertible>(
            _ type: String, _ field: String, _ source: Source.Type,
            _ read: @escaping @Sendable (Source, FieldInput) -> Value
        ) {
            all["\(type).\(field)"] = .sync { input in
                guard let source = input.source.value(as: Source.self) else {
                    throw GraphQLError(mismatch: Source.self)
                }
                return read(source, input).fieldValue
            }
        }
        add("__Schema", "description", Root.self) { $1.schema.description }
        add("__Schema", "types", Root.self) { _, input in
            FieldValue.list(input.schema.types.indices.map { describe(TypeReference(TypeID(index: $0))) })
        }
        add("__Schema", "queryType", Root.self) { describe($1.schema.query) }
        add("__Schema", "mutationType", Root.self) { $1.schema.mutation.map(describe) }
        add("__Schema", "subscriptionType", Root.self) { $1.schema.subscription.map(describe) }
        add("__Schema", "directives", Root.self) { FieldValue.list($1.schema.directives.map { .object($0) }) }

        add("__Type", "kind", Described.self) { kind(of: $0.reference, $1.schema) }
        add("__Type", "name", Described.self) { $0.named($1)?.name }
        add("__Type", "description", Described.self) { $0.named($1)?.description }
        add("__Type", "specifiedByURL", Described.self) { type, input -> String? in
            if case .scalar(let scalar)? = type.named(input) { scalar.specifiedBy } else { nil }
        }
        add("__Type", "isOneOf", Described.self) { type, input -> Bool? in
            if case .input(let object)? = type.named(input) { object.isOneOf } else { nil }
        }
        add("__Type", "fields", Described.self) { type, input -> FieldValue in
            guard let fields = type.named(input)?.fields else { return .null }
            return .list(fields.inOrder.filter { input.shows($0.deprecation) }.map { .object($0) })
        }
        add("__Type", "interfaces", Described.self) { type, input -> FieldValue in
            guard let named = type.named(input), named.fields != nil else { return .null }
            return .list(named.interfaces.map { describe(TypeReference($0)) })
        }
        add("__Type", "possibleTypes", Described.self) { type, input -> FieldValue in
            guard let named = type.named(input), named.isAbstract else { return .null }
            return .list(input.schema.possibleTypes(of: type.reference.named).map { describe(TypeReference($0)) })
        }
        add("__Type", "enumValues", Described.self) { type, input -> FieldValue in
            guard case .enumeration(let type)? = type.named(input) else { return .null }
            return .list(type.values.filter { input.shows($0.deprecation) }.map { .object($0) })
        }
        add("__Type", "inputFields", Described.self) { type, input -> FieldValue in
            guard case .input(let type)? = type.named(input) else { return .null }
            return .list(type.fields.filter { input.shows($0.deprecation) }.map { .object($0) })
        }
        add("__Type", "ofType", Described.self) { type, _ -> FieldValue in
            type.reference.isNamed ? .null : describe(type.reference.unwrapped)
        }

        add("__Field", "name", FieldDefinition.self) { field, _ in field.name }
        add("__Field", "description", FieldDefinition.self) { field, _ in field.description }
        add("__Field", "args", FieldDefinition.self) { field, input in
            FieldValue.list(field.arguments.filter { input.shows($0.deprecation) }.map { .object($0) })
        }
        add("__Field", "type", FieldDefinition.self) { field, _ in describe(field.type) }
        add("__Field", "isDeprecated", FieldDefinition.self) { field, _ in field.deprecation != nil }
        add("__Field", "deprecationReason", FieldDefinition.self) { field, _ in field.deprecation }

        add("__InputValue", "name", InputValueDefinition.self) { value, _ in value.name }
        add("__InputValue", "description", InputValueDefinition.self) { value, _ in value.description }
        add("__InputValue", "type", InputValueDefinition.self) { value, _ in describe(value.type) }
        add("__InputValue", "defaultValue", InputValueDefinition.self) { value, input in
            ValueCoercion(schema: input.schema).printedDefault(of: value)
        }
        add("__InputValue", "isDeprecated", InputValueDefinition.self) { value, _ in value.deprecation != nil }
        add("__InputValue", "deprecationReason", InputValueDefinition.self) { value, _ in value.deprecation }

        add("__EnumValue", "name", EnumValue.self) { value, _ in value.name }
        add("__EnumValue", "description", EnumValue.self) { value, _ in value.description }
        add("__EnumValue", "isDeprecated", EnumValue.self) { value, _ in value.deprecation != nil }
        add("__EnumValue", "deprecationReason", EnumValue.self) { value, _ in value.deprecation }

        add("__Directive", "name", DirectiveDefinition.self) { directive, _ in directive.name }
        add("__Directive", "description", DirectiveDefinition.self) { directive, _ in directive.description }
        add("__Directive", "isRepeatable", DirectiveDefinition.self) { directive, _ in directive.isRepeatable }
        add("__Directive", "locations", DirectiveDefinition.self) { directive, _ in
            directive.locations.map(\.rawValue)
        }
        add("__Directive", "args", DirectiveDefinition.self) { directive, input in
            FieldValue.list(directive.arguments.filter { input.shows($0.deprecation) }.map { .object($0) })
        }
        return all
    }()

    private static func describe(_ reference: TypeReference) -> FieldValue { .object(Described(reference: reference)) }

    private static func describe(_ type: ObjectType) -> FieldValue { describe(TypeReference(type.id)) }

    private static func kind(of reference: TypeReference, _ schema: GraphQLSchema) -> String {
        if reference.isNonNull { return "NON_NULL" }
        if reference.isList { return "LIST" }
        switch schema[reference] {
        case .scalar: return "SCALAR"
        case .object: return "OBJECT"
        case .interface: return "INTERFACE"
        case .union: return "UNION"
        case .enumeration: return "ENUM"
        case .input: return "INPUT_OBJECT"
        }
    }
}

extension IntrospectionResolvers.Described {
    /// The type, where nothing stands around it.
    fileprivate func named(_ input: FieldInput) -> NamedType? {
        reference.isNamed ? input.schema[reference] : nil
    }
}

extension FieldInput {
    /// Whether introspection shows what is deprecated for this reason. Source: §4.2, `includeDeprecated`.
    fileprivate func shows(_ deprecation: String?) -> Bool {
        deprecation == nil || arguments["includeDeprecated"]?.bool == true
    }
}
