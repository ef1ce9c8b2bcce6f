import SluicePosting

/// Reads the channels of a fixture.
struct FixtureChannelReader {
    /// Ids that were pinned already.
    private var taken: Set<ChannelID> = []

    private static let factNames = [
        "server_url", "max_characters", "subscription", "reminders", "boards", "location",
    ]

    mutating func channel(_ node: FixtureNode) throws -> Fixture.Channel {
        let members = try node.members(
            [
                "service", "name", "id", "type", "display_name", "service_id", "time_zone", "schedule", "external_link", "paused",
                "locked", "disconnected",
            ] + Self.factNames)
        let draft = ChannelDraft(
            service: try node.present("service", among: members).word(), type: try members["type"]?.word(),
            name: try node.present("name", among: members).text(), displayName: try members["display_name"]?.text(),
            serviceID: try members["service_id"]?.text(), timeZone: try members["time_zone"]?.timeZone() ?? "UTC",
            schedule: try members["schedule"].map(schedule) ?? .standard,
            externalLink: try members["external_link"]?.text(), facts: try facts(members),
            id: try members["id"].map { try id($0) })
        return Fixture.Channel(
            draft: draft, isQueuePaused: try members["paused"]?.flag() ?? false,
            isLocked: try members["locked"]?.flag() ?? false,
            isDisconnected: try members["disconnected"]?.flag() ?? false, place: node.place)
    }

    private mutating func id(_ node: FixtureNode) throws -> ChannelID {
        guard let id = ChannelID(try node.text()) else {
            throw node.place.failure("This is no id of a channel.", "Write 24 of the characters 0 to 9 and a to f.")
        }
        guard taken.insert(id).inserted else { throw node.place.failure("There is a channel with this id already.") }
        return id
    }

    /// Times for every day, or for each day its own.
    private func schedule(_ node: FixtureNode) throws -> PostingSchedule {
        if node.isList { return .daily(try times(node)) }
        let members = try node.members(DayOfWeek.allCases.map(\.rawValue))
        var days: [DayOfWeek: PostingSchedule.Day] = [:]
        for day in DayOfWeek.allCases {
            if let times = members[day.rawValue] { days[day] = PostingSchedule.Day(times: try self.times(times)) }
        }
        return PostingSchedule(days)
    }

    private func times(_ node: FixtureNode) throws -> [TimeOfDay] {
        let elements = try node.elements()
        guard elements.count <= PostingSchedule.timesPerDayLimit else {
            throw node.place.failure("A day has at most \(PostingSchedule.timesPerDayLimit) times.")
        }
        return try elements.map { element in
            guard let time = TimeOfDay(try element.text()) else {
                throw element.place.failure("This is no time of day.", "Write it as 09:30.")
            }
            return time
        }
    }

    private func facts(_ members: [String: FixtureNode]) throws -> ChannelFacts {
        ChannelFacts(
            serverURL: try members["server_url"]?.text(),
            maxCharacters: try members["max_characters"]?.number(in: 1...1_000_000),
            boards: try (members["boards"]?.elements() ?? []).enumerated().map(board),
            location: try members["location"].map { ChannelFacts.Location(location: try $0.text()) },
            subscriptionType: try members["subscription"]?.text(), defaultToReminders: try members["reminders"]?.flag())
    }

    private func board(_ index: Int, _ node: FixtureNode) throws -> ChannelFacts.Board {
        let members = try node.members(["name", "service_id", "url", "description"])
        // Its place is all that our own id of a board has to tell apart.
        let digits = String(index + 1, radix: 16)
        return ChannelFacts.Board(
            id: String(repeating: "0", count: 24 - digits.count) + digits,
            serviceID: try node.present("service_id", among: members).text(),
            name: try node.present("name", among: members).text(), url: try members["url"]?.text() ?? "",
            description: try members["description"]?.text())
    }
}
