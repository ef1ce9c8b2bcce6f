/// The organizations of somebody who belongs to several or to none: where the tab leads when there is a choice.
struct ChannelOrganizationsPage: Page {
    static let template = "channel_organizations"
    static let tab: PageTab? = .channels

    /// An organization with channels, or room for them.
    struct Organization: Sendable, DerivedValues {
        var id: String
        var name: String
        var channelCount: Int

        var derived: [String: Any] {
            let monogram = Monogram(name)
            return [
                "monogram": monogram.text, "tone": monogram.tone,
                "channels": channelCount == 1 ? "1 channel" : "\(channelCount) channels",
            ]
        }
    }

    var organizations: [Organization]

    var title: String { "Channels" }
    var derived: [String: Any] { ["isEmpty": organizations.isEmpty] }
}
