import Foundation
import SluiceClient
import SluiceOAuth
import Synchronization
import Testing

@testable import SluiceCLI

/// An authorization server and API behind a transport, as strict as a real one where a client's mistake would show: PKCE, client
/// secret, redirect URI, single use of codes and refresh tokens.
final class FakeServer: Transport {
    /// Where it answers.
    let url = "https://sluice.example"
    /// The app that it knows.
    static let clientID = "app-1"

    private struct State {
        var requests: [TransportRequest] = []
        var pending: [String: (challenge: CodeChallenge, redirectURI: String, scope: String)] = [:]
        var refresh: [String: String] = [:]
        var access: [String: String] = [:]
        var revoked: [String] = []
        var count = 0
        var lifetime = 3600
        var grants = ""
        var fault: (@Sendable (TransportRequest) throws(TransportError) -> TransportResponse?)?
        var answer: String?
        var metadata: [String: String] = [:]
    }

    private let state = Mutex(State())
    private let secret: String?

    /// - Parameter secret: The app's, if it is confidential.
    init(secret: String? = nil) { self.secret = secret }

    // MARK: What a test sets

    /// How long access tokens live, in seconds.
    func setLifetime(_ seconds: Int) { state.withLock { $0.lifetime = seconds } }
    /// Runs before everything else; an answer or error of its goes out in place of the server's own.
    func setFault(_ fault: (@Sendable (TransportRequest) throws(TransportError) -> TransportResponse?)?) {
        state.withLock { $0.fault = fault }
    }
    /// What the API answers to whomever it takes for somebody.
    func setAnswer(_ json: String?) { state.withLock { $0.answer = json } }
    /// A further member of the metadata; an empty value takes one away.
    func setMetadata(_ name: String, _ value: String) { state.withLock { $0.metadata[name] = value } }
    /// Only these scopes are granted, whatever is asked for.
    func setGranted(_ scopes: String) { state.withLock { $0.grants = scopes } }
    /// Takes every token back.
    func forgetTokens() {
        state.withLock {
            $0.refresh = [:]
            $0.access = [:]
        }
    }

    // MARK: What a test looks at

    var requests: [TransportRequest] { state.withLock { $0.requests } }
    var revoked: [String] { state.withLock { $0.revoked } }
    /// Every secret that it gave out or knows.
    var secrets: [String] { state.withLock { Array($0.refresh.keys) + Array($0.access.keys) } + [secret].compactMap { $0 } }
    /// The forms that were posted to the token endpoint with this grant type.
    func forms(_ grantType: String) -> [SluiceOAuth.Parameters] {
        requests.filter { $0.url == url + "/token" }.compactMap { try? SluiceOAuth.Parameters(formEncoded: $0.body) }
            .filter { (try? $0.value("grant_type")) == grantType }
    }

    /// The person says yes in the browser.
    /// - Returns: Where the browser is sent then.
    func approve(_ authorizationURL: String) throws -> String {
        let query = authorizationURL.utf8.drop { $0 != UInt8(ascii: "?") }.dropFirst()
        let asked = try SluiceOAuth.Parameters(formEncoded: query)
        #expect(authorizationURL.hasPrefix(url + "/auth?"))
        #expect(try asked.value("client_id") == Self.clientID)
        #expect(try asked.value("code_challenge_method") == "S256")
        let challenge = try #require(CodeChallenge(try asked.value("code_challenge") ?? ""))
        let redirectURI = try #require(try asked.value("redirect_uri"))
        let code = state.withLock { state in
            state.count += 1
            let code = "code-\(state.count)"
            state.pending[code] = (challenge, redirectURI, (try? asked.value("scope")) ?? "")
            return code
        }
        let state = try #require(try asked.value("state"))
        return AuthorizationResponse.success(redirectURI: redirectURI, code: code, state: state, issuer: url)
    }

    // MARK: The server

    func send(_ request: TransportRequest) async throws(TransportError) -> TransportResponse {
        let fault = state.withLock { state in
            state.requests.append(request)
            return state.fault
        }
        if let answer = try fault?(request) { return answer }
        switch (request.method, request.url) {
        case (.get, "\(url)/.well-known/oauth-protected-resource"):
            return .json(200, #"{"resource":"\#(url)","authorization_servers":["\#(url)"]}"#)
        case (.get, "\(url)/.well-known/oauth-authorization-server"): return .json(200, metadata)
        case (.post, "\(url)/token"): return token(request)
        case (.post, "\(url)/token/revocation"): return revoke(request)
        case (.post, url): return api(request)
        default: return .json(404, "{}")
        }
    }

    private var metadata: String {
        var members = [
            "issuer": url, "authorization_endpoint": url + "/auth", "token_endpoint": url + "/token",
            "revocation_endpoint": url + "/token/revocation",
        ]
        for (name, value) in state.withLock({ $0.metadata }) { members[name] = value.isEmpty ? nil : value }
        let texts = members.map { "\"\($0.key)\":\"\($0.value)\"" }
        return #"{"token_endpoint_auth_methods_supported":["none","client_secret_post"],"# + texts.joined(separator: ",")
            + #","authorization_response_iss_parameter_supported":true,"scopes_supported":["account:read","posts:read","offline_access"]}"#
    }

    private func token(_ request: TransportRequest) -> TransportResponse {
        guard let form = try? SluiceOAuth.Parameters(formEncoded: request.body), isKnown(form) else {
            return .json(401, #"{"error":"invalid_client","error_description":"Who is that?"}"#)
        }
        let invalid = TransportResponse.json(400, #"{"error":"invalid_grant","error_description":"No."}"#)
        return state.withLock { state in
            let scope: String
            switch try? form.value("grant_type") {
            case "authorization_code":
                guard let code = try? form.value("code"), let pending = state.pending.removeValue(forKey: code),
                    let verifier = CodeVerifier((try? form.value("code_verifier")) ?? ""), pending.challenge.matches(verifier),
                    pending.redirectURI == (try? form.value("redirect_uri"))
                else { return invalid }
                scope = state.grants.isEmpty ? pending.scope : state.grants
            case "refresh_token":
                guard let old = try? form.value("refresh_token"), let known = state.refresh.removeValue(forKey: old) else {
                    return invalid
                }
                scope = known
            default: return .json(400, #"{"error":"unsupported_grant_type"}"#)
            }
            state.count += 1
            let access = "access-secret-\(state.count)"
            state.access[access] = scope
            var body = #"{"access_token":"\#(access)","token_type":"Bearer","expires_in":\#(state.lifetime),"scope":"\#(scope)""#
            if scope.split(separator: " ").contains("offline_access") {
                let refresh = "refresh-secret-\(state.count)"
                state.refresh[refresh] = scope
                body += #","refresh_token":"\#(refresh)""#
            }
            return .json(200, body + "}")
        }
    }

    private func revoke(_ request: TransportRequest) -> TransportResponse {
        guard let form = try? SluiceOAuth.Parameters(formEncoded: request.body), isKnown(form),
            let token = try? form.value("token")
        else { return .json(401, #"{"error":"invalid_client"}"#) }
        state.withLock { state in
            state.revoked.append(token)
            state.refresh = [:]
            state.access = [:]
        }
        return TransportResponse(status: 200)
    }

    private func api(_ request: TransportRequest) -> TransportResponse {
        let bearer = request.headers.first { $0.name == "Authorization" }?.value.dropFirst("Bearer ".count)
        let (isKnown, answer) = state.withLock { state in
            (bearer == "buf_key" || bearer.map { state.access[String($0)] != nil } == true, state.answer)
        }
        guard isKnown else {
            return .json(401, #"{"errors":[{"message":"An access token is required","extensions":{"code":"UNAUTHENTICATED"}}]}"#)
        }
        if let answer { return .json(200, answer) }
        let body = String(decoding: request.body, as: UTF8.self)
        return .json(
            200,
            body.contains("account")
                ? #"{"data":{"account":{"id":"acc1","name":"Ada Lovelace","email":"ada@example.com"}}}"#
                : #"{"data":{"__typename":"Query"}}"#)
    }

    private func isKnown(_ form: SluiceOAuth.Parameters) -> Bool {
        (try? form.value("client_id")) == Self.clientID && (try? form.value("client_secret")) == secret
    }
}

extension TransportResponse {
    /// A JSON answer.
    static func json(_ status: Int, _ body: String, _ headers: [(name: String, value: String)] = []) -> TransportResponse {
        TransportResponse(
            status: status, headers: [("Content-Type", "application/json")] + headers, body: Array(body.utf8))
    }
}
