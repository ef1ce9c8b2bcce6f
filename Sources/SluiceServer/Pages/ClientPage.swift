/// One registered app: edit, new secret, delete.
struct ClientPage: Page {
    static let template = "client"
    static let tab: PageTab? = .api

    var id: String
    var clientID: String
    /// The name as stored; ``name`` is what the form holds.
    var savedName: String
    var isConfidential: Bool
    var created: Moment
    /// Until when the secret before the present one goes on working.
    var previousUntil: Moment?
    /// Names the form for a new secret, so that sending it twice makes one.
    var formID: String
    var name: String
    /// One a line.
    var redirectURIs: String
    var website = ""
    var description = ""
    var logoURL = ""
    /// Whether a stored redirect URI names `localhost`, which deserves a warning.
    var namesLocalhost = false
    /// Fields: `name`, `redirect_uris`, `website`, `description`, `logo_url`.
    var errors: FormErrors = []

    var title: String { savedName }
    var formErrors: [FormErrors] { [errors] }
    var derived: [String: Any] {
        let monogram = Monogram(savedName)
        return [
            "kind": isConfidential ? "Confidential" : "Public", "monogram": monogram.text, "tone": monogram.tone,
        ]
    }
}
