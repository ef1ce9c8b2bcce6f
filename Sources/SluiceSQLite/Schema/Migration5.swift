extension Migration {
    /// When a post that waits for another attempt may be claimed again, whether or not its channel lets it out meanwhile; and the
    /// posts of one channel in the order they were made.
    static let postsInOrder = Migration(
        number: 5,
        sql: """
            ALTER TABLE posts ADD COLUMN not_before INTEGER;
            UPDATE posts SET not_before = wakes_at WHERE status = 'scheduled' AND wakes_at > due_at;
            CREATE INDEX posts_of_channel_by_creation ON posts (channel_id, created_at, id);
            """)
}
