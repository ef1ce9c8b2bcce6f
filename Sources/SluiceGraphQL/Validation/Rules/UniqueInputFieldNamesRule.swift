/// Fields of an input object have different names.
/// - Source: GraphQL October 2021 §5.6.3.
final class UniqueInputFieldNamesRule: ValidationRule {
    override func enterObject(_ fields: [ObjectFieldNode]) {
        var seen: [String: SourceLocation] = [:]
        for field in fields {
            let name = field.name
            if let first = seen[name.text] {
                report("There can be only one input field named \"\(name.text)\".", first, name.location)
            } else {
                seen[name.text] = name.location
            }
        }
    }
}
