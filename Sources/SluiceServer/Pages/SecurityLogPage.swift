/// What happened to the account, newest first, a page at a time.
struct SecurityLogPage: Page {
    static let template = "security_log"
    static let tab: PageTab? = .log

    /// One event.
    struct Entry: Sendable {
        var at: Moment
        /// What happened, in words: "Signed in", "API key “deploy” revoked".
        var what: String
        var detail: String?
        var address: String?
        var device: String?
        /// Both uses of a refresh token that came back, the accepted one first: one of them was a thief's.
        var uses: [Use] = []
        /// Something that the owner should look at: reuse of a token, a wrong password.
        var isAlarm = false
    }

    /// One use of a refresh token.
    struct Use: Sendable {
        /// Which of the two.
        var what: String
        /// To the millisecond, since the two are often moments apart.
        var at: String
        var address: String
        var device: String
    }

    var entries: [Entry]
    /// The cursor of the next page; `nil` on the last.
    var older: String?
    var isFirst: Bool

    var title: String { "Security log" }
    var derived: [String: Any] {
        ["isEmpty": entries.isEmpty && isFirst, "hasPages": older != nil || !isFirst]
    }
}
