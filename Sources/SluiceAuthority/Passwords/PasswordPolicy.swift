import SluiceOAuth

/// What is wrong with a new password.
public enum PasswordProblem: Error, Sendable, Equatable {
    case tooShort
    case tooLong
    case tooCommon

    /// What to tell the person.
    public var advice: String {
        switch self {
        case .tooShort: "Use at least \(AuthorityLimits.passwordMinimum) characters. A few unrelated words work well."
        case .tooLong: "Use at most \(AuthorityLimits.passwordInBytes) bytes."
        case .tooCommon: "This password is among the first that attackers try. A few unrelated words work well."
        }
    }
}

/// A new password that passed the rules. No composition rules: length and not being guessable at once are what counts.
/// - Source: NIST SP 800-63B §5.1.1.2.
struct NewPassword: Sendable, SecretHolder {
    let text: String

    /// Hides the password.
    var description: String { "NewPassword(hidden)" }

    init(_ text: String, email: EmailAddress) throws(PasswordProblem) {
        guard text.count >= AuthorityLimits.passwordMinimum else { throw .tooShort }
        guard text.utf8.count <= AuthorityLimits.passwordInBytes else { throw .tooLong }
        let folded = text.lowercased()
        guard Set(folded).count > 2, folded != email.text, !Self.common.contains(folded) else { throw .tooCommon }
        self.text = text
    }

    private static let common: Set<String> = [
        "password", "passw0rd", "password1", "password12", "12345678", "123456789", "1234567890", "0123456789", "87654321",
        "qwertyui", "qwertyuiop", "qwerty123", "1q2w3e4r", "iloveyou", "sunshine", "princess", "football", "baseball",
        "abcdefgh", "abcd1234", "letmein1", "welcome1", "trustno1", "superman", "administrator", "changeme",
    ]
}
