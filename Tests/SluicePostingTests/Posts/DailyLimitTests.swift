import Foundation
import Testing

@testable import SluicePosting

@Suite("Daily limits of networks, weeks and metrics")
struct DailyLimitTests {
    private let world: World

    init() throws { world = try World() }

    private func film(_ channel: Channel, _ mode: ShareMode, dueAt: Date? = nil, in world: World) async throws {
        _ = try await world.posting.posts.create(world.draft(channel, "Hello", mode, dueAt: dueAt, assets: [.film]))
    }

    @Test func `a day of the channel's own calendar takes as many as the network, and no more`() async throws {
        let channel = try await world.channel(.tiktok, zone: "Pacific/Auckland")
        // Auckland is 13 hours ahead: its 25 November began at 11:00 UTC of the 24th.
        let start = try moment("2026-11-24T11:00:00Z")
        for index in 0..<25 { try await film(channel, .customScheduled, dueAt: start + Double(index) * 60, in: world) }
        let refusal = PostingError.limitReached(
            "TikTok takes at most 25 posts a day, and 2026-11-25 has as many: choose another day")
        await #expect(throws: refusal) { try await film(channel, .customScheduled, dueAt: start + 86_399, in: world) }
        try await film(channel, .addToQueue, in: world)
        #expect(await world.queue(of: channel) == ["Hello 25 20:00"], "its queue goes on at 09:00 of its 26 November")
        try await film(channel, .customScheduled, dueAt: start - 60, in: world)
        try await film(channel, .customScheduled, dueAt: start + 86_400, in: world)
        #expect(await world.posts().count == 28)
    }

    @Test func `what is out counts, drafts do not, and an edit does not count itself`() async throws {
        let channel = try await world.channel(.tiktok)
        for _ in 0..<24 { try await film(channel, .shareNow, in: world) }
        await world.posting.scheduler.runDue()
        var draft = world.draft(channel, "Hello", .customScheduled, dueAt: world.now + 60, assets: [.film])
        draft.isDraft = true
        let kept = try await world.posting.posts.create(draft)
        draft.isDraft = false
        let last = try await world.posting.posts.create(draft)
        var edit = PostEdit()
        edit.dueAt = world.now + 120
        #expect(try await world.posting.posts.edit(last.id, edit).dueAt == world.now + 120)
        edit = PostEdit()
        edit.isDraft = false
        await #expect(throws: PostingError.self) { try await world.posting.posts.edit(kept.id, edit) }
        #expect(
            try await world.posting.posts.dailyLimits(of: [channel], on: nil)
                == [DailyLimit(channelID: channel.id, limit: 25, scheduled: 1, sent: 24)])
    }

    /// Fills today but for one place, by names of moments.
    private func crowd(_ channel: Channel) async throws {
        for index in 0..<24 { try await film(channel, .customScheduled, dueAt: world.now + Double(index + 1), in: world) }
    }

    @Test func `shareNext fills no day beyond its limit: what moves back goes to the next day with room`() async throws {
        let channel = try await world.channel(.tiktok, times: ["09:00", "17:00"])
        try await crowd(channel)
        try await film(channel, .addToQueue, in: world)
        try await film(channel, .shareNext, in: world)
        #expect(await world.queue(of: channel) == ["Hello 24 09:00", "Hello 25 09:00"])
        #expect(try await world.posting.posts.dailyLimits(of: [channel], on: nil).first?.scheduled == 25)
    }

    @Test func `a post that is in the queue already comes to its front on a full day`() async throws {
        let channel = try await world.channel(.tiktok, times: ["09:00", "17:00"])
        try await crowd(channel)
        for text in ["a", "b"] { _ = try await world.posting.posts.create(world.draft(channel, text, assets: [.film])) }
        let last = try #require(await world.posts().values.first { $0.text == "b" })
        var edit = PostEdit()
        edit.mode = .shareNext
        _ = try await world.posting.posts.edit(last.id, edit)
        #expect(await world.queue(of: channel) == ["b 24 09:00", "a 25 09:00"])
    }

    @Test func `another schedule and the end of a pause pass over full days`() async throws {
        let channel = try await world.channel(.tiktok)
        for text in ["a", "b"] { _ = try await world.posting.posts.create(world.draft(channel, text, assets: [.film])) }
        let day = try moment("2026-11-25T10:00:00Z")
        for index in 0..<24 { try await film(channel, .customScheduled, dueAt: day + Double(index), in: world) }
        #expect(await world.queue(of: channel) == ["a 24 09:00", "b 25 09:00"])
        let channels = world.posting.channels
        _ = try await channels.setQueuePaused(true, of: channel.id, of: world.organization)
        world.now = try moment("2026-11-24T12:00:00Z")
        _ = try await channels.setQueuePaused(false, of: channel.id, of: world.organization)
        #expect(await world.queue(of: channel) == ["a 25 09:00", "b 26 09:00"])
        world.now = try moment("2026-11-24T20:00:00Z")
        let evenings = PostingSchedule.daily(["18:00", "19:00"].compactMap { TimeOfDay($0) })
        _ = try await channels.setSchedule(evenings, of: channel.id, of: world.organization)
        #expect(await world.queue(of: channel) == ["a 25 18:00", "b 26 18:00"], "one place is left on the 25th, not two")
    }

    @Test func `a paused queue whose times have passed is moved past full days`() async throws {
        let channel = try await world.channel(.tiktok)
        for text in ["a", "b"] { _ = try await world.posting.posts.create(world.draft(channel, text, assets: [.film])) }
        let day = try moment("2026-11-26T00:00:00Z")
        for index in 0..<25 { try await film(channel, .customScheduled, dueAt: day + Double(index), in: world) }
        _ = try await world.posting.channels.setQueuePaused(true, of: channel.id, of: world.organization)
        world.now = try moment("2026-11-24T10:00:00Z")
        let first = try #require(await world.posts().values.first { $0.text == "a" })
        _ = try await world.posting.posts.move(first.id, to: .bottom)
        #expect(await world.queue(of: channel) == ["b 25 09:00", "a 27 09:00"])
    }

    @Test func `limits can be left to the networks`() async throws {
        var limits = PostingLimits()
        limits.keepsDailyLimits = false
        let world = try World(limits: limits)
        let channel = try await world.channel(.tiktok)
        for _ in 0..<26 { try await film(channel, .shareNow, in: world) }
        #expect(try await world.posting.posts.dailyLimits(of: [channel], on: nil).first?.isAtLimit == true)
    }

    @Test func `each channel's day is its own`() async throws {
        let kiritimati = try await world.channel(.bluesky, zone: "Pacific/Kiritimati")
        let honolulu = try await world.channel(.instagram, zone: "Pacific/Honolulu")
        // 24 November there ends at 10:00 UTC; in Honolulu it begins then.
        for time in ["2026-11-24T09:59:59Z", "2026-11-24T10:00:00Z"] {
            try await world.post(kiritimati, "Hello", .customScheduled, dueAt: moment(time))
        }
        let day = try #require(CalendarDay(year: 2026, month: 11, day: 24))
        let limits = try await world.posting.posts.dailyLimits(of: [kiritimati, honolulu], on: day)
        #expect(
            limits == [
                DailyLimit(channelID: kiritimati.id, limit: nil, scheduled: 1, sent: 0),
                DailyLimit(channelID: honolulu.id, limit: 50, scheduled: 0, sent: 0),
            ])
        #expect(limits.allSatisfy { !$0.isAtLimit })
    }

    @Test func `a week begins on the channel's Monday`() async throws {
        let channel = try await world.channel(zone: "Europe/Berlin")
        try await world.post(channel, "sent", .shareNow)
        await world.posting.scheduler.runDue()
        for time in ["2026-11-29T22:59:59Z", "2026-11-29T23:00:00Z"] {
            try await world.post(channel, "Hello", .customScheduled, dueAt: moment(time))
        }
        let weeks = try await world.posting.posts.week(of: [channel])
        #expect(
            weeks[channel.id]
                == WeekTally(
                    start: try moment("2026-11-22T23:00:00Z"), end: try moment("2026-11-29T23:00:00Z"), scheduled: 1, sent: 1))
    }

    @Test func `a week over a change of clocks has its hour more`() async throws {
        let world = try World(now: "2026-10-25T12:00:00Z")
        let channel = try await world.channel(zone: "Europe/Berlin")
        let week = try #require(try await world.posting.posts.week(of: [channel])[channel.id])
        #expect(week.end.timeIntervalSince(week.start) == (7 * 24 + 1) * 3_600)
    }

    @Test func `metrics span a year, and no channel matches nothing`() async throws {
        let channel = try await world.channel()
        let post = try await world.post(channel, "Hello", .shareNow)
        await #expect(throws: PostingError.conflict("Metrics are counted for sent posts only")) {
            try await world.posting.posts.setMetrics([PostMetric(.reactions, 1)], of: post.id)
        }
        await world.posting.scheduler.runDue()
        try await world.posting.posts.setMetrics([PostMetric(.reactions, 3)], of: post.id)
        let posts = world.posting.posts
        let (start, end) = (world.now - 86_400, world.now + 86_400)
        let totals = try await posts.metrics(of: world.organization, channels: nil, tags: nil, from: start, to: end)
        #expect(totals.postCount == 1 && totals.values[.reactions] == 3)
        #expect(try await posts.metrics(of: world.organization, channels: [], tags: nil, from: start, to: end) == MetricTotals())
        await #expect(throws: PostingError.invalid(["Metrics span at most 365 days"])) {
            try await posts.metrics(of: world.organization, channels: nil, tags: nil, from: start, to: start + 366 * 86_400)
        }
        _ = try await posts.metrics(of: world.organization, channels: nil, tags: nil, from: start, to: start + 365 * 86_400)
        await #expect(throws: PostingError.invalid(["The span of the metrics ends before it starts"])) {
            try await posts.metrics(of: world.organization, channels: nil, tags: nil, from: end, to: start)
        }
    }

    @Test(arguments: [
        ("twice", [PostMetric(.views, 1), PostMetric(.views, 2)]), ("below zero", [PostMetric(.views, -1)]),
        ("no number", [PostMetric(.views, .nan)]),
    ])
    func `metrics are numbers of kinds`(why: String, metrics: [PostMetric]) async throws {
        let post = try await world.post(world.channel(), "Hello", .shareNow)
        await world.posting.scheduler.runDue()
        await #expect(throws: PostingError.self, "\(why)") { try await world.posting.posts.setMetrics(metrics, of: post.id) }
    }
}
