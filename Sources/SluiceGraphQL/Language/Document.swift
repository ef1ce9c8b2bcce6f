/// A parsed document: operations, fragments and, in SDL, definitions of types.
/// - Source: GraphQL October 2021 §2.2.
final class Document: Sendable {
    let definitions: [Definition]
    let operations: [OperationDefinition]
    /// The last definition of each fragment name; that there is more than one is a validation error.
    let fragments: [String: FragmentDefinition]

    init(_ definitions: [Definition]) {
        self.definitions = definitions
        operations = definitions.compactMap { if case .operation(let operation) = $0 { operation } else { nil } }
        var fragments: [String: FragmentDefinition] = [:]
        for case .fragment(let fragment) in definitions {
            fragments[fragment.name.text] = fragment
        }
        self.fragments = fragments
    }
}

/// One top-level part of a document.
enum Definition: Sendable {
    case operation(OperationDefinition)
    case fragment(FragmentDefinition)
    case schema(SchemaDefinitionNode)
    case type(TypeDefinitionNode)
    case directive(DirectiveDefinitionNode)
}

/// A name and where it stands.
struct Name: Sendable {
    let text: String
    let location: SourceLocation
}

/// What an operation does.
enum OperationKind: String, Sendable, Hashable {
    case query, mutation, subscription
}

/// - Source: §2.3.
final class OperationDefinition: Sendable {
    let kind: OperationKind
    let name: Name?
    let variables: [VariableDefinition]
    let directives: [Directive]
    let selectionSet: SelectionSet
    let location: SourceLocation

    init(
        kind: OperationKind, name: Name?, variables: [VariableDefinition], directives: [Directive],
        selectionSet: SelectionSet, location: SourceLocation
    ) {
        self.kind = kind
        self.name = name
        self.variables = variables
        self.directives = directives
        self.selectionSet = selectionSet
        self.location = location
    }
}

/// - Source: §2.10.
struct VariableDefinition: Sendable {
    let name: Name
    let type: TypeNode
    let defaultValue: ValueNode?
    let directives: [Directive]
    let location: SourceLocation
}

/// - Source: §2.8.
final class FragmentDefinition: Sendable {
    let name: Name
    let typeCondition: Name
    let directives: [Directive]
    let selectionSet: SelectionSet
    let location: SourceLocation

    init(
        name: Name, typeCondition: Name, directives: [Directive], selectionSet: SelectionSet, location: SourceLocation
    ) {
        self.name = name
        self.typeCondition = typeCondition
        self.directives = directives
        self.selectionSet = selectionSet
        self.location = location
    }
}
