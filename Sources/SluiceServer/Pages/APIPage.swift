/// The three lists of Settings → API.
struct APIPage: Page {
    static let template = "api"
    static let tab: PageTab? = .api

    /// An API key in the list.
    struct Key: Sendable, DerivedValues {
        var id: String
        var name: String
        /// Prefix and last four characters: `buf_…x7Qa`.
        var hint: String
        var created: Moment
        var lastUsed: Moment?
        var expires: Moment?
        /// Scope names; empty means everything.
        var scopes: [String]
        /// A word if the key does not simply work: "Expired", "Stops soon".
        var state: String?

        var derived: [String: Any] { ["isUnlimited": scopes.isEmpty] }
    }

    /// A client that the account registered.
    struct Client: Sendable, DerivedValues {
        var id: String
        var clientID: String
        var name: String
        var isConfidential: Bool
        var created: Moment
        var redirectURICount: Int

        var derived: [String: Any] {
            let monogram = Monogram(name)
            return [
                "kind": isConfidential ? "Confidential" : "Public", "monogram": monogram.text, "tone": monogram.tone,
            ]
        }
    }

    /// An app that the account allowed.
    struct App: Sendable, DerivedValues {
        var clientID: String
        var name: String
        var scopes: [String]
        var firstApproved: Moment
        var lastUsed: Moment?
        var approvalCount: Int

        var derived: [String: Any] {
            let monogram = Monogram(name)
            return [
                "monogram": monogram.text, "tone": monogram.tone,
                "severalApprovals": approvalCount > 1 ? "\(approvalCount) approvals" as Any : false,
            ]
        }
    }

    var apiURL: String
    var keys: [Key]
    var clients: [Client]
    var apps: [App]
    /// The query, without `?`, that shows the next keys; `nil` on the last page.
    var moreKeys: String?
    var moreClients: String?
    var moreApps: String?

    var title: String { "API access" }
    var derived: [String: Any] {
        ["hasKeys": !keys.isEmpty, "hasClients": !clients.isEmpty, "hasApps": !apps.isEmpty]
    }
}
