extension Migration {
    /// Counted requests, for the rate limits.
    ///
    /// A row is what all nodes together counted of a bucket in one step of one window. It is keyed by all three, so a reading of a bucket
    /// is one range, and an index by end finds what a sweep takes.
    static let rateCounts = Migration(
        number: 4,
        sql: """
            CREATE TABLE rate_counts (
                -- `key` or `client` and the id, which may be of a deleted one.
                bucket TEXT NOT NULL,
                span TEXT NOT NULL CHECK (span IN ('15m', '24h', '30d')),
                step INTEGER NOT NULL,
                count INTEGER NOT NULL CHECK (count > 0),
                -- When the step leaves its window.
                ends_at INTEGER NOT NULL,
                PRIMARY KEY (bucket, span, step)
            ) STRICT, WITHOUT ROWID;
            CREATE INDEX rate_counts_by_end ON rate_counts (ends_at);
            """)
}
