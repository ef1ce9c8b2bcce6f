/// Required arguments are given.
/// - Source: GraphQL October 2021 §5.4.2.1.
final class ProvidedRequiredArgumentsRule: ValidationRule {
    override func leave(_ field: Field, definition: FieldDefinition?, parent: TypeID?) {
        for argument in missing(field.arguments, definition?.arguments ?? []) {
            report(
                "Field \"\(field.name.text)\" argument \"\(argument.name)\" of type \"\(schema.name(of: argument.type))\" is required, but it was not provided.",
                field.location)
        }
    }

    override func leave(_ directive: Directive, definition: DirectiveDefinition?) {
        for argument in missing(directive.arguments, definition?.arguments ?? []) {
            report(
                "Directive \"@\(directive.name.text)\" argument \"\(argument.name)\" of type \"\(schema.name(of: argument.type))\" is required, but it was not provided.",
                directive.location)
        }
    }

    private func missing(_ given: [Argument], _ definitions: [InputValueDefinition]) -> [InputValueDefinition] {
        definitions.filter { definition in
            definition.isRequired && !given.contains { $0.name.text == definition.name }
        }
    }
}
