import SluiceAuthority
import SluiceOAuth
import SluicePosting

extension Failure {
    private static let nothingChanged = "Nothing was changed."

    /// What an error of the rooms below means to whoever typed the command.
    init(_ error: any Error) {
        switch error {
        case let failure as Failure: self = failure
        case let error as StoreError: self.init(error)
        case let error as MasterKeyError: self.init(error)
        case let problem as Accounts.Problem: self.init(problem)
        case let problem as APIKeys.Problem: self.init(problem)
        case let problem as Clients.Problem: self.init(problem)
        case let problem as OrganizationProblem: self.init(problem)
        case let error as PostingError: self.init(error)
        case is PasswordHasherBusy:
            self.init(
                .busy, "Every thread that hashes passwords is taken.", kept: Self.nothingChanged,
                next: "Try again in a moment.")
        case is CancellationError: self.init(.failed, "The command was stopped before it was done.")
        default:
            if let failure = Failure(client: error) {
                self = failure
                return
            }
            self.init(
                .failed, "Something unexpected went wrong: \(Printable.line(String(describing: error)))",
                next: "`sluice doctor` looks at the installation; please report this if it finds nothing.")
        }
    }

    private init(_ error: PostingError) {
        let words = Printable.line(error.message)
        let sentence = words.hasSuffix(".") ? words : words + "."
        switch error {
        case .notFound: self.init(.notFound, sentence, kept: Self.nothingChanged)
        case .invalid: self.init(.invalid, sentence, kept: Self.nothingChanged)
        case .limitReached, .conflict: self.init(.refused, sentence, kept: Self.nothingChanged)
        }
    }

    private init(_ error: StoreError) {
        switch error {
        case .unavailable:
            self.init(
                .unavailable, error.summary, kept: Self.nothingChanged,
                next:
                    "Look at the disk's free space and the data folder's permissions, then try again; `sluice doctor` does both."
            )
        case .newerSchema: self.init(.refused, error.summary, kept: Self.nothingChanged)
        case .corrupt:
            self.init(
                .unavailable, error.summary, kept: Self.nothingChanged,
                next: "Run `sluice doctor`; if the file is damaged, stop the server and put a backup in its place.")
        }
    }

    private init(_ error: MasterKeyError) {
        switch error {
        case .wrong:
            self.init(
                .refused,
                "The master key does not open this database's secrets: the database was made with another one.",
                kept: "Nothing was overwritten.",
                next:
                    "Put back the master key that belongs to it: the data folder's master.key, SLUICE_MASTER_KEY or --master-key-file."
            )
        }
    }

    private init(_ problem: Accounts.Problem) {
        switch problem {
        case .signUpClosed, .invitationNeeded: self.init(.refused, "Sign-up is not open.")
        case .emailInvalid:
            self.init(
                .invalid, "This is not an e-mail address.", kept: Self.nothingChanged,
                next: "Write it as name@example.com.")
        case .nameInvalid: self.init(.invalid, Self.nameAdvice, kept: Self.nothingChanged)
        case .timeZoneInvalid:
            self.init(.invalid, "This is not a time zone's name, such as Europe/Berlin.", kept: Self.nothingChanged)
        case .password(let problem):
            self.init(.invalid, "This password is not accepted. \(problem.advice)", kept: Self.nothingChanged)
        case .emailUnusable:
            self.init(
                .cannotCreate, "An account with this e-mail address exists.", kept: Self.nothingChanged,
                next: "`sluice account list` shows it.")
        case .wrongPassword: self.init(.refused, "The password is wrong.", kept: Self.nothingChanged)
        case .unknown:
            self.init(
                .notFound, "There is no such account, or it is closed.",
                next: "`sluice account list` shows all accounts.")
        }
    }

    private init(_ problem: APIKeys.Problem) {
        switch problem {
        case .nameInvalid: self.init(.invalid, Self.nameAdvice, kept: Self.nothingChanged)
        case .scopeUnknown, .scopesEmpty:
            self.init(
                .invalid, "A scope is unknown or means nothing for an API key.", kept: Self.nothingChanged,
                next: "Use one or more of: \(ScopeCatalog.resource.text).")
        case .expiryInPast: self.init(.invalid, "The expiry is in the past.", kept: Self.nothingChanged)
        case .formRepeated: self.init(.failed, "The same request was sent before.", kept: Self.nothingChanged)
        case .limitReached:
            self.init(
                .refused, "The account has as many API keys as the setting api-key-limit allows.",
                kept: Self.nothingChanged,
                next: "Revoke one that is not needed, or raise the limit.")
        case .unknown:
            self.init(
                .notFound, "The account has no such API key, or it was revoked or has expired.",
                kept: Self.nothingChanged,
                next: "`sluice key list --account …` shows the keys.")
        }
    }

    private init(_ problem: Clients.Problem) {
        switch problem {
        case .nameInvalid: self.init(.invalid, Self.nameAdvice, kept: Self.nothingChanged)
        case .redirectURIMissing:
            self.init(
                .invalid, "A client needs at least one redirect URI.", kept: Self.nothingChanged,
                next: "Add --redirect-uri.")
        case .tooManyRedirectURIs:
            self.init(
                .invalid, "A client has at most \(AuthorityLimits.redirectURIs) redirect URIs.",
                kept: Self.nothingChanged)
        case .redirectURI(let text, let problem):
            self.init(
                .invalid, "The redirect URI “\(Printable.line(text))” is not accepted.", kept: Self.nothingChanged,
                next: problem.advice)
        case .websiteInvalid:
            self.init(.invalid, "The website is not an http or https address.", kept: Self.nothingChanged)
        case .logoInvalid:
            self.init(.invalid, "The logo's address is not an http or https address.", kept: Self.nothingChanged)
        case .descriptionTooLong:
            self.init(
                .invalid, "The description has more than \(AuthorityLimits.description) characters.",
                kept: Self.nothingChanged)
        case .formRepeated: self.init(.failed, "The same request was sent before.", kept: Self.nothingChanged)
        case .limitReached:
            self.init(
                .refused, "The account has as many clients as the setting client-limit allows.",
                kept: Self.nothingChanged,
                next: "Delete one that is not needed, or raise the limit.")
        case .notConfidential:
            self.init(
                .invalid, "This is a public client: it has no secret that could be rotated.", kept: Self.nothingChanged,
                next: "Register a confidential client if the app can keep a secret.")
        case .unknown:
            self.init(
                .notFound, "There is no such client, or its owner's account is not active.", kept: Self.nothingChanged,
                next: "`sluice client list` shows all clients.")
        }
    }

    private static let nameAdvice =
        "The name is empty, longer than 100 characters, or holds characters that cannot be shown."
}
