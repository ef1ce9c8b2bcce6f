public import SluiceOAuth

/// The scopes this server knows, in the order Buffer's page lists them, with the words that consent pages show.
/// - Source: Buffer's page, "Scopes"; the last three from Buffer's discovery documents.
public enum ScopeCatalog {
    /// One scope in words.
    public struct Entry: Sendable {
        /// The scope.
        public let scope: Scope
        /// What it lets an app do, as a phrase behind "This app will be able to".
        public let words: String
        /// Whether it changes something.
        public let isWrite: Bool
    }

    /// Every scope.
    public static let entries: [Entry] = [
        entry("posts:read", "See your posts and queue"),
        entry("posts:write", "Create and manage posts for you", isWrite: true),
        entry("ideas:read", "See your ideas"),
        entry("ideas:write", "Create and manage ideas for you", isWrite: true),
        entry("account:read", "See your account: name, email address, organizations and channels"),
        entry("account:write", "Change your account settings", isWrite: true),
        entry("insights:read", "See how your posts perform"),
        entry("engagements:read", "See comments and replies to your posts"),
        entry("engagements:write", "Answer comments and replies for you", isWrite: true),
        entry("offline_access", "Keep this access when you are not using the app, until you revoke it"),
    ].compactMap { $0 }

    /// All of them.
    public static let all = Scopes(entries.map(\.scope))

    /// Those that an API can ask for: all but `offline_access`, which concerns tokens only.
    public static let resource = all.subtracting(Scopes([.offlineAccess]))

    /// The words for a scope.
    public static func words(for scope: Scope) -> String {
        entries.first { $0.scope == scope }?.words ?? scope.name
    }

    private static func entry(_ name: String, _ words: String, isWrite: Bool = false) -> Entry? {
        Scope(name).map { Entry(scope: $0, words: words, isWrite: isWrite) }
    }
}
