import Testing

@testable import SluiceAuthority

@Suite("Display names")
struct DisplayNameTests {
    @Test(arguments: [
        ("Ada", "Ada"), ("  Ada \n", "Ada"), ("Ada Lovelace-Byron, Countess", "Ada Lovelace-Byron, Countess"),
        ("<b>&\"'</b>", "<b>&\"'</b>"), ("李小龍", "李小龍"), ("👩‍👩‍👧‍👦", "👩‍👩‍👧‍👦"), ("می‌خواهم", "می‌خواهم"),
    ])
    func `a name is kept as it was typed, without the blanks around it`(typed: String, kept: String) {
        #expect(DisplayName(typed)?.text == kept)
    }

    @Test(arguments: [
        ("", "empty"), (" \t\n\u{3000}", "blanks"), ("a\nb", "two lines"), ("a\tb", "a tab"), ("a\u{0}b", "NUL"),
        ("a\u{1B}[31mb", "an escape sequence"), ("a\u{85}b", "a next-line character"),
        ("a\u{2028}b", "a line separator"),
        ("a\u{202E}b", "an override of direction"), ("a\u{2066}b", "an isolate"),
        ("a\u{200F}b", "a right-to-left mark"),
        ("a\u{061C}b", "an Arabic letter mark"), ("\u{FEFF}a", "a byte order mark"), ("\u{200B}", "nothing to see"),
        ("\u{2060}\u{AD}\u{3164}", "nothing to see, three ways"),
    ])
    func `what would make a page lie is no name`(typed: String, why: String) {
        #expect(DisplayName(typed) == nil, "\(why)")
    }

    @Test func `a name has at most 100 characters and 400 bytes`() {
        #expect(DisplayName(String(repeating: "a", count: 100)) != nil)
        #expect(DisplayName(String(repeating: "a", count: 101)) == nil)
        #expect(DisplayName(String(repeating: "💥", count: 100)) != nil)
        #expect(DisplayName(String(repeating: "👩‍👩‍👧‍👦", count: 17)) == nil, "17 characters, 425 bytes")
    }
}
