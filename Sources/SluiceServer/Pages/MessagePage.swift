/// A page that only says something: an error, or that a request is over.
///
/// Each says what happened, what was kept, and what to do next. None repeats text from the request.
struct MessagePage: Page {
    static let template = "message"
    static let frame = PageFrame.plain

    /// A way on, as a link that looks like a button.
    struct Action: Sendable {
        var text: String
        /// A path below the app's address, starting with a slash.
        var path: String
        var isSecondary = false
    }

    /// The HTTP status, shown when it is an error.
    var status: Int
    var heading: String
    var happened: String
    var kept: String?
    var next: String
    /// The id under which the server's log knows this request.
    var requestID: String?
    var actions: [Action] = []

    var title: String { heading }
    var derived: [String: Any] {
        ["status": status < 400 ? false : "Error \(status)" as Any, "hasActions": !actions.isEmpty]
    }
}
