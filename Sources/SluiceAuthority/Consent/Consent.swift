import Foundation
public import SluiceOAuth

/// The authorization endpoint's decisions: sign in, ask, send on, refuse; and what the answer to the question does.
public struct Consent: Sendable {
    let store: any AuthorityStore
    let clients: Clients
    let apps: ConnectedApps
    let proofs: PageProofs
    let configuration: AuthorityConfiguration
    let environment: AuthorityEnvironment

    /// What the authorization endpoint does next.
    public enum Step: Sendable {
        /// Ask the person to sign in, then come back with the same request.
        /// - Parameter mark: Carried along when being signed in already is not enough.
        case signIn(mark: String?)
        /// Show the consent page.
        case ask
        /// Approve without a page (D8).
        case sendOn
        /// Tell the client.
        case refuse(OAuthError)
    }

    /// A request that cannot be answered by a redirect, because client or redirect URI is not known to be right.
    public struct PageError: Error, Sendable {
        /// What the page says.
        public let error: OAuthError
        /// The client, if that much is known.
        public let client: Client?
    }

    /// A request that named a client and one of its redirect URIs, and what is wrong with the rest of it.
    public struct RedirectError: Error, Sendable {
        /// Where the error may be sent.
        public let redirectURI: String
        /// Echoed.
        public let state: String?
        /// What is wrong.
        public let error: OAuthError
    }

    /// Parses a request in the order that decides where an error may go: client and redirect URI first, then the rest.
    /// - Throws: `PageError`, `RedirectError`, `StoreError`.
    /// - Source: RFC 6749 §4.1.2.1; S28, S29, S95.
    public func parse(_ parameters: Parameters) async throws -> (request: AuthorizationRequest, client: Client) {
        let target: (clientID: String, redirectURI: String)
        do { target = try AuthorizationRequest.target(parameters) } catch {
            throw PageError(error: error, client: nil)
        }
        guard let id = ClientID(target.clientID), let client = try await clients.client(id) else {
            throw PageError(
                error: OAuthError(.invalidClient, "The client_id is not recognized."), client: nil)
        }
        guard client.redirects(to: target.redirectURI) else {
            throw PageError(
                error: OAuthError(.invalidRequest, "The redirect_uri is not one that this app has registered."),
                client: client)
        }
        do {
            return (try AuthorizationRequest(parameters, known: ScopeCatalog.all, allowed: client.scopes), client)
        } catch {
            let state = parameters.isRepeated("state") ? nil : try? parameters.value("state")
            throw RedirectError(redirectURI: target.redirectURI, state: state, error: error)
        }
    }

    /// What to do with a good request.
    /// - Parameter mark: The re-authentication mark that came with the request, if any.
    /// - Source: OpenID Connect Core §3.1.2.1 (`prompt`, `max_age`); S33, S34, D8.
    public func step(
        for request: AuthorizationRequest, client: Client, session: Session?, mark: String?
    ) async throws -> Step {
        let isSilent = request.prompts.contains(.none)
        guard let session else {
            if isSilent { return .refuse(OAuthError(.loginRequired, "The user is not signed in.")) }
            // The mark lets the sign-in that follows count: without it a second one would be asked for on the way back.
            let isParticular = request.prompts.contains(.login) || request.maxAge != nil
            return .signIn(mark: isParticular ? proofs.reauthenticationMark(for: request, after: nil) : nil)
        }
        if needsFreshSignIn(request, session), !proofs.isReauthenticated(session, mark: mark, request: request) {
            return isSilent
                ? .refuse(OAuthError(.loginRequired, "The user has to sign in again."))
                : .signIn(mark: proofs.reauthenticationMark(for: request, after: session))
        }
        let isAsked = request.prompts.contains(.consent) || request.prompts.contains(.selectAccount)
        let isTrusted =
            client.kind == .confidential && !client.isDynamic && configuration.skipsConsentForConfidentialClients
        if !isAsked, isTrusted,
            try await apps.covering(request.scopes, client: client.id, account: session.accountID) != nil
        {
            return .sendOn
        }
        return isSilent ? .refuse(OAuthError(.consentRequired, "The user has not approved this request.")) : .ask
    }

    private func needsFreshSignIn(_ request: AuthorizationRequest, _ session: Session) -> Bool {
        if request.prompts.contains(.login) { return true }
        guard let maxAge = request.maxAge else { return false }
        return environment.now().timeIntervalSince(session.authenticatedAt) > maxAge.inSeconds
    }

    /// What became of an approval.
    public enum Approval: Sendable {
        /// The code to send to the client. Holds a secret.
        case code(AuthorizationCode)
        /// The same page was answered before.
        case decidedBefore
        /// The account or the client is gone by now, or the approval that spared the question was cut off.
        case gone
    }

    /// Approves a request for the account of the session.
    /// - Parameter decision: The ticket's; `nil` where no page was shown.
    public func approve(
        _ request: AuthorizationRequest, client: Client, session: Session, decision: String?, trace: RequestTrace
    ) async throws -> Approval {
        let now = environment.now()
        let code = AuthorizationCode(random: environment.random.bytes(32))
        let isAsked = decision != nil
        // Named in the write, so that an app that is cut off at this moment does not come back unasked.
        let earlier =
            isAsked ? nil : try await apps.covering(request.scopes, client: client.id, account: session.accountID)
        guard isAsked || earlier != nil else { return .gone }
        let decision = decision ?? proofs.formID()
        let facts = GrantFacts(
            id: Self.grant(of: decision) ?? GrantID(random: environment.random), accountID: session.accountID,
            clientID: client.id, scopes: request.scopes,
            redirectURI: request.redirectURI, challenge: request.challenge, salt: environment.random.bytes(16),
            authenticatedAt: session.authenticatedAt, createdAt: now,
            expiresAt: now.addingTimeInterval(configuration.refreshLifetime.inSeconds))
        let pending = PendingGrant(
            facts: facts, codeHash: code.hash,
            codeExpiresAt: now.addingTimeInterval(configuration.codeLifetime.inSeconds), reliesOn: earlier)
        let event = AuditEvent(
            .grantApproved, at: now, account: facts.accountID, client: client.id, subject: facts.id.text, trace: trace,
            details: [.init("scope", request.scopes.text), .init("asked", isAsked ? "yes" : "no")])
        switch try await store.insert(pending, decision: decision, audit: event) {
        case .inserted:
            environment.count(.grantApproved)
            return .code(code)
        case .repeated: return .decidedBefore
        case .refused: return .gone
        }
    }

    /// Notes that the account said no. No grant is made, and none is touched (S39).
    /// - Parameter decision: The ticket's.
    /// - Returns: `false`, and notes nothing, if the same page was answered with allow before: that answer stands (S42).
    public func deny(
        _ request: AuthorizationRequest, client: Client, session: Session, decision: String, trace: RequestTrace
    ) async throws -> Bool {
        if let id = Self.grant(of: decision), try await store.grant(id) != nil { return false }
        environment.count(.grantDenied)
        try await store.append(
            AuditEvent(
                .grantDenied, at: environment.now(), account: session.accountID, client: client.id, trace: trace,
                details: [.init("scope", request.scopes.text)]))
        return true
    }

    /// The id of the grant that a decision makes if it is to allow. It follows from the decision, so that whoever holds the
    /// decision can look whether it was made.
    private static func grant(of decision: String) -> GrantID? {
        Base64URL.decode(decision).flatMap { GrantID(bytes: Array($0.prefix(12))) }
    }
}
