import SluicePosting

/// The statement for a page of posts.
///
/// Filters that are not given are bound as NULL instead of being left out, so there are few statements to prepare. Those on
/// channels and status have forms of their own, since indexes serve them: a list without sent posts is short whatever the
/// history, and is found by status or channel and then sorted; any other is read along its order, of one channel by age within
/// that channel.
struct PostSelection {
    /// The statement.
    let sql: String
    /// Its values.
    let values: [StoredValue]
    /// Its order, which makes the cursors.
    let order: PostOrder

    /// - Throws: `PostingError.unknownCursor`.
    init(_ query: PostQuery, _ page: PageRequest) throws(PostingError) {
        let isSelective = query.statuses.map { !$0.contains(.sent) } ?? false
        let order = PostOrder(query.sort, isSelective: isSelective)
        let isAlongChannel = !isSelective && query.channelIDs?.count == 1 && query.sort.first?.key == .createdAt
        let isByChannel = isAlongChannel || (query.channelIDs != nil && isSelective)
        var conditions = [
            "\(isByChannel ? "+" : "")p.organization_id = ?1",
            "(?4 IS NULL OR p.due_at >= ?4) AND (?5 IS NULL OR p.due_at <= ?5)",
            "(?6 IS NULL OR p.created_at >= ?6) AND (?7 IS NULL OR p.created_at <= ?7)",
            "(?8 IS NULL OR (p.due_at IS NOT NULL) = ?8)",
            "(?9 IS NULL OR \(Self.tagged(9)))",
            "(?10 IS NULL OR \(Self.tagged(10)) OR (?11 AND NOT EXISTS (SELECT 1 FROM post_tags t WHERE t.post_id = p.id)))",
        ]
        let sign = isSelective ? "" : "+"
        if isAlongChannel {
            conditions.append("p.channel_id = ?2 ->> 0")
        } else if query.channelIDs != nil {
            conditions.append("\(sign)p.channel_id IN (SELECT value FROM json_each(?2))")
        }
        if query.statuses != nil { conditions.append("\(sign)p.status IN (SELECT value FROM json_each(?3))") }
        var values: [StoredValue] = [
            .id(query.organization), query.channelIDs.map { .list($0) } ?? .null, query.statuses.map { .list($0) } ?? .null,
            .moment(query.dueAt?.start), .moment(query.dueAt?.end), .moment(query.createdAt?.start),
            .moment(query.createdAt?.end),
            query.hasDueAt.map { .flag($0) } ?? .null, query.tagIDs.map { .list($0) } ?? .null,
            query.tags.map { .list($0.any) } ?? .null, .flag(query.tags?.orNone ?? false), .number(page.limit + 1),
        ]
        if let after = page.after {
            let start = try Standing(after, order: order.mark, valueCount: order.valueCount)
            conditions.append(order.condition(from: values.count + 1))
            values += start.bindings
        }
        sql = """
            SELECT \(Post.columns) FROM posts p WHERE \(conditions.joined(separator: " AND "))
            ORDER BY \(order.clause) LIMIT ?12
            """
        self.values = values
        self.order = order
    }

    /// Whether a post has one of the tags whose list is bound as this parameter.
    static func tagged(_ parameter: Int) -> String {
        """
        EXISTS (SELECT 1 FROM post_tags t WHERE t.post_id = p.id AND t.tag_id IN (SELECT value FROM json_each(?\(parameter))))
        """
    }
}
