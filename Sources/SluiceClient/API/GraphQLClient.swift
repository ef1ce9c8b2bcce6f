public import Foundation
public import SluiceOAuth

/// GraphQL over HTTP with an API key or with access tokens, as Buffer's API speaks it.
///
/// ```swift
/// let api = GraphQLClient(endpoint: "https://api.buffer.com", credential: .apiKey(key), transport: AsyncHTTPTransport.shared)
/// struct Me: Decodable, Sendable { struct Account: Decodable, Sendable { var id, email: String }; var account: Account }
/// let me = try await api.send("{ account { id email } }", as: Me.self).get()
/// ```
/// - Source: Buffer's pages "Authentication" and "Error handling".
public struct GraphQLClient: Sendable {
    /// What the API is shown.
    public enum Credential: Sendable, SecretHolder {
        /// An API key.
        case apiKey(String)
        /// One access token, used until it ends.
        case accessToken(String)
        /// Access tokens that are refreshed as needed. A 401 leads to one refresh and one retry.
        case tokens(TokenSource)

        /// The kind; the secret stays hidden.
        public var description: String {
            switch self {
            case .apiKey: "an API key"
            case .accessToken: "an access token"
            case .tokens: "a token source"
            }
        }
    }

    /// Where requests are posted.
    public let endpoint: String
    /// When a request is sent again.
    public var retries: RetryPolicy
    /// How long one attempt may take.
    public var timeout: Duration = .seconds(30)
    private let credential: Credential
    private let transport: any Transport
    private let now: @Sendable () -> Date

    /// A client of the API at `endpoint`.
    public init(
        endpoint: String, credential: Credential, transport: any Transport, retries: RetryPolicy = .standard,
        now: @escaping @Sendable () -> Date = { Date() }
    ) {
        self.endpoint = endpoint
        self.credential = credential
        self.transport = transport
        self.retries = retries
        self.now = now
    }

    /// Runs an operation and decodes its `data`.
    /// - Parameters:
    ///   - document: The GraphQL document.
    ///   - variables: Encodes to an object; dates become ISO 8601 in UTC.
    ///   - operationName: Which operation, where the document has several.
    /// - Returns: The data and the errors beside it. `get()` gives the data if there was no error.
    /// - Throws: `GraphQLFailure` if there is no data at all.
    public func send<Value: Decodable & Sendable>(
        _ document: String, variables: (any Encodable & Sendable)? = nil, operationName: String? = nil,
        as: Value.Type = Value.self
    ) async throws(GraphQLFailure) -> GraphQLAnswer<Value> {
        var encoded: [UInt8]?
        if let variables {
            do { encoded = Array(try GraphQLJSON.encoder.encode(variables)) } catch {
                throw .unsendable("The variables cannot be written as JSON: \(type(of: error)).")
            }
        }
        let raw = try await raw(document, variablesJSON: encoded, operationName: operationName)
        let data: Value?
        do {
            data = try GraphQLJSON.decoder.decode(DataMember<Value>.self, from: Data(raw.body)).data
        } catch {
            // Where a field failed its place is null, and the caller's type may not have room for that.
            guard raw.errors.isEmpty else { throw .errors(raw.errors) }
            throw .unreadable("The data does not have the shape of \(Value.self): \(GraphQLJSON.place(of: error)).")
        }
        guard data != nil || !raw.errors.isEmpty else { throw .unreadable("The answer has neither data nor errors.") }
        return GraphQLAnswer(data: data, errors: raw.errors, rateLimits: raw.rateLimits)
    }

    /// Runs an operation and gives the whole answer, for tools.
    /// - Parameter variablesJSON: An object in JSON, sent as it is.
    /// - Throws: `GraphQLFailure` if what came back is no GraphQL answer. Errors in `errors` are no failure here.
    public func raw(
        _ document: String, variablesJSON: [UInt8]? = nil, operationName: String? = nil
    ) async throws(GraphQLFailure) -> RawGraphQLAnswer {
        guard SecureAddress.isFit(endpoint) else { throw .insecure(url: SecureAddress.shown(endpoint)) }
        if let variablesJSON, !GraphQLJSON.isObject(variablesJSON) { throw .unsendable("The variables must be one JSON object.") }
        let body = GraphQLJSON.body(document, variablesJSON, operationName)
        // Whatever cannot be shown to change nothing is taken to change something.
        let isReadOnly = OperationKind.of(document, name: operationName) == .query
        var token = try await token()
        var mayRefresh = true
        var attempt = 1
        while true {
            let wait: Duration
            switch try await attemptOnce(body, token) {
            case .answer(let answer): return answer
            case .refused:
                guard mayRefresh, case .tokens(let source) = credential else { throw .unauthenticated }
                mayRefresh = false
                do { token = try Self.checked(try await source.accessToken(insteadOf: token)) } catch {
                    throw Self.failure(error)
                }
                continue
            case .failed(let failure, let repeats, let asked):
                guard attempt < retries.attempts, repeats == .always || repeats == .ifReadOnly && isReadOnly,
                    (asked ?? .zero) <= retries.longestWait
                else { throw failure }
                wait = asked ?? retries.wait(beforeAttempt: attempt + 1)
            }
            do { try await retries.sleep(wait) } catch { throw .cancelled }
            attempt += 1
        }
    }

    // MARK: One attempt

    private enum Attempt {
        case answer(RawGraphQLAnswer)
        /// 401.
        case refused
        /// No GraphQL answer: why, whether it may be sent again, and how long the server asks to wait.
        case failed(GraphQLFailure, Repeats, after: Duration?)
    }

    private enum Repeats {
        case never, ifReadOnly, always
    }

    private func attemptOnce(_ body: [UInt8], _ token: String) async throws(GraphQLFailure) -> Attempt {
        let request = TransportRequest(
            .post, endpoint,
            headers: [
                ("Authorization", "Bearer \(token)"), ("Content-Type", "application/json"), ("Accept", "application/json"),
            ], body: body, timeout: timeout)
        let response: TransportResponse
        do { response = try await transport.send(request) } catch {
            if Task.isCancelled { throw .cancelled }
            switch error {
            case .notSent: return .failed(.transport(error), .always, after: nil)
            case .answerLost: return .failed(.transport(error), .ifReadOnly, after: nil)
            }
        }
        let answer = RawGraphQLAnswer(response)
        let asked = response.retryAfter(now: now()) ?? answer?.errors.lazy.compactMap(\.retryAfter).first
        switch response.status {
        case 401: return .refused
        // Buffer's guide has this with 200, too.
        case _ where answer?.hasData == false && answer?.errors.contains(where: \.isAboutTheCredential) == true: return .refused
        case 429:
            // Refused before it was run, so a mutation may be sent again, too.
            let window = answer?.errors.lazy.compactMap(\.window).first
            let limits = RateLimit.all(in: response)
            return .failed(.rateLimited(retryAfter: asked, window: window, limits: limits), .always, after: asked)
        case 502, 503, 504:
            return .failed(.status(response.status, retryAfter: asked), .ifReadOnly, after: asked)
        default:
            if let answer { return .answer(answer) }
            guard response.status == 200 else { throw .status(response.status, retryAfter: asked) }
            throw .unreadable("The answer is no GraphQL answer.")
        }
    }

    private func token() async throws(GraphQLFailure) -> String {
        switch credential {
        case .apiKey(let text), .accessToken(let text):
            return try Self.checked(text)
        case .tokens(let source):
            do { return try Self.checked(try await source.accessToken()) } catch { throw Self.failure(error) }
        }
    }

    /// A line break in the credential would end the header field and begin another.
    private static func checked(_ credential: String) throws(GraphQLFailure) -> String {
        guard !credential.isEmpty, credential.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            throw .unsendable("The credential is empty or holds characters that no credential has.")
        }
        return credential
    }

    private static func failure(_ error: any Error) -> GraphQLFailure {
        switch error {
        case let failure as GraphQLFailure: failure
        case TokenError.cancelled: .cancelled
        case let error as TokenError: .token(error)
        default: .unsendable("There is no credential: \(type(of: error)).")
        }
    }
}

/// The one member of an answer that has the caller's shape.
private struct DataMember<Value: Decodable>: Decodable {
    var data: Value?
}
