import Foundation
import SluicePosting
import Testing

@testable import SluiceSQLite

/// Which way SQLite goes: a list or a look of the scheduler must not read rows that it does not show.
@Suite struct PostingPlanTests {
    private let store: SQLiteStore

    init() async throws { store = try await SQLiteStore.inMemory() }

    /// The steps of the statement itself, without those of the queries inside it, such as for the few tags of a post.
    private func plan(_ sql: String) throws -> String {
        try store.reader.read { db in
            let steps = try db.rows("EXPLAIN QUERY PLAN \(sql)") { (parent: $0.integer(1), text: $0.text(3) ?? "") }
            return steps.filter { $0.parent == 0 }.map(\.text).joined(separator: "\n")
        }
    }

    private func plan(
        _ sort: PostQuery.Sort, after: Bool, _ edit: (inout PostQuery) -> Void
    ) throws -> String {
        let organization = OrganizationReference { 1 }
        var query = PostQuery(organization: organization, sort: [sort])
        edit(&query)
        let order = PostOrder(query.sort, isSelective: false)
        let post = Post(
            id: PostID { 1 }, channelID: ChannelID { 2 }, organization: organization, service: .mastodon, author: nil, text: "",
            assets: [], metadata: nil, status: .sent, dueAt: nil, shareMode: .shareNow, schedulingType: .automatic, via: .api,
            createdAt: Date(timeIntervalSince1970: 1))
        let page = PageRequest(after: after ? order.standing(post).cursor : nil)
        return try plan(PostSelection(query, page).sql)
    }

    @Test(
        arguments: [
            (PostQuery.Sort(key: .createdAt, isAscending: false), "posts_by_creation"),
            (PostQuery.Sort(key: .createdAt, isAscending: true), "posts_by_creation"),
            (PostQuery.Sort(key: .dueAt, isAscending: false), "posts_by_due_falling"),
            (PostQuery.Sort(key: .dueAt, isAscending: true), "posts_by_due_rising"),
        ], [false, true])
    func `a list is read along the index of its order, from its cursor on`(
        order: (sort: PostQuery.Sort, index: String), hasCursor: Bool
    ) throws {
        for statuses in [nil, [PostStatus.sent], [.sent, .error]] as [[PostStatus]?] {
            for channels in [nil, [ChannelID { 1 }, ChannelID { 2 }]] as [[ChannelID]?] {
                let plan = try self.plan(order.sort, after: hasCursor) {
                    $0.statuses = statuses
                    $0.channelIDs = channels
                }
                #expect(plan.contains("INDEX \(order.index) (organization_id=?"), "\(plan)")
                #expect(!plan.contains("USE TEMP B-TREE FOR ORDER BY"), "\(plan)")
                #expect(plan.contains(hasCursor ? "AND " : "(organization_id=?)"), "\(plan)")
            }
        }
    }

    @Test(arguments: [false, true])
    func `a list of one channel by age is read along that channel, from its cursor on`(hasCursor: Bool) throws {
        for (statuses, isAscending) in [(nil, false), ([.sent], false), ([.sent, .error], true)] as [([PostStatus]?, Bool)] {
            let plan = try self.plan(.init(key: .createdAt, isAscending: isAscending), after: hasCursor) {
                $0.statuses = statuses
                $0.channelIDs = [ChannelID { 1 }]
            }
            let range = hasCursor ? " AND created_at\(isAscending ? ">" : "<")?" : ""
            #expect(plan.contains("INDEX posts_of_channel_by_creation (channel_id=?\(range))"), "\(plan)")
            #expect(!plan.contains("USE TEMP B-TREE FOR ORDER BY"), "\(plan)")
        }
    }

    @Test func `a list of what waits is found by status, or by channel and status, however much was sent`() throws {
        for sort in [PostQuery.Sort(key: .dueAt, isAscending: true), .init(key: .createdAt, isAscending: false)] {
            let byStatus = try plan(sort, after: false) { $0.statuses = [.scheduled, .draft] }
            #expect(byStatus.contains("INDEX posts_by_status (organization_id=? AND status=?)"), "\(byStatus)")
        }
        let byChannel = try plan(.init(key: .dueAt, isAscending: true), after: false) {
            $0.statuses = [.scheduled]
            $0.channelIDs = [ChannelID { 1 }]
        }
        #expect(byChannel.contains("INDEX posts_of_channel (channel_id=? AND status=?)"), "\(byChannel)")
    }

    @Test func `what is due is found without looking at anything else`() throws {
        let due = try plan("SELECT id FROM posts WHERE wakes_at <= 1 ORDER BY wakes_at, id LIMIT 5")
        #expect(due == "SEARCH posts USING COVERING INDEX posts_waking (wakes_at<?)")
        let next = try plan("SELECT wakes_at FROM posts WHERE wakes_at IS NOT NULL ORDER BY wakes_at LIMIT 1")
        #expect(next.contains("COVERING INDEX posts_waking"), "\(next)")
    }
}
