public import Foundation
public import SluiceClient
import SluiceOAuth
import Synchronization

/// Asks the authorization server about tokens. Alone it takes opaque tokens too, at the price of a request for each token and span;
/// behind an ``AccessTokenVerifier`` (see ``ConfirmingVerifier``) it adds what an offline check cannot see: revocation.
///
/// An answer is believed for `IntrospectionPolicy.keepsFor`. Whenever there is none, tokens are refused as `.unavailable`: an
/// unreachable server, refused credentials of this service and unreadable answers let nobody in.
/// - Source: RFC 7662.
public final class Introspection: BearerChecker {
    private typealias Outcome = Result<IntrospectionResponse, BearerRefusal>

    private struct State: Sendable {
        var answers: AnswerCache
        var questions: [SecretHash: Task<Outcome, Never>] = [:]
        /// The server did not answer, and is left alone for that span.
        var outage: (span: Range<Date>, refusal: BearerRefusal)?
    }

    private enum Step {
        case known(IntrospectionResponse)
        case wait(Task<Outcome, Never>)
        case refuse(BearerRefusal)
    }

    private let client: OAuthClient
    private let endpoint: String
    private let audience: String
    private let policy: IntrospectionPolicy
    private let now: @Sendable () -> Date
    private let state: Mutex<State>

    /// A way to ask.
    /// - Parameters:
    ///   - client: This service's own registration at the server, a confidential one. It is not the client that the tokens are for.
    ///   - audience: What `aud` must hold.
    ///   - policy: How long answers are believed.
    ///   - now: The clock.
    /// - Throws: `SetupProblem` if the server has no endpoint for it, or the client no secret.
    public init(
        client: OAuthClient, audience: String, policy: IntrospectionPolicy = IntrospectionPolicy(),
        now: @escaping @Sendable () -> Date = { Date() }
    ) throws(SetupProblem) {
        guard let endpoint = client.server.introspectionEndpoint else { throw .noIntrospection(issuer: client.server.issuer) }
        guard client.registration.isConfidential else { throw .publicClient(clientID: client.registration.clientID) }
        var client = client
        client.timeout = policy.timeout
        self.client = client
        self.endpoint = endpoint
        self.audience = audience
        self.policy = policy
        self.now = now
        state = Mutex(State(answers: AnswerCache(capacity: max(1, policy.limitOfAnswers / 2), span: policy.keepsFor)))
    }

    /// Who stands behind a token, by the server's word alone.
    ///
    /// The server must say that it is an access token of the type Bearer, for this audience, and for which account and client. What
    /// RFC 7662 leaves optional is required here: a refresh token is active too, and so is a token for another service.
    /// - Returns: A bearer that ends when the server's word has to be asked for again, if the server names no end.
    /// - Throws: `BearerRefusal`.
    public func check(_ token: String) async throws(BearerRefusal) -> VerifiedBearer {
        let answer = try await self.answer(about: token)
        guard answer.isActive else { throw .invalid(.inactive) }
        guard answer.tokenType?.lowercased() == "bearer" else { throw .invalid(.unfit(.type)) }
        guard !answer.isBoundToKey else { throw .invalid(.unfit(.boundToKey)) }
        guard let subject = answer.subject, !subject.isEmpty, let clientID = answer.clientID, !clientID.isEmpty else {
            throw .invalid(.unfit(.incomplete))
        }
        return VerifiedBearer(
            accountID: subject, clientID: clientID, scopes: answer.scopes ?? Scopes(),
            expiresAt: answer.expiresAt ?? now().addingTimeInterval(policy.keepsFor / .seconds(1)))
    }

    /// What the server says of a token, now or within the span. However many tasks ask about one token, one question is sent.
    /// - Throws: `.unavailable`, or `.invalid` for an answer about an active token of another issuer or audience, or an ended one.
    func answer(about token: String) async throws(BearerRefusal) -> IntrospectionResponse {
        guard token.utf8.count <= AccessToken.limitInBytes else { throw .invalid(.token(.tooLong)) }
        let hash = SecretHash(of: token)
        let answer: IntrospectionResponse
        switch state.withLock({ step(&$0, token, hash) }) {
        case .known(let known): answer = known
        case .refuse(let refusal): throw refusal
        case .wait(let question): answer = try await question.value.get()
        }
        try checkFit(answer)
        return answer
    }

    private func checkFit(_ answer: IntrospectionResponse) throws(BearerRefusal) {
        guard answer.isActive else { return }
        if let issuer = answer.issuer, !Self.isSame(issuer, client.server.issuer) { throw .invalid(.unfit(.issuer)) }
        guard answer.audience?.contains(where: { Self.isSame($0, audience) }) == true else { throw .invalid(.unfit(.audience)) }
        // The answer may have been kept beyond the token's end. The server's clock said yes, so ours gets a minute.
        if let end = answer.expiresAt, now() >= end.addingTimeInterval(60) { throw .invalid(.unfit(.expired)) }
    }

    /// Bytes, not Unicode equivalence.
    private static func isSame(_ one: String, _ other: String) -> Bool { one.utf8.elementsEqual(other.utf8) }

    private func step(_ state: inout State, _ token: String, _ hash: SecretHash) -> Step {
        let now = now()
        if let known = state.answers.answer(hash, at: now) { return .known(known) }
        if let question = state.questions[hash] { return .wait(question) }
        // An outage that began in the future does not hold: the clock went back, and nobody knows how long ago it was.
        if let outage = state.outage, outage.span.contains(now) { return .refuse(outage.refusal) }
        guard state.questions.count < policy.limitOfQuestions else {
            return .refuse(.unavailable(.busy, retryAfter: .seconds(1)))
        }
        // A task of its own: whoever asked first may be cancelled while others wait for the same answer.
        let question = Task { await self.ask(token, hash, askedAt: now) }
        state.questions[hash] = question
        return .wait(question)
    }

    private func ask(_ token: String, _ hash: SecretHash, askedAt: Date) async -> Outcome {
        let outcome = await question(token)
        return state.withLock { state in
            state.questions[hash] = nil
            switch outcome {
            case .success(let answer):
                // Counted from the question: the answer may have been true only then.
                state.answers.insert(answer, for: hash, at: askedAt)
                state.outage = nil
                return .success(answer)
            case .failure(let failure):
                let wait = min(max(failure.retryAfter ?? policy.pause, .zero), .seconds(60))
                let refusal = BearerRefusal.unavailable(.introspection(failure.error.summary), retryAfter: max(wait, .seconds(1)))
                if failure.isOutage {
                    let start = now()
                    state.outage = (start..<start.addingTimeInterval(wait / .seconds(1)), refusal)
                }
                return .failure(refusal)
            }
        }
    }

    private struct Failure: Error {
        let error: OAuthRequestError
        /// Of the answer, if there was one.
        let status: Int?

        /// Whether it would be the same with every token: the server is away or busy, or does not let this service ask. Anything else
        /// may be due to the one token, and whoever sends it must not lock all others out.
        var isOutage: Bool {
            switch error {
            case .transport: true
            case .refused, .unavailable, .unreadable, .unsupported, .insecure:
                status.map { [401, 403, 429].contains($0) || $0 >= 500 } ?? false
            }
        }

        var retryAfter: Duration? {
            if case .unavailable(_, let retryAfter) = error { retryAfter } else { nil }
        }
    }

    private func question(_ token: String) async -> Result<IntrospectionResponse, Failure> {
        do throws(OAuthRequestError) {
            let answer = try await post(token)
            guard answer.status == 200 else {
                return .failure(Failure(error: client.failure(answer), status: answer.status))
            }
            guard let response = IntrospectionResponse(json: answer.body) else {
                return .failure(Failure(error: .unreadable(status: answer.status), status: answer.status))
            }
            return .success(response)
        } catch {
            return .failure(Failure(error: error, status: nil))
        }
    }

    /// Sends the question, and once more if no answer came: asking changes nothing, and a connection that had been idle may just
    /// have been closed.
    private func post(_ token: String) async throws(OAuthRequestError) -> TransportResponse {
        let form = [("token", token), ("token_type_hint", "access_token")]
        do {
            return try await client.post(form, to: endpoint)
        } catch {
            guard case .transport = error else { throw error }
            return try await client.post(form, to: endpoint)
        }
    }
}
