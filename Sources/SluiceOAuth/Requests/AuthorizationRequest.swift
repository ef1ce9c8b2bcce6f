/// An authorization request whose every rule passed.
/// - Source: RFC 6749 §4.1.1; RFC 7636 §4.3; OpenID Connect Core §3.1.2.1.
public struct AuthorizationRequest: Sendable, Equatable {
    /// Who asks.
    public let clientID: String
    /// Where the answer goes, exactly as presented: the token request must repeat these bytes.
    public let redirectURI: String
    /// What is asked for. Never empty.
    public let scopes: Scopes
    /// What the client wants back unchanged.
    public let state: String?
    /// The proof that the redeemer will have to match.
    public let challenge: CodeChallenge
    /// Which pages the client wants shown. `none` stands alone.
    public let prompts: Set<Prompt>
    /// How long ago the user may have signed in, in whole seconds.
    public let maxAge: Duration?
    /// What the client believes the user signs in with.
    public let loginHint: String?

    /// The parameters that have a meaning in this or a related specification, so that a repeat is ambiguous. `resource` is not
    /// among them: it may repeat (RFC 8707 §2). Parameters that nobody defines are ignored, repeated or not.
    private static let definedOnce = [
        "client_id", "redirect_uri", "response_type", "response_mode", "scope", "state", "code_challenge",
        "code_challenge_method", "prompt", "max_age", "login_hint", "nonce", "display", "ui_locales", "claims_locales",
        "id_token_hint", "acr_values", "claims", "registration", "request", "request_uri", "dpop_jkt",
        "authorization_details",
    ]

    /// The longest request in bytes, form-encoded. It has to fit into the address of the sign-in page and, sealed, into the form
    /// of the consent page: one that does not would be lost there, after the user went to the trouble.
    public static let limitInBytes = 12_000

    /// Reads who asks and where the answer would go. Until both are matched with a registration, errors are a page.
    /// - Throws: `invalid_client` if `client_id` is missing, else `invalid_request`; neither may be redirected.
    /// - Source: RFC 6749 §4.1.2.1; RFC 9700 §4.11.
    public static func target(_ parameters: Parameters) throws(OAuthError) -> (clientID: String, redirectURI: String) {
        guard let clientID = try parameters.value("client_id") else {
            throw OAuthError(.invalidClient, "client_id is missing.")
        }
        guard let redirectURI = try parameters.value("redirect_uri") else {
            throw OAuthError(.invalidRequest, "redirect_uri is missing.")
        }
        return (clientID, redirectURI)
    }

    /// The `state` to send back with an error, when the request it came in did not pass. `nil` if absent, empty or repeated.
    public static func state(of parameters: Parameters) -> String? { try? parameters.value("state") }

    /// Checks everything behind client and redirect URI, which the caller has matched: these errors may be redirected.
    /// - Parameters:
    ///   - parameters: The query or form.
    ///   - known: Every scope of this server.
    ///   - allowed: The scopes this client may ask for; `nil` for all.
    /// - Throws: `invalid_request`, `unsupported_response_type`, `invalid_scope`, `request_not_supported` or
    ///   `request_uri_not_supported`.
    public init(_ parameters: Parameters, known: Scopes, allowed: Scopes?) throws(OAuthError) {
        (clientID, redirectURI) = try Self.target(parameters)
        // RFC 6749 §3.1: at most once each.
        if let name = Self.definedOnce.first(where: parameters.isRepeated) {
            throw OAuthError(.invalidRequest, "A parameter is repeated.", detail: name)
        }
        state = try parameters.value("state")
        // Ignoring a request object would act on other parameters than those the client signed.
        guard try parameters.value("request") == nil else {
            throw OAuthError(.requestNotSupported, "The request parameter is not supported.")
        }
        guard try parameters.value("request_uri") == nil else {
            throw OAuthError(.requestURINotSupported, "The request_uri parameter is not supported.")
        }
        try Self.checkResponse(parameters)
        challenge = try Self.challenge(parameters)
        scopes = try ScopeRule.requested(parameters.value("scope"), known: known, allowed: allowed)
        prompts = try Self.prompts(parameters.value("prompt"))
        maxAge = try Self.maxAge(parameters.value("max_age"))
        loginHint = try parameters.value("login_hint")
        guard Parameters.encode(self.parameters).utf8.count <= Self.limitInBytes else {
            throw OAuthError(.invalidRequest, "The request is too long.")
        }
    }

    /// The request as parameters: what `init` reads back to an equal value.
    public var parameters: [(String, String)] {
        var pairs = [
            ("client_id", clientID), ("redirect_uri", redirectURI), ("response_type", "code"), ("scope", scopes.text),
            ("code_challenge", challenge.text), ("code_challenge_method", "S256"),
        ]
        if let state { pairs.append(("state", state)) }
        if !prompts.isEmpty { pairs.append(("prompt", prompts.map(\.rawValue).sorted().joined(separator: " "))) }
        if let maxAge { pairs.append(("max_age", String(maxAge.components.seconds))) }
        if let loginHint { pairs.append(("login_hint", loginHint)) }
        return pairs
    }

    /// The same request once a wish for a page is fulfilled, so that coming back from sign-in does not ask for it again.
    public func fulfilling(_ prompt: Prompt) -> AuthorizationRequest { AuthorizationRequest(self, without: prompt) }

    private init(_ request: AuthorizationRequest, without prompt: Prompt) {
        clientID = request.clientID
        redirectURI = request.redirectURI
        scopes = request.scopes
        state = request.state
        challenge = request.challenge
        prompts = request.prompts.subtracting([prompt])
        maxAge = request.maxAge
        loginHint = request.loginHint
    }

    private static func checkResponse(_ parameters: Parameters) throws(OAuthError) {
        guard let type = try parameters.value("response_type") else {
            throw OAuthError(.invalidRequest, "response_type is missing; it must be code.")
        }
        guard type.hasSameBytes(as: "code") else {
            throw OAuthError(.unsupportedResponseType, "response_type must be code.")
        }
        guard try parameters.value("response_mode")?.hasSameBytes(as: "query") != false else {
            throw OAuthError(.invalidRequest, "response_mode must be query.")
        }
    }

    /// PKCE is required of every client, public and confidential, and only by S256.
    /// - Source: RFC 7636 §4.3 and §4.4.1; RFC 9700 §2.1.1.
    private static func challenge(_ parameters: Parameters) throws(OAuthError) -> CodeChallenge {
        guard let text = try parameters.value("code_challenge") else {
            throw OAuthError(.invalidRequest, "code_challenge is missing; PKCE is required for every client.")
        }
        // RFC 7636 §4.3 reads an absent method as plain, which would defeat the purpose.
        guard try parameters.value("code_challenge_method")?.hasSameBytes(as: "S256") == true else {
            throw OAuthError(.invalidRequest, "code_challenge_method must be provided and be S256.")
        }
        guard let challenge = CodeChallenge(text) else {
            throw OAuthError(
                .invalidRequest, "code_challenge must be the 43 characters of an unpadded base64url SHA-256 hash.")
        }
        return challenge
    }

    private static func prompts(_ text: String?) throws(OAuthError) -> Set<Prompt> {
        var prompts: Set<Prompt> = []
        for word in (text ?? "").utf8.split(separator: 0x20) {
            let name = String(Substring(word))
            guard let prompt = Prompt(rawValue: name), prompt.rawValue.hasSameBytes(as: name) else {
                throw OAuthError(.invalidRequest, "prompt may hold none, login, consent and select_account.")
            }
            prompts.insert(prompt)
        }
        guard !prompts.contains(.none) || prompts.count == 1 else {
            throw OAuthError(.invalidRequest, "prompt none cannot be combined with another value.")
        }
        return prompts
    }

    private static func maxAge(_ text: String?) throws(OAuthError) -> Duration? {
        guard let text else { return nil }
        guard text.utf8.count <= 10, text.utf8.allSatisfy(\.isASCIIDigit), let seconds = Int64(text) else {
            throw OAuthError(.invalidRequest, "max_age must be a whole number of seconds.")
        }
        return .seconds(seconds)
    }
}
