import Foundation
import SluiceAuthority
import SluicePosting
import Testing

@testable import SluiceAPI

@Suite("Moments as clients write them")
struct MomentTests {
    @Test(arguments: [
        ("2026-11-23T14:30:00.000Z", 1_795_444_200_000, "as answers give it"),
        ("2026-11-23T14:30:00Z", 1_795_444_200_000, "without milliseconds"),
        ("2026-11-23T14:30Z", 1_795_444_200_000, "without seconds"),
        ("2026-11-23T14:30:00+00:00", 1_795_444_200_000, "as Python writes UTC"),
        ("2026-11-23T14:30:00+0000", 1_795_444_200_000, "as strftime writes UTC"),
        ("2026-11-23T15:30:00+01:00", 1_795_444_200_000, "east of Greenwich"),
        ("2026-11-23T04:00:00-10:30", 1_795_444_200_000, "west of Greenwich, half an hour"),
        ("2026-11-23T14:30:00.1Z", 1_795_444_200_100, "tenths"),
        ("2026-11-23T14:30:00.123456789Z", 1_795_444_200_123, "what is finer than milliseconds is cut off"),
        ("2026-11-23", 1_795_392_000_000, "a date alone is its midnight in UTC"),
        ("1970-01-01T00:00:00Z", 0, "the beginning"),
        ("1969-12-31T23:59:59.999Z", -1, "before it"),
        ("2024-02-29", 1_709_164_800_000, "a leap day"),
        ("2000-02-29", 951_782_400_000, "a leap day of a century"),
        ("0001-01-01T00:00:00Z", -62_135_596_800_000, "the first"),
        ("9999-12-31T23:59:59.999Z", 253_402_300_799_999, "the last"),
    ])
    func `ISO 8601 with an offset, or a date alone, is read`(text: String, milliseconds: Int, why: String) throws {
        let moment = try #require(Moment(text), "\(why)")
        #expect(moment.date == Date(timeIntervalSince1970: Double(milliseconds) / 1000), "\(why)")
    }

    @Test(arguments: [
        ("", "nothing"),
        ("2026-11-23T14:30:00", "no offset: nobody knows which moment"),
        ("2026-11-23 14:30:00Z", "a space"),
        ("2026-11-23t14:30:00z", "small letters"),
        ("20261123T143000Z", "the basic form"),
        ("2026-11-23T14Z", "an hour alone"),
        ("2026-11-23T14:30:00.Z", "a point without digits"),
        ("2026-11-23T14:30:00,5Z", "a comma"),
        ("2026-11-23T14:30.5Z", "a part of a minute"),
        ("2026-11-23T14:30:00+1:00", "one digit"),
        ("2026-11-23T14:30:00+01", "no minutes"),
        ("2026-11-23T14:30:00+24:00", "an offset of a day"),
        ("2026-11-23T14:30:00+01:60", "sixty minutes"),
        ("2026-11-23T14:30:00Z ", "a space behind"),
        (" 2026-11-23", "a space before"),
        ("2026-11-23\n", "a new line"),
        ("2026-11-23Z", "a date with an offset"),
        ("2026-11-23T", "no time"),
        ("2026-11", "no day"),
        ("2026-13-01", "month 13"),
        ("2026-00-01", "month 0"),
        ("2026-11-31", "the 31st of November"),
        ("2026-11-00", "day 0"),
        ("2026-02-29", "no leap year"),
        ("1900-02-29", "a century is no leap year"),
        ("2026-11-23T24:00:00Z", "hour 24"),
        ("2026-11-23T14:60:00Z", "minute 60"),
        ("2026-11-23T23:59:60Z", "second 60"),
        ("+02026-11-23", "six digits"),
        ("-0001-01-01", "before the first year"),
        ("0000-12-31", "the year before the first"),
        ("0000-12-31T23:00:00-05:00", "a day of that year, though the moment lies in the next"),
        ("0001-01-01T00:00:00+00:01", "a minute before the first, in UTC"),
        ("9999-12-31T23:59:59-00:01", "a minute after the last, in UTC"),
        ("tomorrow", "words"),
        ("1795444200", "seconds"),
        ("٢٠٢٦-١١-٢٣", "digits of another script"),
        ("2026-11-23T14:30:00." + String(repeating: "0", count: 16) + "Z", "longer than any honest one"),
    ])
    func `anything else is refused`(text: String, why: String) {
        #expect(Moment(text) == nil, "\(why)")
    }

    @Test(arguments: ["2026-11-23", "2026-11-23T23:30:00-05:00", "2026-11-23T00:30:00+05:00"])
    func `the day is the one that was written, in whatever zone`(text: String) {
        #expect(Moment(text)?.day == CalendarDay(year: 2026, month: 11, day: 23))
    }

    @Test func `what answers write is read back to the millisecond, for moments of ten thousand years`() {
        var milliseconds = -62_135_596_800_000
        while milliseconds < 253_402_300_800_000 {
            let date = Date(timeIntervalSince1970: Double(milliseconds) / 1000)
            #expect(Moment(Timestamp.text(date))?.date == date)
            // About 11 days and a prime number of milliseconds: every day of the week, month and leap rule comes by.
            milliseconds += 950_400_000 * 11 + 7_919
        }
    }
}
