import Foundation
import Testing

@testable import SluicePosting

@Suite("Days of a calendar")
struct CalendarDayTests {
    @Test func `days of eight centuries are the days Foundation says`() throws {
        // From 1583: before, Foundation counts by the Julian calendar.
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        for number in stride(from: -141_000, to: 150_000, by: 17) {
            let day = CalendarDay(number: number)
            let parts = calendar.dateComponents(
                [.year, .month, .day, .weekday], from: Date(timeIntervalSince1970: Double(number) * 86_400))
            #expect(day.year == parts.year && day.month == parts.month && day.day == parts.day, "day \(number)")
            #expect(day.dayOfWeek == parts.weekday.map { DayOfWeek.allCases[($0 + 5) % 7] }, "day \(number)")
            #expect(day.number == number)
        }
    }

    @Test(arguments: [
        ("no 30 February", 2024, 2, 30), ("no leap day", 2025, 2, 29), ("no leap day in a century", 1900, 2, 29),
        ("no month 13", 2025, 13, 1), ("no day 0", 2025, 1, 0), ("no 31 April", 2025, 4, 31), ("no year 0", 0, 1, 1),
    ])
    func `a day that does not exist is refused`(why: String, year: Int, month: Int, day: Int) {
        #expect(CalendarDay(year: year, month: month, day: day) == nil, "\(why)")
    }

    @Test func `a leap day exists in leap years`() {
        #expect(CalendarDay(year: 2000, month: 2, day: 29) != nil)
        #expect(CalendarDay(year: 2028, month: 2, day: 29) != nil)
    }

    @Test(arguments: [
        ("Europe/Berlin", "2026-11-23T23:00:00Z", 24), ("Europe/Berlin", "2026-11-23T22:59:59Z", 23),
        ("America/New_York", "2026-11-24T04:59:59Z", 23), ("Pacific/Kiritimati", "2026-11-23T10:00:00Z", 24),
    ])
    func `a moment falls on the day of the zone`(zone: String, text: String, day: Int) throws {
        let zone = try #require(TimeZone(identifier: zone))
        #expect(CalendarDay(try moment(text), in: zone).day == day)
    }

    @Test(arguments: [
        ("spring has 23 hours", "Europe/Berlin", 2026, 3, 29, 23.0), ("autumn has 25", "Europe/Berlin", 2026, 10, 25, 25),
        ("half an hour less", "Australia/Lord_Howe", 2026, 10, 4, 23.5),
        ("a skipped day has none", "Pacific/Apia", 2011, 12, 30, 0),
        ("an ordinary day", "Asia/Kolkata", 2026, 3, 29, 24),
    ])
    func `a day is as long as its zone makes it`(
        why: String, zone: String, year: Int, month: Int, day: Int, hours: Double
    ) throws {
        let zone = try #require(TimeZone(identifier: zone))
        let bounds = try #require(CalendarDay(year: year, month: month, day: day)).bounds(in: zone)
        #expect(bounds.end.timeIntervalSince(bounds.start) == hours * 3_600, "\(why)")
    }
}
