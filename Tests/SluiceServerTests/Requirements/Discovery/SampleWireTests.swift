import Foundation
import HTTPTypes
import SluiceAuthority
import SluiceOAuth
import Testing

@testable import SluiceServer

/// S103–S105: the bytes that the JavaScript and PHP samples of Buffer's page send and read. The samples themselves are run with
/// node and php elsewhere.
@Suite("S103-S105: what the samples put on the wire")
struct SampleWireTests {
    private static let scope = "posts:write posts:read ideas:read ideas:write account:read account:write offline_access"

    /// How `URLSearchParams` writes a value: all but letters, digits and `*-._`, with `+` for a space.
    private func searchParameters(_ pairs: [(String, String)]) -> String { encoded(pairs, keeping: "*-._") }

    /// How PHP's `http_build_query` writes one: all but letters, digits and `-._`, with `+` for a space.
    private func httpBuildQuery(_ pairs: [(String, String)]) -> String { encoded(pairs, keeping: "-._") }

    private func encoded(_ pairs: [(String, String)], keeping: String) -> String {
        func value(_ text: String) -> String {
            text.utf8.map { byte -> String in
                let character = Character(UnicodeScalar(byte))
                if byte == 0x20 { return "+" }
                if byte < 0x80, character.isLetter || character.isNumber || keeping.contains(character) {
                    return String(character)
                }
                return "%" + String(byte >> 4, radix: 16, uppercase: true)
                    + String(byte & 15, radix: 16, uppercase: true)
            }.joined()
        }
        return pairs.map { value($0.0) + "=" + value($0.1) }.joined(separator: "&")
    }

    private func authorizationPairs(_ flow: CodeFlow) -> [(String, String)] {
        [
            ("client_id", flow.client.client.id.text), ("redirect_uri", flow.redirectURI), ("response_type", "code"),
            ("scope", Self.scope), ("state", "9f86d081-884c-4d65-9a2f"),
            ("code_challenge", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"), ("code_challenge_method", "S256"),
            ("prompt", "consent"),
        ]
    }

    @Test(arguments: ["JavaScript", "PHP"], Client.Kind.allCases)
    func `S103 S104 S105 the page's five steps, byte for byte as the samples write them`(
        language: String, kind: Client.Kind
    ) async throws {
        let scene = try await OAuthScene(kind, redirectURIs: ["https://yourapp.com/callback"])
        let write = language == "PHP" ? httpBuildQuery : searchParameters
        // Step 2.
        #expect(try await scene.browser.open("/auth?" + write(authorizationPairs(scene.flow))).isConsentPage)
        // Step 3.
        let answer = try await scene.browser.submit("/auth/decision", [("decision", "allow")])
        #expect(answer.location?.hasPrefix("https://yourapp.com/callback?code=") == true)
        #expect(answer.locationParameters["state"] == "9f86d081-884c-4d65-9a2f")
        #expect(answer.locationParameters["error"] == nil, "the samples look for it first")
        // Step 4. Node's fetch brings `*/*` as what it accepts; curl too, and a User-Agent of its own.
        let form = [("Content-Type", "application/x-www-form-urlencoded"), ("Accept", "*/*")]
        let exchange = scene.flow.exchangeFields(try #require(answer.locationParameters["code"]))
        let response = try await scene.installation.send(.post, "/token", headers: form, body: write(exchange))
        #expect(response.status == 200)
        #expect(response.json["token_type"] as? String == "Bearer")
        #expect(response.json["scope"] as? String == Self.scope)
        let tokens = Tokens(response)
        // Step 5: to the API's host itself, with nothing behind it.
        let query = try await scene.installation.send(
            .post, "/", headers: [("Authorization", "Bearer \(tokens.access)"), ("Content-Type", "application/json")],
            body: #"{"query":"{ account { id email } }"}"#)
        #expect(query.status == 200)
        #expect(query.body == #"{"data":{"account":{"id":"\#(scene.account.id)","email":"ada@example.com"}}}"#)
        // Refreshing.
        let refreshed = try await scene.installation.send(
            .post, "/token", headers: form,
            body: write(
                scene.flow.credentials + [
                    ("grant_type", "refresh_token"), ("refresh_token", try #require(tokens.refresh)),
                ]))
        #expect(refreshed.status == 200)
        #expect(Tokens(refreshed).refresh != tokens.refresh)
    }

    @Test func `S103 the address works with its spaces as the page prints them, percent-20`() async throws {
        let scene = try await OAuthScene()
        let text = authorizationPairs(scene.flow).map { "\($0.0)=\($0.1)" }.joined(separator: "&").replacing(
            " ", with: "%20")
        #expect(try await scene.browser.open("/auth?" + text).isConsentPage, "colons and slashes unescaped")
    }

    @Test func `S105 a denial reaches the callback samples as error and the same state`() async throws {
        let scene = try await OAuthScene()
        let answer = try await scene.flow.decide("deny", in: scene.browser, ["state": "9f86d081"])
        #expect(answer.locationParameters["error"] == "access_denied")
        #expect(answer.locationParameters["state"] == "9f86d081")
        #expect(answer.locationParameters["code"] == nil)
    }

    @Test func `S103 S96 an exchange error is the page's JSON`() async throws {
        let scene = try await OAuthScene()
        let code = try await scene.flow.code(in: scene.browser)
        scene.installation.clock.advance(by: 60)
        let response = try await scene.flow.exchange(code)
        #expect(response.status == 400)
        #expect(
            response.json as? [String: String] == [
                "error": "invalid_grant", "error_description": "Authorization code has expired",
            ])
    }

    @Test(arguments: ["/token", "/token/revocation"])
    func `S103 S125 a single-page app may call it from a browser, without cookies`(path: String) async throws {
        let scene = try await OAuthScene(.public)
        let preflight = try await scene.installation.send(
            .options, path,
            headers: [
                ("Origin", "https://spa.example"), ("Access-Control-Request-Method", "POST"),
                ("Access-Control-Request-Headers", "content-type"),
            ])
        #expect(preflight.status == 204)
        #expect(preflight["Access-Control-Allow-Origin"] == "*")
        #expect(preflight["Access-Control-Allow-Methods"] == "POST")
        #expect(preflight["Access-Control-Allow-Headers"]?.contains("Content-Type") == true)
        #expect(preflight["Access-Control-Allow-Credentials"] == nil)
        #expect(try await scene.open()["Access-Control-Allow-Origin"] == nil, "never on the authorization endpoint")
    }
}
