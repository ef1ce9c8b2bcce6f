import Foundation
import Testing

@testable import SluicePosting

@Suite("Approval, retries, reminders")
struct ApprovalTests {
    private let world: World

    init() throws { world = try World() }

    private func waiting(_ channel: Channel, _ mode: ShareMode = .addToQueue, dueAt: Date? = nil) async throws -> Post {
        var draft = world.draft(channel, "Hello", mode, dueAt: dueAt)
        draft.needsApproval = true
        return try await world.posting.posts.create(draft)
    }

    @Test func `a post that waits for approval is not in the queue and does not go out`() async throws {
        let channel = try await world.channel()
        let queued = try await waiting(channel)
        let custom = try await waiting(channel, .customScheduled, dueAt: world.now + 600)
        let now = try await waiting(channel, .shareNow)
        #expect(queued.status == .needsApproval && queued.dueAt == nil && !queued.isQueued)
        #expect(custom.dueAt == world.now + 600 && now.dueAt == nil)
        world.now += 86_400
        #expect(await world.posting.scheduler.runDue() == 0)
    }

    @Test func `it must be fit to go out`() async throws {
        let channel = try await world.channel(.tiktok)
        await #expect(throws: PostingError.invalid(["TikTok posts require at least one image or video"])) {
            try await waiting(channel)
        }
    }

    @Test func `approval places it by its mode`() async throws {
        let channel = try await world.channel()
        let queued = try await waiting(channel)
        let custom = try await waiting(channel, .customScheduled, dueAt: world.now + 600)
        try await world.post(channel)
        let approved = try await world.posting.posts.approve(queued.id)
        #expect(try approved.status == .scheduled && approved.dueAt == moment("2026-11-25T09:00:00Z"))
        #expect(try await world.posting.posts.approve(custom.id).dueAt == world.now + 600)
        await #expect(throws: PostingError.conflict("The post does not wait for approval")) {
            try await world.posting.posts.approve(custom.id)
        }
    }

    @Test func `approval that comes after the planned moment asks for another`() async throws {
        let custom = try await waiting(world.channel(), .customScheduled, dueAt: world.now + 600)
        world.now += 3_600
        await #expect(throws: PostingError.invalid(["dueAt must be in the future"])) {
            try await world.posting.posts.approve(custom.id)
        }
        #expect(try await world.posting.posts.post(custom.id)?.status == .needsApproval)
    }

    @Test func `rejection makes it a draft that knows its moment`() async throws {
        let custom = try await waiting(world.channel(), .customScheduled, dueAt: world.now + 600)
        let draft = try await world.posting.posts.reject(custom.id)
        #expect(draft.status == .draft && draft.dueAt == nil && draft.plannedAt == world.now + 600)
        await #expect(throws: PostingError.conflict("The post does not wait for approval")) {
            try await world.posting.posts.reject(custom.id)
        }
    }

    @Test func `an edit asks for approval and takes the request back`() async throws {
        let channel = try await world.channel()
        let post = try await world.post(channel)
        var edit = PostEdit()
        edit.approvalChange = .request
        let asked = try await world.posting.posts.edit(post.id, edit)
        #expect(asked.status == .needsApproval && asked.dueAt == nil)
        #expect(await world.queue(of: channel) == [], "its time is free again")
        edit.approvalChange = .revert
        #expect(try await world.posting.posts.edit(post.id, edit).status == .draft)
        await #expect(throws: PostingError.conflict("The post does not wait for approval")) {
            try await world.posting.posts.edit(post.id, edit)
        }
        edit.approvalChange = .request
        edit.isDraft = true
        await #expect(throws: PostingError.invalid(["A draft does not ask for approval"])) {
            try await world.posting.posts.edit(post.id, edit)
        }
    }

    @Test func `no edit gets round approval`() async throws {
        let post = try await waiting(world.channel())
        for mode in [nil, ShareMode.addToQueue, .shareNext, .shareNow] {
            var edit = PostEdit()
            edit.isDraft = false
            edit.mode = mode
            #expect(try await world.posting.posts.edit(post.id, edit).status == .needsApproval)
        }
        #expect(await world.posting.scheduler.runDue() == 0)
    }

    @Test func `a post that failed is tried again now, past a paused queue`() async throws {
        let channel = try await world.channel()
        let post = try await world.post(channel, "Hello", .shareNow)
        await #expect(throws: PostingError.conflict("Only a post that failed can be tried again")) {
            try await world.posting.posts.retry(post.id)
        }
        try await world.posting.outbox.fail(next: 1, of: channel.id, with: PublishingError(message: "No"))
        await world.posting.scheduler.runDue()
        #expect(try await world.posting.posts.post(post.id)?.error == PublishingError(message: "No"))
        _ = try await world.posting.channels.setQueuePaused(true, of: channel.id, of: world.organization)
        world.now += 60
        let again = try await world.posting.posts.retry(post.id)
        #expect(again.status == .scheduled && again.dueAt == world.now && again.error == nil)
        #expect(await world.posting.scheduler.runDue() == 1)
        #expect(try await world.posting.posts.post(post.id)?.status == .sent)
    }

    @Test func `a reminder is sent, and marked as published once`() async throws {
        let channel = try await world.channel()
        var draft = world.draft(channel, "Hello", .shareNow)
        draft.schedulingType = .notification
        let post = try await world.posting.posts.create(draft)
        await #expect(throws: PostingError.self) { try await world.posting.posts.markPublished(post.id) }
        #expect(await world.posting.scheduler.runDue() == 1)
        let reminded = try #require(await world.posting.posts.post(post.id))
        #expect(reminded.status == .sent && reminded.notificationStatus == .notified && reminded.metrics.isEmpty)
        #expect(try await world.posting.outbox.list(of: world.organization).elements == [], "nothing went to the network")
        world.now += 60
        let marked = try await world.posting.posts.markPublished(post.id)
        #expect(marked.notificationStatus == .markedAsPublished && marked.sentAt == world.now)
        await #expect(throws: PostingError.conflict("Only a post that somebody was reminded of can be marked as published")) {
            try await world.posting.posts.markPublished(post.id)
        }
    }
}
