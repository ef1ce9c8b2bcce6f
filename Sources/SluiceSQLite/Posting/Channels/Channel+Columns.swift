import SluicePosting

extension Channel {
    /// The columns of a channel in the order that `init(_:)` reads them; the table is called `c`.
    static let columns = """
        c.id, c.organization_id, c.service, c.type, c.service_id, c.name, c.display_name, c.time_zone, c.schedule, c.is_queue_paused,
        c.is_locked, c.is_disconnected, c.external_link, c.avatar_url, c.facts, c.posting_goal, c.publisher, c.created_at, c.updated_at
        """

    /// The values of a whole row, in the order of `columns`.
    func row() throws -> [StoredValue] {
        let fixed: [StoredValue] = [
            .id(id), .id(organization), .text(service.rawValue), .text(type.rawValue), .text(serviceID),
        ]
        return try fixed + changeable() + [.text(publisher.text), .moment(createdAt), .moment(updatedAt)]
    }

    /// The values of what may change, in the order of `columns`.
    func changeable() throws -> [StoredValue] {
        [
            .text(name), .maybe(displayName), .text(timeZone), try .json(schedule), .flag(isQueuePaused), .flag(isLocked),
            .flag(isDisconnected), .maybe(externalLink), .maybe(avatarURL), try .json(facts), .maybeNumber(postingGoal),
        ]
    }

    /// A channel from its columns.
    init(_ row: some Columns) throws {
        self.init(
            id: try row.id(0, "channels.id"), organization: try row.id(1, "channels.organization_id"),
            service: try row.word(2, "channels.service"), type: try row.word(3, "channels.type"), serviceID: row.text(4) ?? "",
            name: row.text(5) ?? "", displayName: row.text(6), timeZone: row.text(7) ?? "UTC",
            schedule: try row.json(8, "channels.schedule"), isQueuePaused: row.flag(9), isLocked: row.flag(10),
            isDisconnected: row.flag(11), externalLink: row.text(12), avatarURL: row.text(13),
            facts: try row.json(14, "channels.facts"), postingGoal: row.maybeNumber(15),
            publisher: try row.present(row.text(16).flatMap { PublisherName($0) }, "channels.publisher"),
            createdAt: row.moment(17), updatedAt: row.moment(18))
    }
}
