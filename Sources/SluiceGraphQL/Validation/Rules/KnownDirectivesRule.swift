/// Directives exist and stand where they may.
/// - Source: GraphQL October 2021 §5.7.1 and §5.7.2.
final class KnownDirectivesRule: ValidationRule {
    override func enter(_ directives: [Directive], at place: DirectiveLocation) {
        for directive in directives {
            let name = directive.name.text
            guard let definition = schema.directive(named: name) else {
                report("Unknown directive \"@\(name)\".", directive.location)
                continue
            }
            if !definition.locations.contains(place) {
                report("Directive \"@\(name)\" may not be used on \(place.rawValue).", directive.location)
            }
        }
    }
}
