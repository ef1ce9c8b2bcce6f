import Foundation

/// A moment on the clock of a channel's time zone, for people, and in UTC for machines. The page names the zone.
struct ChannelMoment: Sendable, Equatable {
    /// ISO 8601 in UTC, to the second: `2026-03-09T07:05:00Z`.
    let iso: String
    /// For reading: `Mon 9 Mar 2026, 08:05`.
    let text: String

    init(_ date: Date, in zone: TimeZone) {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = zone
        let parts = calendar.dateComponents([.year, .month, .day, .weekday, .hour, .minute], from: date)
        let clock = [parts.hour, parts.minute].map { number in
            let digits = String(number ?? 0)
            return digits.count < 2 ? "0" + digits : digits
        }
        iso = Moment(date).iso
        text =
            "\(Self.days[((parts.weekday ?? 1) - 1) % 7]) \(parts.day ?? 0) \(Self.months[((parts.month ?? 1) - 1) % 12]) "
            + "\(parts.year ?? 0), \(clock.joined(separator: ":"))"
    }

    private static let days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
}
