import Foundation
import GRDB
import SluiceAuthority
import SluicePosting

/// The posts of one channel within a step of the writer.
///
/// It belongs to the step's transaction and must not outlive it, so it is neither sendable nor kept anywhere.
final class SQLiteLedger: PostLedger {
    let channel: Channel

    private let db: Database
    /// The channel with what this step changed about it: it decides what goes out by itself.
    private var present: Channel

    init(_ db: Database, _ channel: Channel) {
        self.db = db
        self.channel = channel
        present = channel
    }

    func post(_ id: PostID) throws -> Post? {
        try db.row("SELECT \(Post.columns) FROM posts p WHERE p.id = ? AND p.channel_id = ?", [.id(id), .id(channel.id)]) {
            try Post($0)
        }
    }

    func queue() throws -> [QueueEntry] {
        try db.rows(
            """
            SELECT id, due_at FROM posts WHERE channel_id = ? AND status = 'scheduled'
            AND share_mode IN ('addToQueue', 'shareNext') ORDER BY due_at, id
            """, [.id(channel.id)]
        ) { QueueEntry(id: try $0.id(0, "posts.id"), dueAt: $0.moment(1)) }
    }

    func takenMoments(from start: Date) throws -> [Date: Int] {
        let counts = try db.rows(
            "SELECT due_at, count(*) FROM posts WHERE channel_id = ? AND status = 'scheduled' AND due_at >= ? GROUP BY due_at",
            [.id(channel.id), .moment(start)]
        ) { ($0.moment(0), Int($0.integer(1))) }
        return Dictionary(counts, uniquingKeysWith: +)
    }

    func tally(from start: Date, to end: Date) throws -> PostTally {
        try db.tallies(of: [channel.id], from: start, to: end)[channel.id] ?? PostTally()
    }

    func scheduledCount() throws -> Int {
        try db.row(
            "SELECT count(*) FROM posts WHERE organization_id = ? AND status IN ('scheduled', 'needs_approval')",
            [.id(channel.organization)]
        ) { Int($0.integer(0)) } ?? 0
    }

    func knownTags(_ ids: [TagID]) throws -> Set<TagID> { try db.knownTags(ids, of: channel.organization) }

    func knowsIdea(_ id: IdeaID) throws -> Bool {
        try db.row(
            "SELECT 1 FROM ideas WHERE id = ? AND organization_id = ?", [.id(id), .id(channel.organization)]
        ) { _ in true } ?? false
    }

    func insert(_ post: Post) throws {
        guard post.channelID == channel.id, post.organization == channel.organization else { throw Self.stray }
        let fixed: [StoredValue] = [
            .id(post.id), .id(channel.id), .id(channel.organization), .text(post.via.rawValue), .moment(post.createdAt),
        ]
        try db.run(
            """
            INSERT INTO posts
            (id, channel_id, organization_id, via, created_at, wakes_at, author_id, text, assets, metadata, status, due_at, sent_at,
             share_mode, scheduling_type, idea_id, error, external_link, notification_status, metrics, metrics_updated_at,
             is_ai_assisted, planned_at, updated_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """, fixed + [post.wakes(on: present)] + post.changeable())
        try keepTags(of: post)
    }

    func update(_ post: Post) throws {
        let changed = try db.run(
            """
            UPDATE posts SET wakes_at = ?3, not_before = NULL, attempt = 0,
                author_id = ?4, text = ?5, assets = ?6, metadata = ?7, status = ?8, due_at = ?9, sent_at = ?10, share_mode = ?11,
                scheduling_type = ?12, idea_id = ?13, error = ?14, external_link = ?15, notification_status = ?16, metrics = ?17,
                metrics_updated_at = ?18, is_ai_assisted = ?19, planned_at = ?20, updated_at = ?21
            WHERE id = ?1 AND channel_id = ?2 AND ?8 <> 'sending'
            """, [.id(post.id), .id(channel.id), post.wakes(on: present)] + post.changeable())
        guard changed == 1 else { throw PostingError.notFound("Post") }
        try db.run("DELETE FROM post_tags WHERE post_id = ?", [.id(post.id)])
        try keepTags(of: post)
    }

    func move(_ id: PostID, to dueAt: Date) throws {
        let wakes = present.lets(out: .addToQueue)
        let changed = try db.run(
            """
            UPDATE posts SET due_at = ?3, wakes_at = CASE WHEN ?4 THEN max(?3, coalesce(not_before, ?3)) END
            WHERE id = ?1 AND channel_id = ?2 AND status = 'scheduled' AND share_mode IN ('addToQueue', 'shareNext')
            """, [.id(id), .id(channel.id), .moment(dueAt), .flag(wakes)])
        guard changed == 1 else { throw PostingError.notFound("Post") }
    }

    func delete(_ id: PostID) throws {
        let deleted = try db.run("DELETE FROM posts WHERE id = ? AND channel_id = ?", [.id(id), .id(channel.id)])
        guard deleted == 1 else { throw PostingError.notFound("Post") }
    }

    func update(_ channel: Channel) throws {
        guard channel.id == self.channel.id else { throw Self.stray }
        try db.run(
            """
            UPDATE channels SET name = ?2, display_name = ?3, time_zone = ?4, schedule = ?5, is_queue_paused = ?6, is_locked = ?7,
                is_disconnected = ?8, external_link = ?9, avatar_url = ?10, facts = ?11, posting_goal = ?12, updated_at = ?13
            WHERE id = ?1
            """, [.id(channel.id)] + channel.changeable() + [.moment(channel.updatedAt)])
        let before = present
        present = channel
        if ShareMode.allCases.contains(where: { before.lets(out: $0) != channel.lets(out: $0) }) { try rouse() }
    }

    /// Lets what is scheduled go out by itself, or not, as the channel now is. What waits for another attempt goes on waiting.
    private func rouse() throws {
        // Here and not at every look of the scheduler: what a paused channel holds back must cost nothing while it is held.
        try db.run(
            """
            UPDATE posts SET wakes_at =
                CASE WHEN CASE share_mode WHEN 'shareNow' THEN ?2 ELSE ?3 END THEN max(due_at, coalesce(not_before, due_at)) END
            WHERE channel_id = ?1 AND status = 'scheduled'
            """,
            [.id(channel.id), .flag(present.lets(out: .shareNow)), .flag(present.lets(out: .addToQueue))])
    }

    private func keepTags(of post: Post) throws {
        guard !post.tagIDs.isEmpty else { return }
        try db.run(
            """
            INSERT INTO post_tags (post_id, tag_id, position) SELECT ?1, value, key FROM json_each(?2) WHERE true
            ON CONFLICT DO NOTHING
            """, [.id(post.id), .list(post.tagIDs)])
    }

    // A fault of ours: nothing that a request says can get here.
    private static let stray = StoreError.corrupt("a step wrote to another channel than its own")
}
