public import SluiceOAuth

/// What an operator may choose about the authority. Every value has the default that Buffer's contract asks for.
public struct AuthorityConfiguration: Sendable, Equatable, SecretHolder {
    /// Who may make an account.
    public enum SignUpPolicy: String, Sendable, CaseIterable {
        /// Everyone.
        case open
        /// Whoever knows the invitation.
        case invite
        /// Nobody; the operator makes accounts on the command line.
        case closed
    }

    /// The issuer: the auth origin's URL without a trailing slash. `iss` of tokens and redirects.
    public var issuer: String
    /// The API's URL without a trailing slash: `aud` of access tokens.
    public var audience: String
    /// Access tokens live this long (S62). 1 second to 1 day.
    public var accessTokenLifetime: Duration = .seconds(3600)
    /// Codes live this long (S40). 1 second to 10 minutes.
    public var codeLifetime: Duration = .seconds(60)
    /// A refresh token that nobody uses for this long ends (S81).
    public var refreshIdleLifetime: Duration = .seconds(30 * 86_400)
    /// A grant's refresh tokens end this long after its approval (S81).
    public var refreshLifetime: Duration = .seconds(365 * 86_400)
    /// How long the directly preceding refresh token may come again (D13). Zero is Buffer's rule.
    public var reuseLeeway: Duration = .zero
    /// The n-th wrong verifier burns a code (D10).
    public var wrongVerifierLimit = 5
    /// How far clocks may differ (S69, S127). At most 60 s.
    public var clockLeeway: Duration = .seconds(60)
    /// A session that nobody uses for this long ends.
    public var sessionIdleLifetime: Duration = .seconds(14 * 86_400)
    /// A session ends this long after sign-in.
    public var sessionLifetime: Duration = .seconds(60 * 86_400)
    /// How long a consent page may be answered.
    public var consentLifetime: Duration = .seconds(30 * 60)
    /// Who may make an account.
    public var signUpPolicy = SignUpPolicy.open
    /// The invitation, where the policy asks for one.
    public var invitation: String?
    /// Whether a confidential client with a live grant that covers the request is sent on without a page (D8).
    public var skipsConsentForConfidentialClients = true
    /// How many API keys an account may have; `nil` for any number (S123).
    public var apiKeyLimit: Int?
    /// How many clients an account may have; `nil` for any number (S123).
    public var clientLimit: Int?
    /// How many requests of a client the API answers in each window; `nil` for any number (S120).
    public var rateLimits: RateQuotas?
    /// What new signing keys are (ES256, EdDSA or RS256).
    public var signatureAlgorithm = SignatureAlgorithm.es256
    /// A signing key signs for this long before the next one takes over.
    public var signingKeyLifetime: Duration = .seconds(90 * 86_400)
    /// A signing key is published this long before it signs (S108).
    public var signingKeyLeadTime: Duration = .seconds(86_400)
    /// How often a node looks for changes that other processes made.
    public var changePollInterval: Duration = .milliseconds(100)
    /// A node that could not look for changes for this long refuses rather than guesses.
    public var stalenessBound: Duration = .seconds(10)
    /// What a password costs.
    public var passwordCost = PasswordCost.standard
    /// How many passwords are hashed at the same time, each on a thread of its own.
    public var passwordThreads = 2
    /// How many password checks may wait; beyond that the answer is "busy".
    public var passwordQueueLimit = 64

    /// The issuer; the invitation stays hidden.
    public var description: String { "AuthorityConfiguration(\(issuer))" }

    /// How far clocks may differ where access tokens are checked: never more than a sixtieth of their life, so that tokens made
    /// short-lived on purpose end when they say.
    public var tokenLeeway: Duration { min(clockLeeway, accessTokenLifetime / 60) }

    /// A configuration with the defaults.
    public init(issuer: String, audience: String) {
        self.issuer = issuer
        self.audience = audience
    }
}

/// Bounds on what people can make, so that no list and no page grows without end.
public enum AuthorityLimits {
    /// Organizations that one account belongs to.
    public static let organizations = 200
    /// Members of one organization.
    public static let members = 1_000
    /// Open invitations of one organization.
    public static let invitations = 50
    /// How long an invitation may be accepted.
    public static let invitationLifetime: Duration = .seconds(7 * 86_400)
    /// Redirect URIs of one client.
    public static let redirectURIs = 20
    /// Bytes of one URL.
    public static let urlInBytes = 2_000
    /// Characters of a client's description.
    public static let description = 500
    /// Bytes of a password.
    public static let passwordInBytes = 1_024
    /// Characters of a new password at least.
    public static let passwordMinimum = 8
}
