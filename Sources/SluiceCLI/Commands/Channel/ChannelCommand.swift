import ArgumentParser
import SluiceAuthority
import SluicePosting
import SluiceServer

/// `sluice channel`.
struct ChannelCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "channel", abstract: "Add, list and change channels, their schedules and their queues.",
        discussion: """
            A channel stands for one account at one network. No network is connected: what is due goes to the outbox (sluice outbox list).
            """,
        subcommands: [
            ChannelAddCommand.self, ChannelListCommand.self, ChannelShowCommand.self, ChannelEditCommand.self,
            ChannelScheduleCommand.self, ChannelPauseCommand.self, ChannelResumeCommand.self, ChannelRemoveCommand.self,
            ChannelFailCommand.self,
        ])
}

extension Channel {
    /// The members that every answer about a channel has.
    var json: JSON {
        .object([
            ("id", .string(id.text)), ("organization_id", .string(organization.text)), ("service", .string(service.rawValue)),
            ("type", .string(type.rawValue)), ("service_id", .string(serviceID)), ("name", .string(name)),
            ("display_name", .optional(displayName)), ("timezone", .string(timeZone)),
            ("queue_paused", .bool(isQueuePaused)), ("locked", .bool(isLocked)), ("disconnected", .bool(isDisconnected)),
            ("external_link", .optional(externalLink)), ("server_url", .optional(facts.serverURL)),
            (
                "boards",
                .array(
                    facts.boards.map {
                        .object([("service_id", .string($0.serviceID)), ("name", .string($0.name))])
                    })
            ),
            ("posting_goal", postingGoal.map { .integer($0) } ?? .null), ("publisher", .string(publisher.text)),
            ("created_at", .string(Timestamp.text(createdAt))), ("updated_at", .string(Timestamp.text(updatedAt))),
        ])
    }

    /// For people.
    var factSheet: FactSheet {
        FactSheet([
            ("ID", id.text), ("Organization", organization.text), ("Network", descriptor), ("Name", name),
            ("Shown as", displayName), ("Time zone", timeZone), ("State", stateWords), ("Server", facts.serverURL),
            ("Boards", facts.boards.isEmpty ? nil : facts.boards.map(\.name).joined(separator: ", ")),
            ("Link", externalLink), ("Goal", postingGoal.map { "\($0) posts a week" }),
            ("Publisher", publisher.text), ("Added", Timestamp.text(createdAt)),
        ])
    }

    /// Whether its posts go out.
    var stateWords: String {
        var words: [String] = []
        if isQueuePaused { words.append("paused") }
        if isLocked { words.append("locked") }
        if isDisconnected { words.append("disconnected") }
        return words.isEmpty ? "posting" : words.joined(separator: ", ")
    }
}

extension PostingSchedule {
    /// The days in the week's order, each with its times.
    var json: JSON {
        .array(
            DayOfWeek.allCases.map { day in
                .object([
                    ("day", .string(day.rawValue)), ("paused", .bool(self[day].isPaused)),
                    ("times", .strings(self[day].times.map(\.text))),
                ])
            })
    }

    /// The days for people.
    var sheet: FactSheet {
        FactSheet(
            DayOfWeek.allCases.map { day in
                let times = self[day].times.isEmpty ? "no times" : DayTimes.text(self[day].times)
                return (day.rawValue, self[day].isPaused ? "day off (\(times))" : times)
            })
    }
}
