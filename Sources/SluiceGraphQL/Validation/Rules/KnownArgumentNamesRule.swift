/// Arguments exist on their field or directive.
/// - Source: GraphQL October 2021 §5.4.1.
final class KnownArgumentNamesRule: ValidationRule {
    override func enter(_ arguments: [Argument], owner: ArgumentOwner?) {
        guard let owner else { return }
        let known = owner.definitions.map(\.name)
        for argument in arguments where !isFull && !known.contains(argument.name.text) {
            let name = argument.name.text
            let suggestion = Suggestions.didYouMean(Suggestions.matching(name, in: known))
            switch owner {
            case .field(_, let definition, let parent):
                report(
                    "Unknown argument \"\(name)\" on field \"\(schema[parent].name).\(definition.name)\".\(suggestion)",
                    argument.location)
            case .directive(let directive, _):
                report(
                    "Unknown argument \"\(name)\" on directive \"@\(directive.name.text)\".\(suggestion)",
                    argument.location)
            }
        }
    }
}
