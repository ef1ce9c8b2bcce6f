import SluiceOAuth
import Testing

@Suite("RFC 6749 §4.1.1: authorization requests")
struct AuthorizationRequestTests {
    private static let challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
    private static let good = [
        ("client_id", "client"), ("redirect_uri", "https://app.example/cb"), ("response_type", "code"),
        ("scope", "posts:write posts:read offline_access"), ("state", "xyz"), ("code_challenge", challenge),
        ("code_challenge_method", "S256"), ("prompt", "consent"),
    ]

    private func parse(_ pairs: [(String, String)], allowed: Scopes? = nil) throws(OAuthError) -> AuthorizationRequest {
        try AuthorizationRequest(Parameters(pairs), known: .known, allowed: allowed)
    }

    private func with(_ name: String, _ value: String?) -> [(String, String)] {
        Self.good.filter { $0.0 != name } + (value.map { [(name, $0)] } ?? [])
    }

    private func refusal(_ pairs: [(String, String)], allowed: Scopes? = nil) -> OAuthError.Code? {
        code { _ = try parse(pairs, allowed: allowed) }
    }

    @Test func `the example of Buffer's page is accepted`() throws {
        let text = """
            client_id=YOUR_CLIENT_ID&redirect_uri=https%3A%2F%2Fyourapp.com%2Fcallback&response_type=code\
            &scope=posts:write posts:read ideas:read ideas:write account:read account:write offline_access\
            &state=RANDOM_STATE_VALUE&code_challenge=\(Self.challenge)&code_challenge_method=S256&prompt=consent
            """
        let request = try AuthorizationRequest(Parameters(formEncoded: text.utf8), known: .known, allowed: nil)
        #expect(request.clientID == "YOUR_CLIENT_ID")
        #expect(request.redirectURI == "https://yourapp.com/callback")
        #expect(request.scopes == .known)
        #expect(request.state == "RANDOM_STATE_VALUE")
        #expect(request.prompts == [.consent])
        #expect(request.maxAge == nil && request.loginHint == nil)
    }

    @Test func `S28 S29 D5 S95 without client or redirect URI there is no target`() throws {
        func problem(_ pairs: [(String, String)]) -> OAuthError.Code? {
            code { _ = try AuthorizationRequest.target(Parameters(pairs)) }
        }
        #expect(problem(with("client_id", nil)) == .invalidClient)
        #expect(problem(with("client_id", "")) == .invalidClient)
        #expect(problem(with("redirect_uri", nil)) == .invalidRequest)
        #expect(problem(with("redirect_uri", "")) == .invalidRequest)
        #expect(problem(Self.good + [("client_id", "client")]) == .invalidRequest)
        #expect(problem(Self.good + [("redirect_uri", "https://evil.example")]) == .invalidRequest)
        #expect(try AuthorizationRequest.target(Parameters(Self.good)).clientID == "client")
    }

    @Test(arguments: [nil, ""])
    func `S30 a missing response_type is invalid_request`(value: String?) {
        #expect(refusal(with("response_type", value)) == .invalidRequest)
    }

    @Test(arguments: ["token", "id_token", "code token", "none", "Code", "code ", "code id_token"])
    func `S30 D6 another response_type is unsupported`(value: String) {
        #expect(refusal(with("response_type", value)) == .unsupportedResponseType)
    }

    @Test(arguments: [
        nil, "", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-c", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cMA",
        "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM=", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw+cM",
    ])
    func `S24 S25 a missing or malformed code_challenge is invalid_request`(value: String?) {
        #expect(refusal(with("code_challenge", value)) == .invalidRequest)
    }

    @Test(arguments: [nil, "", "plain", "s256", "S512", "S256 ", "none"])
    func `S26 another or no code_challenge_method is invalid_request`(value: String?) {
        #expect(refusal(with("code_challenge_method", value)) == .invalidRequest)
    }

    @Test(arguments: [
        nil, "", " ", "   ", "posts:delete", "posts:read posts:delete", "posts:read+posts:write",
        "posts:read\tposts:write",
        "\"posts:read\"", "posts:read\\", "posts:read\u{0}", "é", "POSTS:READ", "posts:read,posts:write",
    ])
    func `S31 S97 D7 a missing, unknown or malformed scope is invalid_scope`(value: String?) throws {
        #expect(refusal(with("scope", value)) == .invalidScope)
    }

    @Test func `D7 the refusal lists the scopes that are available and echoes nothing`() {
        do {
            _ = try parse(with("scope", "hunter2"), allowed: .named("posts:read ideas:read admin"))
            Issue.record("accepted")
        } catch {
            #expect(error.summary == "A requested scope does not exist. Available scopes: posts:read ideas:read")
            #expect(!error.description.contains("hunter2"))
        }
    }

    @Test func `S31 a scope that the client may not ask for is invalid_scope`() throws {
        #expect(refusal(Self.good, allowed: .named("posts:read posts:write")) == .invalidScope)
        #expect(try parse(Self.good, allowed: .known).scopes.text == "posts:write posts:read offline_access")
    }

    @Test func `S31 plus and percent-20 are spaces, percent-2B is a plus`() throws {
        func scopes(_ text: String) throws -> Scopes {
            var parameters = try Parameters(formEncoded: ("scope=" + text).utf8)
            parameters = Parameters(with("scope", nil) + parameters.pairs.map { ($0.name, $0.value) })
            return try AuthorizationRequest(parameters, known: .known, allowed: nil).scopes
        }
        #expect(try scopes("posts:read+posts:write%20posts:read") == .named("posts:read posts:write"))
        #expect(code { _ = try scopes("posts:read%2Bposts:write") } == .invalidScope)
    }

    @Test(arguments: [
        ("none", [Prompt.none]), ("login", [.login]), ("consent login", [.consent, .login]),
        ("select_account", [.selectAccount]),
        ("", []), (" consent  consent ", [.consent]),
    ])
    func `S33 prompts are read`(text: String, prompts: [Prompt]) throws {
        #expect(try parse(with("prompt", text)).prompts == Set(prompts))
    }

    @Test(arguments: [
        "none login", "consent none", "create", "Consent", "consent,login", "consent\tlogin", "consent x",
    ])
    func `S33 unknown prompts and none beside another are invalid_request`(text: String) {
        #expect(refusal(with("prompt", text)) == .invalidRequest)
    }

    @Test(arguments: [("0", 0), ("3600", 3600), ("9999999999", 9_999_999_999)])
    func `max_age is whole seconds`(text: String, seconds: Int64) throws {
        #expect(try parse(with("max_age", text)).maxAge == .seconds(seconds))
    }

    @Test(arguments: ["-1", "1.5", "x", "99999999999", " 1", "1 ", "+1", "0x1", "\u{0661}"])
    func `another max_age is invalid_request`(text: String) {
        #expect(refusal(with("max_age", text)) == .invalidRequest)
    }

    @Test(arguments: [
        "response_type", "scope", "state", "code_challenge", "code_challenge_method", "prompt", "max_age", "nonce",
        "response_mode", "request", "request_uri", "login_hint", "client_id", "redirect_uri",
    ])
    func `S36 a repeated parameter is invalid_request, even with equal or empty values`(name: String) {
        let value = Self.good.first { $0.0 == name }?.1 ?? ""
        #expect(refusal(with(name, nil) + [(name, value), (name, value)]) == .invalidRequest)
        #expect(refusal(with(name, nil) + [(name, value), (name, "")]) == .invalidRequest)
    }

    @Test func `S36 unknown parameters are ignored, resource may repeat`() throws {
        let extra = [
            ("utm_source", "a"), ("utm_source", "b"), ("resource", "https://a"), ("resource", "https://b"), ("", ""),
        ]
        #expect(try parse(Self.good + extra) == parse(Self.good))
    }

    @Test func `requests by value and by reference are refused, not ignored`() {
        #expect(refusal(Self.good + [("request", "eyJ")]) == .requestNotSupported)
        #expect(refusal(Self.good + [("request_uri", "https://a")]) == .requestURINotSupported)
        #expect(refusal(Self.good + [("request", "")]) == nil)
    }

    @Test func `only the query response mode is there`() {
        #expect(refusal(with("response_mode", "query")) == nil)
        #expect(refusal(with("response_mode", "fragment")) == .invalidRequest)
        #expect(refusal(with("response_mode", "form_post")) == .invalidRequest)
    }

    @Test func `S32 the state of a request that did not pass can still be sent back, unless it is ambiguous`() {
        #expect(AuthorizationRequest.state(of: Parameters([("state", "é&="), ("scope", "bad")])) == "é&=")
        #expect(AuthorizationRequest.state(of: Parameters([("state", "a"), ("state", "b")])) == nil)
        #expect(AuthorizationRequest.state(of: Parameters([("state", "")])) == nil)
    }

    @Test func `S34 a request survives being written and read`() throws {
        var random = SeededGenerator(seed: 22)
        let names = Array(Scopes.known)
        for _ in 0..<200 {
            var pairs = Self.good.filter { !["scope", "state", "prompt"].contains($0.0) }
            let wanted = names.shuffled(using: &random).prefix(Int.random(in: 1...7, using: &random))
            pairs.append(("scope", Scopes(wanted).text))
            pairs.append(("state", random.text(upTo: 30)))
            pairs.append(("login_hint", random.text(upTo: 10)))
            pairs.append(("max_age", String(Int.random(in: 0...99999, using: &random))))
            pairs.append(
                ("prompt", ["", "none", "login consent", "select_account"].randomElement(using: &random) ?? ""))
            let request = try parse(pairs)
            let text = Parameters.encode(request.parameters)
            let read = try AuthorizationRequest(Parameters(formEncoded: text.utf8), known: .known, allowed: nil)
            #expect(read == request)
            #expect(read.scopes.text == request.scopes.text)
        }
    }

    @Test func `S33 a fulfilled prompt is not asked for again`() throws {
        let request = try parse(with("prompt", "login consent"))
        #expect(request.fulfilling(.login).prompts == [.consent])
        #expect(request.fulfilling(.login).state == request.state)
        #expect(request.fulfilling(.none) == request)
    }
}
