/// Which pages a client asks to have shown.
/// - Source: OpenID Connect Core §3.1.2.1.
public enum Prompt: String, Sendable, Hashable, CaseIterable {
    /// No page at all: answer at once, or with an error.
    case none
    /// The sign-in page, even if the user is signed in.
    case login
    /// The consent page, even if the user approved the same before.
    case consent
    /// The choice of an account.
    case selectAccount = "select_account"
}
