/// Objects have selections, scalars and enums have none.
/// - Source: GraphQL October 2021 §5.3.3.
final class ScalarLeafsRule: ValidationRule {
    override func enter(_ field: Field, definition: FieldDefinition?, parent: TypeID?) {
        guard let definition else { return }
        let name = field.name.text
        var type: String { schema.name(of: definition.type) }
        switch (schema[definition.type].isLeaf, field.selectionSet) {
        case (true, let set?):
            report(
                "Field \"\(name)\" must not have a selection since type \"\(type)\" has no subfields.", set.location)
        case (false, nil):
            report(
                "Field \"\(name)\" of type \"\(type)\" must have a selection of subfields. Did you mean \"\(name) { ... }\"?",
                field.location)
        default:
            break
        }
    }
}
