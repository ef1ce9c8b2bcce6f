/// What went out: of one channel, or of all of an organization.
struct OutboxPage: Page {
    static let template = "outbox"
    static let tab: PageTab? = .channels

    /// A post as it was when it went.
    struct Delivery: Sendable {
        var id: String
        /// When it went.
        var sent: ChannelMoment
        /// When it was meant to go.
        var due: ChannelMoment?
        var text: String
        var assets: [QueueAsset]
        /// What it said to its service alone, as JSON.
        var metadata: String?
        /// "3rd attempt" if it was not the first.
        var attempt: String?
        /// The channel, where several are shown.
        var channelID: String?
        var channelName: String?
        /// The channel's zone, where several are shown.
        var timeZone: String?
    }

    /// Where the page is: for all channels.
    var place: ChannelPlace?
    /// Where the page is: for one channel.
    var head: ChannelHead?
    /// Whose outbox, for links.
    var organizationID: String
    /// The page's own path below the origin's prefix.
    var path: String
    /// The channel's zone, where one is shown.
    var timeZone: String?
    var deliveries: [Delivery]
    /// The query, without `?`, that shows the next deliveries; `nil` on the last page.
    var more: String?

    var title: String { head.map { "Outbox of \($0.name)" } ?? "Outbox" }
    var derived: [String: Any] {
        [
            "isEmpty": deliveries.isEmpty,
            "timesNote": timeZone.map { "Those of this outbox are \($0)’s." }
                ?? "Those of a channel’s posts are its own zone’s, which stands beside them.",
        ]
    }
}
