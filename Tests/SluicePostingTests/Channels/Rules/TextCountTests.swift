import Testing

@testable import SluicePosting

@Suite("Text as services count it")
struct TextCountTests {
    @Test(arguments: [
        ("Latin letters count one", "Grüße", 5), ("a decomposed letter is composed first", "e\u{301}", 1),
        ("CJK counts two", "日本語", 6), ("Cyrillic counts one", "Привет", 6), ("an emoji counts two", "🙂", 2),
        ("a family of four counts two", "👨‍👩‍👧‍👦", 2), ("a flag counts two", "🇩🇪", 2), ("a skin colour adds nothing", "👍🏽", 2),
        ("digits are no emoji", "123#", 4), ("a keycap is one", "1️⃣", 2), ("curly quotes count one", "“a”", 3),
        ("an address counts 23 however short", "http://a.de", 23),
        ("an address counts 23 however long", "https://example.com/" + String(repeating: "a", count: 300), 23),
        ("an address between words", "see https://example.com/a now", 4 + 23 + 4),
        ("the full stop behind it is not part of it", "https://example.com.", 24),
        ("nor is the bracket around it", "(https://example.com)", 25),
        ("a bracket within it is", "https://example.com/a_(b)", 23),
        ("nor are brackets without end", "https://a.de" + String(repeating: ")", count: 9), 32),
        ("a scheme within a word is none", "xhttps://", 9), ("nor behind a digit", "1http://a.de", 12),
        ("behind a dash it is one", "-http://a.de", 24),
        ("a bare domain is an address", "example.com", 23), ("with its path too", "example.com/a/b?c=d", 23),
        ("an abbreviation is none", "e.g. this", 9), ("nor is an e-mail address", "ada@example.com", 15),
        ("nor is a bare scheme", "https://", 8), ("two addresses", "https://a.de https://b.de", 47), ("nothing", "", 0),
    ])
    func `X weighs its text`(why: String, text: String, count: Int) {
        #expect(TextCount.weighted.count(text) == count, "\(why)")
    }

    @Test(arguments: [
        ("an address counts 23", "https://example.com/a/very/long/path/indeed", 23),
        ("a mention counts without its server", "@ada@example.social", 4),
        ("the sentence goes on behind it", "Hi @ada@example.social.", 3 + 4 + 1),
        ("a mention of one's own server", "@ada", 4), ("an e-mail address is no mention", "ada@example.com", 15),
        ("a bare domain is no address", "example.com", 11), ("an emoji counts one", "👨‍👩‍👧‍👦", 1), ("CJK counts one", "日本", 2),
        ("a lone at sign", "@ @@", 4),
    ])
    func `Mastodon counts without what it adds itself`(why: String, text: String, count: Int) {
        #expect(TextCount.mastodon.count(text) == count, "\(why)")
    }

    @Test(arguments: [
        (TextCount.characters, "👨‍👩‍👧‍👦e\u{301}", 2), (.utf16, "🙂a", 3), (.bytes, "ü🙂", 6), (.threads, "🙂ü1", 6),
    ])
    func `other services count in their own units`(unit: TextCount, text: String, count: Int) {
        #expect(unit.count(text) == count)
    }

    @Test(arguments: [
        ("brackets behind an address", "https://a.de/", ")"), ("full stops behind a domain", "a.com/", "."),
        ("addresses", "", "https://a.de)) "), ("half of a scheme", "", "http:/"), ("flags", ":", "\u{1F1E6}"),
        ("marks on letters", "https://a", "e" + String(repeating: "\u{301}\u{316}", count: 50)),
        ("mentions", "", "@a@b"), ("at signs", "", "@"),
        ("servers that end nowhere", "@a@", "-."), ("hashes", "", "#"), ("joined pictures", ":", "\u{1F468}\u{200D}"),
    ])
    func `counting takes as long as a text is, whatever it is made of`(why: String, start: String, piece: String) {
        func time(_ scalars: Int) -> Duration {
            let text = start + String(repeating: piece, count: scalars / piece.unicodeScalars.count)
            return (0..<3).map { _ in
                ContinuousClock().measure {
                    for count in [TextCount.weighted, .mastodon, .threads, .characters] { _ = count.count(text) }
                    _ = Hashtags.count(in: text)
                }
            }.min() ?? .zero
        }
        // Sixteen times the text: its square would be 256 times the work.
        let (short, long) = (time(3_000), time(48_000))
        #expect(long < short * 64, "\(why): \(short), then \(long)")
    }

    @Test(arguments: [
        ("#a #b", 2), ("#a#b", 1), ("# a", 0), ("a#b", 0), ("#1", 1), ("##a", 1), ("", 0),
    ])
    func `hashtags are words behind a hash`(text: String, count: Int) {
        #expect(Hashtags.count(in: text) == count)
    }
}
