import SluiceClient

extension Failure {
    private static let tokensKept = "The tokens were kept."

    /// What an error of the SDK means to whoever typed the command; `nil` for any other error.
    init?(client error: any Error, profile: ProfileName? = nil) {
        switch error {
        case let error as DiscoveryError: self.init(error)
        case let error as OAuthRequestError: self.init(error)
        case let error as AuthorizationError: self.init(error, profile: profile)
        case let error as DeviceFlowError: self.init(error, profile: profile)
        case let error as TokenError: self.init(error, profile: profile)
        case let error as TokenStorageError: self.init(error)
        case let error as GraphQLFailure: self.init(error, profile: profile)
        default: return nil
        }
    }

    /// How to sign in.
    static func login(_ profile: ProfileName?) -> String {
        "Sign in: sluice login" + (profile.map { " --profile \($0.text)" } ?? "")
    }

    /// Why the server of a profile is not known.
    init(_ error: DiscoveryError) {
        let what = Printable.line(error.summary)
        switch error {
        case .insecure:
            self.init(
                .invalid, what, kept: "Nothing was sent.", next: "Use https; http is for servers on this machine alone.")
        case .unreachable:
            self.init(
                .unreachable, what, kept: "Nothing was changed.",
                next: "Is the server running, and is the profile's address right? `sluice profile show` says it.")
        case .notFound(_, let status) where status == 429 || status == 503:
            self.init(.busy, what, kept: "Nothing was changed.", next: "Try again later.")
        case .notFound, .unreadable, .wrongIssuer:
            self.init(
                .apiError, what, kept: "Nothing was changed.",
                next: "Is the profile's address that of the API or of its authorization server? `sluice profile show` says it.")
        }
    }

    /// Why a request at the authorization server failed.
    init(_ error: OAuthRequestError) {
        let what = Printable.line(error.summary)
        switch error {
        case .refused(let refusal): self.init(Self.status(of: refusal), what, next: Self.advice(for: refusal))
        case .unavailable(let status, _):
            // Anything else from 500 up is broken, and says nothing about later.
            self.init(status == 429 || status == 503 ? .busy : .apiError, what, next: "Try again later.")
        case .unreadable:
            self.init(.apiError, what, next: "Is the profile's address right? `sluice profile show` says it.")
        case .unsupported: self.init(.apiError, what, next: "Register an app whose access tokens are plain bearers.")
        case .transport: self.init(.unreachable, what, next: "Try again when the server answers.")
        case .insecure: self.init(.invalid, what, next: "Use https; http is for servers on this machine alone.")
        }
    }

    /// Why a sign-in by the browser failed.
    init(_ error: AuthorizationError, profile: ProfileName?) {
        let what = Printable.line(error.summary)
        let again = Self.login(profile)
        switch error {
        case .notACallback, .forgedState: self.init(.unauthenticated, what, kept: "Nothing was stored.", next: again)
        case .wrongIssuer:
            self.init(
                .refused, what, kept: "Nothing was sent to it, and nothing was stored.",
                next: "Somebody may be mixing up servers (RFC 9207). Look at the profile's address before you try again.")
        case .otherClient: self.init(.failed, what, kept: "Nothing was stored.", next: again)
        case .denied:
            self.init(.unauthenticated, "Access was denied in the browser.", kept: "Nothing was stored.", next: again)
        case .refused(let refusal):
            self.init(Self.status(of: refusal), what, kept: "Nothing was stored.", next: Self.advice(for: refusal))
        case .exchange(let error):
            let failure = Failure(error)
            self.init(failure.status, failure.what, kept: "Nothing was stored.", next: again)
        }
    }

    /// Why a sign-in by a code failed.
    init(_ error: DeviceFlowError, profile: ProfileName?) {
        let what = Printable.line(error.summary)
        switch error {
        case .notOffered:
            self.init(.refused, what, kept: "Nothing was changed.", next: "Sign in with a browser: sluice login")
        case .denied, .expired:
            self.init(.unauthenticated, what, kept: "Nothing was stored.", next: Self.login(profile) + " --device")
        case .request(let error):
            let failure = Failure(error)
            self.init(failure.status, failure.what, kept: "Nothing was stored.", next: failure.next)
        case .cancelled: self.init(.failed, what, kept: "Nothing was stored.")
        }
    }

    /// Why there is no token.
    init(_ error: TokenError, profile: ProfileName?) {
        switch error {
        case .signedOut:
            self.init(
                .unauthenticated, "Nobody is signed in\(profile.map { " with the profile \($0.text)" } ?? "").",
                next: Self.login(profile))
        case .otherClient:
            self.init(
                .unauthenticated, Printable.line(error.summary) + " The profile is of another.", kept: Self.tokensKept,
                next: "Forget them with sluice logout --local, then sign in.")
        case .signInAgain(let ending):
            self.init(.unauthenticated, Printable.line(ending.summary), next: Self.login(profile))
        case .notRefreshed(let cause), .notRevoked(let cause):
            let failure = Failure(cause)
            self.init(failure.status, Printable.line(error.summary), kept: Self.tokensKept, next: failure.next)
        case .cancelled: self.init(.failed, "The command was stopped before it was done.", kept: Self.tokensKept)
        case .storage(let error): self.init(error)
        }
    }

    /// Why the tokens of a new sign-in could not be kept: the server has given them, and lists them.
    init(notKept error: TokenError, profile: ProfileName) {
        let failure = Failure(error, profile: profile)
        self.init(
            failure.status, failure.what,
            kept: "The server gave tokens, but they are not kept here: revoke the app among its connected apps.",
            next: failure.next)
    }

    /// Why tokens cannot be read or kept.
    init(_ error: TokenStorageError) {
        let what = Printable.line(error.summary)
        switch error {
        case .busy: self.init(.busy, what, kept: "Nothing was changed.", next: "Try again.")
        case .exposed: self.init(.refused, what, kept: "Nothing was sent.")
        case .damaged: self.init(.invalid, what, kept: "Nothing was sent.")
        case .unreadable, .unwritable:
            self.init(
                .unavailable, what, next: "Look at the permissions of the file and its folder, and at the disk's free space.")
        }
    }

    /// Why the API gave no data.
    init(_ failure: GraphQLFailure, profile: ProfileName?) {
        let what = Printable.line(failure.summary)
        switch failure {
        case .errors(let errors): self.init(errors, hasData: false, profile: profile)
        case .unauthenticated:
            self.init(
                .unauthenticated, what,
                next: profile == nil ? "Is BUFFER_API_KEY right, and of this server (BUFFER_API_URL)?" : Self.login(profile))
        case .token(let error): self.init(error, profile: profile)
        case .rateLimited(let wait, _, _):
            self.init(
                .busy, what, kept: "The request was not run.",
                next: wait.map { "Try again in \($0.components.seconds) s." } ?? "Try again later.")
        case .status(let status, _): self.init(status == 503 ? .busy : .apiError, what, next: "Try again later.")
        case .unreadable:
            self.init(.apiError, what, next: "Is this the API's address? `sluice profile show` says it.")
        case .unsendable: self.init(.invalid, what, kept: "Nothing was sent.")
        case .transport(let error):
            self.init(.unreachable, what, kept: Self.kept(error), next: "Try again when the server answers.")
        case .insecure:
            self.init(
                .invalid, what, kept: "Nothing was sent.", next: "Use https; http is for servers on this machine alone.")
        case .cancelled: self.init(.failed, what)
        }
    }

    /// What the errors of an answer mean.
    /// - Parameter hasData: Whether there was data beside them, which was printed.
    init(_ errors: [GraphQLErrorEntry], hasData: Bool, profile: ProfileName?) {
        let refused = errors.contains { $0.code == "UNAUTHENTICATED" || $0.code == "UNAUTHORIZED" }
        let limited = errors.contains { $0.code == "RATE_LIMIT_EXCEEDED" }
        let missing = errors.flatMap(\.requiredScopes).map { Printable.line($0) }
        let first = errors.first.map(Self.words(of:)) ?? "no error of its own"
        let what =
            errors.count > 1
            ? "The API answered with \(errors.count) errors, the first: \(first)" : "The API answered with an error: \(first)"
        var next: String?
        if !missing.isEmpty {
            let scopes = Set(missing).sorted().joined(separator: " ")
            next = profile == nil ? "The key needs: \(scopes)" : Self.login(profile) + " --scope … \(scopes)"
        } else if refused {
            next = profile == nil ? nil : Self.login(profile)
        }
        self.init(
            refused ? .unauthenticated : limited ? .busy : .apiError, what,
            kept: hasData ? "The data beside it was printed." : nil, next: next)
    }

    /// One error of an answer in one line.
    static func words(of error: GraphQLErrorEntry) -> String {
        var words = Printable.line(error.message.isEmpty ? "(no message)" : error.message)
        var details: [String] = []
        if let code = error.code { details.append(Printable.line(code)) }
        if !error.path.isEmpty {
            details.append("at " + Printable.line(error.path.map(\.description).joined(separator: ".")))
        } else if let place = error.locations.first {
            details.append("line \(place.line), column \(place.column)")
        }
        if !details.isEmpty { words += " (\(details.joined(separator: ", ")))" }
        return words
    }

    private static func kept(_ error: TransportError) -> String {
        switch error {
        case .notSent: "Nothing was sent."
        case .answerLost: "Whether the server ran the request is unknown."
        }
    }

    /// What a refusal of the protocol means: who asks, how often, or what.
    private static func status(of refusal: OAuthRefusal) -> Outcome {
        switch refusal.code {
        case "invalid_client", "unauthorized_client", "invalid_grant", "access_denied", "login_required", "consent_required":
            .unauthenticated
        case "temporarily_unavailable": .busy
        default: .apiError
        }
    }

    private static func advice(for refusal: OAuthRefusal) -> String? {
        switch refusal.code {
        case "invalid_client", "unauthorized_client":
            "Are client id and secret those of this server? `sluice profile show` says which app the profile names."
        case "invalid_scope": "Ask for other scopes with --scope."
        case "temporarily_unavailable": "Try again later."
        default: nil
        }
    }
}
