/// A set of permissions that remembers the order it was first given in. Equality and hash ignore that order.
/// - Source: RFC 6749 §3.3: space-separated, case-sensitive, the order does not matter.
public struct Scopes: Sendable, Hashable, Sequence, CustomStringConvertible {
    /// The most names one text may hold, and the most bytes: bounds the work a request can cause.
    public static let limitOfNames = 100
    /// The longest text in bytes.
    public static let limitInBytes = 4096

    private var list: [Scope]

    /// No permission.
    public init() { list = [] }

    /// These permissions; later duplicates collapse into the first.
    public init(_ scopes: some Sequence<Scope>) {
        list = []
        for scope in scopes where !list.contains(scope) { list.append(scope) }
    }

    /// The permissions that `text` names, separated by spaces; runs of spaces count as one and duplicates collapse. An empty
    /// text is no permission. `nil` if a name has an illegal character or is too long, or if there are too many.
    public init?(_ text: String) {
        guard text.utf8.count <= Self.limitInBytes else { return nil }
        list = []
        for part in text.utf8.split(separator: 0x20) {
            guard let scope = Scope(String(Substring(part))) else { return nil }
            if !list.contains(scope) {
                guard list.count < Self.limitOfNames else { return nil }
                list.append(scope)
            }
        }
    }

    /// The names in order, joined by single spaces.
    public var text: String { list.lazy.map(\.name).joined(separator: " ") }
    /// The same as `text`.
    public var description: String { text }
    /// Whether nothing is permitted.
    public var isEmpty: Bool { list.isEmpty }
    /// How many permissions there are.
    public var count: Int { list.count }

    /// Whether `scope` is among them.
    public func contains(_ scope: Scope) -> Bool { list.contains(scope) }
    /// Whether each of these is among `other`.
    public func isSubset(of other: Scopes) -> Bool { list.allSatisfy(other.contains) }
    /// These, then those of `other` that are new.
    public func union(_ other: Scopes) -> Scopes { Scopes(list + other.list) }
    /// These without those of `other`.
    public func subtracting(_ other: Scopes) -> Scopes { Scopes(list.filter { !other.contains($0) }) }
    /// Those of these that are also among `other`, in this order.
    public func intersection(_ other: Scopes) -> Scopes { Scopes(list.filter(other.contains)) }

    /// The permissions in the order they were first given.
    public func makeIterator() -> some IteratorProtocol<Scope> { list.makeIterator() }

    /// Whether both hold the same permissions, in whatever order.
    public static func == (one: Scopes, other: Scopes) -> Bool { one.count == other.count && one.isSubset(of: other) }

    /// Feeds the names in alphabetical order, so equal sets hash alike.
    public func hash(into hasher: inout Hasher) { hasher.combine(list.sorted()) }
}
