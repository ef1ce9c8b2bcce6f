/// Builds a schema from SDL: merges extensions, gives every type its number, attaches resolvers, checks the whole.
/// - Source: GraphQL October 2021 §3.
struct SchemaBuilder {
    /// What a schema is made of.
    struct Parts {
        var description: String?
        var types: [NamedType]
        var ids: [String: TypeID]
        var directives: [DirectiveDefinition]
        var query: ObjectType
        var mutation: ObjectType?
        var subscription: ObjectType?
        var typenameField: FieldDefinition
        var schemaField: FieldDefinition
        var typeField: FieldDefinition
    }

    private let resolvers: [String: FieldResolver]
    private let scalars: [String: ScalarCoercion]
    private let check: @Sendable (_ type: String, _ field: String) -> FieldCheck?
    private var problems: [String] = []
    private var nodes: [TypeDefinitionNode] = []
    private var ids: [String: TypeID] = [:]
    private var directiveNodes: [DirectiveDefinitionNode] = []
    private var schemaNode: SchemaDefinitionNode?
    private var roots: [OperationKind: String] = [:]

    init(
        resolvers: [String: FieldResolver], scalars: [String: ScalarCoercion],
        check: @escaping @Sendable (_ type: String, _ field: String) -> FieldCheck?
    ) {
        self.resolvers = resolvers.merging(IntrospectionResolvers.all) { own, _ in own }
        self.scalars = scalars
        self.check = check
    }

    /// Builds and checks.
    /// - Throws: ``SchemaError`` with all problems.
    mutating func build(_ sdl: String) throws(SchemaError) -> GraphQLSchema {
        // The order in which introspection lists the types: the API's own first.
        for (text, isBuiltIn) in [
            (sdl, false), (BuiltInDefinitions.directives, true), (BuiltInDefinitions.introspection, true),
        ] {
            do {
                collect(try Parser.parse(text), isBuiltIn: isBuiltIn)
            } catch {
                let place = error.locations.first.map { " (line \($0.line), column \($0.column))" } ?? ""
                throw SchemaError(problems: ["\(error.message)\(place)"])
            }
        }
        let parts = try assemble()
        let schema = GraphQLSchema(parts)
        problems += SchemaCheck(schema: schema).problems()
        guard problems.isEmpty else { throw SchemaError(problems: problems) }
        return schema
    }

    // MARK: - Collecting definitions

    private mutating func collect(_ document: Document, isBuiltIn: Bool) {
        for definition in document.definitions {
            switch definition {
            case .operation(let operation):
                problems.append("Line \(operation.location.line): a schema has no operations.")
            case .fragment(let fragment): problems.append("Line \(fragment.location.line): a schema has no fragments.")
            case .schema(let node): collect(node)
            case .directive(let node):
                if directiveNodes.contains(where: { $0.name.text == node.name.text }) {
                    if !isBuiltIn { problems.append("There can be only one directive named \"@\(node.name.text)\".") }
                } else {
                    directiveNodes.append(node)
                }
            case .type(let node): if !node.isExtension { add(node, isBuiltIn: isBuiltIn) }
            }
        }
        for case .type(let node) in document.definitions where node.isExtension { extend(node) }
    }

    private mutating func collect(_ node: SchemaDefinitionNode) {
        if !node.isExtension {
            if schemaNode != nil { problems.append("Must provide only one schema definition.") }
            schemaNode = node
        }
        for (kind, type) in node.operations {
            if roots[kind] != nil { problems.append("There can be only one \(kind.rawValue) type in schema.") }
            roots[kind] = type.text
        }
    }

    private mutating func add(_ node: TypeDefinitionNode, isBuiltIn: Bool) {
        let name = node.name.text
        if !isBuiltIn, name.hasPrefix("__") {
            problems.append("Name \"\(name)\" must not begin with \"__\", which is reserved by GraphQL introspection.")
        }
        guard ids[name] == nil else { return problems.append("There can be only one type named \"\(name)\".") }
        ids[name] = TypeID(index: nodes.count)
        nodes.append(node)
    }

    private mutating func extend(_ node: TypeDefinitionNode) {
        let name = node.name.text
        guard let id = ids[name] else {
            return problems.append("Cannot extend type \"\(name)\" because it is not defined.")
        }
        guard nodes[id.index].kind == node.kind else {
            return problems.append("Cannot extend type \"\(name)\" as another kind of type.")
        }
        var whole = nodes[id.index]
        whole = TypeDefinitionNode(
            kind: whole.kind, name: whole.name, description: whole.description,
            directives: whole.directives + node.directives, interfaces: whole.interfaces + node.interfaces,
            fields: whole.fields + node.fields, members: whole.members + node.members,
            values: whole.values + node.values, inputs: whole.inputs + node.inputs, isExtension: false,
            location: whole.location)
        nodes[id.index] = whole
    }

    // MARK: - Assembling types

    private mutating func assemble() throws(SchemaError) -> Parts {
        var scalarTypes: [NamedType] = []
        for scalar in BuiltInDefinitions.scalarDescriptions {
            if ids[scalar.name] != nil { problems.append("Scalar \"\(scalar.name)\" is built in.") }
            ids[scalar.name] = TypeID(index: nodes.count + scalarTypes.count)
            scalarTypes.append(
                .scalar(
                    ScalarType(name: scalar.name, description: scalar.description, specifiedBy: nil, kind: scalar.kind))
            )
        }
        var types: [NamedType] = []
        for (index, node) in nodes.enumerated() { types.append(type(node, TypeID(index: index))) }
        types += scalarTypes
        let directives = directiveNodes.map { node in
            DirectiveDefinition(
                name: node.name.text, description: node.description,
                arguments: inputs(node.arguments, of: "@\(node.name.text)"),
                isRepeatable: node.isRepeatable, locations: node.locations)
        }
        func root(_ kind: OperationKind, _ name: String) -> ObjectType? {
            guard let name = schemaNode == nil ? roots[kind] ?? name : roots[kind], let id = ids[name],
                case .object(let type) = types[id.index]
            else { return nil }
            return type
        }
        for (kind, name) in roots where root(kind, name) == nil {
            problems.append("The \(kind.rawValue) root type \"\(name)\" must be an object type of the schema.")
        }
        guard let query = root(.query, "Query"), let string = ids["String"], let schemaType = ids["__Schema"],
            let typeType = ids["__Type"]
        else { throw SchemaError(problems: problems + ["Query root type must be provided."]) }
        for (coordinate, _) in resolvers { checkExists(coordinate, types) }
        for name in scalars.keys where ids[name] == nil { problems.append("There is no scalar \"\(name)\" to coerce.") }
        return Parts(
            description: schemaNode?.description, types: types, ids: ids, directives: directives, query: query,
            mutation: root(.mutation, "Mutation"), subscription: root(.subscription, "Subscription"),
            typenameField: meta("__typename", TypeReference(string).nonNull, .typename),
            schemaField: meta("__schema", TypeReference(schemaType).nonNull, IntrospectionResolvers.schema),
            typeField: meta(
                "__type", TypeReference(typeType), IntrospectionResolvers.type,
                arguments: [
                    InputValueDefinition(
                        name: "name", description: nil, type: TypeReference(string).nonNull, defaultValue: nil,
                        deprecation: nil)
                ]))
    }

    private func meta(
        _ name: String, _ type: TypeReference, _ resolver: FieldResolver, arguments: [InputValueDefinition] = []
    ) -> FieldDefinition {
        FieldDefinition(
            name: name, description: nil, arguments: arguments, type: type, deprecation: nil, resolver: resolver,
            check: nil)
    }

    /// A resolver for a field that is not there is a misspelling.
    private mutating func checkExists(_ coordinate: String, _ types: [NamedType]) {
        let parts = coordinate.split(separator: ".", maxSplits: 1).map(String.init)
        guard parts.count == 2, let id = ids[parts[0]], case .object(let type) = types[id.index],
            type.fields[parts[1]] != nil
        else { return problems.append("There is no field \"\(coordinate)\" of an object type to resolve.") }
    }

    private mutating func type(_ node: TypeDefinitionNode, _ id: TypeID) -> NamedType {
        let name = node.name.text
        switch node.kind {
        case .scalar:
            return .scalar(
                ScalarType(
                    name: name, description: node.description,
                    specifiedBy: argument("url", of: "specifiedBy", in: node.directives),
                    kind: .custom(scalars[name] ?? ScalarCoercion())))
        case .object:
            return .object(
                ObjectType(
                    name: name, id: id, description: node.description,
                    interfaces: references(node.interfaces, of: name),
                    fields: fields(node, isObject: true)))
        case .interface:
            return .interface(
                InterfaceType(
                    name: name, description: node.description, interfaces: references(node.interfaces, of: name),
                    fields: fields(node, isObject: false)))
        case .union:
            return .union(
                UnionType(name: name, description: node.description, members: references(node.members, of: name)))
        case .enumeration:
            unique(node.values.map(\.name.text), "Enum value", of: name)
            return .enumeration(
                EnumType(
                    name: name, description: node.description,
                    values: node.values.map {
                        EnumValue(
                            name: $0.name.text, description: $0.description, deprecation: deprecation($0.directives))
                    }))
        case .input:
            return .input(
                InputObjectType(
                    name: name, description: node.description, fields: inputs(node.inputs, of: name),
                    isOneOf: node.directives.contains { $0.name.text == "oneOf" }))
        }
    }

    private mutating func fields(_ node: TypeDefinitionNode, isObject: Bool) -> FieldMap {
        let owner = node.name.text
        unique(node.fields.map(\.name.text), "Field", of: owner)
        var fields: [FieldDefinition] = []
        for field in node.fields {
            let coordinate = "\(owner).\(field.name.text)"
            guard let type = reference(field.type, at: coordinate) else { continue }
            fields.append(
                FieldDefinition(
                    name: field.name.text, description: field.description,
                    arguments: inputs(field.arguments, of: coordinate), type: type,
                    deprecation: deprecation(field.directives), resolver: resolvers[coordinate] ?? .member,
                    check: isObject && !owner.hasPrefix("__") ? check(owner, field.name.text) : nil))
        }
        return FieldMap(fields)
    }

    private mutating func inputs(_ nodes: [InputValueNode], of owner: String) -> [InputValueDefinition] {
        unique(nodes.map(\.name.text), "Argument", of: owner)
        var inputs: [InputValueDefinition] = []
        for node in nodes {
            guard let type = reference(node.type, at: "\(owner).\(node.name.text)") else { continue }
            inputs.append(
                InputValueDefinition(
                    name: node.name.text, description: node.description, type: type, defaultValue: node.defaultValue,
                    deprecation: deprecation(node.directives)))
        }
        return inputs
    }

    private mutating func reference(_ node: TypeNode, at place: String) -> TypeReference? {
        guard let id = ids[node.name.text] else {
            problems.append("Unknown type \"\(node.name.text)\" at \"\(place)\".")
            return nil
        }
        return TypeReference(id, wrappers: node.wrappers)
    }

    private mutating func references(_ names: [Name], of owner: String) -> [TypeID] {
        unique(names.map(\.text), "Type", of: owner)
        return names.compactMap { name in
            if let id = ids[name.text] { return id }
            problems.append("Unknown type \"\(name.text)\" at \"\(owner)\".")
            return nil
        }
    }

    private mutating func unique(_ names: [String], _ what: String, of owner: String) {
        var seen: Set<String> = []
        for name in names {
            if !seen.insert(name).inserted { problems.append("\(what) \"\(owner).\(name)\" can only be defined once.") }
            if !owner.hasPrefix("__"), name.hasPrefix("__") {
                problems.append(
                    "Name \"\(name)\" must not begin with \"__\", which is reserved by GraphQL introspection.")
            }
        }
    }

    private func deprecation(_ directives: [Directive]) -> String? {
        guard directives.contains(where: { $0.name.text == "deprecated" }) else { return nil }
        return argument("reason", of: "deprecated", in: directives) ?? "No longer supported"
    }

    private func argument(_ name: String, of directive: String, in directives: [Directive]) -> String? {
        let value = directives.first { $0.name.text == directive }?.arguments.first { $0.name.text == name }?.value
        if case .string(let text, _)? = value?.kind { return text }
        return nil
    }
}
