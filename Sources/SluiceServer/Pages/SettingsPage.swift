/// Profile, password, sessions, and the way out.
struct SettingsPage: Page {
    static let template = "settings"
    static let tab: PageTab? = .account

    /// A browser that is signed in.
    struct Session: Sendable {
        var id: String
        /// The browser and system in words, or the user agent cut short.
        var device: String
        var address: String
        var created: Moment
        var lastSeen: Moment
        var isCurrent: Bool
    }

    /// A connected app that outlives a change of password.
    struct AppName: Sendable {
        var clientID: String
        var name: String
    }

    var name: String
    var email: String
    /// An IANA time zone.
    var timezone: String
    /// The IANA time zones to choose from.
    var zones: [TimeZoneGroup]
    var minimumPasswordLength: Int
    var sessions: [Session]
    /// The query, without `?`, that shows the next sessions; `nil` on the last page.
    var moreSessions: String?
    var connectedApps: [AppName]
    /// Fields: `name`, `email`, `timezone`, `current_password`.
    var profileErrors: FormErrors = []
    /// Fields: `current_password`, `new_password`. The first needs `target: "password-current_password"`.
    var passwordErrors: FormErrors = []

    var title: String { "Account" }
    var formErrors: [FormErrors] { [profileErrors, passwordErrors] }
    var derived: [String: Any] {
        [
            "hasOtherSessions": moreSessions != nil || sessions.contains { !$0.isCurrent },
            "hasConnectedApps": !connectedApps.isEmpty,
        ]
    }
}
