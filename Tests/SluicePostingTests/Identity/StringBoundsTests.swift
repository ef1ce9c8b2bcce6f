import Testing

@testable import SluicePosting

@Suite("Texts that people typed")
struct StringBoundsTests {
    @Test(arguments: [
        ("empty", "", false), ("blank", " \u{A0}", false), ("a word", "a", true), ("another script", "日本", true),
        ("a family", "👨‍👩‍👧‍👦", true), ("its bound", String(repeating: "a", count: 10), true),
        ("past its bound", String(repeating: "a", count: 11), false), ("two lines", "a\nb", false), ("a tab", "a\tb", false),
        ("a line separator", "a\u{2028}b", false), ("a control of the second row", "a\u{85}b", false),
        ("text turned round", "a\u{202E}b", false), ("an isolate", "a\u{2066}b\u{2069}", false),
        ("a mark of direction", "a\u{200F}", false),
        ("a mark of byte order", "a\u{FEFF}", false), ("nothing to see", "\u{200B}\u{2060}", false),
        ("a variation of nothing", "\u{FE0F}", false),
    ])
    func `a name is one line that shows what it says`(why: String, text: String, isLine: Bool) {
        #expect(text.isLine(atMost: 10) == isLine, "\(why)")
    }

    @Test(arguments: [
        ("code points count", "日本語", 3, false), ("one more", "日本語", 2, true),
        ("four bytes each at most", String(repeating: "🙂", count: 5), 5, false),
        ("a mark on a letter counts", "e\u{301}", 1, true),
    ])
    func `texts are measured in code points`(why: String, text: String, limit: Int, isLonger: Bool) {
        #expect(text.isLonger(than: limit) == isLonger, "\(why)")
    }
}
