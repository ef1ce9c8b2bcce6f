import Foundation
import SluiceAuthority
import SluicePosting
import Testing

@testable import SluiceSQLite

/// Rows that another hand has bent.
@Suite struct PostingDamageTests {
    private static let now = Date(timeIntervalSince1970: 1_800_000_000)

    private let store: SQLiteStore
    private let channel: Channel

    init() async throws {
        store = try await SQLiteStore.inMemory()
        let organization = OrganizationReference { 1 }
        _ = try await store.writer.write(.statement) { db in
            try db.run("INSERT INTO organizations (id, name, created_at) VALUES (?, 'O', 0)", [.id(organization)])
        }
        channel = Channel(
            id: ChannelID { 2 }, organization: organization, service: .mastodon, type: .profile, serviceID: "1", name: "N",
            displayName: nil, timeZone: "UTC", schedule: .standard, isQueuePaused: false, isLocked: false, isDisconnected: false,
            externalLink: nil, avatarURL: nil, facts: ChannelFacts(), postingGoal: nil, publisher: .outbox, createdAt: Self.now,
            updatedAt: Self.now)
        #expect(try await store.insert(channel, limit: 1) == .inserted)
    }

    private func makePost(_ number: UInt64) async throws -> PostID {
        let post = Post(
            id: PostID { number }, channelID: channel.id, organization: channel.organization, service: .mastodon, author: nil,
            text: "Hello", assets: [], metadata: nil, status: .scheduled, dueAt: Self.now, shareMode: .shareNow,
            schedulingType: .automatic, via: .api, createdAt: Self.now)
        try await store.change(channel.id) { try $0.insert(post) }
        return post.id
    }

    private func bend(_ assignment: String, _ id: PostID) async throws {
        _ = try await store.writer.write(.statement) { try $0.run("UPDATE posts SET \(assignment) WHERE id = ?", [.id(id)]) }
    }

    @Test(arguments: [
        ("assets = '{}'", "posts.assets"), ("metrics = '[1]'", "posts.metrics"),
        ("metadata = '{\"mastodon\":1}'", "posts.metadata"),
        ("idea_id = 'x'", "posts.idea_id"), ("author_id = ''", "posts.author_id"),
    ])
    func `a value that cannot be read is reported by its column, without its content`(
        assignment: String, column: String
    ) async throws {
        let id = try await makePost(7)
        try await bend(assignment, id)
        await #expect(throws: StoreError.corrupt("a row without a valid \(column)")) { try await store.post(id) }
    }

    @Test(arguments: [
        "assets = 'no JSON'", "status = 'later'", "wakes_at = NULL, status = 'sending'", "due_at = NULL",
        "sent_at = NULL, status = 'sent'",
        "share_mode = 'someday'", "status = 'draft'",
    ])
    func `the schema refuses what no post can be`(assignment: String) async throws {
        let id = try await makePost(7)
        await #expect(throws: StoreError.self) { try await bend(assignment, id) }
    }

    @Test func `a damaged post holds up no other that is due; alone it is reported each time its lease ends`() async throws {
        let (damaged, sound) = (try await makePost(7), try await makePost(8))
        try await bend("assets = '{}'", damaged)
        let lease = Self.now.addingTimeInterval(60)
        #expect(try await store.claimDue(at: Self.now, leaseEnds: lease, limit: 9).map(\.post.id) == [sound])
        #expect(try await store.claimDue(at: Self.now, leaseEnds: lease, limit: 9).isEmpty)
        try await store.change(channel.id) { try $0.delete(sound) }
        await #expect(throws: StoreError.corrupt("a row without a valid posts.assets")) {
            try await store.claimDue(at: lease, leaseEnds: lease.addingTimeInterval(60), limit: 9)
        }
    }

    @Test func `only a claim makes a post one that is being sent`() async throws {
        let post = Post(
            id: PostID { 9 }, channelID: channel.id, organization: channel.organization, service: .mastodon, author: nil,
            text: "Hello", assets: [], metadata: nil, status: .sending, dueAt: Self.now, shareMode: .shareNow,
            schedulingType: .automatic, via: .api, createdAt: Self.now)
        await #expect(throws: StoreError.self) { try await store.change(channel.id) { try $0.insert(post) } }
        let waiting = try await makePost(7)
        await #expect(throws: PostingError.notFound("Post")) {
            try await store.change(channel.id) { ledger in
                guard var post = try ledger.post(waiting) else { return }
                post.status = .sending
                try ledger.update(post)
            }
        }
    }
}
