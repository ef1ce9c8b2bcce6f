public import Foundation

/// Moments as text: UTC, ISO 8601, milliseconds, the form Buffer's API answers in (S133).
public enum Timestamp {
    /// `2026-11-23T14:30:00.000Z`.
    public static func text(_ moment: Date) -> String {
        let time = CivilTime(moment)
        return "\(time.text).\(CivilTime.padded(time.millisecond, 3))Z"
    }
}
