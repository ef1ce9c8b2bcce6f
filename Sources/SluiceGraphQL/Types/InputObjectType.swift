/// - Source: §3.10; `isOneOf`: September 2025 §3.10.1.
public final class InputObjectType: Sendable {
    /// The type's name.
    public let name: String
    let description: String?
    let fields: [InputValueDefinition]
    let isOneOf: Bool
    private let places: [String: Int]

    init(name: String, description: String?, fields: [InputValueDefinition], isOneOf: Bool) {
        self.name = name
        self.description = description
        self.fields = fields
        self.isOneOf = isOneOf
        places = Dictionary(fields.enumerated().map { ($1.name, $0) }) { first, _ in first }
    }

    func field(_ name: String) -> InputValueDefinition? { places[name].map { fields[$0] } }
}
