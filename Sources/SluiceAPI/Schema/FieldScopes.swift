import SluiceOAuth

/// Which scope a field needs. Whoever may not read a field gets `FORBIDDEN` in its place (S86–S92).
enum FieldScopes {
    /// The scope of a root field guards everything below it.
    static func scope(of field: String, on type: String) -> Scope? { table["\(type).\(field)"] }

    private static let table: [String: Scope] = [
        "Query.account": "account:read"
    ].compactMapValues { Scope($0) }
}
