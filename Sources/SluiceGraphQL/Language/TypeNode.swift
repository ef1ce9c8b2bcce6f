/// A type as written in a document: `[ID!]!`.
/// - Source: GraphQL October 2021 §2.11.
struct TypeNode: Sendable {
    let name: Name
    /// Around the name, innermost first.
    let wrappers: [TypeWrapper]
    let location: SourceLocation
}

extension TypeNode: CustomStringConvertible {
    var description: String {
        wrappers.reduce(name.text) { text, wrapper in wrapper == .list ? "[\(text)]" : "\(text)!" }
    }
}

/// What can stand around a type.
enum TypeWrapper: UInt64, Sendable {
    case list = 1
    case nonNull = 2
}
