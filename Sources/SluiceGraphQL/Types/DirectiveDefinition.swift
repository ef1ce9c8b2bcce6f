/// - Source: §3.13.
final class DirectiveDefinition: Sendable {
    let name: String
    let description: String?
    let arguments: [InputValueDefinition]
    let isRepeatable: Bool
    let locations: [DirectiveLocation]

    init(
        name: String, description: String?, arguments: [InputValueDefinition], isRepeatable: Bool,
        locations: [DirectiveLocation]
    ) {
        self.name = name
        self.description = description
        self.arguments = arguments
        self.isRepeatable = isRepeatable
        self.locations = locations
    }
}
