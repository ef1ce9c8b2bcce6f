/// - Source: §3.9.
public final class EnumType: Sendable {
    /// The type's name.
    public let name: String
    let description: String?
    let values: [EnumValue]
    private let names: Set<String>

    init(name: String, description: String?, values: [EnumValue]) {
        self.name = name
        self.description = description
        self.values = values
        names = Set(values.map(\.name))
    }

    func contains(_ name: String) -> Bool { names.contains(name) }
}

/// One value of an enum.
struct EnumValue: Sendable {
    let name: String
    let description: String?
    let deprecation: String?
}
