import SluiceOAuth
import SluicePosting

/// A posting schedule that was sent: what was typed, what it means, and what is wrong with it.
struct ScheduleForm: Sendable {
    /// The days as they were typed.
    let days: [ChannelPage.Day]
    /// The schedule; only good without errors.
    let schedule: PostingSchedule
    /// What is wrong, beside its day.
    let errors: FormErrors

    /// With `copy=mon` the times of Monday are those of every day.
    init(_ form: SluiceOAuth.Parameters) throws {
        var days: [ChannelPage.Day] = []
        var schedule = PostingSchedule()
        var errors = FormErrors()
        let copied = try form.value("copy").flatMap(DayOfWeek.init)
        for day in DayOfWeek.allCases {
            let typed = try form.value((copied ?? day).rawValue) ?? ""
            let isPaused = try form.value(day.rawValue + "_paused") != nil
            var row = ChannelPage.Day(value: day.rawValue, name: day.name, times: typed, isPaused: isPaused)
            do {
                schedule[day] = PostingSchedule.Day(isPaused: isPaused, times: try DayTimes.parse(typed))
            } catch {
                row.error = error.advice
                errors.add("\(day.name): \(error.advice)", at: day.rawValue)
            }
            days.append(row)
        }
        self.days = days
        self.schedule = schedule
        self.errors = errors
    }

    /// A schedule as the form shows it.
    static func days(_ schedule: PostingSchedule) -> [ChannelPage.Day] {
        DayOfWeek.allCases.map { day in
            ChannelPage.Day(
                value: day.rawValue, name: day.name, times: DayTimes.text(schedule[day].times),
                isPaused: schedule[day].isPaused)
        }
    }
}

extension DayOfWeek {
    /// As people write it.
    var name: String {
        switch self {
        case .mon: "Monday"
        case .tue: "Tuesday"
        case .wed: "Wednesday"
        case .thu: "Thursday"
        case .fri: "Friday"
        case .sat: "Saturday"
        case .sun: "Sunday"
        }
    }
}

extension PostingSchedule {
    /// How often it comes round, in words.
    var words: String {
        let count = DayOfWeek.allCases.reduce(0) { $0 + (self[$1].isPaused ? 0 : self[$1].times.count) }
        switch count {
        case 0: return "No times"
        case 1: return "Once a week"
        default: return "\(count) times a week"
        }
    }
}
