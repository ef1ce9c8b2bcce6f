import Foundation
import Testing

@testable import SluicePosting

@Suite("Changing posts")
struct EditPostTests {
    private let world: World

    init() throws { world = try World() }

    @discardableResult
    private func edit(_ post: Post, _ change: (inout PostEdit) -> Void) async throws -> Post {
        var edit = PostEdit()
        change(&edit)
        return try await world.posting.posts.edit(post.id, edit)
    }

    private func status(_ post: Post) async throws -> PostStatus? { try await world.posting.posts.post(post.id)?.status }

    @Test func `what an edit leaves out stays, its time too`() async throws {
        let channel = try await world.channel(.facebook)
        let said = PostMetadata.facebook(.init(type: .post))
        let post = try await world.posting.posts.create(world.draft(channel, assets: [.picture], metadata: said))
        world.now += 60
        let edited = try await edit(post) { $0.text = "Other words" }
        var expected = post
        expected.text = "Other words"
        expected.updatedAt = world.now
        #expect(edited == expected)
        #expect(try await edit(post) { $0.assets = [] }.assets == [], "an empty list takes them away")
    }

    @Test func `content is checked with what stays`() async throws {
        let channel = try await world.channel(.instagram)
        let said = PostMetadata.instagram(.init(type: .post, shouldShareToFeed: true))
        let post = try await world.posting.posts.create(world.draft(channel, assets: [.picture], metadata: said))
        await #expect(throws: PostingError.invalid(["Instagram posts require at least one image or video"])) {
            try await edit(post) { $0.assets = [] }
        }
        #expect(try await world.posting.posts.post(post.id) == post)
    }

    @Test func `a thread's text is changed with its first item`() async throws {
        let channel = try await world.channel(.twitter)
        var said = PostMetadata.Threaded()
        said.thread = [.init(text: "root"), .init(text: "more")]
        let post = try await world.posting.posts.create(world.draft(channel, "root", metadata: .twitter(said)))
        await #expect(throws: PostingError.invalid(["The text of a thread must be the text of its first item"])) {
            try await edit(post) { $0.text = "other" }
        }
        said.thread[0].text = "other"
        #expect(
            try await edit(post) {
                $0.text = "other"
                $0.metadata = .twitter(said)
            }.metadata == .twitter(said))
    }

    @Test func `the same mode keeps the time, another places anew`() async throws {
        let channel = try await world.channel()
        let first = try await world.post(channel, "a")
        let second = try await world.post(channel, "b")
        #expect(try await edit(first) { $0.mode = .addToQueue }.dueAt == first.dueAt)
        let named = world.now + 600
        let custom = try await edit(first) {
            $0.mode = .customScheduled
            $0.dueAt = named
        }
        #expect(custom.dueAt == named && custom.shareMode == .customScheduled && !custom.isQueued)
        #expect(try await edit(first) { $0.mode = .customScheduled }.dueAt == named, "without a moment it keeps its own")
        #expect(try await edit(second) { $0.mode = .shareNext }.dueAt == (try moment("2026-11-24T09:00:00Z")))
        #expect(try await edit(first) { $0.mode = .addToQueue }.dueAt == (try moment("2026-11-25T09:00:00Z")))
        #expect(try await edit(first) { $0.mode = .shareNow }.dueAt == world.now)
    }

    @Test func `shareNext in an edit brings a queued post to the front`() async throws {
        let channel = try await world.channel()
        for text in ["a", "b"] { try await world.post(channel, text) }
        let last = try await world.post(channel, "c")
        try await edit(last) { $0.mode = .shareNext }
        #expect(await world.queue(of: channel) == ["c 24 09:00", "a 25 09:00", "b 26 09:00"])
        try await world.post(channel, "x", .shareNext)
        try await edit(last) { $0.mode = .shareNext }
        #expect(await world.queue(of: channel) == ["c 24 09:00", "x 25 09:00", "a 26 09:00", "b 27 09:00"])
    }

    @Test func `a moment without a mode is meant, unless it is the one there is`() async throws {
        let channel = try await world.channel()
        let post = try await world.post(channel)
        #expect(try await edit(post) { $0.dueAt = post.dueAt }.shareMode == .addToQueue)
        let moved = try await edit(post) { $0.dueAt = world.now + 600 }
        #expect(moved.shareMode == .customScheduled && moved.dueAt == world.now + 600)
        #expect(try await edit(post) { $0.dueAt = world.now + 900 }.dueAt == world.now + 900)
        await #expect(throws: PostingError.invalid(["dueAt must be in the future"])) {
            try await edit(post) { $0.dueAt = world.now - 900 }
        }
    }

    @Test func `customScheduled needs a moment`() async throws {
        let post = try await world.post(world.channel())
        await #expect(throws: PostingError.invalid(["dueAt is required with the mode customScheduled"])) {
            try await edit(post) { $0.mode = .customScheduled }
        }
    }

    @Test func `a post becomes a draft and a draft a post, by the mode it had`() async throws {
        let channel = try await world.channel()
        let named = world.now + 600
        let custom = try await world.post(channel, "custom", .customScheduled, dueAt: named)
        let draft = try await edit(custom) { $0.isDraft = true }
        #expect(draft.status == .draft && draft.dueAt == nil && draft.plannedAt == named)
        let again = try await edit(custom) { $0.isDraft = false }
        #expect(again.status == .scheduled && again.dueAt == named && again.plannedAt == nil)

        let queued = try await world.post(channel, "queued")
        try await edit(queued) { $0.isDraft = true }
        try await world.post(channel, "other")
        #expect(
            try await edit(queued) { $0.isDraft = false }.dueAt == (try moment("2026-11-25T09:00:00Z")), "its time was given away"
        )
    }

    @Test func `a draft stays one unless the edit says otherwise`() async throws {
        let channel = try await world.channel(.instagram)
        var draft = world.draft(channel, "")
        draft.isDraft = true
        let post = try await world.posting.posts.create(draft)
        #expect(try await edit(post) { $0.text = "Words" }.status == .draft)
        #expect(try await edit(post) { $0.mode = .shareNow }.status == .draft)
        await #expect(
            throws: PostingError.invalid([
                "Instagram posts require at least one image or video", "Instagram posts require a type (post, story, or reel)",
            ])
        ) { try await edit(post) { $0.isDraft = false } }
        #expect(try await status(post) == .draft)
    }

    @Test func `a planned moment that has passed is no longer one`() async throws {
        var draft = world.draft(try await world.channel(), "Hello", .customScheduled, dueAt: world.now + 600)
        draft.isDraft = true
        let post = try await world.posting.posts.create(draft)
        world.now += 3_600
        await #expect(throws: PostingError.invalid(["dueAt must be in the future"])) {
            try await edit(post) { $0.isDraft = false }
        }
        #expect(try await edit(post) { $0.dueAt = world.now + 60 }.plannedAt == world.now + 60)
    }

    @Test func `a post on its way out cannot be touched`() async throws {
        let post = try await world.post(world.channel(), "Hello", .shareNow)
        _ = try await world.shelf.claimDue(at: world.now, leaseEnds: world.now + 60, limit: 1)
        await #expect(throws: PostingError.conflict("The post is on its way out and cannot be changed")) {
            try await edit(post) { $0.text = "Other" }
        }
        await #expect(throws: PostingError.conflict("The post is on its way out and cannot be changed")) {
            try await edit(post) { $0.tagIDs = [] }
        }
        await #expect(throws: PostingError.conflict("The post is on its way out and cannot be deleted")) {
            try await world.posting.posts.delete(post.id)
        }
        #expect(try await status(post) == .sending)
    }

    @Test func `of a post that is out only the tags change`() async throws {
        let post = try await world.post(world.channel(), "Hello", .shareNow)
        await world.posting.scheduler.runDue()
        let tag = try await world.posting.tags.add(named: "news", color: .red, to: world.organization)
        let tagged = try await edit(post) { $0.tagIDs = [tag.id] }
        #expect(tagged.status == .sent && tagged.tagIDs == [tag.id])
        await #expect(throws: PostingError.conflict("The post is out: only its tags can still be changed")) {
            try await edit(post) { $0.text = "Other" }
        }
        try await world.posting.posts.delete(post.id)
    }

    @Test func `a locked channel's posts stay as they are, but for their tags`() async throws {
        let channel = try await world.channel()
        let post = try await world.post(channel)
        let tag = try await world.posting.tags.add(named: "news", color: .red, to: world.organization)
        _ = try await world.posting.channels.edit(channel.id, of: world.organization, ChannelEdit(isLocked: true))
        await #expect(throws: PostingError.conflict("The channel is locked and takes no posts")) {
            try await edit(post) { $0.text = "Other" }
        }
        #expect(try await edit(post) { $0.tagIDs = [tag.id] }.tagIDs == [tag.id])
    }

    @Test func `an error stays until somebody names a time or a mode`() async throws {
        let channel = try await world.channel()
        let post = try await world.post(channel, "Hello", .shareNow)
        try await world.posting.outbox.fail(next: 1, of: channel.id, with: PublishingError(message: "No"))
        await world.posting.scheduler.runDue()
        let failed = try await edit(post) { $0.text = "Better" }
        #expect(failed.status == .error && failed.error?.message == "No" && failed.text == "Better")
        let again = try await edit(post) { $0.mode = .addToQueue }
        #expect(try again.status == .scheduled && again.error == nil && again.dueAt == moment("2026-11-24T09:00:00Z"))
    }

    @Test func `scheduling type, machine and idea change`() async throws {
        let post = try await world.post(world.channel())
        let idea = try await world.posting.ideas.create(IdeaDraft(organization: world.organization, content: .init(text: "a")))
        let edited = try await edit(post) {
            $0.schedulingType = .notification
            $0.isAIAssisted = true
            $0.ideaID = idea.id
        }
        #expect(edited.schedulingType == .notification && edited.isAIAssisted && edited.ideaID == idea.id)
        #expect(edited.dueAt == post.dueAt)
    }
}
