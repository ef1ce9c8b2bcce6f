/// `schema { … }` or its extension.
/// - Source: GraphQL October 2021 §3.3.
struct SchemaDefinitionNode: Sendable {
    let description: String?
    let directives: [Directive]
    let operations: [(kind: OperationKind, type: Name)]
    let isExtension: Bool
    let location: SourceLocation
}

/// A definition or extension of any kind of type; the lists that a kind does not have are empty.
/// - Source: §3.4.
struct TypeDefinitionNode: Sendable {
    enum Kind: Sendable {
        case scalar, object, interface, union, enumeration, input
    }

    let kind: Kind
    let name: Name
    let description: String?
    let directives: [Directive]
    var interfaces: [Name] = []
    var fields: [FieldDefinitionNode] = []
    var members: [Name] = []
    var values: [EnumValueNode] = []
    var inputs: [InputValueNode] = []
    let isExtension: Bool
    let location: SourceLocation
}

/// - Source: §3.6.
struct FieldDefinitionNode: Sendable {
    let name: Name
    let description: String?
    let arguments: [InputValueNode]
    let type: TypeNode
    let directives: [Directive]
}

/// An argument, or a field of an input object.
/// - Source: §3.6.1 and §3.10.
struct InputValueNode: Sendable {
    let name: Name
    let description: String?
    let type: TypeNode
    let defaultValue: ValueNode?
    let directives: [Directive]
}

/// - Source: §3.9.
struct EnumValueNode: Sendable {
    let name: Name
    let description: String?
    let directives: [Directive]
}

/// - Source: §3.13.
struct DirectiveDefinitionNode: Sendable {
    let name: Name
    let description: String?
    let arguments: [InputValueNode]
    let isRepeatable: Bool
    let locations: [DirectiveLocation]
    let location: SourceLocation
}

/// Where a directive may stand.
/// - Source: §3.13.
enum DirectiveLocation: String, Sendable, Hashable {
    case query = "QUERY"
    case mutation = "MUTATION"
    case subscription = "SUBSCRIPTION"
    case field = "FIELD"
    case fragmentDefinition = "FRAGMENT_DEFINITION"
    case fragmentSpread = "FRAGMENT_SPREAD"
    case inlineFragment = "INLINE_FRAGMENT"
    case variableDefinition = "VARIABLE_DEFINITION"
    case schema = "SCHEMA"
    case scalar = "SCALAR"
    case object = "OBJECT"
    case fieldDefinition = "FIELD_DEFINITION"
    case argumentDefinition = "ARGUMENT_DEFINITION"
    case interface = "INTERFACE"
    case union = "UNION"
    case enumeration = "ENUM"
    case enumValue = "ENUM_VALUE"
    case inputObject = "INPUT_OBJECT"
    case inputFieldDefinition = "INPUT_FIELD_DEFINITION"
}
