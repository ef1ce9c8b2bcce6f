/// The fields of an object or interface: by name, and in the order they were written.
struct FieldMap: Sendable {
    let inOrder: [FieldDefinition]
    private let places: [String: Int]

    init(_ fields: [FieldDefinition]) {
        inOrder = fields
        places = Dictionary(fields.enumerated().map { ($1.name, $0) }) { first, _ in first }
    }

    subscript(name: String) -> FieldDefinition? { places[name].map { inOrder[$0] } }
}
