package import Foundation
import GRDB
package import SluicePosting

extension SQLiteStore {
    /// The post.
    package func post(_ id: PostID) async throws -> Post? {
        try reader.read { db in
            try db.row("SELECT \(Post.columns) FROM posts p WHERE p.id = ?", [.id(id)]) { try Post($0) }
        }
    }

    /// The posts a query asks for.
    package func posts(_ query: PostQuery, _ page: PageRequest) async throws -> Page<Post> {
        let selection = try PostSelection(query, page)
        let rows = try reader.read { db in try db.rows(selection.sql, selection.values) { try Post($0) } }
        return Page(rows, page) { selection.order.standing($0) }
    }

    /// Runs one step with the channel's posts held still: writes follow each other, and the step is part of one.
    package func change<Outcome: Sendable>(
        _ channel: ChannelID, _ step: @escaping @Sendable (any PostLedger) throws -> Outcome
    ) async throws -> Outcome {
        try await writer.write(.several) { db in
            guard let channel = try db.channel(channel) else { throw PostingError.notFound("Channel") }
            return try step(SQLiteLedger(db, channel))
        }
    }

    /// How many posts are out, and on their way, from `start` to just before `end`; of every channel that was asked for.
    package func tallies(of channels: [ChannelID], from start: Date, to end: Date) async throws -> [ChannelID: PostTally] {
        try reader.read { try $0.tallies(of: channels, from: start, to: end) }
    }
}

extension Database {
    /// How many posts are out, and on their way, from `start` to just before `end`; of every channel that was asked for.
    func tallies(of channels: [ChannelID], from start: Date, to end: Date) throws -> [ChannelID: PostTally] {
        let counts = try rows(
            """
            SELECT channel_id, count(*), 0 FROM posts WHERE channel_id IN (SELECT value FROM json_each(?1))
            AND status IN ('scheduled', 'sending') AND due_at >= ?2 AND due_at < ?3 GROUP BY channel_id
            UNION ALL
            SELECT channel_id, 0, count(*) FROM posts WHERE channel_id IN (SELECT value FROM json_each(?1))
            AND status = 'sent' AND sent_at >= ?2 AND sent_at < ?3 GROUP BY channel_id
            """, [.list(channels), .moment(start), .moment(end)]
        ) { row -> (ChannelID, PostTally) in
            (try row.id(0, "posts.channel_id"), PostTally(scheduled: Int(row.integer(1)), sent: Int(row.integer(2))))
        }
        var tallies = Dictionary(channels.map { ($0, PostTally()) }) { first, _ in first }
        for (channel, tally) in counts {
            tallies[channel, default: PostTally()].scheduled += tally.scheduled
            tallies[channel, default: PostTally()].sent += tally.sent
        }
        return tallies
    }
}
