import SluicePosting

extension Post {
    /// The columns of a post in the order that `init(_:)` reads them; the table is called `p`. Its service and tags are looked up
    /// in the same statement, so that a post is of one state of the database, and a page of them costs one statement.
    static let columns = """
        p.id, p.channel_id, p.organization_id, (SELECT c.service FROM channels c WHERE c.id = p.channel_id), p.author_id, p.text,
        p.assets, p.metadata, p.status, p.due_at, p.sent_at, p.share_mode, p.scheduling_type, p.via, p.idea_id, p.error,
        p.external_link, p.notification_status, p.metrics, p.metrics_updated_at, p.is_ai_assisted, p.planned_at, p.created_at,
        p.updated_at, (SELECT group_concat(t.tag_id, ' ') FROM
            (SELECT tag_id FROM post_tags WHERE post_id = p.id ORDER BY position) t)
        """

    /// The values of what may change, in the order `author_id … updated_at` without `via` and `created_at`.
    func changeable() throws -> [StoredValue] {
        [
            .id(author), .text(text), try .json(assets), try .maybeJSON(metadata), .text(status.rawValue), .moment(dueAt),
            .moment(sentAt), .text(shareMode.rawValue), .text(schedulingType.rawValue), .id(ideaID), try .maybeJSON(error),
            .maybe(externalLink), .maybe(notificationStatus?.rawValue), try .json(metrics), .moment(metricsUpdatedAt),
            .flag(isAIAssisted), .moment(plannedAt), .moment(updatedAt),
        ]
    }

    /// A post from its columns.
    init(_ row: some Columns) throws {
        self.init(
            id: try row.id(0, "posts.id"), channelID: try row.id(1, "posts.channel_id"),
            organization: try row.id(2, "posts.organization_id"), service: try row.word(3, "channels.service"),
            author: try row.maybeID(4, "posts.author_id"), text: row.text(5) ?? "", assets: try row.list(6, "posts.assets"),
            metadata: try row.maybeJSON(7, "posts.metadata"), status: try row.word(8, "posts.status"), dueAt: row.maybeMoment(9),
            shareMode: try row.word(11, "posts.share_mode"), schedulingType: try row.word(12, "posts.scheduling_type"),
            via: try row.word(13, "posts.via"), createdAt: row.moment(22))
        sentAt = row.maybeMoment(10)
        ideaID = try row.maybeID(14, "posts.idea_id")
        error = try row.maybeJSON(15, "posts.error")
        externalLink = row.text(16)
        notificationStatus = try row.maybeWord(17, "posts.notification_status")
        metrics = try row.list(18, "posts.metrics")
        metricsUpdatedAt = row.maybeMoment(19)
        isAIAssisted = row.flag(20)
        plannedAt = row.maybeMoment(21)
        updatedAt = row.moment(23)
        tagIDs = try row.ids(24, "post_tags.tag_id")
    }
}

extension Post {
    /// When it goes out by itself on this channel; `nil` if it does not.
    func wakes(on channel: Channel) -> StoredValue {
        status == .scheduled && channel.lets(out: shareMode) ? .moment(dueAt) : .null
    }
}
