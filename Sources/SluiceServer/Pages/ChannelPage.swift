/// One channel: what it is, when it posts, and the switches.
struct ChannelPage: Page {
    static let template = "channel"
    static let tab: PageTab? = .channels

    /// A day of the schedule as the form has it.
    struct Day: Sendable {
        /// `mon`.
        var value: String
        /// `Monday`.
        var name: String
        /// `09:00, 12:30`
        var times: String
        var isPaused: Bool
        /// What is wrong with the times.
        var error: String?
    }

    var head: ChannelHead
    var created: Moment
    var timeZone: String
    var externalLink: WebLink?
    /// How many posts wait, in words.
    var waiting: String
    /// When the next one goes out.
    var next: ChannelMoment?
    /// How many posts failed, in words; `nil` if none did.
    var failures: String?
    /// Whether the visitor may change it.
    var canManage: Bool
    var days: [Day]
    var fields: ChannelFields
    /// Fields: the days' names.
    var scheduleErrors: FormErrors = []
    /// Fields: those of ``ChannelFields``.
    var errors: FormErrors = []

    var title: String { head.name }
    var formErrors: [FormErrors] { [scheduleErrors, errors] }
    var derived: [String: Any] {
        [
            "organizationID": head.organizationID, "id": head.id, "isPaused": head.isPaused,
            "timesNote": "Those of this channel’s schedule and posts are \(timeZone)’s.",
        ]
    }
}
