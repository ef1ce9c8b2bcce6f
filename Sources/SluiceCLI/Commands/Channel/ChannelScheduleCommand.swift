import ArgumentParser
import SluicePosting
import SluiceServer

/// `sluice channel schedule`.
struct ChannelScheduleCommand: DataCommand {
    static let configuration = CommandConfiguration(
        commandName: "schedule", abstract: "Show or change when a channel's queued posts go out.",
        discussion: """
            Times are on the clock of the channel's time zone. A new schedule gives the posts in the queue new times, in their order. Days \
            that are not named stay as they are.

              sluice channel schedule 6560f1c2a9e4b3d7c8a1f0e5
              sluice channel schedule 6560f1c2a9e4b3d7c8a1f0e5 --every-day 09:00,17:30 --day sat=11:00 sun=
              sluice channel schedule 6560f1c2a9e4b3d7c8a1f0e5 --day-off sat sun --day-on fri
            """)

    @Argument(help: ArgumentHelp("The channel's id.", valueName: "channel-id"))
    var id: String
    @Option(help: ArgumentHelp("The times of every day: 09:00,17:30.", valueName: "times"))
    var everyDay: String?
    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp(
            "The times of one day: mon=09:00,17:30; several may follow each other. Goes before --every-day.",
            valueName: "day=times"))
    var day: [String] = []
    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp("Days on which nothing goes out: sat sun. They keep their times.", valueName: "day"))
    var dayOff: [DayOfWeek] = []
    @Option(
        parsing: .upToNextOption, help: ArgumentHelp("Days on which posts go out again.", valueName: "day"))
    var dayOn: [DayOfWeek] = []
    @OptionGroup var common: CommonOptions

    func perform(in surroundings: Surroundings) async throws -> Outcome {
        let settings = try await common.settings(surroundings)
        return try await Installation.with(settings, in: surroundings) { installation in
            let old = try await installation.channel(id)
            let schedule = try applied(to: old.schedule)
            var channel = old
            if schedule != old.schedule {
                channel = try await installation.posting.channels.setSchedule(
                    schedule, of: old.id, of: old.organization)
            }
            surroundings.output.show(
                Report(
                    json: .object([
                        ("id", .string(channel.id.text)), ("timezone", .string(channel.timeZone)),
                        ("changed", .bool(channel.schedule != old.schedule)), ("schedule", channel.schedule.json),
                    ]),
                    text: "\(channel.schedule.sheet.text)\n\nTimes are those of \(channel.timeZone)."),
                asJSON: common.json)
            return .ok
        }
    }

    private func applied(to old: PostingSchedule) throws -> PostingSchedule {
        var schedule = old
        if let everyDay {
            let times = try times(everyDay)
            for day in DayOfWeek.allCases { schedule[day] = .init(isPaused: schedule[day].isPaused, times: times) }
        }
        for assignment in day {
            let parts = assignment.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2, let day = DayOfWeek(rawValue: String(parts[0])) else {
                throw Failure(
                    .usage, "“\(Printable.line(String(assignment.prefix(40))))” is no day with times.",
                    next: "Write --day mon=09:00,17:30; days are \(DayOfWeek.allCases.map(\.rawValue).joined(separator: ", ")).")
            }
            schedule[day] = .init(isPaused: schedule[day].isPaused, times: try times(String(parts[1])))
        }
        for day in dayOff { schedule[day].isPaused = true }
        for day in dayOn { schedule[day].isPaused = false }
        return schedule
    }

    private func times(_ text: String) throws -> [TimeOfDay] {
        do { return try DayTimes.parse(text) } catch {
            throw Failure(.invalid, Printable.line(error.advice), kept: "Nothing was changed.")
        }
    }
}
