public import Foundation

/// A day on a calendar, before a time zone says when it is.
public struct CalendarDay: Sendable, Hashable, Comparable {
    /// 1 to 9999.
    public let year: Int
    /// 1 to 12.
    public let month: Int
    /// 1 to 31, as the month has them.
    public let day: Int

    /// A day of the Gregorian calendar; `nil` if there is no such day.
    public init?(year: Int, month: Int, day: Int) {
        guard (1...9999).contains(year), (1...12).contains(month), (1...31).contains(day) else { return nil }
        self.init(number: Self.number(year: year, month: month, day: day))
        // The 31st of a month of 30 days would come back as the 1st of the next.
        guard self.year == year, self.month == month, self.day == day else { return nil }
    }

    /// The day that a moment falls on in a zone.
    public init(_ date: Date, in zone: TimeZone) {
        let seconds = date.timeIntervalSince1970.rounded(.down)
        self.init(number: Int(((seconds + Double(zone.secondsFromGMT(for: date))) / 86_400).rounded(.down)))
    }

    /// The day that is `number` days after 1 January 1970.
    init(number: Int) {
        // In eras of 400 years from 1 March of the year 0, so that the leap day is the last day of its year.
        let shifted = number + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    }

    /// How many days after 1 January 1970 it is.
    var number: Int { Self.number(year: year, month: month, day: day) }

    /// The day of the week.
    public var dayOfWeek: DayOfWeek { DayOfWeek.allCases[((number + 3) % 7 + 7) % 7] }

    /// Its first moment in a zone and the first moment of the next day. Both are the same for a day that the zone skipped.
    public func bounds(in zone: TimeZone) -> (start: Date, end: Date) {
        let wall = WallClock(zone: zone)
        return (wall.first(secondsSince1970: number * 86_400), wall.first(secondsSince1970: (number + 1) * 86_400))
    }

    /// The day so many days later.
    func advanced(by days: Int) -> CalendarDay { CalendarDay(number: number + days) }

    /// The earlier one.
    public static func < (left: Self, right: Self) -> Bool {
        (left.year, left.month, left.day) < (right.year, right.month, right.day)
    }

    private static func number(year: Int, month: Int, day: Int) -> Int {
        let shiftedYear = month <= 2 ? year - 1 : year
        let era = (shiftedYear >= 0 ? shiftedYear : shiftedYear - 399) / 400
        let yearOfEra = shiftedYear - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }
}
