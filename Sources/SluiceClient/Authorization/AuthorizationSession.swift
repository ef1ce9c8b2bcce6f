public import SluiceOAuth

/// One authorization, from sending the browser away to its coming back.
///
/// Make one per attempt and keep it until the callback: in memory, or serialized (`Codable`) in a web app's own session. It holds the
/// PKCE verifier, so keep it where the browser cannot read it, and drop it once it was used.
///
/// ```swift
/// let session = AuthorizationSession(
///     server: endpoints.authorizationServer, registration: app, redirectURI: "https://app.example/callback",
///     scopes: Scopes("posts:read posts:write offline_access")!)
/// redirect(to: session.authorizationURL)
/// // …and in the callback:
/// let tokens = try await session.handle(callback: request.url, with: client)
/// ```
/// - Source: RFC 6749 §4.1; RFC 7636; RFC 9207; Buffer's page, Steps 1 to 4.
public struct AuthorizationSession: Sendable, Equatable, SecretHolder {
    /// Where to send the browser.
    public let authorizationURL: String
    /// The random value that ties the callback to this session; a web app may look its session up by it.
    public let state: String
    /// Where the browser comes back to.
    public let redirectURI: String
    /// What is asked for.
    public let scopes: Scopes
    /// The issuer that was asked.
    public let issuer: String
    /// The client that asks.
    public let clientID: String
    let verifier: CodeVerifier

    /// A session with a fresh verifier and state, 256 random bits each.
    /// - Parameters:
    ///   - redirectURI: One that the app registered; of a loopback address the port is free (RFC 8252 §7.3).
    ///   - scopes: What the app needs; with `offline_access`, if it wants a refresh token.
    ///   - prompts: Which pages the user must see. `consent`, as in Buffer's guide: without it Buffer may leave the refresh token out.
    ///   - loginHint: The address that the user probably signs in with.
    public init(
        server: AuthorizationServer, registration: ClientRegistration, redirectURI: String, scopes: Scopes,
        prompts: Set<Prompt> = [.consent], loginHint: String? = nil
    ) {
        self.init(
            server: server, registration: registration, redirectURI: redirectURI, scopes: scopes, prompts: prompts,
            loginHint: loginHint, random: { ProofMaterial.random() })
    }

    /// - Parameter random: Makes 43 characters from 32 random bytes.
    init(
        server: AuthorizationServer, registration: ClientRegistration, redirectURI: String, scopes: Scopes,
        prompts: Set<Prompt>, loginHint: String?, random: () -> CodeVerifier
    ) {
        verifier = random()
        state = random().text
        self.redirectURI = redirectURI
        self.scopes = scopes
        issuer = server.issuer
        clientID = registration.clientID
        var query = [
            ("client_id", registration.clientID), ("redirect_uri", redirectURI), ("response_type", "code"),
            ("scope", scopes.text), ("state", state), ("code_challenge", CodeChallenge(of: verifier).text),
            ("code_challenge_method", "S256"),
        ]
        if !prompts.isEmpty { query.append(("prompt", prompts.map(\.rawValue).sorted().joined(separator: " "))) }
        if let loginHint { query.append(("login_hint", loginHint)) }
        // RFC 6749 §3.1: the endpoint may have a query of its own.
        let separator = server.authorizationEndpoint.contains("?") ? "&" : "?"
        authorizationURL = server.authorizationEndpoint + separator + Parameters.encode(query)
    }

    /// Reads the callback, and exchanges its code.
    /// - Parameters:
    ///   - url: The address that the browser came to: whole, or from the path or the query on.
    ///   - client: The client of the same server and registration.
    /// - Throws: `AuthorizationError`, which tells denial, refusal, forgery and a failed exchange apart. `.notACallback` and
    ///   `.forgedState` say nothing about this session: anybody can open such an address, and the true answer may still come. After
    ///   `.exchange(.transport(.notSent))` the same call may be made again. After anything else the user has to start over.
    /// - Source: RFC 6749 §4.1.2 and §10.12; RFC 9207 §2.4.
    public func handle(callback url: String, with client: OAuthClient) async throws(AuthorizationError) -> TokenSet {
        guard client.server.issuer == issuer, client.registration.clientID == clientID else { throw .otherClient }
        let code = try code(in: url, from: client.server)
        do {
            return try await client.exchange(code: code, verifier: verifier, redirectURI: redirectURI, asked: scopes)
        } catch {
            throw .exchange(error)
        }
    }

    /// The code in a callback that passed every check.
    func code(in url: String, from server: AuthorizationServer) throws(AuthorizationError) -> String {
        let answer = try Self.parameters(of: url)
        // Nothing of the answer is believed, no error either, before it is known to belong to this session. A state that stands twice
        // is as good as none.
        guard !answer.isRepeated("state"), let state = try Self.value("state", answer),
            ConstantTime.equals(state.utf8, self.state.utf8)
        else { throw .forgedState }
        let issuer = try Self.value("iss", answer)
        if issuer != nil || server.sendsIssuer {
            // RFC 9207 §2.4: simple string comparison.
            guard let issuer, issuer.utf8.elementsEqual(self.issuer.utf8) else {
                throw .wrongIssuer(expected: self.issuer, found: issuer.map { OAuthRefusal.printable($0, limit: 200) })
            }
        }
        if let error = try Self.value("error", answer) {
            let refusal = OAuthRefusal(code: error, text: try Self.value("error_description", answer), status: 302)
            throw error == "access_denied" ? .denied(refusal) : .refused(refusal)
        }
        guard let code = try Self.value("code", answer) else { throw .notACallback }
        return code
    }

    private static func parameters(of url: String) throws(AuthorizationError) -> Parameters {
        let bytes = url.utf8.prefix { $0 != UInt8(ascii: "#") }
        let query = bytes.firstIndex(of: UInt8(ascii: "?")).map { bytes[$0...].dropFirst() } ?? bytes
        do { return try Parameters(formEncoded: query) } catch { throw .notACallback }
    }

    /// A parameter that stands twice is no answer of a sound server, and which of the two counts is what an attacker would choose.
    private static func value(_ name: String, _ answer: Parameters) throws(AuthorizationError) -> String? {
        do { return try answer.value(name) } catch { throw .notACallback }
    }

    /// The issuer and the client; verifier and state stay hidden.
    public var description: String { "AuthorizationSession(\(clientID) at \(issuer))" }
}

extension AuthorizationSession: Codable {
    private enum CodingKeys: String, CodingKey {
        case authorizationURL, state, redirectURI, scopes, issuer, clientID, verifier
    }

    /// Reads what `encode` wrote.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        authorizationURL = try container.decode(String.self, forKey: .authorizationURL)
        state = try container.decode(String.self, forKey: .state)
        redirectURI = try container.decode(String.self, forKey: .redirectURI)
        scopes = try container.decode(Scopes.self, forKey: .scopes)
        issuer = try container.decode(String.self, forKey: .issuer)
        clientID = try container.decode(String.self, forKey: .clientID)
        guard let verifier = CodeVerifier(try container.decode(String.self, forKey: .verifier)), !state.isEmpty else {
            throw DecodingError.dataCorruptedError(
                forKey: .verifier, in: container, debugDescription: "This is no authorization session.")
        }
        self.verifier = verifier
    }

    /// Writes everything, secrets included: keep it where the browser cannot read it.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(authorizationURL, forKey: .authorizationURL)
        try container.encode(state, forKey: .state)
        try container.encode(redirectURI, forKey: .redirectURI)
        try container.encode(scopes, forKey: .scopes)
        try container.encode(issuer, forKey: .issuer)
        try container.encode(clientID, forKey: .clientID)
        try container.encode(verifier.text, forKey: .verifier)
    }
}
