import GRDB
package import SluicePosting

extension SQLiteStore {
    /// Records a delivery once, or takes one off the channel's fault.
    package func record(_ delivery: OutboxDelivery) async throws -> PublishingError? {
        let values = try delivery.row()
        return try await writer.write(.several) { db in
            // First: what was delivered before is not delivered again, and no later fault can undo it.
            let isKnown = try db.row("SELECT 1 FROM outbox WHERE post_id = ?", [.id(delivery.postID)]) { _ in true }
            if isKnown != nil { return nil }
            let fault = try db.row("SELECT fault FROM channels WHERE id = ?", [.id(delivery.channelID)]) { row in
                Fault(error: try row.maybeJSON(0, "channels.fault"))
            }
            guard let fault else { throw PostingError.notFound("Channel") }
            guard let error = fault.error else {
                try db.run(
                    """
                    INSERT INTO outbox
                    (post_id, channel_id, organization_id, service, due_at, sent_at, attempt, text, assets, metadata)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    """, values)
                return nil
            }
            try db.run(
                """
                UPDATE channels SET fault_count = fault_count - 1, fault = CASE WHEN fault_count > 1 THEN fault END WHERE id = ?
                """, [.id(delivery.channelID)])
            return error
        }
    }

    /// What is in an organization's outbox, newest first.
    package func outbox(
        of organization: OrganizationReference, channel: ChannelID?, _ page: PageRequest
    ) async throws -> Page<OutboxDelivery> {
        let start = try Standing(newestFirst: OutboxDelivery.order, page)
        let owner = channel == nil ? "organization_id = ?1" : "+organization_id = ?1 AND channel_id = ?2"
        let rows = try reader.read { db in
            try db.rows(
                """
                SELECT \(OutboxDelivery.columns) FROM outbox WHERE \(owner) AND (sent_at, post_id) < (?3, ?4)
                ORDER BY sent_at DESC, post_id DESC LIMIT ?5
                """, [.id(organization), .id(channel)] + start.bindings + [.number(page.limit + 1)]
            ) { try OutboxDelivery($0) }
        }
        return Page(rows, page) {
            Standing(newestFirst: OutboxDelivery.order, moment: $0.sentAt.milliseconds, id: $0.postID.text)
        }
    }

    /// Makes the channel's next posts fail, or ends that.
    package func setFault(_ error: PublishingError?, count: Int, of channel: ChannelID) async throws -> Bool {
        let isOver = error == nil || count < 1
        let values: [StoredValue] = [
            isOver ? .null : try .maybeJSON(error), .number(isOver ? 0 : count), .id(channel),
        ]
        return try await writer.write(.statement) { db in
            try db.run("UPDATE channels SET fault = ?, fault_count = ? WHERE id = ?", values) == 1
        }
    }
}

/// A channel's fault; one without an error is none.
private struct Fault {
    let error: PublishingError?
}

extension OutboxDelivery {
    /// Marks cursors.
    fileprivate static let order = "outbox"

    fileprivate static let columns =
        "post_id, channel_id, organization_id, service, due_at, sent_at, attempt, text, assets, metadata"

    // In the order of `columns`.
    fileprivate func row() throws -> [StoredValue] {
        [
            .id(postID), .id(channelID), .id(organization), .text(service.rawValue), .moment(dueAt), .moment(sentAt),
            .number(attempt), .text(text), try .json(assets), try .maybeJSON(metadata),
        ]
    }

    fileprivate init(_ row: some Columns) throws {
        self.init(
            postID: try row.id(0, "outbox.post_id"), channelID: try row.id(1, "outbox.channel_id"),
            organization: try row.id(2, "outbox.organization_id"), service: try row.word(3, "outbox.service"),
            dueAt: row.maybeMoment(4), sentAt: row.moment(5), attempt: Int(row.integer(6)), text: row.text(7) ?? "",
            assets: try row.list(8, "outbox.assets"), metadata: try row.maybeJSON(9, "outbox.metadata"))
    }
}
