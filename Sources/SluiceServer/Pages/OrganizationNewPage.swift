/// The form for a further organization.
struct OrganizationNewPage: Page {
    static let template = "organization_new"
    static let tab: PageTab? = .account

    /// Names this form, so that sending it twice makes one organization.
    var formID: String
    var name = ""
    /// Fields: `name`.
    var errors: FormErrors = []

    var title: String { "New organization" }
    var formErrors: [FormErrors] { [errors] }
}
