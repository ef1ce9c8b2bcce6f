import Foundation

/// How many more posts the network takes from a channel on each day of the channel's calendar, while a step hands out times.
struct DailyRoom {
    private let ledger: any PostLedger
    private let zone: TimeZone
    /// `nil` where the network does not say, or nobody counts.
    private let limit: Int?
    private let freed: [Date]
    private var counts: [CalendarDay: Int] = [:]

    /// - Parameter freed: The present moments of posts that get others in this step.
    init(_ step: PostStep, freeing freed: [Date]) {
        ledger = step.ledger
        zone = step.channel.zone
        limit = step.limits.keepsDailyLimits ? step.channel.service.dailyLimit : nil
        self.freed = freed
    }

    /// Takes a place on the day of a moment; `false` if that day is full.
    mutating func take(_ moment: Date) throws -> Bool {
        guard let limit else { return true }
        let day = CalendarDay(moment, in: zone)
        let count = try counts[day] ?? self.count(of: day)
        counts[day] = count + 1
        return count < limit
    }

    private func count(of day: CalendarDay) throws -> Int {
        let (start, end) = day.bounds(in: zone)
        let tally = try ledger.tally(from: start, to: end)
        return tally.scheduled + tally.sent - freed.count { start <= $0 && $0 < end }
    }
}
