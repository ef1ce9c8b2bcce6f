import SluiceOAuth
import Testing

@Suite("RFC 7517 §5: key sets")
struct JWKSetTests {
    @Test func `S108 a set lists its keys in order`() throws {
        let ed =
            #"{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo","use":"sig","alg":"EdDSA","kid":"a"}"#
        let key = try #require(VerificationKey(jwkJSON: ed))
        #expect(JWKSet([key]).json == #"{"keys":["# + ed + "]}")
        #expect(JWKSet([key, key]).json == #"{"keys":["# + ed + "," + ed + "]}")
        #expect(JWKSet([]).json == #"{"keys":[]}"#)
    }
}
