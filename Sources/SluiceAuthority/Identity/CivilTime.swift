package import Foundation

/// A moment's date and time of day in UTC, whichever calendar and locale the machine is set to.
///
/// Foundation's formatters take microseconds and this a few divisions; every answer and every log line writes a moment.
package struct CivilTime: Sendable, Equatable {
    /// Of the proleptic Gregorian calendar.
    package let year: Int
    /// 1 to 12.
    package let month: Int
    /// 1 to 31.
    package let day: Int
    /// 0 to 23.
    package let hour: Int
    /// 0 to 59.
    package let minute: Int
    /// 0 to 59: leap seconds are not counted.
    package let second: Int
    /// 0 to 999.
    package let millisecond: Int

    /// The proleptic Gregorian date. Years begin in March here, so that a leap day is the last day of its year; an era is 400
    /// years of 146,097 days.
    package init(_ moment: Date) {
        // To the nearest, as moments are stored: one made of whole milliseconds may lie a hair below them in binary.
        let total = Int((moment.timeIntervalSince1970 * 1000).rounded())
        let days = total >= 0 ? total / 86_400_000 : (total - 86_399_999) / 86_400_000
        let rest = total - days * 86_400_000
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
        hour = rest / 3_600_000
        minute = rest / 60_000 % 60
        second = rest / 1_000 % 60
        millisecond = rest % 1_000
    }

    /// `2026-11-23T14:30:00`, without a zone.
    package var text: String {
        "\(Self.padded(year, 4))-\(Self.padded(month, 2))-\(Self.padded(day, 2))T\(clock):\(Self.padded(second, 2))"
    }

    /// `14:30`.
    package var clock: String { "\(Self.padded(hour, 2)):\(Self.padded(minute, 2))" }

    /// The number with zeros before it, up to `width` digits.
    package static func padded(_ number: Int, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
    }
}
