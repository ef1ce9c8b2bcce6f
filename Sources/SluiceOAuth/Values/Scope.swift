/// The name of one permission, such as `posts:write`. Holding one is proof that the name is well formed, not that it is known.
/// - Source: RFC 6749 §3.3 `scope-token`.
public struct Scope: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// The longest name in bytes. RFC 6749 sets none; every string here has one.
    public static let limitInBytes = 128

    /// The permission to receive a refresh token.
    /// - Source: OpenID Connect Core §11.
    public static let offlineAccess = Scope(unchecked: "offline_access")

    /// The name as it travels.
    public let name: String

    /// A scope of this name, `nil` unless it is 1 to 128 printable ASCII characters without space, `"` and `\`.
    public init?(_ name: String) {
        let bytes = name.utf8
        guard (1...Self.limitInBytes).contains(bytes.count), bytes.allSatisfy(\.isScopeCharacter) else { return nil }
        self.name = name
    }

    init(unchecked name: String) { self.name = name }

    /// The name.
    public var description: String { name }

    /// Alphabetical order of the names.
    public static func < (one: Scope, other: Scope) -> Bool { one.name < other.name }
}
