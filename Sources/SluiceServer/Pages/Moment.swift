import Foundation
import SluiceAuthority

/// A moment in UTC, for people and for machines.
struct Moment: Sendable, Equatable {
    /// ISO 8601, to the second: `2026-03-09T07:05:00Z`.
    let iso: String
    /// For reading: `9 Mar 2026, 07:05`. Every page says once that times are UTC.
    let text: String

    init(_ date: Date) {
        let time = CivilTime(date)
        iso = time.text + "Z"
        text = "\(time.day) \(Self.months[time.month - 1]) \(time.year), \(time.clock)"
    }

    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
}
