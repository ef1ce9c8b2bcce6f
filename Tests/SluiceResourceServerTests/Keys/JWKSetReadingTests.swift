import SluiceOAuth
import Testing

@Suite("RFC 7517 §5: key sets read")
struct JWKSetReadingTests {
    private func read(_ text: String) -> [VerificationKey]? { JWKSet(json: Array(text.utf8))?.keys }

    @Test func `what a server publishes is read back`() throws {
        let keys = try SignatureAlgorithm.allCases.map { try SigningKey.generate($0).verificationKey }
        #expect(read(JWKSet(keys).json) == keys)
    }

    @Test func `keys of other kinds and uses are left out, and the rest is kept`() throws {
        let key = try SigningKey.generate(.es256).verificationKey
        let others = [
            #"{"kty":"oct","k":"c2VjcmV0","kid":"a"}"#, #"{"kty":"EC","crv":"P-384","x":"AA","y":"AA"}"#, #"{"kty":"AKP"}"#, "{}",
            "1",
            "null", #"{"kty":"RSA","n":"AQAB","e":"AQAB"}"#,
            key.jwkJSON.replacing(#""use":"sig""#, with: #""use":"enc""#),
            key.jwkJSON.replacing(#""use":"sig""#, with: #""use":"sig","d":"AAAA""#),
        ]
        #expect(read(#"{"keys":[\#((others + [key.jwkJSON]).joined(separator: ",")),{}]}"#) == [key])
    }

    @Test(arguments: [
        ("nothing", ""), ("a list", "[]"), ("no keys member", "{}"), ("keys as an object", #"{"keys":{}}"#),
        ("two members of one name", #"{"keys":[],"keys":[]}"#), ("text behind it", #"{"keys":[]} x"#),
        ("a page", "<html></html>"),
        ("more keys than any server has", #"{"keys":[\#(Array(repeating: "{}", count: 101).joined(separator: ","))]}"#),
    ])
    func `text that is no key set is refused`(why: String, text: String) {
        #expect(read(text) == nil, "\(why)")
    }
}
