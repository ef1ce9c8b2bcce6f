/// - Source: §3.6.
final class FieldDefinition: Sendable {
    let name: String
    let description: String?
    let arguments: [InputValueDefinition]
    let type: TypeReference
    let deprecation: String?
    let resolver: FieldResolver
    let check: FieldCheck?

    init(
        name: String, description: String?, arguments: [InputValueDefinition], type: TypeReference,
        deprecation: String?, resolver: FieldResolver, check: FieldCheck?
    ) {
        self.name = name
        self.description = description
        self.arguments = arguments
        self.type = type
        self.deprecation = deprecation
        self.resolver = resolver
        self.check = check
    }
}
