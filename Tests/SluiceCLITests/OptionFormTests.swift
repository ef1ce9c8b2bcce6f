import Foundation
import Testing

@testable import SluiceCLI

@Suite("What people type: spans, expiries, overlaps, secrets")
struct OptionFormTests {
    @Test(arguments: [
        ("0", 0), ("3600", 3600), ("90s", 90), ("30m", 1800), ("12h", 43_200), ("90d", 7_776_000), ("2w", 1_209_600),
    ])
    func `a span is seconds or has a unit`(text: String, seconds: Int) {
        #expect(TimeSpan.seconds(text) == seconds)
    }

    @Test(arguments: [
        "", "d", "-1", "+5", "1.5h", "1 h", "1y", "1D", "٣d", "99999999999999999999", "9223372036854775807w",
    ])
    func `what is no span is refused`(text: String) { #expect(TimeSpan.seconds(text) == nil) }

    @Test func `an expiry is a span with a unit, a moment or never`() {
        let now = Date(timeIntervalSince1970: 1_800_000_000)
        #expect(Expiry("never")?.date(from: now) == nil)
        #expect(Expiry("90d")?.date(from: now) == now.addingTimeInterval(90 * 86_400))
        #expect(Expiry("12h")?.date(from: now) == now.addingTimeInterval(43_200))
        #expect(Expiry("2027-01-31")?.date(from: now) == Date(timeIntervalSince1970: 1_801_353_600))
        #expect(Expiry("2027-01-31T12:00:00Z")?.date(from: now) == Date(timeIntervalSince1970: 1_801_396_800))
        #expect(Expiry("2027-01-31T13:00:00+01:00")?.date(from: now) == Date(timeIntervalSince1970: 1_801_396_800))
        for text in ["", "2027", "tomorrow", "0d", "2027-13-01", "31.01.2027"] {
            #expect(Expiry(text) == nil, "\(text)")
        }
    }

    @Test func `an overlap is at most thirty days`() {
        #expect(Overlap(argument: "30d")?.seconds == 2_592_000)
        #expect(Overlap(argument: "0") == Overlap.none)
        #expect(Overlap(argument: "31d") == nil)
    }

    @Test(arguments: [
        ("secret\n", "secret"), ("secret\r\n", "secret"), ("secret\n\n", "secret\n"), (" secret ", " secret "),
        ("x", "x"),
    ])
    func `one line feed at the end of a secret does not count`(input: String, secret: String) throws {
        #expect(try SecretInput.read("-", what: "password", Catcher().surroundings(input: input)) == secret)
    }

    @Test func `an empty or endless secret is refused`() {
        for input in ["", "\n", String(repeating: "a", count: 5_000)] {
            #expect(throws: Failure.self) {
                try SecretInput.read("-", what: "password", Catcher().surroundings(input: input))
            }
        }
    }

    @Test func `text from the database cannot command the terminal`() {
        #expect(Printable.line("a\u{1B}[31mb\u{202E}c\nd") == "a\\u{1b}[31mb\\u{202e}c\\u{a}d")
        #expect(Printable.line("Zoë 🌊") == "Zoë 🌊")
    }
}
