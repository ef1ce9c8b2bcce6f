/// One member of a metadata document.
struct MetadataMember: Sendable {
    /// What it holds.
    enum Value: Sendable {
        /// A text or URL; absent if `nil`.
        case text(String?)
        /// A list; absent if empty.
        case list([String])
        /// A switch; absent if `nil`.
        case flag(Bool?)
    }

    /// In which documents it has a meaning.
    enum Document: Sendable {
        /// In RFC 8414's and in OpenID's.
        case both
        /// Only OpenID Connect defines it.
        case openID
    }

    let name: String
    let value: Value
    let document: Document

    init(_ name: String, _ value: Value, in document: Document = .both) {
        self.name = name
        self.value = value
        self.document = document
    }

    /// Writes the member, or nothing if it is not set.
    func write(to object: inout JSONText) {
        switch value {
        case .text(let text?): object.add(name, text)
        case .list(let list) where !list.isEmpty: object.add(name, list)
        case .flag(let flag?): object.add(name, flag)
        case .text, .list, .flag: break
        }
    }
}
