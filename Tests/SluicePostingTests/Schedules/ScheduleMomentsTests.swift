import Foundation
import Testing

@testable import SluicePosting

@Suite("Moments of a posting schedule")
struct ScheduleMomentsTests {
    private func moments(
        _ times: [String], on days: [DayOfWeek] = DayOfWeek.allCases, after start: String, in zone: String, count: Int
    ) throws -> [String] {
        let day = PostingSchedule.Day(times: times.compactMap { TimeOfDay($0) })
        let schedule = PostingSchedule(Dictionary(uniqueKeysWithValues: days.map { ($0, day) }))
        let zone = try #require(TimeZone(identifier: zone))
        return schedule.moments(after: try moment(start), in: zone).prefix(count).map { $0.formatted(.iso8601) }
    }

    @Test(arguments: [
        (
            "an ordinary week goes on over its days", ["09:00", "17:30"], "2026-11-24T09:00:00Z", "UTC",
            ["2026-11-24T17:30:00Z", "2026-11-25T09:00:00Z", "2026-11-25T17:30:00Z"]
        ),
        (
            "Berlin, spring: 02:30 does not exist and goes out at 03:00, once with the 03:00 there is",
            ["02:30", "03:00", "03:30"], "2026-03-28T12:00:00Z", "Europe/Berlin",
            ["2026-03-29T01:00:00Z", "2026-03-29T01:30:00Z", "2026-03-30T00:30:00Z"]
        ),
        (
            "Berlin, spring: the wall time stays, so the moment moves", ["09:00"], "2026-03-28T00:00:00Z", "Europe/Berlin",
            ["2026-03-28T08:00:00Z", "2026-03-29T07:00:00Z"]
        ),
        (
            "Berlin, autumn: 02:30 happens twice and goes out at the first", ["02:30", "03:00"], "2026-10-24T12:00:00Z",
            "Europe/Berlin", ["2026-10-25T00:30:00Z", "2026-10-25T02:00:00Z", "2026-10-26T01:30:00Z"]
        ),
        (
            "New York, spring: 02:30 goes out at 03:00", ["02:30"], "2026-03-07T12:00:00Z", "America/New_York",
            ["2026-03-08T07:00:00Z", "2026-03-09T06:30:00Z"]
        ),
        (
            "New York, autumn: 01:30 goes out at the first", ["01:30"], "2026-10-31T12:00:00Z", "America/New_York",
            ["2026-11-01T05:30:00Z", "2026-11-02T06:30:00Z"]
        ),
        (
            "Lord Howe, spring: half an hour from 02:00 is missing", ["02:15", "02:30"], "2026-10-03T00:00:00Z",
            "Australia/Lord_Howe", ["2026-10-03T15:30:00Z", "2026-10-04T15:15:00Z", "2026-10-04T15:30:00Z"]
        ),
        (
            "Lord Howe, autumn: half an hour from 01:30 happens twice", ["01:45", "02:00"], "2026-04-04T00:00:00Z",
            "Australia/Lord_Howe", ["2026-04-04T14:45:00Z", "2026-04-04T15:30:00Z"]
        ),
        (
            "Kolkata is half an hour off, the year round", ["09:00"], "2026-03-28T04:00:00Z", "Asia/Kolkata",
            ["2026-03-29T03:30:00Z", "2026-03-30T03:30:00Z"]
        ),
        (
            "Apia had no 30 December 2011", ["09:00"], "2011-12-28T20:00:00Z", "Pacific/Apia",
            ["2011-12-29T19:00:00Z", "2011-12-30T19:00:00Z", "2011-12-31T19:00:00Z"]
        ),
        (
            "Cairo puts clocks forward at midnight: 00:30 is 01:00", ["00:30"], "2026-04-23T12:00:00Z", "Africa/Cairo",
            ["2026-04-23T22:00:00Z", "2026-04-24T21:30:00Z"]
        ),
        (
            "Nuuk puts clocks forward to midnight: Saturday 23:30 goes out as Sunday begins", ["23:30"],
            "2024-03-30T12:00:00Z", "America/Nuuk", ["2024-03-31T01:00:00Z", "2024-04-01T00:30:00Z"]
        ),
    ])
    func `times on the wall become moments`(
        why: String, times: [String], start: String, zone: String, expected: [String]
    ) throws {
        #expect(try moments(times, after: start, in: zone, count: expected.count) == expected, "\(why)")
    }

    @Test(arguments: ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia", "Africa/Cairo", "America/Nuuk"])
    func `moments rise strictly, begin after the start, and read as a time of the schedule unless clocks went over it`(
        zone: String
    ) throws {
        let zone = try #require(TimeZone(identifier: zone))
        let times = stride(from: 0, to: 1_440, by: 15).compactMap { TimeOfDay(hour: $0 / 60, minute: $0 % 60) }
        let schedule = PostingSchedule.daily(times)
        var last = try moment("2011-01-01T00:00:00Z")
        let end = try moment("2012-01-15T00:00:00Z")
        var offBeat = 0
        for next in schedule.moments(after: last, in: zone) where next < end {
            #expect(next > last)
            let wall = Int(next.timeIntervalSince1970) + zone.secondsFromGMT(for: next)
            if wall % 900 != 0 { offBeat += 1 }
            last = next
        }
        // Every quarter of an hour is a time, and all gaps end on one.
        #expect(offBeat == 0)
    }

    @Test func `a start at a moment of the schedule is not given again`() throws {
        #expect(try moments(["09:00"], after: "2026-11-24T09:00:00Z", in: "UTC", count: 1) == ["2026-11-25T09:00:00Z"])
        #expect(try moments(["09:00"], after: "2026-11-24T08:59:59Z", in: "UTC", count: 1) == ["2026-11-24T09:00:00Z"])
    }

    @Test func `days count in the zone, not in UTC`() throws {
        // 20:00 on a Monday in New York is Tuesday in UTC.
        #expect(
            try moments(["20:00"], on: [.mon], after: "2026-11-22T00:00:00Z", in: "America/New_York", count: 2)
                == ["2026-11-24T01:00:00Z", "2026-12-01T01:00:00Z"])
    }

    @Test func `an empty schedule and one of paused days have no moments`() throws {
        let start = try moment("2026-11-24T09:00:00Z")
        #expect(Array(PostingSchedule().moments(after: start, in: .gmt)).isEmpty)
        var paused = PostingSchedule.standard
        for day in DayOfWeek.allCases { paused[day].isPaused = true }
        #expect(Array(paused.moments(after: start, in: .gmt)).isEmpty)
    }

    @Test func `a paused day is left out`() throws {
        var schedule = PostingSchedule.daily([try #require(TimeOfDay("09:00"))])
        schedule[.wed].isPaused = true
        let next = schedule.moments(after: try moment("2026-11-24T10:00:00Z"), in: .gmt).prefix(1)
        #expect(Array(next) == [try moment("2026-11-26T09:00:00Z")])
    }

    @Test func `the search ends after its horizon`() throws {
        let schedule = PostingSchedule([.tue: PostingSchedule.Day(times: [try #require(TimeOfDay("09:00"))])])
        let all = Array(schedule.moments(after: try moment("2026-11-24T08:00:00Z"), in: .gmt))
        #expect(all.count == PostingSchedule.horizonInDays / 7 + 1)
        #expect(try #require(all.last) <= moment("2026-11-24T08:00:00Z") + Double(PostingSchedule.horizonInDays + 1) * 86_400)
    }

    @Test func `a year of a full schedule is found quickly, since a queue is held still meanwhile`() throws {
        let times = stride(from: 0, to: 1_440, by: 15).compactMap { TimeOfDay(hour: $0 / 60, minute: $0 % 60) }
        let zone = try #require(TimeZone(identifier: "Europe/Berlin"))
        let start = try moment("2026-11-24T08:00:00Z")
        let spent = ContinuousClock().measure {
            #expect(
                PostingSchedule.daily(times).moments(after: start, in: zone).reduce(into: 0) { count, _ in count += 1 } > 38_000)
        }
        // Generous: a debug build on a busy machine; a calendar search takes a hundred times as long.
        #expect(spent < .seconds(5))
    }
}
