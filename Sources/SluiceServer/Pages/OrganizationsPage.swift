/// The organizations that the account belongs to.
struct OrganizationsPage: Page {
    static let template = "organizations"
    static let tab: PageTab? = .account

    /// One of them.
    struct Entry: Sendable {
        var id: String
        var name: String
        /// The account's role there.
        var role: String
        var ownerEmail: String
        var joined: Moment
    }

    var organizations: [Entry]
    /// The query, without `?`, that shows the next ones; `nil` on the last page.
    var moreOrganizations: String?

    var title: String { "Organizations" }
    var derived: [String: Any] { ["hasOrganizations": !organizations.isEmpty] }
}
