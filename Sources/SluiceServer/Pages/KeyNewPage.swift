/// The form for a new API key.
struct KeyNewPage: Page {
    static let template = "key_new"
    static let tab: PageTab? = .api

    /// Names this form, so that sending it twice makes one key.
    var formID: String
    var name = ""
    /// `never` or a number of days: `30`, `90`, `365`.
    var expires = "never"
    var scopes: [ScopeChoice]
    /// Fields: `name`, `expires`, `scope`.
    var errors: FormErrors = []

    var title: String { "New API key" }
    var formErrors: [FormErrors] { [errors] }
    var derived: [String: Any] {
        let choices = [("30", "30 days"), ("90", "90 days"), ("365", "1 year"), ("never", "No end")]
        return [
            "expiryChoices": choices.map { Choice(value: $0.0, text: $0.1, isChosen: $0.0 == expires) }
        ]
    }

    private struct Choice: Sendable {
        var value: String
        var text: String
        var isChosen: Bool
    }
}
