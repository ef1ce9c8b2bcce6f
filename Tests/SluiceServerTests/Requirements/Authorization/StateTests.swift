import Foundation
import HTTPTypes
import SluiceAuthority
import SluiceOAuth
import Testing

@testable import SluiceServer

/// S32: what the client wants back unchanged.
@Suite("S32: state")
struct StateTests {
    private static let values: [(String, String)] = [
        ("plain", "af0ifjsldkj"), ("what means something in a query", "a&b=c+d%26#e?f/;:@,"),
        ("quotes and brackets", "'\"<>`\\{}[]|^"), ("markup", "\"><script>alert(1)</script>"),
        ("words and spaces", " two words "), ("percent escapes that were meant so", "%41%zz%"),
        ("UTF-8", "Zürich 東京 🦆 e\u{301}"), ("control characters", "a\tb\r\nc\0d"),
        ("2 KB", String(repeating: "0123456789abcdef", count: 128)),
        ("2 KB that all have to be escaped", String(repeating: "\"&=+%#<>", count: 256)),
        ("2 KB of UTF-8", String(repeating: "ü東🦆x", count: 204)), ("JSON", #"{"r":"/a?b=c","n":[1,2]}"#),
        ("spaces alone", "   "), ("one character", "&"),
    ]

    /// The bytes of the redirect's `state`, decoded; comparing `String`s would call two spellings of é the same.
    private func state(_ response: TestResponse) -> [UInt8]? {
        response.locationParameters["state"].map { Array($0.utf8) }
    }

    @Test(arguments: values)
    func `S32 S38 S39 S93 state comes back byte for byte with a code, with a denial and with an error`(
        why: String, value: String
    ) async throws {
        let scene = try await OAuthScene()
        let allowed = try await scene.flow.decide("allow", in: scene.browser, ["state": value])
        #expect(state(allowed) == Array(value.utf8), "\(why)")
        #expect(allowed.locationParameters["code"] != nil)
        let denied = try await scene.flow.decide("deny", in: scene.browser, ["state": value])
        #expect(state(denied) == Array(value.utf8), "\(why)")
        expectRedirect(denied, error: "access_denied", state: value)
        for changes in [
            ["scope": "nope"], ["response_type": "token"], ["code_challenge": nil], ["prompt": "none login"],
            ["max_age": "x"],
            ["response_type": nil],
        ] as [[String: String?]] {
            let refused = try await scene.open(changes.merging(["state": value]) { $1 })
            #expect(state(refused) == Array(value.utf8), "\(why) \(changes)")
            #expect(refused.locationParameters["error"] != nil)
        }
    }

    @Test(arguments: values)
    func `S32 S34 state survives a sign-in in between`(why: String, value: String) async throws {
        let scene = try await OAuthScene(isSignedIn: false)
        #expect(try await scene.open(["state": value]).isSignInPage, "\(why)")
        let page = try await scene.browser.submit(
            "/sign-in", [("email", "ada@example.com"), ("password", "correct horse battery")])
        #expect(page.isConsentPage, "\(why)")
        let answer = try await scene.browser.submit("/auth/decision", [("decision", "allow")])
        #expect(state(answer) == Array(value.utf8), "\(why)")
    }

    @Test func `S32 login_required and consent_required carry it too`() async throws {
        let scene = try await OAuthScene(isSignedIn: false)
        expectRedirect(try await scene.open(["prompt": "none", "state": "ü&"]), error: "login_required", state: "ü&")
        try await scene.browser.signIn()
        expectRedirect(try await scene.open(["prompt": "none", "state": "ü&"]), error: "consent_required", state: "ü&")
    }

    @Test(arguments: [nil, ""] as [String?])
    func `S32 without state none comes back`(value: String?) async throws {
        let scene = try await OAuthScene()
        for decision in ["allow", "deny"] {
            let answer = try await scene.flow.decide(decision, in: scene.browser, ["state": value])
            #expect(answer.status == 303)
            #expect(answer.location?.contains("state") == false)
        }
        expectRedirect(try await scene.open(["state": value, "scope": "nope"]), error: "invalid_scope", state: nil)
    }

    @Test func `S32 state, scope and hint are never rendered as markup`() async throws {
        let scene = try await OAuthScene()
        let attack = "\"><script>alert('x')</script><a href='"
        let page = try await scene.open(["state": attack, "login_hint": attack])
        #expect(page.isConsentPage)
        #expect(!page.body.contains("<script"))
        #expect(!page.body.contains("alert('"))
        let stranger = Browser(scene.installation)
        let signIn = try await stranger.open(scene.flow.address(["state": attack, "login_hint": attack]))
        #expect(signIn.isSignInPage)
        #expect(!signIn.body.contains("<script"))
        #expect(!signIn.body.contains("<a href='"))
        let error = try await scene.open(["client_id": attack, "state": attack])
        expectErrorPage(error)
        #expect(!error.body.contains("alert("))
    }

    @Test
    func `S32 S94 a request too long to be carried through sign-in and consent is refused before anybody is bothered`()
        async throws
    {
        let scene = try await OAuthScene(isSignedIn: false)
        let long = String(repeating: "<", count: 5_000)
        expectRedirect(try await scene.open(["state": long]), error: "invalid_request", state: long)
        // The longest that is accepted goes all the way.
        let rest = SluiceOAuth.Parameters.encode(scene.flow.parameters(["state": nil])).utf8.count
        let longest = String(repeating: "a", count: AuthorizationRequest.limitInBytes - rest - "&state=".utf8.count)
        expectRedirect(try await scene.open(["state": longest + "a"]), error: "invalid_request", state: longest + "a")
        #expect(try await scene.open(["state": longest]).isSignInPage)
        let page = try await scene.browser.submit(
            "/sign-in", [("email", "ada@example.com"), ("password", "correct horse battery")])
        #expect(page.isConsentPage)
        let answer = try await scene.browser.submit("/auth/decision", [("decision", "allow")])
        #expect(answer.locationParameters["state"] == longest)
        #expect(answer.locationParameters["code"] != nil)
    }
}
