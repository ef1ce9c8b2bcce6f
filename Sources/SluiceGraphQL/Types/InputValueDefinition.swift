/// An argument, or a field of an input object.
/// - Source: §3.6.1 and §3.10.
final class InputValueDefinition: Sendable {
    let name: String
    let description: String?
    let type: TypeReference
    let defaultValue: ValueNode?
    let deprecation: String?

    init(name: String, description: String?, type: TypeReference, defaultValue: ValueNode?, deprecation: String?) {
        self.name = name
        self.description = description
        self.type = type
        self.defaultValue = defaultValue
        self.deprecation = deprecation
    }

    /// Whether leaving it out is an error. Source: §5.4.2.1.
    var isRequired: Bool { type.isNonNull && defaultValue == nil }
}
