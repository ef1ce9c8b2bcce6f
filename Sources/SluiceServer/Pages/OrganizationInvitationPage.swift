/// The question whether the account joins an organization.
struct OrganizationInvitationPage: Page {
    static let template = "invitation"
    static let frame = PageFrame.gate

    /// Ends the link; the answer goes back to it.
    var secret: String
    var organizationName: String
    /// Who invited; `nil` for the operator.
    var inviterName: String?
    var role: OrganizationRoleChoice
    var ownerEmail: String
    var expires: Moment
    var accountName: String
    var accountEmail: String

    // Without names: the title lands in histories.
    var title: String { "Invitation" }
    var derived: [String: Any] {
        let monogram = Monogram(organizationName)
        return [
            "monogram": monogram.text, "tone": monogram.tone, "accountMonogram": Monogram(accountName).text,
        ]
    }
}
