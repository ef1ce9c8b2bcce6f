import Testing

@testable import SluiceServer

@Suite("Escaping of text in pages")
struct MarkupEscapingTests {
    @Test(arguments: [
        ("plain", "Ada Lovelace 😀", "Ada Lovelace 😀"),
        ("the five", #"<>&"'"#, "&lt;&gt;&amp;&quot;&#39;"),
        ("a quotation mark under a combining accent", "\"\u{301} x", "&quot;\u{301} x"),
        ("an angle bracket under a stroke", "<\u{338}b", "&lt;\u{338}b"),
        ("an angle bracket with a variation selector", "<\u{FE0F}b", "&lt;\u{FE0F}b"),
        ("null", "a\u{0}b", "a\u{FFFD}b"),
        ("already escaped", "&lt;", "&amp;lt;"),
    ])
    func `markup characters are escaped whatever follows them`(why: String, text: String, escaped: String) {
        #expect(MarkupEscaping().escapeText(text).unicodeScalars.elementsEqual(escaped.unicodeScalars), "\(why)")
    }
}
