/// Sign-in, with the request that waits behind it.
struct SignInPage: Page {
    static let template = "sign_in"
    static let frame = PageFrame.gate

    /// Where to go afterwards: a path of this server, checked by the endpoint.
    var continueTo = ""
    var email = ""
    /// The app that waits, where an authorization request does.
    var clientName: String?
    /// Why the page is shown, where that needs saying.
    var reason: String?
    var canSignUp = true
    /// Fields: `email`, `password`.
    var errors: FormErrors = []

    var title: String { "Sign in" }
    var formErrors: [FormErrors] { [errors] }
    var derived: [String: Any] {
        [
            "continueQuery": continueTo.isEmpty ? false : PercentEncoding.queryValue(continueTo) as Any,
            // The error summary takes the focus if there is one.
            "focusEmail": errors.isEmpty,
        ]
    }
}
