/// The last question before an account is closed.
struct CloseAccountPage: Page {
    static let template = "close_account"
    static let tab: PageTab? = .account

    var email: String
    var keyCount: Int
    var clientCount: Int
    var appCount: Int
    var sessionCount: Int
    /// Fields: `password`.
    var errors: FormErrors = []

    var title: String { "Close account" }
    var formErrors: [FormErrors] { [errors] }
}
