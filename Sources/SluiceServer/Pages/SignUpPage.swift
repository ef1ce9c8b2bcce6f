/// Sign-up under each policy.
struct SignUpPage: Page {
    static let template = "sign_up"
    static let frame = PageFrame.gate

    /// Who may make an account.
    enum Policy: Sendable {
        case open
        case invite
        case closed
    }

    var policy: Policy
    /// Whether an invitation to an organization waits. It names no address: the link alone must not tell whose it is.
    var isInvited = false
    /// Where to go afterwards: a path of this server, checked by the endpoint.
    var continueTo = ""
    var email = ""
    var name = ""
    var invitation = ""
    /// The app that waits, where an authorization request does.
    var clientName: String?
    var minimumPasswordLength: Int
    /// Fields: `invitation`, `name`, `email`, `password`.
    var errors: FormErrors = []

    var title: String { policy == .closed ? "Sign-up is closed" : "Create an account" }
    var formErrors: [FormErrors] { [errors] }
    var derived: [String: Any] {
        [
            "isClosed": policy == .closed,
            "isInvite": policy == .invite,
            "continueQuery": continueTo.isEmpty ? false : PercentEncoding.queryValue(continueTo) as Any,
        ]
    }
}
