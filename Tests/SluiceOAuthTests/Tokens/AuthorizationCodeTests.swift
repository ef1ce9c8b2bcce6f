import SluiceOAuth
import Testing

@Suite("RFC 6749 §4.1.2: authorization codes")
struct AuthorizationCodeTests {
    @Test func `S40 a code is 43 URL-safe characters of 256 random bits`() {
        let code = AuthorizationCode(random: Array(0..<32))
        #expect(code.text == "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8")
        #expect(AuthorizationCode(code.text)?.hash == code.hash)
        #expect("\(code)" == "AuthorizationCode(hidden)")
    }

    @Test(arguments: [
        "", "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh", "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8A",
        "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh9", "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh+",
        "v1.AAECAwQFBgcICQoLAQIDBKYoAmGodUhOdlhhjPe2pNxzUali9vM44oIYKHcoGS9w",
    ])
    func `S52 malformed, truncated, extended and other kinds are none`(text: String) {
        #expect(AuthorizationCode(text) == nil)
    }
}
