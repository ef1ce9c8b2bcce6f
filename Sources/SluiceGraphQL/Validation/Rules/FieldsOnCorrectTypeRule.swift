/// Fields exist on the type they are selected on.
/// - Source: GraphQL October 2021 §5.3.1.
final class FieldsOnCorrectTypeRule: ValidationRule {
    override func enter(_ field: Field, definition: FieldDefinition?, parent: TypeID?) {
        guard definition == nil, let parent else { return }
        let name = field.name.text
        var suggestion = Suggestions.didYouMean(the: "to use an inline fragment on", typesWith(name, below: parent))
        if suggestion.isEmpty {
            let names = schema[parent].fields?.inOrder.map(\.name) ?? []
            suggestion = Suggestions.didYouMean(Suggestions.matching(name, in: names))
        }
        report(
            "Cannot query field \"\(name)\" on type \"\(schema[parent].name)\".\(suggestion)", field.location)
    }

    /// The types that an abstract type can be and that have the field, then those that implement more of them.
    private func typesWith(_ field: String, below parent: TypeID) -> [String] {
        guard schema[parent].isAbstract else { return [] }
        var found: [TypeID] = []
        var usage: [TypeID: Int] = [:]
        for possible in schema.possibleTypes(of: parent) where schema[possible].fields?[field] != nil {
            found.append(possible)
            usage[possible] = 1
            for interface in schema[possible].interfaces where schema[interface].fields?[field] != nil {
                if usage[interface] == nil { found.append(interface) }
                usage[interface, default: 0] += 1
            }
        }
        return found.sorted { first, second in
            if usage[first] != usage[second] { return usage[first, default: 0] > usage[second, default: 0] }
            if schema[first].isAbstract, schema.isSubtype(TypeReference(second), of: TypeReference(first)) {
                return true
            }
            if schema[second].isAbstract, schema.isSubtype(TypeReference(first), of: TypeReference(second)) {
                return false
            }
            return Suggestions.precedes(schema[first].name, schema[second].name)
        }.map { schema[$0].name }
    }
}
