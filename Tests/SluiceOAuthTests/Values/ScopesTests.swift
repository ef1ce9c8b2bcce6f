import SluiceOAuth
import Testing

@Suite("RFC 6749 §3.3: scopes")
struct ScopesTests {
    @Test func `S31 order is kept, duplicates collapse, runs of spaces count as one`() throws {
        let scopes = try #require(Scopes("  posts:write  posts:read posts:write offline_access "))
        #expect(scopes.text == "posts:write posts:read offline_access")
        #expect(scopes.count == 3)
        #expect(scopes.contains(.offlineAccess))
    }

    @Test func `equality and hash ignore the order`() {
        let one = Scopes.named("a b c")
        let other = Scopes.named("c a b")
        #expect(one == other)
        #expect(one.hashValue == other.hashValue)
        #expect(one != Scopes.named("a b"))
        #expect(one != Scopes.named("a b d"))
    }

    @Test(arguments: ["a\"b", "a\\b", "a\tb", "a\u{0}b", "é", "a\nb", "a\u{7F}", "a\u{A0}b", "\u{212A}"])
    func `S31 an illegal character makes the whole text illegal`(text: String) {
        #expect(Scopes("posts:read " + text) == nil)
        #expect(Scope(text) == nil)
    }

    @Test func `case matters`() {
        #expect(Scopes.named("Posts:read") != Scopes.named("posts:read"))
    }

    @Test func `names and lists have limits`() {
        #expect(Scope("") == nil)
        #expect(Scope(String(repeating: "a", count: 128)) != nil)
        #expect(Scope(String(repeating: "a", count: 129)) == nil)
        #expect(Scopes((0..<100).map { "s\($0)" }.joined(separator: " "))?.count == 100)
        #expect(Scopes((0..<101).map { "s\($0)" }.joined(separator: " ")) == nil)
        #expect(Scopes(String(repeating: "a ", count: 2048))?.count == 1)
        #expect(Scopes(String(repeating: "a ", count: 2049)) == nil)
    }

    @Test func `set operations keep the order of the left side`() {
        let scopes = Scopes.named("c a b")
        #expect(scopes.intersection(.named("b c")).text == "c b")
        #expect(scopes.subtracting(.named("a")).text == "c b")
        #expect(scopes.union(.named("d a")).text == "c a b d")
        #expect(Scopes.named("a b").isSubset(of: scopes))
        #expect(!Scopes.named("a d").isSubset(of: scopes))
        #expect(Scopes().isSubset(of: scopes))
        #expect(Scopes("")?.isEmpty == true)
    }

    @Test func `reading undoes writing`() {
        var random = SeededGenerator(seed: 2)
        for _ in 0..<200 {
            let names = (0..<Int.random(in: 0...12, using: &random)).compactMap { _ in
                Scope(
                    String(
                        (0..<Int.random(in: 1...20, using: &random)).map { _ in
                            Character(Unicode.Scalar(UInt8.random(in: 0x21...0x7E, using: &random)))
                        }))
            }
            let scopes = Scopes(names)
            #expect(Scopes(scopes.text)?.text == scopes.text)
        }
    }
}
