/// One API key: rename, rotate, revoke.
struct KeyPage: Page {
    static let template = "key"
    static let tab: PageTab? = .api

    var id: String
    var name: String
    /// Prefix and last four characters: `buf_…x7Qa`.
    var hint: String
    var created: Moment
    var lastUsed: Moment?
    var expires: Moment?
    /// Scope names; empty means everything.
    var scopes: [String]
    /// A word if the key does not simply work: "Expired".
    var state: String?
    /// Until when the key that this one replaced goes on working.
    var previousUntil: Moment?
    /// Names the rotation form, so that sending it twice makes one key.
    var formID: String
    /// Fields: `name`.
    var errors: FormErrors = []

    var title: String { "API key" }
    var formErrors: [FormErrors] { [errors] }
    var derived: [String: Any] { ["isUnlimited": scopes.isEmpty] }
}
