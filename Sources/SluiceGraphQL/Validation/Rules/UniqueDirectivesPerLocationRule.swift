/// A directive stands once in one place, unless it is repeatable.
/// - Source: GraphQL October 2021 §5.7.3.
final class UniqueDirectivesPerLocationRule: ValidationRule {
    override func enter(_ directives: [Directive], at place: DirectiveLocation) {
        guard directives.count > 1 else { return }
        var seen: [String: SourceLocation] = [:]
        for directive in directives {
            let name = directive.name.text
            guard let definition = schema.directive(named: name), !definition.isRepeatable else { continue }
            if let first = seen[name] {
                report(
                    "The directive \"@\(name)\" can only be used once at this location.", first, directive.location)
            } else {
                seen[name] = directive.location
            }
        }
    }
}
