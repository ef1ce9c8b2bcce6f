import SluiceOAuth
import Testing

@Suite("RFC 6749 §4.1.3 and §6: token requests")
struct TokenRequestTests {
    private static let verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
    private static let exchange = [
        ("grant_type", "authorization_code"), ("client_id", "c"), ("code", "k"),
        ("redirect_uri", "https://app.example/cb"),
        ("code_verifier", verifier),
    ]
    private static let refresh = [("grant_type", "refresh_token"), ("client_id", "c"), ("refresh_token", "v1.x")]

    private func refusal(_ pairs: [(String, String)]) -> OAuthError.Code? {
        code { _ = try TokenRequest(Parameters(pairs)) }
    }

    private func with(_ name: String, _ value: String?, in pairs: [(String, String)] = exchange) -> [(String, String)] {
        pairs.filter { $0.0 != name } + (value.map { [(name, $0)] } ?? [])
    }

    @Test func `a code exchange is read`() throws {
        guard
            case .authorizationCode("k", "https://app.example/cb", let verifier?) = try TokenRequest(
                Parameters(Self.exchange))
        else {
            Issue.record("another request")
            return
        }
        #expect(verifier.text == Self.verifier)
    }

    @Test(arguments: [
        ("grant_type", ""), ("grant_type", nil), ("code", nil), ("code", ""), ("redirect_uri", nil),
        ("redirect_uri", ""),
    ])
    func `S51 S52 S56 a missing parameter is invalid_request`(name: String, value: String?) {
        #expect(refusal(with(name, value)) == .invalidRequest)
    }

    @Test(arguments: [
        "password", "client_credentials", "implicit", "Authorization_Code", "authorization_code ", "\u{0}", "x",
    ])
    func `S51 another grant type is unsupported`(type: String) {
        #expect(refusal(with("grant_type", type)) == .unsupportedGrantType)
    }

    @Test(arguments: [nil, ""])
    func `S46 a missing verifier is left to the exchange, which answers invalid_grant`(value: String?) throws {
        guard case .authorizationCode(_, _, nil) = try TokenRequest(Parameters(with("code_verifier", value))) else {
            Issue.record("another request")
            return
        }
    }

    @Test(arguments: [
        String(repeating: "a", count: 42), String(repeating: "a", count: 129), String(repeating: "a", count: 43) + "=",
        String(repeating: "é", count: 43),
    ])
    func `S23 a malformed verifier is invalid_request`(value: String) {
        #expect(refusal(with("code_verifier", value)) == .invalidRequest)
    }

    @Test func `a refresh is read, with or without scopes`() throws {
        guard case .refresh("v1.x", nil) = try TokenRequest(Parameters(Self.refresh)) else {
            Issue.record("another request")
            return
        }
        let narrowed = Self.refresh + [("scope", "posts:read")]
        guard case .refresh("v1.x", let scopes?) = try TokenRequest(Parameters(narrowed)) else {
            Issue.record("another request")
            return
        }
        #expect(scopes == .named("posts:read"))
    }

    @Test func `a refresh without token is invalid_request, with malformed scopes invalid_scope`() {
        #expect(refusal(with("refresh_token", nil, in: Self.refresh)) == .invalidRequest)
        #expect(refusal(with("refresh_token", "", in: Self.refresh)) == .invalidRequest)
        #expect(refusal(Self.refresh + [("scope", "a\"b")]) == .invalidScope)
        #expect(refusal(Self.refresh + [("scope", " ")]) == .invalidScope)
    }

    @Test(arguments: [
        "grant_type", "code", "redirect_uri", "code_verifier", "client_id", "scope", "client_secret", "unknown",
    ])
    func `S36 any repeated parameter is invalid_request`(name: String) {
        let value = Self.exchange.first { $0.0 == name }?.1 ?? "x"
        #expect(refusal(with(name, value) + [(name, value)]) == .invalidRequest)
    }

    @Test func `resource may repeat`() {
        #expect(refusal(Self.exchange + [("resource", "https://a"), ("resource", "https://b")]) == nil)
    }

    @Test func `a repeated name from outside does not reach the log`() {
        do {
            _ = try TokenRequest(Parameters(Self.exchange + [("hunter2", ""), ("hunter2", "")]))
            Issue.record("accepted")
        } catch {
            #expect(!error.description.contains("hunter2"))
        }
    }

    @Test func `printing a request does not show its secrets`() throws {
        #expect("\(try TokenRequest(Parameters(Self.exchange)))" == "TokenRequest(authorization_code)")
        #expect("\([try TokenRequest(Parameters(Self.refresh))])" == "[TokenRequest(refresh_token)]")
    }
}
