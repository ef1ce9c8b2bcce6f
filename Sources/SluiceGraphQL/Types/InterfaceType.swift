/// - Source: §3.7.
public final class InterfaceType: Sendable {
    /// The type's name.
    public let name: String
    let description: String?
    let interfaces: [TypeID]
    let fields: FieldMap

    init(name: String, description: String?, interfaces: [TypeID], fields: FieldMap) {
        self.name = name
        self.description = description
        self.interfaces = interfaces
        self.fields = fields
    }
}
