/// - Source: §3.6.
public final class ObjectType: Sendable {
    /// The type's name.
    public let name: String
    let id: TypeID
    let description: String?
    let interfaces: [TypeID]
    let fields: FieldMap

    init(name: String, id: TypeID, description: String?, interfaces: [TypeID], fields: FieldMap) {
        self.name = name
        self.id = id
        self.description = description
        self.interfaces = interfaces
        self.fields = fields
    }
}
