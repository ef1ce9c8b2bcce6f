import Foundation
import Testing

@testable import SluicePosting

@Suite("Making posts")
struct CreatePostTests {
    private let world: World

    init() throws { world = try World() }

    @Test func `a post has what its draft says and what its channel is`() async throws {
        let channel = try await world.channel(.twitter)
        var draft = world.draft(channel, "Hello", assets: [.picture])
        draft.schedulingType = .notification
        draft.isAIAssisted = true
        let post = try await world.posting.posts.create(draft)
        #expect(post.channelID == channel.id && post.organization == world.organization && post.service == .twitter)
        #expect(post.author == world.author && post.text == "Hello" && post.assets == [.picture])
        #expect(post.status == .scheduled && post.shareMode == .addToQueue && post.schedulingType == .notification)
        #expect(post.via == .api && post.isAIAssisted && post.createdAt == world.now && post.updatedAt == world.now)
        #expect(try post.dueAt == moment("2026-11-24T09:00:00Z") && post.sentAt == nil && post.metrics.isEmpty)
        #expect(try await world.posting.posts.post(post.id) == post)
    }

    @Test func `every call makes a new post`() async throws {
        let channel = try await world.channel()
        let first = try await world.post(channel)
        #expect(try await world.post(channel).id != first.id)
    }

    @Test func `several complaints come at once, in one order, and nothing is kept`() async throws {
        let channel = try await world.channel(.instagram)
        let error = await #expect(throws: PostingError.self) { try await world.post(channel) }
        #expect(
            error?.message
                == "Instagram posts require at least one image or video., Instagram posts require a type (post, story, or reel).")
        await #expect(
            throws: PostingError.invalid([
                "Instagram posts require at least one image or video", "Instagram posts require a type (post, story, or reel)",
                "dueAt is required with the mode customScheduled",
            ])
        ) { try await world.post(channel, "Hello", .customScheduled) }
        #expect(await world.posts().isEmpty)
    }

    @Test func `one complaint stands alone`() async throws {
        let channel = try await world.channel()
        let error = await #expect(throws: PostingError.self) { try await world.post(channel, "") }
        #expect(error?.message == "Text is required")
    }

    @Test func `an unknown channel is not found`() async throws {
        let id = ChannelID(random: world.surroundings.environment.random)
        await #expect(throws: PostingError.notFound("Channel")) {
            try await world.posting.posts.create(PostDraft(channelID: id, author: nil, text: "Hello"))
        }
        #expect(PostingError.notFound("Channel").message == "Channel not found")
    }

    @Test func `metadata for another service is refused, for drafts too`() async throws {
        let channel = try await world.channel(.bluesky)
        var draft = world.draft(channel, metadata: .facebook(.init(type: .post)))
        for isDraft in [false, true] {
            draft.isDraft = isDraft
            await #expect(throws: PostingError.invalid(["Metadata for Facebook does not fit a Bluesky channel"])) {
                try await world.posting.posts.create(draft)
            }
        }
    }

    @Test func `a pin goes to a board of its channel, a draft of one too`() async throws {
        let board = ChannelFacts.Board(id: "0123456789abcdef01234567", serviceID: "b1", name: "Board", url: "https://example.com")
        let channel = try await world.channel(.pinterest, facts: ChannelFacts(boards: [board]))
        var draft = world.draft(channel, assets: [.picture], metadata: .pinterest(.init(boardServiceID: "b1")))
        #expect(try await world.posting.posts.create(draft).status == .scheduled)
        draft.metadata = .pinterest(.init(boardServiceID: "b2"))
        for isDraft in [false, true] {
            draft.isDraft = isDraft
            await #expect(throws: PostingError.invalid(["The board is not one of this channel's boards"])) {
                try await world.posting.posts.create(draft)
            }
        }
    }

    @Test func `the text of a thread must be its first item's`() async throws {
        let channel = try await world.channel(.twitter)
        var said = PostMetadata.Threaded()
        said.thread = [.init(text: "root"), .init(text: "more")]
        #expect(
            try await world.posting.posts.create(world.draft(channel, "root", metadata: .twitter(said))).metadata?.thread.count
                == 2)
        await #expect(throws: PostingError.invalid(["The text of a thread must be the text of its first item"])) {
            try await world.posting.posts.create(world.draft(channel, "other", metadata: .twitter(said)))
        }
    }

    @Test func `what is too large is refused before a channel is held still`() async throws {
        let nowhere = ChannelID(random: world.surroundings.environment.random)
        var draft = PostDraft(channelID: nowhere, author: nil, text: String(repeating: "a", count: 50_001))
        // Not `notFound`: neither channel nor post was ever asked for.
        await #expect(throws: PostingError.invalid(["The text may have at most 50000 characters"])) {
            try await world.posting.posts.create(draft)
        }
        var said = PostMetadata.Threaded()
        said.thread = [.init(text: "a"), .init(text: draft.text)]
        draft.text = "a"
        draft.metadata = .mastodon(said)
        var edit = PostEdit()
        edit.metadata = draft.metadata
        let refusal = PostingError.invalid(["The texts of a thread together may have at most 50000 characters"])
        await #expect(throws: refusal) { try await world.posting.posts.create(draft) }
        await #expect(throws: refusal) {
            try await world.posting.posts.edit(PostID(random: world.surroundings.environment.random), edit)
        }
    }

    @Test func `tags and idea must be the organization's`() async throws {
        let channel = try await world.channel()
        let tag = try await world.posting.tags.add(named: "news", color: .red, to: world.organization)
        let foreign = try await world.posting.tags.add(named: "news", color: .red, to: world.stranger)
        let idea = try await world.posting.ideas.create(IdeaDraft(organization: world.organization, content: .init(text: "a")))
        let foreignIdea = try await world.posting.ideas.create(IdeaDraft(organization: world.stranger, content: .init(text: "a")))
        var draft = world.draft(channel)
        draft.tagIDs = [tag.id, tag.id]
        draft.ideaID = idea.id
        let post = try await world.posting.posts.create(draft)
        #expect(post.tagIDs == [tag.id] && post.ideaID == idea.id)
        draft.tagIDs = [tag.id, foreign.id]
        await #expect(throws: PostingError.notFound("Tag")) { try await world.posting.posts.create(draft) }
        draft.tagIDs = []
        draft.ideaID = foreignIdea.id
        await #expect(throws: PostingError.notFound("Idea")) { try await world.posting.posts.create(draft) }
        draft.ideaID = nil
        draft.tagIDs = (0..<51).map { _ in TagID(random: world.surroundings.environment.random) }
        await #expect(throws: PostingError.invalid(["A post may have at most 50 tags"])) {
            try await world.posting.posts.create(draft)
        }
        #expect(await world.posts().count == 1)
    }

    @Test func `a locked and a disconnected channel take no posts`() async throws {
        let channel = try await world.channel()
        _ = try await world.posting.channels.edit(channel.id, of: world.organization, ChannelEdit(isLocked: true))
        await #expect(throws: PostingError.conflict("The channel is locked and takes no posts")) { try await world.post(channel) }
        _ = try await world.posting.channels.edit(
            channel.id, of: world.organization, ChannelEdit(isLocked: false, isDisconnected: true))
        await #expect(throws: PostingError.conflict("The channel is disconnected: connect it again before posting to it")) {
            try await world.post(channel)
        }
    }

    @Test(arguments: [
        ("in an hour", 3_600.0, nil), ("a clock that is a little behind", -60, nil),
        ("a clock that is further behind", -61, "dueAt must be in the future"),
        ("in ten years", 9 * 365.25 * 86_400, nil),
        ("in twelve years", 12 * 365.25 * 86_400, "dueAt may be at most 10 years ahead"),
    ])
    func `a named moment is in the future`(why: String, seconds: TimeInterval, complaint: String?) async throws {
        let channel = try await world.channel()
        let dueAt = world.now + seconds
        guard let complaint else {
            let post = try await world.post(channel, "Hello", .customScheduled, dueAt: dueAt)
            #expect(post.dueAt == dueAt && post.shareMode == .customScheduled && !post.isQueued, "\(why)")
            return
        }
        await #expect(throws: PostingError.invalid([complaint]), "\(why)") {
            try await world.post(channel, "Hello", .customScheduled, dueAt: dueAt)
        }
    }

    @Test func `a named moment is kept to the millisecond, so that it reads back as it was answered`() async throws {
        let channel = try await world.channel()
        let post = try await world.post(channel, "Hello", .customScheduled, dueAt: world.now + 60.1239)
        #expect(post.dueAt == Date(timeIntervalSince1970: world.now.timeIntervalSince1970 + 60.123))
    }

    @Test func `a whole millisecond stays what it is, though most have no exact fraction`() {
        for millisecond in stride(from: 1_000_000_000_000, to: 3_000_000_000_000, by: 400_000_007) {
            let exact = Date(timeIntervalSince1970: Double(millisecond) / 1_000)
            #expect(exact.inMilliseconds == exact)
        }
    }

    @Test func `a moment beside another mode is not heeded`() async throws {
        let channel = try await world.channel()
        let post = try await world.post(channel, "Hello", .addToQueue, dueAt: world.now + 60)
        #expect(post.dueAt == (try moment("2026-11-24T09:00:00Z")))
    }

    @Test func `shareNow is due now`() async throws {
        let channel = try await world.channel()
        let post = try await world.post(channel, "Hello", .shareNow)
        #expect(post.dueAt == world.now && post.status == .scheduled)
    }

    @Test func `a draft has no time, keeps what its writer planned, and skips what would have to be there`() async throws {
        let channel = try await world.channel(.instagram)
        var draft = world.draft(channel, String(repeating: "a", count: 3_000), .customScheduled, dueAt: world.now + 600)
        draft.isDraft = true
        let post = try await world.posting.posts.create(draft)
        #expect(post.status == .draft && post.dueAt == nil && post.plannedAt == world.now + 600)
        draft.mode = .addToQueue
        draft.text = ""
        let empty = try await world.posting.posts.create(draft)
        #expect(empty.status == .draft && empty.dueAt == nil && empty.plannedAt == nil)
        draft.text = String(repeating: "a", count: 50_001)
        await #expect(throws: PostingError.invalid(["The text may have at most 50000 characters"])) {
            try await world.posting.posts.create(draft)
        }
    }

    @Test func `an organization has an end of posts that wait, which drafts do not count to`() async throws {
        var limits = PostingLimits()
        limits.scheduledPosts = 2
        let world = try World(limits: limits)
        let channel = try await world.channel()
        var draft = world.draft(channel)
        draft.needsApproval = true
        _ = try await world.posting.posts.create(draft)
        try await world.post(channel)
        let full = PostingError.limitReached(
            "The organization has 2 scheduled posts, which is as many as it may: wait or delete some")
        await #expect(throws: full) { try await world.post(channel) }
        await #expect(throws: full) { try await world.posting.posts.create(draft) }
        draft.isDraft = true
        let kept = try await world.posting.posts.create(draft)
        var edit = PostEdit()
        edit.isDraft = false
        await #expect(throws: full) { try await world.posting.posts.edit(kept.id, edit) }
        #expect(try await world.posting.posts.post(kept.id)?.status == .draft)
    }

    @Test func `a post is deleted once, and the others keep their times`() async throws {
        let channel = try await world.channel()
        let first = try await world.post(channel, "a")
        try await world.post(channel, "b")
        try await world.posting.posts.delete(first.id)
        #expect(await world.queue(of: channel) == ["b 25 09:00"])
        await #expect(throws: PostingError.notFound("Post")) { try await world.posting.posts.delete(first.id) }
    }

    @Test func `lists have bounds, and no channel matches nothing`() async throws {
        let channel = try await world.channel()
        let post = try await world.post(channel)
        var query = PostQuery(organization: world.organization)
        #expect(try await world.posting.posts.list(query, PageRequest()).elements == [post])
        query.channelIDs = []
        #expect(try await world.posting.posts.list(query, PageRequest()).elements == [])
        query.channelIDs = Array(repeating: channel.id, count: 201)
        query.tagIDs = (0..<201).map { _ in TagID(random: world.surroundings.environment.random) }
        query.sort = Array(repeating: .init(key: .dueAt, isAscending: true), count: 5)
        await #expect(
            throws: PostingError.invalid([
                "At most 200 channels can be asked for at once", "At most 200 tags can be asked for at once",
                "A list is sorted by at most 4 keys",
            ])
        ) { try await world.posting.posts.list(query, PageRequest()) }
    }
}
