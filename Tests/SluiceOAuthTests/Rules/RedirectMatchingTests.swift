import SluiceOAuth
import Testing

@Suite("RFC 6749 §3.1.2.3: which registration is meant")
struct RedirectMatchingTests {
    @Test func `S21 any registered redirect URI works and each is matched alone`() throws {
        let registered = try [RedirectURI("https://a.example/cb"), RedirectURI("http://127.0.0.1/cb")]
        #expect(RedirectMatching.registration(for: "https://a.example/cb", among: registered) == registered[0])
        #expect(RedirectMatching.registration(for: "http://127.0.0.1:7777/cb", among: registered) == registered[1])
        #expect(RedirectMatching.registration(for: "https://a.example:7777/cb", among: registered) == nil)
        #expect(RedirectMatching.registration(for: "https://a.example/cb", among: []) == nil)
    }

    @Test func `S56 a token request repeats the bytes, the port included`() {
        #expect(RedirectMatching.isSame("http://127.0.0.1:1/cb", as: "http://127.0.0.1:1/cb"))
        #expect(!RedirectMatching.isSame("http://127.0.0.1:2/cb", as: "http://127.0.0.1:1/cb"))
        #expect(!RedirectMatching.isSame("https://a.example/\u{212A}", as: "https://a.example/K"))
    }
}
