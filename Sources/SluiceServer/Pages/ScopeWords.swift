/// A scope in words, for people who decide about it.
struct ScopeWords: Sendable, Equatable {
    /// The scope itself, as on the wire.
    let name: String
    /// What it lets an app do, as the end of "it can …".
    let words: String
    /// One sentence more.
    let detail: String
    /// `views`, `changes` or `stays`: a CSS class.
    let kind: String

    /// A scope without words of its own is shown as it is.
    init(_ name: String) {
        self.name = name
        switch name {
        case "posts:read": (words, detail, kind) = ("See your posts", "Published, scheduled and in the queue.", "views")
        case "posts:write":
            (words, detail, kind) = (
                "Create and change posts", "Publish, schedule, edit and delete for you.", "changes"
            )
        case "ideas:read": (words, detail, kind) = ("See your ideas", "Your saved drafts and notes.", "views")
        case "ideas:write":
            (words, detail, kind) = ("Create and change ideas", "Add, edit and delete them for you.", "changes")
        case "account:read":
            (words, detail, kind) = ("See your account", "Name, email, time zone, organizations.", "views")
        case "account:write":
            (words, detail, kind) = ("Change account settings", "Not your password, keys or apps.", "changes")
        case "insights:read":
            (words, detail, kind) = ("See how posts perform", "Reach, clicks and other numbers.", "views")
        case "engagements:read":
            (words, detail, kind) = ("See replies and comments", "What people write under your posts.", "views")
        case "engagements:write":
            (words, detail, kind) = ("Answer replies and comments", "Under your name.", "changes")
        case "offline_access":
            (words, detail, kind) = ("Stay connected", "Also while you are away, until you revoke it.", "stays")
        case "openid": (words, detail, kind) = ("Know that it is you", "An identifier of your account.", "views")
        default: (words, detail, kind) = (name, "This server has no description for it.", "changes")
        }
    }
}
