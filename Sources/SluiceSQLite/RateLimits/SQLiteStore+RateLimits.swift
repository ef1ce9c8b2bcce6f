package import Foundation
import GRDB
package import SluiceAuthority

extension SQLiteStore {
    /// Adds to what was counted before, by whatever node.
    package func addRateCounts(_ counts: [RateCount]) async throws {
        guard !counts.isEmpty else { return }
        try await writer.write(.several) { db in
            for count in counts {
                try db.run(
                    """
                    INSERT INTO rate_counts (bucket, span, step, count, ends_at) VALUES (?, ?, ?, ?, ?)
                    ON CONFLICT (bucket, span, step) DO UPDATE SET count = count + excluded.count
                    """,
                    [
                        .text(count.bucket.text), .text(count.step.window.rawValue), .number(count.step.number),
                        .number(count.count), .moment(count.step.end),
                    ])
            }
        }
    }

    /// What all nodes together counted of a bucket in steps that are still in their window at `now`.
    package func rateCounts(of bucket: RateBucket, at now: Date) async throws -> [RateCount] {
        try reader.read { db in
            // Of a window there are 60 steps and, from a node whose clock is ahead, a few more.
            try db.rows(
                """
                SELECT span, step, count FROM rate_counts WHERE bucket = ? AND ends_at > ?
                ORDER BY span, step DESC LIMIT 1000
                """,
                [.text(bucket.text), .moment(now)]
            ) { row in
                let window = try row.present(row.text(0).flatMap { RateWindow(rawValue: $0) }, "rate_counts.span")
                return RateCount(
                    bucket: bucket, step: RateStep(window: window, number: Int(row.integer(1))),
                    count: Int(row.integer(2)))
            }
        }
    }

    /// Deletes the counts that left their windows before `date`.
    package func sweepRateCounts(before date: Date) async throws {
        // A thousand at a time: requests' writes go between.
        while try await writer.write(
            .statement,
            { db in
                try db.run(
                    """
                    DELETE FROM rate_counts WHERE (bucket, span, step) IN
                        (SELECT bucket, span, step FROM rate_counts WHERE ends_at < ? LIMIT 1000)
                    """,
                    [.moment(date)])
            }) == 1000
        {}
    }
}
