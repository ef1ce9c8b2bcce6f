/// A schema: every type, directive and root of an API, checked and immutable.
/// - Source: GraphQL October 2021 §3.
public final class GraphQLSchema: Sendable {
    let description: String?
    let types: [NamedType]
    let directives: [DirectiveDefinition]
    let query: ObjectType
    let mutation: ObjectType?
    let subscription: ObjectType?
    /// `__typename`, `__schema` and `__type`. Source: §4.1 and §4.2.
    let typenameField: FieldDefinition
    let schemaField: FieldDefinition
    let typeField: FieldDefinition

    private let ids: [String: TypeID]
    private let directivesByName: [String: DirectiveDefinition]
    /// For each type what it can be at run time: itself for an object, the members or implementations of others.
    private let possibleTypes: [[TypeID]]
    private let possibleTypeSets: [Set<TypeID>]

    init(_ parts: SchemaBuilder.Parts) {
        description = parts.description
        types = parts.types
        ids = parts.ids
        directives = parts.directives
        directivesByName = Dictionary(parts.directives.map { ($0.name, $0) }) { first, _ in first }
        query = parts.query
        mutation = parts.mutation
        subscription = parts.subscription
        typenameField = parts.typenameField
        schemaField = parts.schemaField
        typeField = parts.typeField
        var possible = [[TypeID]](repeating: [], count: parts.types.count)
        for (index, type) in parts.types.enumerated() {
            switch type {
            case .object(let object):
                possible[index].append(TypeID(index: index))
                for interface in object.interfaces { possible[interface.index].append(TypeID(index: index)) }
            case .union(let union):
                possible[index] = union.members
            case .scalar, .interface, .enumeration, .input:
                break
            }
        }
        possibleTypes = possible
        possibleTypeSets = possible.map { Set($0) }
    }

    subscript(id: TypeID) -> NamedType { types[id.index] }

    subscript(reference: TypeReference) -> NamedType { types[reference.named.index] }

    func id(named name: String) -> TypeID? { ids[name] }

    func type(named name: String) -> NamedType? { ids[name].map { types[$0.index] } }

    func directive(named name: String) -> DirectiveDefinition? { directivesByName[name] }

    func root(for kind: OperationKind) -> ObjectType? {
        switch kind {
        case .query: query
        case .mutation: mutation
        case .subscription: subscription
        }
    }

    /// The types that a value of `type` can have at run time, in the schema's order.
    func possibleTypes(of type: TypeID) -> [TypeID] { possibleTypes[type.index] }

    func isPossible(_ object: TypeID, for type: TypeID) -> Bool { possibleTypeSets[type.index].contains(object) }

    /// Whether a value could be of both types. Source: §5.5.2.3.
    func overlap(_ first: TypeID, _ second: TypeID) -> Bool {
        first == second || !possibleTypeSets[first.index].isDisjoint(with: possibleTypeSets[second.index])
    }

    /// The field of a type that a selection names, the meta fields included.
    func field(_ name: String, of type: TypeID) -> FieldDefinition? {
        let named = self[type]
        if let field = named.fields?[name] { return field }
        guard name.hasPrefix("__") else { return nil }
        if name == typenameField.name, named.isComposite { return typenameField }
        guard type == query.id else { return nil }
        return name == schemaField.name ? schemaField : name == typeField.name ? typeField : nil
    }

    /// The type that a document writes, if this schema has it.
    func reference(_ node: TypeNode) -> TypeReference? {
        ids[node.name.text].map { TypeReference($0, wrappers: node.wrappers) }
    }

    /// The type as a document writes it.
    func name(of reference: TypeReference) -> String {
        reference.wrapperList.reduce(self[reference].name) { $1 == .list ? "[\($0)]" : "\($0)!" }
    }

    /// Whether every value of `type` is one of `other` too. Source: §3.6.1 IsValidImplementation, §5.8.5.
    func isSubtype(_ type: TypeReference, of other: TypeReference) -> Bool {
        if type == other { return true }
        if other.isNonNull { return type.isNonNull && isSubtype(type.unwrapped, of: other.unwrapped) }
        if type.isNonNull { return isSubtype(type.unwrapped, of: other) }
        if other.isList { return type.isList && isSubtype(type.unwrapped, of: other.unwrapped) }
        guard !type.isList, self[other].isAbstract else { return false }
        return isPossible(type.named, for: other.named) || self[type].interfaces.contains(other.named)
    }

    /// Every field of an object type that neither has a resolver nor comes from a JSON source, as `Type.field`: so that
    /// a test can prove that an API left nothing out.
    public var fieldsWithoutResolver: [String] {
        types.flatMap { type -> [String] in
            guard case .object(let object) = type else { return [] }
            return object.fields.inOrder.compactMap {
                if case .member = $0.resolver { "\(object.name).\($0.name)" } else { nil }
            }
        }
    }
}
