import SluiceOAuth
import Testing

@Suite("RFC 7636 §4.6: proof of the verifier")
struct ProofKeyTests {
    @Test func `S46 S57 a missing or wrong verifier is invalid_grant`() throws {
        let challenge = try #require(CodeChallenge("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"))
        let right = try #require(CodeVerifier("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"))
        let wrong = try #require(CodeVerifier("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXl"))
        #expect(code { try ProofKey.check(right, against: challenge) } == nil)
        #expect(code { try ProofKey.check(wrong, against: challenge) } == .invalidGrant)
        #expect(code { try ProofKey.check(nil, against: challenge) } == .invalidGrant)
    }
}
