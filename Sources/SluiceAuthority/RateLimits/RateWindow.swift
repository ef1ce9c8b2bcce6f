public import Foundation

/// A span of time in which a client's requests are counted.
///
/// The window rolls in steps of a sixtieth of its length: it is the step of the present moment and the 59 before it. So a request
/// counts until its step has left, at the least 59/60 of the window and never longer than the window itself.
/// - Source: Buffer's page, "API limits": 15 minutes, 24 hours, 30 days.
public enum RateWindow: String, Sendable, CaseIterable {
    case quarterHour = "15m"
    case day = "24h"
    case month = "30d"

    /// How many steps a window has.
    public static let steps = 60

    /// How long it is.
    public var seconds: Int {
        switch self {
        case .quarterHour: 900
        case .day: 86_400
        case .month: 2_592_000
        }
    }

    /// As the name of a policy ends: `100-in-15min`.
    public var policyWord: String {
        switch self {
        case .quarterHour: "15min"
        case .day: "1day"
        case .month: "30days"
        }
    }

    /// How long one of its steps is.
    public var stepInSeconds: Int { seconds / Self.steps }

    /// The step that a moment lies in. Steps are counted from 1970, so every node cuts time at the same moments.
    public func step(at moment: Date) -> Int {
        Int((moment.timeIntervalSince1970 / Double(stepInSeconds)).rounded(.down))
    }

    /// When a step leaves the window: from then on its requests do not count.
    public func end(ofStep step: Int) -> Date {
        Date(timeIntervalSince1970: Double((step + Self.steps) * stepInSeconds))
    }
}
