import SluiceOAuth
import Testing

@Suite("RFC 7636 §4.1: code verifier")
struct CodeVerifierTests {
    @Test(arguments: [43, 44, 127, 128])
    func `S23 43 to 128 characters are accepted`(length: Int) {
        #expect(CodeVerifier(String(repeating: "a", count: length)) != nil)
    }

    @Test func `S23 every unreserved character is accepted`() {
        #expect(CodeVerifier("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~") != nil)
    }

    @Test(arguments: [
        ("empty", ""), ("one short", String(repeating: "a", count: 42)),
        ("one long", String(repeating: "a", count: 129)),
        ("padding", String(repeating: "a", count: 42) + "="), ("plus", String(repeating: "a", count: 42) + "+"),
        ("trailing newline", String(repeating: "a", count: 43) + "\n"),
        ("space", String(repeating: "a", count: 43) + " "),
        ("letter of another script", String(repeating: "\u{0430}", count: 43)),
        ("fullwidth digits", String(repeating: "\u{FF11}", count: 20)),
        ("NUL", String(repeating: "a", count: 43) + "\u{0}"),
    ])
    func `S23 text outside the grammar is refused`(why: String, text: String) {
        #expect(CodeVerifier(text) == nil, "\(why)")
    }

    @Test func `printing one does not show it`() throws {
        let verifier = try #require(CodeVerifier(String(repeating: "s", count: 43)))
        #expect(!"\(verifier) \(String(reflecting: verifier))".contains("sss"))
    }
}
