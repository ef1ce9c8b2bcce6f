import Foundation

/// The clock on a wall in a time zone. It knows what to make of a time that the wall never shows, or shows twice.
///
/// Wall times are seconds from 1 January 1970 as the wall counts them. Only the zone's offset is asked for: calendars do more
/// and take longer, and this runs while the queue of a channel is held still.
struct WallClock {
    let zone: TimeZone

    /// The first moment at which the wall shows a time; if it never does, because clocks were put forward over it, the first
    /// moment after that gap.
    func first(secondsSince1970 wall: Int) -> Date {
        let before = offset(at: wall - 86_400)
        let after = offset(at: wall + 86_400)
        // The earlier reading first: when clocks are put back, it is the first of the two.
        if offset(at: wall - before) == before { return moment(wall - before) }
        if offset(at: wall - after) == after { return moment(wall - after) }
        return moment(change(from: wall - 86_400, to: wall + 86_400))
    }

    /// Whether clocks were put forward over the whole day, as at Apia on 30 December 2011.
    func skips(_ day: CalendarDay) -> Bool {
        let (start, end) = day.bounds(in: zone)
        return start == end
    }

    /// The offset in force throughout a day and a day on either side of it; `nil` if clocks change meanwhile.
    func steadyOffset(on day: CalendarDay) -> Int? {
        let early = offset(at: (day.number - 1) * 86_400)
        // A change and the change back within three days has not happened anywhere.
        return early == offset(at: (day.number + 2) * 86_400) ? early : nil
    }

    private func offset(at seconds: Int) -> Int { zone.secondsFromGMT(for: moment(seconds)) }

    private func moment(_ seconds: Int) -> Date { Date(timeIntervalSince1970: TimeInterval(seconds)) }

    /// The first second of the new offset between two moments.
    private func change(from start: Int, to end: Int) -> Int {
        let old = offset(at: start)
        var (low, high) = (start, end)
        while high - low > 1 {
            let middle = low + (high - low) / 2
            if offset(at: middle) == old { low = middle } else { high = middle }
        }
        return high
    }
}
