import Foundation
import SluiceOAuth
import Testing

@testable import SluiceClient

@Suite("Requests at the token endpoint: RFC 6749 §5, §6; Buffer's page")
struct OAuthClientTests {
    private let granted = Scopes("posts:read offline_access")!

    @Test func `Buffer's documented answer is read as documented`() async throws {
        let scene = Scene(
            ScriptedTransport(
                .json(
                    200,
                    """
                    {
                      "access_token": "eyJhbGciOi...",
                      "refresh_token": "v1.MjAyNi...",
                      "token_type": "Bearer",
                      "expires_in": 3600,
                      "scope": "posts:write posts:read ideas:read ideas:write account:read account:write offline_access"
                    }
                    """)))
        let tokens = try await scene.client.refresh("v1.old", granted: granted)
        #expect(tokens.accessToken == "eyJhbGciOi...")
        #expect(tokens.refreshToken == "v1.MjAyNi...")
        #expect(tokens.scopes.count == 7)
        #expect(tokens.expiresAt == scene.clock.now + 3600)
    }

    @Test func `a refresh of a public client sends its id and the token and nothing else`() async throws {
        let scene = Scene(ScriptedTransport(.tokens("a", refresh: "v1.b")))
        _ = try await scene.client.refresh("v1.old", granted: granted)
        let form = try #require(scene.transport.forms.first)
        #expect(form.pairs.map(\.name).sorted() == ["client_id", "grant_type", "refresh_token"])
        #expect(form["refresh_token"] == "v1.old")
        let request = scene.transport.requests[0]
        #expect(request.method == .post && request.url == "https://auth.example/token")
        #expect(request.headers.contains { $0.name == "Content-Type" && $0.value == "application/x-www-form-urlencoded" })
    }

    @Test func `a server that takes the secret in the header alone gets it there, form-encoded first`() async throws {
        var server = Scene.server
        server.authenticationMethods = ["client_secret_basic"]
        let scene = Scene(
            ScriptedTransport(.tokens("a")), server: server, registration: .confidentialClient("app:1", secret: "s e+c"))
        _ = try await scene.client.refresh("v1.old", granted: granted)
        let header = scene.transport.requests[0].headers.first { $0.name == "Authorization" }?.value
        #expect(header == "Basic " + Data("app%3A1:s%20e%2Bc".utf8).base64EncodedString())
        #expect(scene.transport.forms[0].all("client_secret").isEmpty && scene.transport.forms[0].all("client_id").isEmpty)
    }

    @Test func `an empty secret makes no confidential client`() {
        #expect(!ClientRegistration.confidentialClient("app", secret: "").isConfidential)
    }

    @Test func `where the answer names no scopes or no refresh token, the ones at hand stay`() async throws {
        let scene = Scene(ScriptedTransport(.tokens("a", scope: nil), .tokens("b", scope: "posts:read,offline_access")))
        let first = try await scene.client.refresh("v1.old", granted: granted)
        #expect(first.scopes == granted)
        #expect(first.refreshToken == "v1.old")
        #expect(try await scene.client.refresh("v1.old", granted: Scopes()).scopes == granted)
    }

    @Test(arguments: [#""3600""#, "3600", "3600.0"])
    func `a lifetime may be written as number or text`(written: String) async throws {
        let scene = Scene(ScriptedTransport(.json(200, #"{"access_token":"a","expires_in":\#(written)}"#)))
        #expect(try await scene.client.refresh("v1.old", granted: granted).expiresAt == scene.clock.now + 3600)
    }

    @Test(arguments: [
        ("no JSON", 200, "<html>"), ("cut off", 200, #"{"access_token":"a"#), ("no token", 200, "{}"),
        ("empty token", 200, #"{"access_token":""}"#), ("a line break in the token", 200, #"{"access_token":"a\r\nX: y"}"#),
        ("redirect", 302, ""), ("empty", 200, ""),
        ("a 400 without an error", 400, "Bad Request"),
    ])
    func `an answer that cannot be read is no success`(why: String, status: Int, body: String) async {
        let scene = Scene(ScriptedTransport(.json(status, body)))
        await #expect(throws: OAuthRequestError.unreadable(status: status), "\(why)") {
            try await scene.client.refresh("v1.old", granted: granted)
        }
    }

    @Test(arguments: [
        #""expires_in":"soon""#, #""expires_in":null"#, #""expires_in":{}"#, #""scope":7"#, #""scope":["posts:read"]"#,
        #""scope":"""#,
        #""scope":"\u00e4 posts:read""#, #""refresh_token":"""#, #""refresh_token":7"#, #""token_type":7"#,
    ])
    func `an odd member beside the access token does not throw the pair away`(member: String) async throws {
        let scene = Scene(ScriptedTransport(.json(200, #"{"access_token":"a",\#(member)}"#)))
        let tokens = try await scene.client.refresh("v1.old", granted: granted)
        #expect(tokens.accessToken == "a" && tokens.refreshToken == "v1.old")
        #expect(tokens.scopes == granted || tokens.scopes == Scopes("posts:read"))
        #expect(tokens.expiresAt == scene.clock.now + 3600)
    }

    @Test func `tokens that want another proof than a bearer's are told apart`() async {
        let scene = Scene(ScriptedTransport(.json(200, #"{"access_token":"a","token_type":"DPoP"}"#)))
        await #expect(throws: OAuthRequestError.unsupported) { try await scene.client.refresh("v1.old", granted: granted) }
    }

    @Test func `busy and broken servers are told apart from refusals, with the time they ask for`() async {
        for (status, doubt) in [(429, false), (500, true), (503, true), (408, true)] {
            let scene = Scene(ScriptedTransport(.json(status, #"{"error":"x"}"#, [("Retry-After", "7")])))
            let expected = OAuthRequestError.unavailable(status: status, retryAfter: .seconds(7))
            await #expect(throws: expected) { try await scene.client.refresh("v1.old", granted: granted) }
            #expect(expected.leavesDoubt == doubt)
        }
    }

    @Test func `a server's words are cleaned before anybody prints them`() {
        let refusal = OAuthRefusal(
            code: "invalid_grant", text: "red\u{1B}[31m\u{202E}\nlines" + String(repeating: "x", count: 900), status: 400)
        #expect(refusal.text?.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x202E } == true)
        #expect(refusal.text?.count == 500)
    }

    @Test(arguments: ["http://auth.example/token", "ftp://auth.example/token", "http://127.0.0.1.evil.example/token", "token"])
    func `no secret goes to an address that is neither https nor on this machine`(endpoint: String) async {
        var server = Scene.server
        server.tokenEndpoint = endpoint
        let scene = Scene(ScriptedTransport(), server: server)
        await #expect(throws: OAuthRequestError.insecure(url: endpoint)) {
            try await scene.client.refresh("v1.old", granted: granted)
        }
        #expect(scene.transport.requests.isEmpty)
    }

    @Test func `revocation is told to the server where it has an endpoint for it`() async throws {
        let scene = Scene(ScriptedTransport(.answer(TransportResponse(status: 200)), .refused("invalid_client", status: 401)))
        #expect(try await scene.client.revoke("v1.x"))
        #expect(scene.transport.forms[0]["token"] == "v1.x")
        await #expect(throws: OAuthRequestError.self) { try await scene.client.revoke("v1.x") }
        var without = Scene.server
        without.revocationEndpoint = nil
        #expect(try await Scene(ScriptedTransport(), server: without).client.revoke("v1.x") == false)
    }
}

@Suite("Which addresses are fit for secrets: RFC 6749 §3.1; RFC 8252 §7.3")
struct SecureAddressTests {
    @Test(arguments: [
        "https://auth.example", "https://auth.example:8443/x", "http://127.0.0.1:8080", "http://127.9.9.9", "http://[::1]:1/x",
        "http://localhost:3000", "HTTPS://AUTH.EXAMPLE",
    ])
    func `https and this machine are fit`(url: String) { #expect(SecureAddress.isFit(url)) }

    @Test(arguments: [
        "http://auth.example", "http://127.0.0.1.evil.example", "http://127.evil", "http://localhost.evil.example", "file:///etc",
        "https://", "https://user:password@auth.example", "http://127.0.0.1@evil.example/", "", "auth.example",
        "http://127.0.0.256", "http://a.localhost",
    ])
    func `everything else is not`(url: String) { #expect(!SecureAddress.isFit(url)) }

    @Test func `an issuer on the network cannot name an endpoint on this machine`() {
        #expect(!SecureAddress.isFit("http://127.0.0.1/token", besides: "https://auth.example"))
        #expect(SecureAddress.isFit("http://127.0.0.1/token", besides: "http://127.0.0.1:8080"))
        #expect(SecureAddress.isFit("https://auth.example/token", besides: "https://auth.example"))
    }

    @Test func `an address is shown without the name and password in it`() {
        #expect(SecureAddress.shown("https://ada:secret@auth.example/x?a=@") == "https://auth.example/x?a=@")
        #expect(SecureAddress.shown("https://auth.example/@x") == "https://auth.example/@x")
    }
}

@Suite("Retry-After: RFC 9110 §10.2.3")
struct RetryAfterTests {
    private let now = Date(timeIntervalSince1970: 1_445_412_480)

    @Test(arguments: [
        ("120", 120.0), (" 5 ", 5), ("99999999", 86_400), ("Wed, 21 Oct 2015 07:29:00 GMT", 60),
        ("Wed, 21 Oct 2015 07:27:00 GMT", 0),
    ])
    func `seconds and dates are read, and no wait is longer than a day`(text: String, seconds: Double) {
        let answer = TransportResponse(status: 503, headers: [("retry-after", text)])
        #expect(answer.retryAfter(now: now) == .seconds(seconds))
    }

    @Test(arguments: ["", "soon", "-5", "1.5"])
    func `anything else says nothing`(text: String) {
        #expect(TransportResponse(status: 503, headers: [("Retry-After", text)]).retryAfter(now: now) == nil)
    }
}
