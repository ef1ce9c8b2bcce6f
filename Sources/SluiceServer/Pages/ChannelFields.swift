/// What the forms about a channel hold, as it was typed.
struct ChannelFields: Sendable, DerivedValues {
    var name = ""
    var displayName = ""
    var timeZone = "UTC"
    var externalLink = ""
    /// Mastodon, Bluesky.
    var serverURL = ""
    /// Mastodon.
    var maxCharacters = ""
    /// Pinterest: one a line, a name or `name | id`.
    var boards = ""
    /// Facebook, Google Business Profile.
    var location = ""
    /// Which of the fields above the service has; all of them while the service is still to be chosen.
    var hasServer = true
    var hasMaxCharacters = true
    var hasBoards = true
    var hasLocation = true

    var derived: [String: Any] { ["zones": TimeZoneGroup.all] }
}

/// The time zones of a region, for a list to choose from.
struct TimeZoneGroup: Sendable {
    var region: String
    var names: [String]

    /// All zones that this machine knows, by region.
    static let all: [TimeZoneGroup] = {
        var regions: [String: [String]] = [:]
        for zone in ChannelForm.timeZones {
            let slash = zone.firstIndex(of: "/")
            regions[slash.map { String(zone[..<$0]) } ?? "Other", default: []].append(zone)
        }
        return regions.map { TimeZoneGroup(region: $0.key, names: $0.value.sorted()) }.sorted { $0.region < $1.region }
    }()
}
