package import SluicePosting

/// The times of a day as people write them: `09:00, 12:30`.
package enum DayTimes {
    /// Why a text is no list of times, in words for whoever wrote it.
    package enum Problem: Error, Sendable, Equatable {
        /// This part is no time; cut short.
        case notATime(String)
        /// There are more than a day may have.
        case tooMany

        /// A sentence that says what to do.
        package var advice: String {
            switch self {
            case .notATime(let text): "“\(text)” is no time. Write times as 09:00, 12:30."
            case .tooMany: "A day has at most \(PostingSchedule.timesPerDayLimit) times."
            }
        }
    }

    /// The times in a text, apart by commas, semicolons or blanks; none for an empty one. `9:00` is `09:00`.
    package static func parse(_ text: String) throws(Problem) -> [TimeOfDay] {
        var times: [TimeOfDay] = []
        for part in text.split(whereSeparator: { $0 == "," || $0 == ";" || $0.isWhitespace }) {
            guard let time = TimeOfDay(part) ?? TimeOfDay("0" + part) else {
                throw .notATime(String(part.prefix(20)))
            }
            times.append(time)
        }
        guard Set(times).count <= PostingSchedule.timesPerDayLimit else { throw .tooMany }
        return times
    }

    /// The times as they are read again.
    package static func text(_ times: [TimeOfDay]) -> String { times.map(\.text).joined(separator: ", ") }
}
