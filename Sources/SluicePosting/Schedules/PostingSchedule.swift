/// When queued posts of a channel go out: times on the wall of its time zone, for each day of the week.
public struct PostingSchedule: Sendable, Equatable, Codable {
    /// One day of the week.
    public struct Day: Sendable, Equatable, Codable {
        /// Whether nothing goes out on this day, whatever its times.
        public var isPaused: Bool
        /// In order, none twice; at most ``PostingSchedule/timesPerDayLimit``.
        public private(set) var times: [TimeOfDay]

        /// A day; times are ordered and those beyond the limit dropped.
        public init(isPaused: Bool = false, times: [TimeOfDay] = []) {
            self.isPaused = isPaused
            self.times = Array(Set(times).sorted().prefix(PostingSchedule.timesPerDayLimit))
        }
    }

    /// How many times a day may have: every quarter of an hour.
    public static let timesPerDayLimit = 96

    private var days: [Day]

    /// A schedule; a day that is not given has no times.
    public init(_ days: [DayOfWeek: Day] = [:]) { self.days = DayOfWeek.allCases.map { days[$0] ?? Day() } }

    /// The same times on every day.
    public static func daily(_ times: [TimeOfDay]) -> PostingSchedule {
        PostingSchedule(Dictionary(uniqueKeysWithValues: DayOfWeek.allCases.map { ($0, Day(times: times)) }))
    }

    /// What a channel starts with: mornings, noons and evenings of every day.
    public static let standard = PostingSchedule.daily(
        [TimeOfDay(hour: 9, minute: 0), TimeOfDay(hour: 12, minute: 30), TimeOfDay(hour: 17, minute: 0)].compactMap { $0 })

    /// A day of it.
    public subscript(day: DayOfWeek) -> Day {
        get { days[index(of: day)] }
        set { days[index(of: day)] = newValue }
    }

    /// Whether nothing ever goes out by it.
    public var isEmpty: Bool { days.allSatisfy { $0.isPaused || $0.times.isEmpty } }

    private func index(of day: DayOfWeek) -> Int { DayOfWeek.allCases.firstIndex(of: day) ?? 0 }
}
