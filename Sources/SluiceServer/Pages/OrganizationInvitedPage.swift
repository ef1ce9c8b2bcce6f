/// The one answer that holds an invitation's link.
struct OrganizationInvitedPage: Page {
    static let template = "organization_invited"
    static let tab: PageTab? = .account

    var organization: String
    var savedName: String
    var email: String
    var role: String
    var expires: Moment
    /// The full address that lets the person in.
    var link: String

    var title: String { "Invitation" }
    var derived: [String: Any] {
        ["link": false, "secret": ShownSecret(id: "invitation-link", label: "Invitation link", value: link)]
    }
}
