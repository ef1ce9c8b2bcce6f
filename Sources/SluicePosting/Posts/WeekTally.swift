public import Foundation

/// How many posts a channel has in one week of its own calendar.
public struct WeekTally: Sendable, Equatable {
    /// The first moment of Monday.
    public let start: Date
    /// The first moment of the Monday after.
    public let end: Date
    /// On their way.
    public let scheduled: Int
    /// Out.
    public let sent: Int

    /// Counts of a week.
    public init(start: Date, end: Date, scheduled: Int, sent: Int) {
        self.start = start
        self.end = end
        self.scheduled = scheduled
        self.sent = sent
    }
}
