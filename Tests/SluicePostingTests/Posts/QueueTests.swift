import Foundation
import Testing

@testable import SluicePosting

@Suite("The queue of a channel")
struct QueueTests {
    private let world: World

    init() throws { world = try World() }

    private func fill(_ channel: Channel, _ texts: String...) async throws -> [Post] {
        var posts: [Post] = []
        for text in texts { posts.append(try await world.post(channel, text)) }
        return posts
    }

    @Test func `posts go to the next free times`() async throws {
        let channel = try await world.channel(times: ["09:00", "17:00"])
        _ = try await fill(channel, "a", "b", "c")
        #expect(await world.queue(of: channel) == ["a 24 09:00", "b 24 17:00", "c 25 09:00"])
    }

    @Test func `a time that anything is scheduled at is not free, and one that came free is taken again`() async throws {
        let channel = try await world.channel()
        let custom = try await world.post(channel, "custom", .customScheduled, dueAt: moment("2026-11-25T09:00:00Z"))
        let posts = try await fill(channel, "a", "b")
        #expect(await world.queue(of: channel) == ["a 24 09:00", "b 26 09:00"])
        try await world.posting.posts.delete(posts[0].id)
        try await world.posting.posts.delete(custom.id)
        _ = try await fill(channel, "c", "d", "e")
        #expect(await world.queue(of: channel) == ["c 24 09:00", "d 25 09:00", "b 26 09:00", "e 27 09:00"])
    }

    @Test func `queues of channels do not know each other`() async throws {
        let one = try await world.channel()
        let other = try await world.channel(.mastodon)
        try await world.post(one, "a")
        try await world.post(other, "b")
        #expect(await world.queue(of: other) == ["b 24 09:00"])
    }

    @Test func `times are read in the zone of the channel, over its change of clocks`() async throws {
        let world = try World(now: "2026-03-28T09:00:00Z")
        let channel = try await world.channel(zone: "Europe/Berlin")
        for text in ["a", "b"] { try await world.post(channel, text) }
        #expect(await world.queue(of: channel) == ["a 29 07:00", "b 30 07:00"])
    }

    @Test func `shareNext takes the first time and moves the others back by one`() async throws {
        let channel = try await world.channel()
        _ = try await fill(channel, "a", "b")
        let post = try await world.post(channel, "x", .shareNext)
        #expect(try post.dueAt == moment("2026-11-24T09:00:00Z") && post.shareMode == .shareNext)
        #expect(await world.queue(of: channel) == ["x 24 09:00", "a 25 09:00", "b 26 09:00"])
        try await world.post(channel, "y", .shareNext)
        #expect(await world.queue(of: channel) == ["y 24 09:00", "x 25 09:00", "a 26 09:00", "b 27 09:00"])
    }

    @Test func `shareNext fills a free time before the queue first`() async throws {
        let channel = try await world.channel()
        let posts = try await fill(channel, "a", "b")
        try await world.posting.posts.delete(posts[0].id)
        try await world.post(channel, "x", .shareNext)
        #expect(await world.queue(of: channel) == ["x 24 09:00", "b 25 09:00"])
    }

    @Test func `shareNext into an empty queue takes the next time`() async throws {
        let channel = try await world.channel()
        try await world.post(channel, "x", .shareNext)
        #expect(await world.queue(of: channel) == ["x 24 09:00"])
    }

    @Test func `shareNext leaves named moments and what is about to go out alone`() async throws {
        let channel = try await world.channel()
        let custom = try await world.post(channel, "custom", .customScheduled, dueAt: moment("2026-11-24T08:30:00Z"))
        _ = try await fill(channel, "a", "b")
        world.now = try moment("2026-11-24T09:00:00Z")
        try await world.post(channel, "x", .shareNext)
        #expect(await world.queue(of: channel) == ["a 24 09:00", "x 25 09:00", "b 26 09:00"])
        #expect(try await world.posting.posts.post(custom.id) == custom)
    }

    @Test func `moving keeps the times and changes the order`() async throws {
        let channel = try await world.channel()
        let posts = try await fill(channel, "a", "b", "c")
        #expect(try await world.posting.posts.move(posts[2].id, to: .top).dueAt == (try moment("2026-11-24T09:00:00Z")))
        #expect(await world.queue(of: channel) == ["c 24 09:00", "a 25 09:00", "b 26 09:00"])
        _ = try await world.posting.posts.move(posts[0].id, to: .bottom)
        #expect(await world.queue(of: channel) == ["c 24 09:00", "b 25 09:00", "a 26 09:00"])
        _ = try await world.posting.posts.move(posts[2].id, to: .top)
        #expect(await world.queue(of: channel) == ["c 24 09:00", "b 25 09:00", "a 26 09:00"], "first already")
    }

    @Test func `moving keeps gaps as they are and never looks at the content`() async throws {
        let channel = try await world.channel(.mastodon, facts: ChannelFacts(maxCharacters: 600))
        let long = String(repeating: "a", count: 600)
        let posts = try await fill(channel, "a", "b", long)
        try await world.posting.posts.delete(posts[1].id)
        _ = try await world.posting.channels.edit(
            channel.id, of: world.organization, ChannelEdit(facts: ChannelFacts(maxCharacters: 500)))
        let moved = try await world.posting.posts.move(posts[2].id, to: .top)
        #expect(moved.text == long)
        #expect(await world.queue(of: channel) == ["\(long) 24 09:00", "a 26 09:00"])
    }

    @Test func `only what waits in the queue can be moved`() async throws {
        let channel = try await world.channel()
        let custom = try await world.post(channel, "custom", .customScheduled, dueAt: moment("2026-11-24T08:30:00Z"))
        let refusal = PostingError.conflict("Only a post that waits in the queue can be moved in it")
        await #expect(throws: refusal) { try await world.posting.posts.move(custom.id, to: .top) }
        let posts = try await fill(channel, "a", "b")
        world.now = try moment("2026-11-24T09:00:00Z")
        await #expect(throws: PostingError.conflict("The time of the post has come: it is about to go out")) {
            try await world.posting.posts.move(posts[0].id, to: .bottom)
        }
        await #expect(throws: PostingError.notFound("Post")) {
            try await world.posting.posts.move(PostID(random: world.surroundings.environment.random), to: .top)
        }
    }

    @Test func `another schedule gives the queue its times, in order`() async throws {
        let channel = try await world.channel()
        let custom = try await world.post(channel, "custom", .customScheduled, dueAt: moment("2026-11-24T12:00:00Z"))
        _ = try await fill(channel, "a", "b", "c")
        let schedule = PostingSchedule.daily(["12:00", "15:00"].compactMap { TimeOfDay($0) })
        let changed = try await world.posting.channels.setSchedule(schedule, of: channel.id, of: world.organization)
        #expect(changed.schedule == schedule)
        #expect(await world.queue(of: channel) == ["a 24 15:00", "b 25 12:00", "c 25 15:00"], "12:00 is the named moment's")
        #expect(try await world.posting.posts.post(custom.id) == custom)
    }

    @Test func `a moment that a queued post leaves is not free while a named one shares it`() async throws {
        let channel = try await world.channel()
        _ = try await fill(channel, "a", "b")
        let custom = try await world.post(channel, "custom", .customScheduled, dueAt: moment("2026-11-24T09:00:00Z"))
        let schedule = PostingSchedule.daily(["09:00", "12:00"].compactMap { TimeOfDay($0) })
        _ = try await world.posting.channels.setSchedule(schedule, of: channel.id, of: world.organization)
        #expect(await world.queue(of: channel) == ["a 24 12:00", "b 25 09:00"])
        #expect(try await world.posting.posts.post(custom.id) == custom)
    }

    @Test func `a post that leaves its named moment may have the same one in the queue`() async throws {
        let channel = try await world.channel()
        let custom = try await world.post(channel, "custom", .customScheduled, dueAt: moment("2026-11-24T09:00:00Z"))
        var edit = PostEdit()
        edit.mode = .addToQueue
        _ = try await world.posting.posts.edit(custom.id, edit)
        #expect(await world.queue(of: channel) == ["custom 24 09:00"])
    }

    @Test func `another zone gives the queue the times there`() async throws {
        let channel = try await world.channel()
        _ = try await fill(channel, "a", "b")
        _ = try await world.posting.channels.edit(channel.id, of: world.organization, ChannelEdit(timeZone: "America/New_York"))
        #expect(await world.queue(of: channel) == ["a 24 14:00", "b 25 14:00"])
        _ = try await world.posting.channels.edit(channel.id, of: world.organization, ChannelEdit(name: "renamed"))
        #expect(await world.queue(of: channel) == ["a 24 14:00", "b 25 14:00"], "another name moves nothing")
    }

    @Test func `without times in the schedule posts stay where they are, and none is added`() async throws {
        let channel = try await world.channel()
        _ = try await fill(channel, "a", "b")
        _ = try await world.posting.channels.setSchedule(PostingSchedule(), of: channel.id, of: world.organization)
        #expect(await world.queue(of: channel) == ["a 24 09:00", "b 25 09:00"])
        for mode in [ShareMode.addToQueue, .shareNext] {
            await #expect(
                throws: PostingError.invalid([
                    "The channel's posting schedule has no times: add some, or use the mode customScheduled"
                ])
            ) { try await world.post(channel, "c", mode) }
        }
        #expect(await world.queue(of: channel) == ["a 24 09:00", "b 25 09:00"])
    }

    @Test func `a schedule with too few times for the queue is refused as a whole`() async throws {
        let channel = try await world.channel()
        for _ in 0..<60 { try await world.post(channel) }
        let before = await world.posts()
        let tuesdays = PostingSchedule([.tue: .init(times: ["09:00"].compactMap { TimeOfDay($0) })])
        await #expect(
            throws: PostingError.limitReached("The queue is full: the posting schedule has too few times in the next 400 days")
        ) { try await world.posting.channels.setSchedule(tuesdays, of: channel.id, of: world.organization) }
        #expect(await world.posts() == before)
        #expect(try await world.posting.channels.channel(channel.id)?.schedule == channel.schedule)
    }

    @Test func `a queue is full when its schedule has no free time within its horizon`() async throws {
        let channel = try await world.channel()
        let tuesdays = PostingSchedule([.tue: .init(times: ["09:00"].compactMap { TimeOfDay($0) })])
        _ = try await world.posting.channels.setSchedule(tuesdays, of: channel.id, of: world.organization)
        for _ in 0..<58 { try await world.post(channel) }
        await #expect(
            throws: PostingError.limitReached("The queue is full: the posting schedule has too few times in the next 400 days")
        ) { try await world.post(channel) }
    }

    @Test func `posts that missed their time in a paused queue get the next times when it goes on, in order`() async throws {
        let channel = try await world.channel()
        _ = try await fill(channel, "a", "b", "c")
        _ = try await world.posting.channels.setQueuePaused(true, of: channel.id, of: world.organization)
        world.now = try moment("2026-11-25T10:00:00Z")
        #expect(await world.posting.scheduler.runDue() == 0)
        let resumed = try await world.posting.channels.setQueuePaused(false, of: channel.id, of: world.organization)
        #expect(!resumed.isQueuePaused)
        #expect(await world.queue(of: channel) == ["a 26 09:00", "b 27 09:00", "c 28 09:00"])
    }

    @Test func `a queue that missed nothing keeps its times when it goes on`() async throws {
        let channel = try await world.channel()
        let posts = try await fill(channel, "a", "b", "c")
        try await world.posting.posts.delete(posts[0].id)
        _ = try await world.posting.channels.setQueuePaused(true, of: channel.id, of: world.organization)
        _ = try await world.posting.channels.setQueuePaused(false, of: channel.id, of: world.organization)
        #expect(await world.queue(of: channel) == ["b 25 09:00", "c 26 09:00"])
    }

    @Test func `a queue that missed times cannot go on without times to give`() async throws {
        let channel = try await world.channel()
        _ = try await fill(channel, "a")
        _ = try await world.posting.channels.setQueuePaused(true, of: channel.id, of: world.organization)
        _ = try await world.posting.channels.setSchedule(PostingSchedule(), of: channel.id, of: world.organization)
        world.now = try moment("2026-11-25T10:00:00Z")
        await #expect(throws: PostingError.self) {
            try await world.posting.channels.setQueuePaused(false, of: channel.id, of: world.organization)
        }
        #expect(try await world.posting.channels.channel(channel.id)?.isQueuePaused == true)
    }

    @Test(arguments: [
        (ChannelEdit(isLocked: true), ChannelEdit(isLocked: false)),
        (ChannelEdit(isDisconnected: true), ChannelEdit(isDisconnected: false)),
    ])
    func `a channel that takes posts again gives new times for missed ones too`(off: ChannelEdit, on: ChannelEdit) async throws {
        let channel = try await world.channel()
        _ = try await fill(channel, "a", "b")
        _ = try await world.posting.channels.edit(channel.id, of: world.organization, off)
        world.now = try moment("2026-11-24T10:00:00Z")
        _ = try await world.posting.channels.edit(channel.id, of: world.organization, on)
        #expect(await world.queue(of: channel) == ["a 25 09:00", "b 26 09:00"])
    }

    @Test func `in a paused queue what missed its time is moved to times to come`() async throws {
        let channel = try await world.channel()
        let posts = try await fill(channel, "a", "b")
        _ = try await world.posting.channels.setQueuePaused(true, of: channel.id, of: world.organization)
        world.now = try moment("2026-11-24T10:00:00Z")
        _ = try await world.posting.posts.move(posts[0].id, to: .bottom)
        #expect(await world.queue(of: channel) == ["b 25 09:00", "a 26 09:00"])
        try await world.post(channel, "x", .shareNext)
        #expect(await world.queue(of: channel) == ["x 25 09:00", "b 26 09:00", "a 27 09:00"])
    }

    @Test func `whatever is done, no two posts of a queue share a time`() async throws {
        let channel = try await world.channel(zone: "Europe/Berlin", times: ["02:30", "03:00", "12:00"])
        var generator = Repeatable(seed: 4)
        for step in 0..<300 {
            let queued = await world.posts().values.filter(\.isQueued).sorted { $0.id < $1.id }
            switch Int.random(in: 0..<8, using: &generator) {
            case 0, 1, 2: try await world.post(channel, "\(step)", Bool.random(using: &generator) ? .addToQueue : .shareNext)
            case 3: if let post = queued.randomElement(using: &generator) { try await world.posting.posts.delete(post.id) }
            case 4, 5:
                let future = queued.filter { $0.dueAt.map { $0 > world.now } ?? false }
                if let post = future.randomElement(using: &generator) {
                    _ = try await world.posting.posts.move(post.id, to: Bool.random(using: &generator) ? .top : .bottom)
                }
            case 6:
                let hour = Int.random(in: 0..<24, using: &generator)
                let schedule = PostingSchedule.daily(
                    ["02:30", "03:00"].compactMap { TimeOfDay($0) } + [TimeOfDay(hour: hour, minute: 15)].compactMap { $0 })
                _ = try await world.posting.channels.setSchedule(schedule, of: channel.id, of: world.organization)
            default:
                world.now += Double.random(in: 0..<90_000, using: &generator)
                await world.posting.scheduler.runDue()
            }
            let times = await world.posts().values.filter(\.isQueued).compactMap(\.dueAt)
            #expect(Set(times).count == times.count, "step \(step)")
            #expect(times.allSatisfy { $0 > world.now }, "step \(step)")
        }
    }
}

/// Random numbers that are the same each time.
struct Repeatable: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
