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
