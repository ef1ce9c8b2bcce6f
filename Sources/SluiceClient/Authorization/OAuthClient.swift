public import Foundation
public import SluiceOAuth

/// The requests that an app makes at the authorization server: exchange, refresh, revoke.
///
/// It sends each request once. When to try again is for `TokenSource` to decide, because a second use of a refresh token may cost
/// the grant.
public struct OAuthClient: Sendable {
    /// The server.
    public let server: AuthorizationServer
    /// The app.
    public let registration: ClientRegistration
    /// How long one request may take.
    public var timeout: Duration = .seconds(30)
    private let transport: any Transport
    let now: @Sendable () -> Date

    /// A client of `server`.
    /// - Parameter now: The clock by which `TokenSet.expiresAt` is counted.
    public init(
        server: AuthorizationServer, registration: ClientRegistration, transport: any Transport,
        now: @escaping @Sendable () -> Date = { Date() }
    ) {
        self.server = server
        self.registration = registration
        self.transport = transport
        self.now = now
    }

    /// Exchanges a code.
    /// - Parameters:
    ///   - redirectURI: That of the authorization request, byte for byte.
    ///   - asked: What was asked for; it holds where the answer names no scopes.
    /// - Throws: `OAuthRequestError`. Only after `.transport(.notSent)` may the code be sent again: a second use of a redeemed one
    ///   revokes its grant.
    /// - Source: RFC 6749 §4.1.3; RFC 7636 §4.5; Buffer's page, Step 4.
    public func exchange(
        code: String, verifier: CodeVerifier, redirectURI: String, asked: Scopes
    ) async throws(OAuthRequestError) -> TokenSet {
        let form = [
            ("grant_type", "authorization_code"), ("code", code), ("redirect_uri", redirectURI),
            ("code_verifier", verifier.text),
        ]
        return try await tokens(form, refreshToken: nil, asked: asked)
    }

    /// Exchanges a refresh token for the next pair.
    /// - Parameters:
    ///   - granted: What the token stands for; it holds where the answer names no scopes.
    ///   - scopes: A part of that, for the new access token alone; `nil` for all.
    /// - Throws: `OAuthRequestError`; `leavesDoubt` says whether the token may be spent.
    /// - Source: RFC 6749 §6; Buffer's page, "Refreshing tokens".
    public func refresh(
        _ refreshToken: String, granted: Scopes, narrowedTo scopes: Scopes? = nil
    ) async throws(OAuthRequestError) -> TokenSet {
        var form = [("grant_type", "refresh_token"), ("refresh_token", refreshToken)]
        if let scopes { form.append(("scope", scopes.text)) }
        return try await tokens(form, refreshToken: refreshToken, asked: scopes ?? granted)
    }

    /// Gives a token back; with it goes the grant. A token that is dead already is as good as given back.
    /// - Returns: `false` if the server names no revocation endpoint: then nothing was sent.
    /// - Source: RFC 7009 §2.1.
    public func revoke(_ token: String) async throws(OAuthRequestError) -> Bool {
        guard let endpoint = server.revocationEndpoint else { return false }
        let answer = try await post([("token", token)], to: endpoint)
        guard answer.status == 200 else { throw failure(answer) }
        return true
    }

    /// Posts a form with the client's own credentials to an endpoint of the server; for the grant types that build on this one.
    package func post(
        _ form: [(String, String)], to endpoint: String
    ) async throws(OAuthRequestError) -> TransportResponse {
        guard SecureAddress.isFit(endpoint) else { throw .insecure(url: SecureAddress.shown(endpoint)) }
        var form = form
        var headers = [(name: "Content-Type", value: "application/x-www-form-urlencoded"), ("Accept", "application/json")]
        if let secret = registration.secret, usesBasic {
            // RFC 6749 §2.3.1: form-encoded before base64.
            let pair = Self.encoded(registration.clientID) + ":" + Self.encoded(secret)
            headers.append(("Authorization", "Basic " + Data(pair.utf8).base64EncodedString()))
        } else {
            form.append(("client_id", registration.clientID))
            if let secret = registration.secret { form.append(("client_secret", secret)) }
        }
        let body = Array(Parameters.encode(form).utf8)
        do {
            return try await transport.send(
                TransportRequest(.post, endpoint, headers: headers, body: body, timeout: timeout))
        } catch {
            throw .transport(error)
        }
    }

    /// What an answer that is no success means.
    package func failure(_ answer: TransportResponse) -> OAuthRequestError {
        switch answer.status {
        case 408, 429, 500...: return .unavailable(status: answer.status, retryAfter: answer.retryAfter(now: now()))
        case 400..<500: return OAuthRefusal(answer).map { .refused($0) } ?? .unreadable(status: answer.status)
        default: return .unreadable(status: answer.status)
        }
    }

    /// The tokens in an answer of the token endpoint.
    /// - Parameters:
    ///   - asked: Holds where the answer names no scopes.
    ///   - refreshToken: Stays if the answer brings no new one (RFC 6749 §6).
    package func tokens(
        in answer: TransportResponse, refreshToken: String?, asked: Scopes, askedAt: Date
    ) throws(OAuthRequestError) -> TokenSet {
        guard answer.status == 200 else { throw failure(answer) }
        guard let wire = try? JSONDecoder().decode(WireTokens.self, from: Data(answer.body)) else {
            throw .unreadable(status: answer.status)
        }
        guard wire.isBearer else { throw .unsupported }
        return TokenSet(
            accessToken: wire.accessToken, refreshToken: wire.refreshToken ?? refreshToken,
            scopes: wire.scopes ?? asked, obtainedAt: askedAt, expiresAt: askedAt.addingTimeInterval(wire.lifetime))
    }

    private func tokens(
        _ form: [(String, String)], refreshToken: String?, asked: Scopes
    ) async throws(OAuthRequestError) -> TokenSet {
        // The clock is read before the request: a token must not seem to live longer than it does.
        let askedAt = now()
        let answer = try await post(form, to: server.tokenEndpoint)
        return try tokens(in: answer, refreshToken: refreshToken, asked: asked, askedAt: askedAt)
    }

    /// Buffer takes the secret in the body, and so does whoever does not say otherwise.
    private var usesBasic: Bool {
        server.authenticationMethods.contains("client_secret_basic")
            && !server.authenticationMethods.contains("client_secret_post")
    }

    private static func encoded(_ text: String) -> String { String(Parameters.encode([("", text)]).dropFirst()) }
}

/// The answer of a token endpoint, read as clients of Buffer read it. Only the access token must be right: an odd member beside it is
/// no reason to throw a pair away that cost the last one.
private struct WireTokens: Decodable {
    let accessToken: String
    let refreshToken: String?
    let isBearer: Bool
    /// In seconds; an hour where the server does not say, or not in numbers: that is what Buffer documents.
    let lifetime: Double
    let scopes: Scopes?

    private enum CodingKeys: String, CodingKey {
        case access_token, token_type, refresh_token, expires_in, scope
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        func text(_ key: CodingKeys) -> String? { try? container.decode(String.self, forKey: key) }
        accessToken = try container.decode(String.self, forKey: .access_token)
        guard Self.isToken(accessToken) else {
            throw DecodingError.dataCorruptedError(
                forKey: .access_token, in: container, debugDescription: "This is no token.")
        }
        refreshToken = text(.refresh_token).flatMap { Self.isToken($0) ? $0 : nil }
        isBearer = text(.token_type).map { $0.lowercased() == "bearer" } ?? true
        // Some servers write the number as text.
        let seconds = (try? container.decode(Double.self, forKey: .expires_in)) ?? text(.expires_in).flatMap(Double.init)
        lifetime = seconds.flatMap { $0.isFinite ? min(max($0, 0), 366 * 86_400) : nil } ?? 3600
        // Separated by spaces; by commas, too, in what old clients met.
        let names =
            text(.scope)?.split { $0 == " " || $0 == "," }.map(String.init)
            ?? (try? container.decode([String].self, forKey: .scope))
        scopes = names.map { Scopes($0.compactMap { Scope($0) }) }.flatMap { $0.isEmpty ? nil : $0 }
    }

    /// Visible ASCII without spaces, so that it fits into a header and nothing else can hide in it.
    private static func isToken(_ text: String) -> Bool {
        (1...16_384).contains(text.utf8.count) && text.utf8.allSatisfy { (0x21...0x7E).contains($0) }
    }
}
