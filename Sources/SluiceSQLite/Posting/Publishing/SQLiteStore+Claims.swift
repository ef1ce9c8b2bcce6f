package import Foundation
import GRDB
package import SluicePosting

extension SQLiteStore {
    /// How many posts one claim takes at most, whatever is asked.
    private static let claimLimit = 500

    /// Takes posts that are due out of the queue for sending, earliest due first.
    package func claimDue(at now: Date, leaseEnds: Date, limit: Int) async throws -> [Claim] {
        let limit = min(max(limit, 0), Self.claimLimit)
        let taken = try await writer.write(.several) { db in
            let ids: [PostID] = try db.rows(
                """
                UPDATE posts SET status = 'sending', attempt = attempt + 1, wakes_at = ?2, claimed_version = updated_at
                WHERE id IN (SELECT id FROM posts WHERE wakes_at <= ?1 ORDER BY wakes_at, id LIMIT ?3) RETURNING id
                """, [.moment(now), .moment(leaseEnds), .number(limit)]
            ) { try $0.id(0, "posts.id") }
            guard !ids.isEmpty else { return Taken(posts: [], channels: []) }
            // Copied here and read by the caller: the one thread that writes has others to serve.
            return Taken(
                posts: try db.rows(
                    """
                    SELECT \(Post.columns), p.attempt FROM posts p WHERE p.id IN (SELECT value FROM json_each(?))
                    ORDER BY p.due_at, p.id
                    """, [.list(ids)]
                ) { $0.detached() },
                channels: try db.rows(
                    """
                    SELECT \(Channel.columns) FROM channels c
                    WHERE c.id IN (SELECT channel_id FROM posts WHERE id IN (SELECT value FROM json_each(?)))
                    """, [.list(ids)]
                ) { $0.detached() })
        }
        return try taken.claims()
    }

    /// Writes down what became of a claim, if it is the post's newest.
    package func finish(_ claim: Claim, _ result: PublishingResult, at now: Date) async throws -> Bool {
        let (changes, values) = try result.changes(at: now)
        let owner: [StoredValue] = [.id(claim.post.id), .number(claim.attempt), .moment(claim.post.updatedAt)]
        return try await writer.write(.statement) { db in
            try db.run(
                "UPDATE posts SET \(changes) WHERE id = ?1 AND status = 'sending' AND attempt = ?2 AND claimed_version = ?3",
                owner + values) == 1
        }
    }

    /// When the next post is due or the next lease ends.
    package func nextDue() async throws -> Date? {
        try reader.read { db in
            try db.row("SELECT wakes_at FROM posts WHERE wakes_at IS NOT NULL ORDER BY wakes_at LIMIT 1") { $0.moment(0) }
        }
    }
}

/// Copied rows of a claim.
private struct Taken: Sendable {
    let posts: [DetachedRow]
    let channels: [DetachedRow]

    /// - Throws: The complaint about a damaged row, but only if there is nothing else: one such row must not hold up the others.
    ///   It comes again when its lease ends.
    func claims() throws -> [Claim] {
        var channels: [ChannelID: Channel] = [:]
        var claims: [Claim] = []
        var fault: (any Error)?
        for row in self.channels {
            do {
                let channel = try Channel(row)
                channels[channel.id] = channel
            } catch { fault = error }
        }
        for row in posts {
            do {
                let post = try Post(row)
                guard let channel = channels[post.channelID] else { continue }
                claims.append(Claim(post: post, channel: channel, attempt: Int(row.integer(row.values.count - 1))))
            } catch { fault = error }
        }
        if claims.isEmpty, let fault { throw fault }
        return claims
    }
}

extension PublishingResult {
    /// What a post becomes by this result: assignments, and their values from the fourth parameter on.
    fileprivate func changes(at now: Date) throws -> (sql: String, values: [StoredValue]) {
        switch self {
        case .sent(let externalLink, let metrics):
            (
                """
                status = 'sent', wakes_at = NULL, sent_at = ?4, updated_at = ?4, error = NULL, external_link = ?5, metrics = ?6,
                metrics_updated_at = ?4
                """, [.moment(now), .maybe(externalLink), try .json(metrics)]
            )
        case .refused(let error):
            ("status = 'error', wakes_at = NULL, updated_at = ?4, error = ?5", [.moment(now), try .json(error)])
        case .retry(let moment):
            // Back into the queue, unless the channel was closed meanwhile. What the user chose, `due_at`, stays.
            (
                """
                status = 'scheduled', not_before = ?4, wakes_at = (
                    SELECT ?4 FROM channels c WHERE c.id = posts.channel_id AND NOT c.is_locked AND NOT c.is_disconnected
                    AND (NOT c.is_queue_paused OR posts.share_mode = 'shareNow'))
                """, [.moment(moment)]
            )
        case .notified:
            // Out of our hands: the person who was reminded posts it.
            (
                "status = 'sent', wakes_at = NULL, sent_at = ?4, updated_at = ?4, error = NULL, notification_status = 'notified'",
                [.moment(now)]
            )
        }
    }
}
