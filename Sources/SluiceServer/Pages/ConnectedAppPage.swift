/// An app that the account allowed: what it may do, and each approval with its own off switch.
struct ConnectedAppPage: Page {
    static let template = "connected_app"
    static let tab: PageTab? = .api

    /// One approval.
    struct Grant: Sendable {
        var id: String
        var approved: Moment
        var lastUsed: Moment?
        var scopes: [String]
        var address: String?
        var device: String?
    }

    var clientID: String
    var name: String
    var description: String?
    var website: WebLink?
    var firstApproved: Moment
    var lastUsed: Moment?
    var scopes: [ScopeWords]
    var grants: [Grant]
    /// The query, without `?`, that shows the next approvals; `nil` on the last page.
    var moreGrants: String?

    var title: String { name }
    var derived: [String: Any] {
        let monogram = Monogram(name)
        return ["monogram": monogram.text, "tone": monogram.tone]
    }
}
