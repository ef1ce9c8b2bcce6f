/// What a channel is about to post, what waits for approval, and what failed.
struct QueuePage: Page {
    static let template = "queue"
    static let tab: PageTab? = .channels

    var head: ChannelHead
    var timeZone: String
    /// Why nothing goes out for now, in a sentence; `nil` if it does.
    var standstill: String?
    /// Whether the visitor may let a paused queue go on.
    var canResume = false
    var upcoming: [QueuePost]
    /// Posts that a person was reminded of and has to post.
    var reminded: [QueuePost] = []
    var waiting: [QueuePost]
    var failed: [QueuePost]
    /// The query, without `?`, that shows the next posts; `nil` on the last page.
    var more: String?
    /// Why the last button did nothing.
    var errors: FormErrors = []

    var title: String { "Queue of \(head.name)" }
    var formErrors: [FormErrors] { [errors] }
    var derived: [String: Any] {
        [
            "organizationID": head.organizationID, "id": head.id, "hasUpcoming": !upcoming.isEmpty,
            "hasReminded": !reminded.isEmpty, "hasWaiting": !waiting.isEmpty, "hasFailed": !failed.isEmpty,
            "timesNote": "Those of this queue are \(timeZone)’s.",
        ]
    }
}
