public import Foundation

extension PostingSchedule {
    /// How many days ahead a free time is looked for.
    public static let horizonInDays = 400

    /// The moments of this schedule strictly after `start`, earliest first and none twice, up to ``horizonInDays`` ahead.
    ///
    /// A time that clocks are put forward over goes out at the first moment after that gap, one that happens twice at the first
    /// of the two. A day that the zone skipped altogether has no moments.
    public func moments(after start: Date, in zone: TimeZone) -> ScheduleMoments {
        ScheduleMoments(schedule: self, start: start, zone: zone)
    }
}

/// The moments of a schedule in a time zone, one after the other.
public struct ScheduleMoments: Sequence, IteratorProtocol {
    private let schedule: PostingSchedule
    private let wall: WallClock
    private var last: Date
    private var day: CalendarDay
    private let lastDay: CalendarDay
    /// Those of the day at hand that were not given yet, latest first.
    private var waiting: [Date] = []

    init(schedule: PostingSchedule, start: Date, zone: TimeZone) {
        self.schedule = schedule
        wall = WallClock(zone: zone)
        last = start
        let today = CalendarDay(start, in: zone)
        // Not from yesterday: what moved over a gap to today is at its first moment, which is not after the start.
        day = today
        // An empty schedule is not worth a walk through the days.
        lastDay = schedule.isEmpty ? day.advanced(by: -1) : today.advanced(by: PostingSchedule.horizonInDays)
    }

    /// The next moment; `nil` when the schedule has none within its horizon.
    public mutating func next() -> Date? {
        while true {
            while let moment = waiting.popLast() {
                // Two times can share the moment after a gap.
                guard moment > last else { continue }
                last = moment
                return moment
            }
            guard day <= lastDay else { return nil }
            waiting = moments(of: day)
            day = day.advanced(by: 1)
        }
    }

    private func moments(of day: CalendarDay) -> [Date] {
        let plan = schedule[day.dayOfWeek]
        guard !plan.isPaused, !plan.times.isEmpty else { return [] }
        let midnight = day.number * 86_400
        let times = plan.times.reversed().map { midnight + $0.hour * 3_600 + $0.minute * 60 }
        if let offset = wall.steadyOffset(on: day) {
            return times.map { Date(timeIntervalSince1970: TimeInterval($0 - offset)) }
        }
        return wall.skips(day) ? [] : times.map(wall.first(secondsSince1970:))
    }
}
