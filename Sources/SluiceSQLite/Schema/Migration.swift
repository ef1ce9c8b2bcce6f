/// One numbered step of the schema. Migrations are appended, and never edited once a release carried them.
struct Migration: Sendable {
    /// Its number: the schema's version once it ran.
    let number: Int
    /// Its statements.
    let sql: String
}

extension Migration {
    /// All of them, in order.
    static let all = [initial, memberships, posting, rateCounts, postsInOrder]
}
