import SluiceOAuth

/// What the request before just did, named in the query of the page that follows it.
enum Notice: String, Sendable {
    case keyRenamed = "key-renamed"
    case keyRevoked = "key-revoked"
    case clientSaved = "client-saved"
    case clientDeleted = "client-deleted"
    case appRevoked = "app-revoked"
    case approvalRevoked = "approval-revoked"
    case profileSaved = "profile-saved"
    case passwordChanged = "password-changed"
    case sessionEnded = "session-ended"
    case othersEnded = "others-ended"
    case signedOut = "signed-out"

    /// The notice that a query names under `done`.
    init?(_ visit: Visit) {
        guard let query = try? visit.query(), let text = try? query.value("done") else { return nil }
        self.init(rawValue: text)
    }

    var text: String {
        switch self {
        case .keyRenamed: "The API key has its new name."
        case .keyRevoked: "The API key was revoked. Requests with it are refused from now on."
        case .clientSaved: "The app was saved."
        case .clientDeleted: "The app was deleted, and every access that people had given it was cut off."
        case .appRevoked: "The app was cut off. All its tokens for your account are refused from now on."
        case .approvalRevoked: "That approval was cut off. Others of the same app go on."
        case .profileSaved: "Your profile was saved."
        case .passwordChanged: "Your password was changed."
        case .sessionEnded: "That session was ended."
        case .othersEnded: "All other sessions were ended."
        case .signedOut: "You are signed out."
        }
    }
}
