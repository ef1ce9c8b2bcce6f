import Foundation
import HTTPTypes
import SluiceAuthority
import SluiceOAuth
import Testing

@testable import SluiceServer

/// S23–S26: PKCE (RFC 7636).
@Suite("S23-S26: PKCE is required of everybody, by S256 alone")
struct ProofKeyTests {
    /// The verifier and challenge of RFC 7636 appendix B.
    private static let verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
    private static let challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"

    @Test func `S23 S24 the vector of RFC 7636 appendix B, of 43 characters like the samples', works end to end`()
        async throws
    {
        let scene = try await OAuthScene()
        let code = try await scene.flow.code(in: scene.browser, ["code_challenge": Self.challenge])
        let response = try await scene.flow.exchange(code, ["code_verifier": Self.verifier])
        #expect(response.status == 200)
        #expect(try await scene.onlyGrant.state == .active)
    }

    @Test(arguments: [
        ("the shortest", String(repeating: "a", count: 43)), ("the longest", String(repeating: "~", count: 128)),
        ("every kind of character", "ABCXYZabcxyz0123456789-._~" + String(repeating: "Q", count: 20)),
        ("only marks", String(repeating: "-._~", count: 11)),
    ])
    func `S23 a verifier within the grammar is accepted`(why: String, verifier: String) async throws {
        var scene = try await OAuthScene(.public)
        scene.flow.verifier = verifier
        let response = try await scene.flow.exchange(scene.flow.code(in: scene.browser))
        #expect(response.status == 200, "\(why)")
    }

    @Test(arguments: [
        ("one short", String(repeating: "a", count: 42)), ("one long", String(repeating: "a", count: 129)),
        ("padding", String(repeating: "a", count: 42) + "="),
        ("standard base64", String(repeating: "a", count: 42) + "+"),
        ("a slash", String(repeating: "a", count: 42) + "/"), ("a space", String(repeating: "a", count: 42) + " "),
        ("a trailing newline", String(repeating: "a", count: 43) + "\n"),
        ("a leading space", " " + verifier), ("NUL", verifier + "\0"),
        ("a letter of another script", String(repeating: "\u{0430}", count: 43)),
    ])
    func `S23 a verifier outside the grammar is invalid_request and leaves the code untouched`(
        why: String, verifier: String
    ) async throws {
        let scene = try await OAuthScene(.public)
        let code = try await scene.flow.code(in: scene.browser)
        expectRefusal(try await scene.flow.exchange(code, ["code_verifier": verifier]), "invalid_request", "\(why)")
        let grant = try await scene.onlyGrant
        #expect(grant.state == .pending)
        #expect(grant.wrongVerifiers == 0)
        #expect(try await scene.flow.exchange(code).status == 200, "the right verifier still works")
    }

    @Test(arguments: [
        ("padded", challenge + "="), ("standard base64", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw+cM"),
        ("hexadecimal", "13d31e961a1ad8ec2f16b10c4c982e0876a878ad6df144566ee1894acb70f9c3"),
        ("42 characters", String(challenge.dropLast())),
        ("44 characters", challenge + "A"),
        ("a last character that no encoder writes", String(challenge.dropLast()) + "N"),
        ("a trailing newline", challenge + "\n"), ("a space in front", " " + challenge),
        ("a letter of another script", String(challenge.dropLast()) + "\u{041C}"),
        ("the method in front", "S256:" + challenge),
    ])
    func `S24 a challenge that is no base64url SHA-256 is invalid_request on the redirect`(
        why: String, challenge: String
    ) async throws {
        let scene = try await OAuthScene()
        expectRedirect(try await scene.open(["code_challenge": challenge]), error: "invalid_request", "\(why)")
        #expect(try await scene.grants.isEmpty)
    }

    @Test func `S24 a challenge in another case is another challenge`() async throws {
        let scene = try await OAuthScene()
        // Ends in a character whose lower case is canonical too.
        let other = Self.challenge.dropLast().lowercased() + "M"
        let code = try await scene.flow.code(in: scene.browser, ["code_challenge": other])
        expectRefusal(try await scene.flow.exchange(code), "invalid_grant")
        #expect(try await scene.onlyGrant.state == .pending)
    }

    @Test func `S24 the challenge itself is no verifier`() async throws {
        let scene = try await OAuthScene()
        let code = try await scene.flow.code(in: scene.browser)
        expectRefusal(try await scene.flow.exchange(code, ["code_verifier": Self.challenge]), "invalid_grant")
        #expect(try await scene.onlyGrant.state == .pending)
    }

    @Test(arguments: Client.Kind.allCases, [nil, ""] as [String?])
    func `S25 S94 a missing or empty code_challenge is invalid_request for public and confidential clients`(
        kind: Client.Kind, challenge: String?
    ) async throws {
        let scene = try await OAuthScene(kind)
        expectRedirect(try await scene.open(["code_challenge": challenge]), error: "invalid_request")
        expectRedirect(
            try await scene.open(["code_challenge": challenge, "code_challenge_method": nil]), error: "invalid_request",
            "without either parameter")
        #expect(try await scene.grants.isEmpty)
    }

    @Test(arguments: ["plain", "s256", "S512", "", nil, "S256 ", "SHA256", "S256,plain"] as [String?])
    func `S26 S94 every code_challenge_method but S256 is invalid_request, its absence too`(method: String?)
        async throws
    {
        let scene = try await OAuthScene()
        expectRedirect(
            try await scene.open(["code_challenge_method": method]), error: "invalid_request", "\(method ?? "absent")")
        // A plain challenge is of no use either: the challenge would be the verifier.
        expectRedirect(
            try await scene.open(["code_challenge_method": method, "code_challenge": Self.verifier]),
            error: "invalid_request")
        #expect(try await scene.grants.isEmpty)
    }

    @Test func `S26 the metadata name S256 alone`() async throws {
        let installation = try await Installation()
        for path in ["/.well-known/oauth-authorization-server", "/.well-known/openid-configuration"] {
            let document = try await installation.send(.get, path).json
            #expect(document["code_challenge_methods_supported"] as? [String] == ["S256"])
        }
    }
}
