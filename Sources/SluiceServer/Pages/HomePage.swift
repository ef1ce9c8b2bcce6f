/// The welcome page for somebody who is not signed in.
struct HomePage: Page {
    static let template = "home"
    static let frame = PageFrame.gate

    /// Whether sign-up is open or by invitation.
    var canSignUp: Bool
    /// Where the GraphQL API answers.
    var apiURL: String

    var title: String { "Welcome" }
}
