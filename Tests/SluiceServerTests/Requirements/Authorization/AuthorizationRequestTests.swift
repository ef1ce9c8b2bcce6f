import Foundation
import HTTPTypes
import SluiceAuthority
import SluiceOAuth
import Testing

@testable import SluiceServer

/// S27–S31, S36: what an authorization request may and must hold.
@Suite("S27-S31, S36: the authorization request")
struct AuthorizationRequestTests {
    // MARK: Methods

    @Test func `S27 GET shows the consent page to whoever is signed in, and sends others to sign in`() async throws {
        let scene = try await OAuthScene()
        #expect(try await scene.open().isConsentPage)
        let stranger = try await scene.installation.send(.get, scene.flow.address(), headers: [("Accept", "text/html")])
        #expect(stranger.status == 303)
        #expect(stranger.location?.hasPrefix("/sign-in?continue=%2Fauth%3F") == true)
        #expect(try await scene.grants.isEmpty)
    }

    @Test func `S27 POST with a form does what GET does, signed in and signed out`() async throws {
        let scene = try await OAuthScene()
        #expect(try await scene.browser.post("/auth", scene.flow.parameters()).isConsentPage)
        let response = try await scene.browser.submit("/auth/decision", [("decision", "allow")])
        let code = try #require(response.locationParameters["code"])
        #expect(try await scene.flow.exchange(code).status == 200)

        let other = Browser(scene.installation)
        #expect(try await other.post("/auth", scene.flow.parameters(["state": "from a form"])).isSignInPage)
        let signedIn = try await other.submit(
            "/sign-in", [("email", "ada@example.com"), ("password", "correct horse battery")])
        #expect(signedIn.isConsentPage)
        let answer = try await other.submit("/auth/decision", [("decision", "allow")])
        #expect(answer.locationParameters["state"] == "from a form")
    }

    @Test func `S27 the query of a POST is not looked at`() async throws {
        let scene = try await OAuthScene()
        let response = try await scene.browser.post(scene.flow.address(), [("state", "other")])
        expectErrorPage(response)
        #expect(try await scene.grants.isEmpty)
    }

    @Test(arguments: [HTTPRequest.Method.put, .delete, .patch, .options, HTTPRequest.Method("PROPFIND")!])
    func `S27 other methods are 405 with Allow`(method: HTTPRequest.Method) async throws {
        let scene = try await OAuthScene()
        let response = try await scene.installation.send(
            method, scene.flow.address(), headers: [("Accept", "text/html")])
        expectErrorPage(response, status: 405)
        #expect(response["Allow"] == "GET, HEAD, POST")
        #expect(response["Access-Control-Allow-Origin"] == nil)
    }

    @Test(arguments: ["application/json", "multipart/form-data; boundary=x", "text/plain", ""])
    func `S27 a POST that is no form is an error page`(type: String) async throws {
        let scene = try await OAuthScene()
        let response = try await scene.installation.send(
            .post, "/auth", headers: [("Accept", "text/html")] + (type.isEmpty ? [] : [("Content-Type", type)]),
            body: SluiceOAuth.Parameters.encode(scene.flow.parameters()))
        expectErrorPage(response)
    }

    @Test func `S27 a POST over the limit is a 413 page`() async throws {
        let scene = try await OAuthScene()
        let response = try await scene.browser.post(
            "/auth", scene.flow.parameters(["padding": String(repeating: "x", count: 70_000)]))
        expectErrorPage(response, status: 413)
    }

    @Test(arguments: ["client_id=%zz", "client_id=%", "client_id=%ff", "a=1&%e4=2"])
    func `S27 S36 a query that is not form-encoded UTF-8 is an error page`(query: String) async throws {
        let scene = try await OAuthScene()
        expectErrorPage(try await scene.browser.open("/auth?" + query))
        expectErrorPage(try await scene.browser.open(scene.flow.address() + "&" + query))
    }

    // MARK: Client

    @Test(
        arguments: [
            ("missing", nil), ("empty", ""), ("unknown", "0123456789abcdef01234567"), ("malformed", "nope"),
            ("markup", "<script>alert(1)</script>"), ("very long", String(repeating: "a", count: 5_000)),
        ] as [(String, String?)])
    func `S28 S95 a client_id that is missing or unknown is a page with 400, never a redirect`(
        why: String, id: String?
    ) async throws {
        let scene = try await OAuthScene()
        let response = try await scene.open(["client_id": id])
        expectErrorPage(response, saying: "invalid_client", "\(why)")
        #expect(!response.body.contains("<script"))
        #expect(try await scene.grants.isEmpty)
    }

    @Test func `S28 a client_id in upper case is unknown`() async throws {
        let scene = try await OAuthScene()
        let id = scene.client.id.text.uppercased()
        try #require(id != scene.client.id.text)
        expectErrorPage(try await scene.open(["client_id": id]))
    }

    @Test func `S28 a repeated client_id is a page, equal values included`() async throws {
        let scene = try await OAuthScene()
        let other = try await scene.installation.client(of: scene.developer, name: "Other")
        for id in [scene.client.id.text, other.client.id.text, ""] {
            expectErrorPage(try await scene.open(pairs: scene.flow.parameters() + [("client_id", id)]))
            expectErrorPage(try await scene.open(pairs: [("client_id", id)] + scene.flow.parameters()))
        }
    }

    @Test func `S28 S66 a client that was deleted, or whose owner is disabled, is a page`() async throws {
        let scene = try await OAuthScene()
        #expect(try await scene.open().isConsentPage)
        #expect(try await scene.installation.authority.accounts.disable(scene.developer.id, trace: .commandLine))
        expectErrorPage(try await scene.open(), saying: "invalid_client", "the owner is disabled")
        #expect(try await scene.installation.authority.accounts.enable(scene.developer.id, trace: .commandLine))
        #expect(try await scene.open().isConsentPage)
        try await scene.installation.authority.clients.delete(
            scene.client.id, owner: scene.developer.id, trace: .commandLine)
        expectErrorPage(try await scene.open(), saying: "invalid_client", "deleted")
    }

    // MARK: Redirect URI

    @Test(
        arguments: [
            ("missing, although one is registered (D5)", nil), ("empty", ""),
            ("a slash more", "https://app.example/cb/"),
            ("a character less", "https://app.example/c"), ("another case in the host", "https://APP.example/cb"),
            ("another case in the path", "https://app.example/CB"), ("http", "http://app.example/cb"),
            ("a port", "https://app.example:443/cb"), ("a query", "https://app.example/cb?x=1"),
            ("an empty query", "https://app.example/cb?"), ("a fragment", "https://app.example/cb#f"),
            ("userinfo", "https://app.example@evil.example/cb"), ("userinfo in front", "https://x@app.example/cb"),
            ("a longer host", "https://app.example.evil.example/cb"),
            ("a path that climbs", "https://app.example/x/../cb"),
            ("an escaped letter", "https://app.example/%63b"), ("a backslash", "https://app.example\\cb"),
            ("a newline", "https://app.example/cb\n"), ("a space", " https://app.example/cb"),
            ("another site", "https://evil.example/cb"), ("a scheme that runs code", "javascript:alert(1)"),
            ("relative", "/cb"), ("without a scheme", "//app.example/cb"),
        ] as [(String, String?)])
    func `S29 D5 a redirect_uri that is missing or not registered is a page with 400, never a redirect`(
        why: String, uri: String?
    ) async throws {
        let scene = try await OAuthScene()
        let response = try await scene.open(["redirect_uri": uri])
        #expect(response.status == 400, "\(why)")
        #expect(response.location == nil, "\(why)")
        #expect(!response.isConsentPage)
        #expect(!response.body.contains("evil.example"), "\(why)")
        #expect(try await scene.grants.isEmpty)
    }

    @Test func `S29 a repeated redirect_uri is a page, equal values included`() async throws {
        let scene = try await OAuthScene()
        for uri in ["https://app.example/cb", "https://evil.example/cb", ""] {
            expectErrorPage(try await scene.open(pairs: scene.flow.parameters() + [("redirect_uri", uri)]))
            expectErrorPage(try await scene.open(pairs: [("redirect_uri", uri)] + scene.flow.parameters()))
        }
    }

    @Test func `S29 another client's redirect_uri is a page`() async throws {
        let scene = try await OAuthScene()
        _ = try await scene.installation.client(of: scene.developer, redirectURIs: ["https://other.example/cb"])
        expectErrorPage(try await scene.open(["redirect_uri": "https://other.example/cb"]))
    }

    @Test func `S29 S21 of several registered ones each works, and the error goes to the one that was presented`()
        async throws
    {
        let uris = ["https://app.example/one", "https://app.example/two?x=y"]
        let scene = try await OAuthScene(redirectURIs: uris)
        for uri in uris {
            #expect(try await scene.open(["redirect_uri": uri]).isConsentPage)
            expectRedirect(
                try await scene.open(["redirect_uri": uri, "scope": "nope"]), error: "invalid_scope", to: uri)
        }
    }

    @Test func `S28 S29 wrong client and redirect URI come first, whatever else is wrong`() async throws {
        let scene = try await OAuthScene()
        let everythingElseWrong: [String: String?] = [
            "response_type": "token", "scope": "nope", "code_challenge": nil, "prompt": "none login",
        ]
        expectErrorPage(try await scene.open(everythingElseWrong.merging(["client_id": "nope"]) { $1 }))
        expectErrorPage(
            try await scene.open(everythingElseWrong.merging(["redirect_uri": "https://evil.example/"]) { $1 }))
    }

    // MARK: Response type

    @Test(arguments: [nil, ""] as [String?])
    func `S30 S94 a missing response_type is invalid_request`(type: String?) async throws {
        let scene = try await OAuthScene()
        expectRedirect(try await scene.open(["response_type": type]), error: "invalid_request")
    }

    @Test(arguments: ["token", "id_token", "code token", "code id_token", "none", "CODE", "code ", "codes"])
    func `S30 S98 D6 every response_type but code is unsupported_response_type, none included`(type: String)
        async throws
    {
        let scene = try await OAuthScene()
        expectRedirect(try await scene.open(["response_type": type]), error: "unsupported_response_type", "\(type)")
        #expect(try await scene.grants.isEmpty)
    }

    @Test(arguments: ["fragment", "form_post", "web_message", "QUERY"])
    func `S30 a response_mode that is not offered is invalid_request, and query is accepted`(mode: String) async throws {
        let scene = try await OAuthScene()
        expectRedirect(try await scene.open(["response_mode": mode]), error: "invalid_request")
        #expect(try await scene.open(["response_mode": "query"]).isConsentPage)
    }

    @Test(arguments: [("request", "request_not_supported"), ("request_uri", "request_uri_not_supported")])
    func `S98 request objects are refused and not ignored`(name: String, error: String) async throws {
        let scene = try await OAuthScene()
        expectRedirect(try await scene.open([name: "eyJhbGciOiJub25lIn0.e30."]), error: error)
    }

    // MARK: Scope

    @Test(arguments: [
        ("one", "posts:read", "posts:read"),
        ("order is kept", "offline_access account:read posts:write", "offline_access account:read posts:write"),
        ("duplicates collapse", "posts:read ideas:read posts:read", "posts:read ideas:read"),
        ("runs of spaces", "  posts:read   ideas:read ", "posts:read ideas:read"),
        (
            "the whole of Buffer's example",
            "posts:write posts:read ideas:read ideas:write account:read account:write offline_access",
            "posts:write posts:read ideas:read ideas:write account:read account:write offline_access"
        ),
    ])
    func `S31 scopes are separated by spaces, in any order`(why: String, asked: String, granted: String) async throws {
        let scene = try await OAuthScene()
        let code = try await scene.flow.code(in: scene.browser, ["scope": asked])
        #expect(Tokens(try await scene.flow.exchange(code)).scope == granted, "\(why)")
    }

    @Test(arguments: ["+", "%20"])
    func `S31 plus and percent-20 are both a space`(space: String) async throws {
        let scene = try await OAuthScene()
        let others = SluiceOAuth.Parameters.encode(scene.flow.parameters(["scope": nil]))
        #expect(try await scene.browser.open("/auth?\(others)&scope=posts:read\(space)account:read").isConsentPage)
        let response = try await scene.browser.submit("/auth/decision", [("decision", "allow")])
        let code = try #require(response.locationParameters["code"])
        #expect(Tokens(try await scene.flow.exchange(code)).scope == "posts:read account:read")
    }

    @Test(arguments: [
        ("unknown", "posts:delete"), ("one unknown among known", "posts:read nope account:read"),
        ("a literal plus", "posts:read+account:read"), ("another case", "Posts:Read"), ("a quote", "posts:read\""),
        ("a backslash", "posts:read\\"), ("a tab", "posts:read\taccount:read"), ("a newline", "posts:read\n"),
        ("NUL", "posts:read\0"), ("beyond ASCII", "posts:réad"), ("a comma list", "posts:read,account:read"),
        ("markup", "<b>posts:read</b>"), ("a space that is none", "posts:read\u{00A0}account:read"),
        ("OpenID's, which is not offered yet", "openid"),
    ])
    func `S31 S97 a scope that is unknown or malformed is invalid_scope on the redirect`(why: String, scope: String)
        async throws
    {
        let scene = try await OAuthScene()
        let response = try await scene.open(["scope": scope])
        expectRedirect(response, error: "invalid_scope", "\(why)")
        #expect(try await scene.grants.isEmpty)
    }

    @Test(arguments: [("absent", nil), ("empty", ""), ("only spaces", "   ")] as [(String, String?)])
    func `S31 D7 a missing scope is invalid_scope, and the description lists the scopes`(why: String, scope: String?)
        async throws
    {
        let scene = try await OAuthScene()
        let response = try await scene.open(["scope": scope])
        expectRedirect(response, error: "invalid_scope", "\(why)")
        let description = response.locationParameters["error_description"] ?? ""
        for scope in ScopeCatalog.all { #expect(description.contains(scope.name), "\(why)") }
    }

    // MARK: Parameters

    @Test func `S36 unknown parameters are ignored, repeated or not`() async throws {
        let scene = try await OAuthScene()
        let response = try await scene.open(
            pairs: scene.flow.parameters() + [
                ("utm_source", "x"), ("utm_source", "y"), ("foo", ""), ("", "z"), ("admin", "true"),
            ])
        #expect(response.isConsentPage)
        #expect(try await scene.browser.open(scene.flow.address() + "&&flag&=").isConsentPage)
    }

    @Test func `S36 parameters without a value count as left out`() async throws {
        let scene = try await OAuthScene()
        let response = try await scene.open([
            "state": "", "prompt": "", "max_age": "", "login_hint": "", "response_mode": "", "request": "",
            "request_uri": "",
            "nonce": "", "resource": "",
        ])
        #expect(response.isConsentPage)
        let answer = try await scene.browser.submit("/auth/decision", [("decision", "allow")])
        #expect(answer.locationParameters["code"] != nil)
        #expect(answer.locationParameters["state"] == nil)
    }

    @Test(arguments: [
        "response_type", "response_mode", "scope", "code_challenge", "code_challenge_method", "prompt", "max_age",
        "login_hint",
        "nonce", "display", "ui_locales", "id_token_hint", "acr_values", "claims", "request", "request_uri",
    ])
    func `S36 S94 any repeated parameter of the protocol is invalid_request on the redirect`(name: String) async throws {
        let scene = try await OAuthScene()
        let value = scene.flow.parameters().first { $0.0 == name }?.1
        let once = value == nil ? [(name, "x")] : []
        for second in [value ?? "x", "other", ""] {
            let pairs = scene.flow.parameters() + once + [(name, second)]
            expectRedirect(
                try await scene.open(pairs: pairs), error: "invalid_request", "\(name) twice, then \(second)")
        }
        #expect(try await scene.grants.isEmpty)
    }

    @Test func `S36 a repeated state is invalid_request, and neither value is echoed`() async throws {
        let scene = try await OAuthScene()
        for second in ["xyz-state", "other", ""] {
            let pairs = scene.flow.parameters() + [("state", second)]
            expectRedirect(try await scene.open(pairs: pairs), error: "invalid_request", state: nil)
        }
    }

    @Test func `S36 resource may repeat`() async throws {
        let scene = try await OAuthScene()
        let pairs = scene.flow.parameters() + [("resource", Installation.issuer), ("resource", Installation.issuer)]
        #expect(try await scene.open(pairs: pairs).isConsentPage)
    }

    @Test func `S36 more than 200 parameters are an error page`() async throws {
        let scene = try await OAuthScene()
        let pairs = scene.flow.parameters() + (0..<200).map { ("p\($0)", "x") }
        expectErrorPage(try await scene.open(pairs: pairs))
    }
}
