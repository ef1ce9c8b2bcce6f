import SluiceOAuth
import Testing

@Suite("RFC 7636 §4.2: code challenge")
struct CodeChallengeTests {
    private let verifier = CodeVerifier("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk")
    private let text = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"

    @Test func `S24 the vector of RFC 7636 appendix B passes`() throws {
        let verifier = try #require(verifier)
        let challenge = try #require(CodeChallenge(text))
        #expect(CodeChallenge(of: verifier) == challenge)
        #expect(challenge.matches(verifier))
    }

    @Test func `S57 another verifier does not match`() throws {
        let challenge = try #require(CodeChallenge(text))
        let other = try #require(CodeVerifier("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXK"))
        #expect(!challenge.matches(other))
        let itself = try #require(CodeVerifier(text))
        #expect(!challenge.matches(itself), "the challenge is no verifier of itself")
    }

    @Test(arguments: [
        ("42 characters", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-c"),
        ("44 characters", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cMA"),
        ("padded", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM="),
        ("standard alphabet", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw+cM"),
        ("hexadecimal", "13d31e961a1ad8ec2f16b10c4c982e0876a878ad6df144566ee1894acb70f9c3"),
        ("unused bits set", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cN"),
        ("trailing newline", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM\n"),
    ])
    func `S24 what is no unpadded base64url SHA-256 is refused`(why: String, text: String) {
        #expect(CodeChallenge(text) == nil, "\(why)")
    }
}
