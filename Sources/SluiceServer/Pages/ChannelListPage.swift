/// The channels of an organization.
struct ChannelListPage: Page {
    static let template = "channel_list"
    static let tab: PageTab? = .channels

    /// A channel in the list.
    struct Channel: Sendable, DerivedValues {
        var id: String
        var name: String
        /// `LinkedIn Page`.
        var descriptor: String
        var timeZone: String
        /// How often its schedule comes round.
        var schedule: String
        /// When its next post goes out.
        var next: ChannelMoment?
        var isPaused = false
        var isLocked = false
        var isDisconnected = false
        var hasFailures = false

        var derived: [String: Any] {
            let monogram = Monogram(name)
            return ["monogram": monogram.text, "tone": monogram.tone]
        }
    }

    var place: ChannelPlace
    var channels: [Channel]
    /// Whether the visitor may add channels.
    var canManage: Bool
    /// The query, without `?`, that shows the next channels; `nil` on the last page.
    var more: String?

    var title: String { "Channels" }
    var derived: [String: Any] {
        [
            "organizationID": place.organizationID, "hasChannels": !channels.isEmpty,
            "timesNote": "Those of a channel’s posts are its own zone’s, which stands beside them.",
        ]
    }
}
