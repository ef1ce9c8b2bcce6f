/// The last question before an organization is deleted.
struct OrganizationDeletePage: Page {
    static let template = "organization_delete"
    static let tab: PageTab? = .account

    var organization: String
    var savedName: String
    var memberCount: Int
    /// Fields: `name`.
    var errors: FormErrors = []

    var title: String { "Delete organization" }
    var formErrors: [FormErrors] { [errors] }
}
