package import SluiceAuthority
package import SluiceOAuth

/// Answers authorization requests as a person with a browser would: signs in, meets the very same rules as `/auth`, decides, and
/// signs out. Nothing is approved here that the consent page would not have shown.
package struct BrowserlessConsent: Sendable {
    /// The button that the person presses.
    package enum Decision: String, Sendable, CaseIterable { case allow, deny }

    /// What the client gets to see.
    package struct Answer: Sendable, SecretHolder {
        /// Where the browser would have been sent.
        package let location: String
        /// The code, if there is one.
        package let code: AuthorizationCode?
        /// What the client sent along.
        package let state: String?
        /// Why there is no code.
        package let error: OAuthError?

        /// Hides code and address.
        package var description: String { "Answer(\(error?.code.rawValue ?? "code"))" }
    }

    /// Why nobody could answer.
    package enum Problem: Error, Sendable, Equatable {
        /// The account is disabled or closed.
        case accountNotActive
        /// The person would have been sent on without a question, because an earlier grant covers this one (D8): there is no button
        /// to press.
        case notAsked
        /// Account or client went away at this moment.
        case gone
    }

    private let authority: Authority

    package init(_ authority: Authority) { self.authority = authority }

    /// - Parameter parameters: Those of the authorization URL.
    /// - Throws: `Consent.PageError` for what `/auth` shows as a page, ``Problem``, `StoreError`.
    package func answer(
        _ parameters: Parameters, as account: Account, _ decision: Decision, trace: RequestTrace
    ) async throws -> Answer {
        let consent = authority.consent
        let request: AuthorizationRequest
        let client: Client
        do { (request, client) = try await consent.parse(parameters) } catch let error as Consent.RedirectError {
            return failure(error.error, to: error.redirectURI, state: error.state)
        }
        guard account.state == .active else { throw Problem.accountNotActive }
        // Made before the sign-in, so that the sign-in counts where the client asks for a fresh one.
        let mark = authority.proofs.reauthenticationMark(for: request, after: nil)
        let session = try await authority.sessions.open(account, replacing: nil, trace: trace).session
        do {
            let answer = try await decide(request, client, session, mark, decision, trace)
            _ = try await authority.sessions.end(session.id, of: account.id, trace: trace)
            return answer
        } catch {
            _ = try? await authority.sessions.end(session.id, of: account.id, trace: trace)
            throw error
        }
    }

    private func decide(
        _ request: AuthorizationRequest, _ client: Client, _ session: Session, _ mark: String, _ decision: Decision,
        _ trace: RequestTrace
    ) async throws -> Answer {
        let consent = authority.consent
        switch try await consent.step(for: request, client: client, session: session, mark: mark) {
        case .signIn: throw Problem.accountNotActive
        case .refuse(let error): return failure(error, to: request.redirectURI, state: request.state)
        case .sendOn:
            guard decision == .allow else { throw Problem.notAsked }
            return try await approve(request, client, session, decision: nil, trace)
        case .ask:
            let name = authority.proofs.formID()
            guard decision == .deny else { return try await approve(request, client, session, decision: name, trace) }
            _ = try await consent.deny(request, client: client, session: session, decision: name, trace: trace)
            return failure(
                OAuthError(.accessDenied, "The user denied the request."), to: request.redirectURI, state: request.state)
        }
    }

    private func approve(
        _ request: AuthorizationRequest, _ client: Client, _ session: Session, decision: String?, _ trace: RequestTrace
    ) async throws -> Answer {
        let approval = try await authority.consent.approve(
            request, client: client, session: session, decision: decision, trace: trace)
        guard case .code(let code) = approval else { throw Problem.gone }
        let location = AuthorizationResponse.success(
            redirectURI: request.redirectURI, code: code.text, state: request.state,
            issuer: authority.configuration.issuer)
        return Answer(location: location, code: code, state: request.state, error: nil)
    }

    private func failure(_ error: OAuthError, to redirectURI: String, state: String?) -> Answer {
        let location = AuthorizationResponse.failure(
            redirectURI: redirectURI, error: error, state: state, issuer: authority.configuration.issuer)
        return Answer(location: location, code: nil, state: state, error: error)
    }
}
