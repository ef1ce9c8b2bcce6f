public import Foundation

/// Moments as text: UTC, ISO 8601, milliseconds, the form Buffer's API answers in (S133).
public enum Timestamp {
    /// `2026-11-23T14:30:00.000Z`.
    public static func text(_ moment: Date) -> String {
        let time = CivilTime(moment)
        return "\(time.text).\(CivilTime.padded(time.millisecond, 3))Z"
    }

    /// The moment that a text such as `2027-01-31`, `2027-01-31T12:00:00Z` or `2027-01-31T13:00:00.5+01:00` means; `nil` for
    /// anything else.
    package static func parse(_ text: String) -> Date? {
        let formatter = ISO8601DateFormatter()
        for options: ISO8601DateFormatter.Options in [
            [.withInternetDateTime], [.withInternetDateTime, .withFractionalSeconds], [.withFullDate],
        ] {
            formatter.formatOptions = options
            if let moment = formatter.date(from: text) { return moment }
        }
        return nil
    }
}
