/// The form that registers an app.
struct ClientNewPage: Page {
    static let template = "client_new"
    static let tab: PageTab? = .api

    /// Names this form, so that sending it twice makes one client.
    var formID: String
    var name = ""
    /// `public`, `confidential`, or empty before anything was chosen.
    var type = ""
    /// One a line.
    var redirectURIs = ""
    var website = ""
    var description = ""
    var logoURL = ""
    /// Fields: `name`, `type`, `redirect_uris`, `website`, `description`, `logo_url`.
    var errors: FormErrors = []

    var title: String { "Register an app" }
    var formErrors: [FormErrors] { [errors] }
    var derived: [String: Any] {
        ["isPublic": type == "public", "isConfidential": type == "confidential"]
    }
}
