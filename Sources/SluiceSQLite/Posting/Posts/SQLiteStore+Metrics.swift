package import Foundation
import GRDB
package import SluicePosting

extension SQLiteStore {
    /// Replaces what the network counted for a sent post.
    package func note(_ metrics: [PostMetric], of post: PostID, at now: Date) async throws -> Bool {
        let counts = try StoredValue.json(metrics)
        return try await writer.write(.statement) { db in
            try db.run(
                "UPDATE posts SET metrics = ?, metrics_updated_at = ? WHERE id = ? AND status = 'sent'",
                [counts, .moment(now), .id(post)]) == 1
        }
    }

    /// The sums over the posts that were sent from `start` to `end`, both of which belong to the span.
    package func metricTotals(
        of organization: OrganizationReference, channels: [ChannelID]?, tags: TagFilter?, from start: Date, to end: Date
    ) async throws -> MetricTotals {
        // By way of the channels: their index of sent posts is ordered by time.
        let condition = """
            p.channel_id IN (SELECT id FROM channels
                WHERE organization_id = ?1 AND (?2 IS NULL OR id IN (SELECT value FROM json_each(?2))))
            AND p.status = 'sent' AND p.sent_at >= ?3 AND p.sent_at <= ?4 AND (?5 IS NULL OR \(PostSelection.tagged(5))
                OR (?6 AND NOT EXISTS (SELECT 1 FROM post_tags t WHERE t.post_id = p.id)))
            """
        let values: [StoredValue] = [
            .id(organization), channels.map { .list($0) } ?? .null, .moment(start), .moment(end),
            tags.map { .list($0.any) } ?? .null, .flag(tags?.orNone ?? false),
        ]
        return try await reader.scan { db in
            try db.snapshot {
                let posts = try db.rows(
                    "SELECT p.channel_id, count(*), min(p.metrics_updated_at) FROM posts p WHERE \(condition) GROUP BY 1", values
                ) { (count: Int($0.integer(1)), stalest: $0.maybeMoment(2)) }
                let counts = try db.rows(
                    """
                    SELECT p.channel_id, m.value ->> 'kind', count(*), sum(m.value ->> 'value')
                    FROM posts p, json_each(p.metrics) m WHERE \(condition) GROUP BY 1, 2
                    """, values
                ) { MetricSum(kind: try $0.word(1, "posts.metrics"), posts: $0.integer(2), value: $0.real(3)) }
                return MetricTotals(
                    postCount: posts.reduce(0) { $0 + $1.count }, sums: counts, channelCount: posts.count,
                    updatedAt: posts.compactMap(\.stalest).min())
            }
        }
    }
}

/// What the posts of one channel have of one metric.
private struct MetricSum {
    let kind: PostMetric.Kind
    let posts: Int64
    let value: Double
}

extension MetricTotals {
    fileprivate init(postCount: Int, sums: [MetricSum], channelCount: Int, updatedAt: Date?) {
        let byKind = Dictionary(grouping: sums, by: \.kind)
        let values = byKind.mapValues { sums in
            let total = sums.reduce(0) { $0 + $1.value }
            guard sums.first?.kind == .engagementRate else { return total }
            return total / Double(max(sums.reduce(0) { $0 + $1.posts }, 1))
        }
        // One sum for each channel that counts the kind.
        let common = byKind.filter { $0.value.count == channelCount }.keys
        self.init(postCount: postCount, values: values, commonKinds: Set(common), updatedAt: updatedAt)
    }
}
