/// - Source: §3.8.
public final class UnionType: Sendable {
    /// The type's name.
    public let name: String
    let description: String?
    let members: [TypeID]

    init(name: String, description: String?, members: [TypeID]) {
        self.name = name
        self.description = description
        self.members = members
    }
}
