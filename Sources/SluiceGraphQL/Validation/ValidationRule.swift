/// One rule of validation: it overrides what it wants to see. All rules walk the document together, once.
class ValidationRule {
    let context: ValidationContext
    final var schema: GraphQLSchema { context.schema }

    required init(_ context: ValidationContext) { self.context = context }

    /// In bytes. A hundred messages may quote the same names, and the way around a cycle names many.
    private static let longestMessage = 2_000

    /// Whether no further finding is of interest: then nobody need look for one.
    final var isFull: Bool { context.isFull }

    final func report(_ message: String, _ locations: SourceLocation...) { report(message, at: locations) }

    final func report(_ message: String, at locations: [SourceLocation]) {
        context.report(
            ValidationFinding(
                rule: "\(type(of: self))",
                error: GraphQLError(message.cut(toBytes: Self.longestMessage), locations: locations)))
    }

    /// Whose arguments are looked at.
    enum ArgumentOwner {
        case field(Field, FieldDefinition, parent: TypeID)
        case directive(Directive, DirectiveDefinition)

        var definitions: [InputValueDefinition] {
            switch self {
            case .field(_, let definition, _): definition.arguments
            case .directive(_, let definition): definition.arguments
            }
        }
    }

    func enter(_ document: Document) {}
    func leave(_ document: Document) {}
    func enter(_ operation: OperationDefinition) {}
    func leave(_ operation: OperationDefinition) {}
    func enter(_ fragment: FragmentDefinition) {}
    func enter(_ variable: VariableDefinition) {}
    /// A type that is named in a variable's type or a type condition.
    func enter(typeName: Name) {}
    /// The selection set of an operation, a field or a fragment; that of an inline fragment is part of the set it stands in.
    func enter(_ set: SelectionSet, parent: TypeID?) {}
    func enter(_ field: Field, definition: FieldDefinition?, parent: TypeID?) {}
    func leave(_ field: Field, definition: FieldDefinition?, parent: TypeID?) {}
    func enter(_ spread: FragmentSpread, parent: TypeID?) {}
    func enter(_ inline: InlineFragment, type: TypeID?, parent: TypeID?) {}
    /// All directives of one place, before each of them.
    func enter(_ directives: [Directive], at place: DirectiveLocation) {}
    func leave(_ directive: Directive, definition: DirectiveDefinition?) {}
    /// All arguments of one place, before each of them; `owner` is `nil` where it is unknown.
    func enter(_ arguments: [Argument], owner: ArgumentOwner?) {}
    /// The value of an argument or the default of a variable, with the type that its place expects.
    func enter(_ value: ValueNode, type: TypeReference?) {}
    /// Any object value, nested ones too.
    func enterObject(_ fields: [ObjectFieldNode]) {}
    func enter(_ usage: ValidationContext.VariableUsage) {}
}
