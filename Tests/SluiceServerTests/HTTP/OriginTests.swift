import Testing

@testable import SluiceServer

@Suite("Origin: where the server answers")
struct OriginTests {
    @Test(arguments: [
        ("http://127.0.0.1:8080", "http://127.0.0.1:8080", "127.0.0.1:8080", ""),
        ("https://Auth.Example/", "https://auth.example", "auth.example", ""),
        ("https://auth.example:443", "https://auth.example", "auth.example", ""),
        ("http://[::1]:8080/", "http://[::1]:8080", "[::1]:8080", ""),
        ("https://example.com/sluice/", "https://example.com/sluice", "example.com", "/sluice"),
        ("https://example.com/a/b", "https://example.com/a/b", "example.com", "/a/b"),
    ])
    func `an absolute URL is taken, in one spelling`(url: String, text: String, authority: String, prefix: String) {
        let origin = Origin(url)
        #expect(origin?.text == text)
        #expect(origin?.authority == authority)
        #expect(origin?.prefix == prefix)
    }

    @Test(arguments: [
        ("no scheme", "example.com"), ("another scheme", "ftp://example.com"), ("no host", "https://"),
        ("user", "https://me@example.com"), ("query", "https://example.com?x"), ("fragment", "https://example.com/#x"),
        ("dots", "https://example.com/a/../b"), ("double slash", "https://example.com//a"),
        ("port zero", "https://example.com:0"), ("port too high", "https://example.com:65536"),
        ("a letter of another script", "https://ex\u{0430}mple.com"), ("space", "https://example.com /"),
        ("open bracket", "http://[::1"), ("percent", "https://example.com/%61"),
    ])
    func `anything else is refused`(why: String, url: String) {
        #expect(Origin(url) == nil, "\(why)")
    }

    @Test func `one host has every role by any name, several hosts have theirs alone`() throws {
        let one = Origins(single: try #require(Origin("http://127.0.0.1:8080")))
        #expect(one.isSingle)
        #expect(one.roles(for: "localhost:8080") == Set(Role.allCases))
        let many = Origins(
            auth: try #require(Origin("https://auth.example")), api: try #require(Origin("https://api.example:8443")),
            app: try #require(Origin("https://auth.example")))
        #expect(!many.isSingle)
        #expect(many.isSecure)
        #expect(many.roles(for: "AUTH.example") == [.auth, .app])
        #expect(many.roles(for: "auth.example:443") == [.auth, .app])
        #expect(many.roles(for: "api.example:8443") == [.api])
        #expect(many.roles(for: "api.example") == [])
        #expect(many.roles(for: "evil.example") == [])
    }
}
