import Foundation
import SluiceAuthority
import SluicePosting
import Testing

@testable import SluiceServer

@Suite("Queues and outboxes, through the pages")
struct QueuePageTests {
    @Test func `upcoming posts stand in order, with times on the channel's clock`() async throws {
        let scene = try await ChannelScene()
        try await scene.post("Second, at half past twelve")
        try await scene.post("Third")
        try await scene.post("First", .customScheduled) { $0.dueAt = scene.installation.clock.now + 600 }
        let page = try await scene.browser.open("\(scene.path)/queue")
        #expect(scene.texts == ["First", "Second, at half past twelve", "Third"])
        let times = page.tags("time").compactMap { $0["datetime"] }
        #expect(times == ["2027-01-15T08:10:00Z", "2027-01-15T11:30:00Z", "2027-01-15T16:00:00Z"])
        for text in ["Fri 15 Jan 2027, 09:10", "Fri 15 Jan 2027, 12:30", "Fri 15 Jan 2027, 17:00"] {
            #expect(page.body.contains(">\(text)</time>"))
        }
        #expect(page.body.contains("Times are those of Europe/Berlin.") && page.body.contains("All times are UTC."))
    }

    @Test func `posts of the queue change places; one with a time of its own has none`() async throws {
        let scene = try await ChannelScene()
        let posts = try await ["One", "Two", "Three"].asyncMap { try await scene.post($0) }
        let own = try await scene.post("Own", .customScheduled) { $0.dueAt = scene.installation.clock.now + 86_400 * 9 }
        try await scene.browser.open("\(scene.path)/queue")
        let form = { (post: Post, step: String) in "\(scene.organization)/posts/\(post.id)/\(step)" }
        let moved = try await scene.browser.submit(form(posts[2], "top"))
        #expect(moved.body.contains("The post was moved."))
        #expect(scene.texts == ["Three", "One", "Two", "Own"])
        try await scene.browser.submit(form(posts[0], "bottom"))
        #expect(scene.texts == ["Three", "Two", "One", "Own"])
        #expect(!Form.all(in: scene.browser.page).contains { $0.action == form(own, "top") })
        try await scene.browser.submit(form(posts[1], "delete"))
        #expect(scene.texts == ["Three", "One", "Own"])
        #expect(try await scene.posting.posts.post(posts[1].id) == nil)
    }

    @Test func `who may approves or sends back, and sees who wrote it`() async throws {
        let scene = try await ChannelScene()
        let grace = try await scene.member("Grace", as: .contributor)
        let good = try await scene.post("Good", by: grace.account) { $0.needsApproval = true }
        let bad = try await scene.post("Bad", by: grace.account) { $0.needsApproval = true }
        let page = try await scene.browser.open("\(scene.path)/queue")
        #expect(page.body.contains("Waiting for approval") && page.body.contains("By <bdi>Grace</bdi>"))
        let approved = try await scene.browser.submit("\(scene.organization)/posts/\(good.id)/approve")
        #expect(approved.body.contains("The post was approved."))
        #expect(try await scene.posting.posts.post(good.id)?.status == .scheduled)
        try await scene.browser.submit("\(scene.organization)/posts/\(bad.id)/reject")
        #expect(try await scene.posting.posts.post(bad.id)?.status == .draft)
    }

    @Test(arguments: [Membership.Role.member, .contributor])
    func `a role sees no button that it may not press, and pressing is refused`(role: Membership.Role) async throws {
        let scene = try await ChannelScene()
        let visitor = try await scene.member("Visitor", as: role)
        let queued = try await scene.post("Ada's")
        let waiting = try await scene.post("Mine", by: visitor.account) { $0.needsApproval = true }
        let page = try await visitor.browser.open("\(scene.path)/queue")
        let actions = Set(Form.all(in: page.body).map(\.action))
        func path(_ post: Post, _ step: QueueEndpoints.Step) -> String {
            "\(scene.organization)/posts/\(post.id)/\(step.rawValue)"
        }
        #expect(actions.contains(path(queued, .top)) == (role == .member))
        #expect(actions.contains(path(queued, .delete)) == (role == .member))
        #expect(!actions.contains(path(waiting, .approve)))
        #expect(actions.contains(path(waiting, .delete)), "what was not approved yet, its author takes back")
        let token = [("csrf", try #require(visitor.browser.csrf))]
        for step in [QueueEndpoints.Step.approve, .reject] {
            #expect(try await visitor.browser.postOnly(path(waiting, step), token).status == 403)
        }
        if role == .contributor {
            for step in QueueEndpoints.Step.allCases {
                #expect(try await visitor.browser.postOnly(path(queued, step), token).status == 403, "\(step)")
            }
            #expect(try await scene.posting.posts.post(queued.id) == queued)
        }
        #expect(try await visitor.browser.postOnly(path(waiting, .delete), token).status == 303)
        #expect(try await scene.posting.posts.post(waiting.id) == nil)
    }

    @Test func `a failed post says why, is tried again, and goes out once`() async throws {
        let scene = try await ChannelScene()
        try await scene.posting.outbox.fail(
            next: 1, of: scene.channel.id,
            with: PublishingError(message: "The access token has expired.", rawError: "401 invalid_token"))
        let post = try await scene.post("Out at last", .shareNow)
        await scene.posting.scheduler.runDue()
        let channel = try await scene.browser.open(scene.path)
        #expect(channel.body.contains("1 post did not go out."))
        let page = try await scene.browser.open("\(scene.path)/queue")
        #expect(page.body.contains("The access token has expired.") && page.body.contains("401 invalid_token"))
        let list = try await scene.browser.open("\(scene.organization)/channels")
        #expect(list.body.contains("Failed posts"))
        try await scene.browser.open("\(scene.path)/queue")
        let retried = try await scene.browser.submit("\(scene.organization)/posts/\(post.id)/retry")
        #expect(retried.body.contains("The post is tried again now."))
        await scene.posting.scheduler.runDue()
        try await scene.browser.open("\(scene.path)/outbox")
        #expect(scene.texts == ["Out at last"])
        let again = try await scene.browser.postOnly(
            "\(scene.organization)/posts/\(post.id)/retry", [("csrf", try #require(scene.browser.csrf))])
        #expect(again.status == 409, "a post that is out is not tried again")
        #expect(again.tags("div").contains { $0["class"] == "summary" })
        #expect(try await scene.posting.outbox.list(of: scene.channel.organization).entries.count == 1)
    }

    @Test func `a post for a person to publish waits until somebody says that it is out`() async throws {
        let scene = try await ChannelScene()
        let post = try await scene.post("By hand", .shareNow) { $0.schedulingType = .notification }
        await scene.posting.scheduler.runDue()
        let page = try await scene.browser.open("\(scene.path)/queue")
        #expect(page.body.contains("For you to post") && scene.texts == ["By hand"])
        try await scene.browser.submit("\(scene.organization)/posts/\(post.id)/publish")
        #expect(scene.texts == [])
        #expect(try await scene.posting.posts.post(post.id)?.notificationStatus == .markedAsPublished)
    }

    @Test func `the outbox shows what went, of one channel and of all, with what only the network reads`() async throws {
        let scene = try await ChannelScene()
        let other = try await scene.posting.channels.add(
            ChannelDraft(service: .youtube, name: "films"), to: scene.channel.organization)
        var film = PostDraft(channelID: other.id, author: nil, text: "A film", mode: .shareNow)
        film.assets = [.video(Asset.Video(url: "https://media.example/film.mp4"))]
        var words = PostMetadata.YouTube()
        words.title = "The engine at work"
        words.categoryID = "22"
        film.metadata = .youtube(words)
        _ = try await scene.posting.posts.create(film)
        try await scene.post("A word", .shareNow)
        await scene.posting.scheduler.runDue()
        try await scene.browser.open("\(scene.path)/outbox")
        #expect(scene.texts == ["A word"])
        let all = try await scene.browser.open("\(scene.organization)/outbox")
        #expect(Set(scene.texts) == ["A word", "A film"])
        #expect(all.body.contains("The engine at work") && all.body.contains("media.example/film.mp4"))
        #expect(all.tags("a").contains { $0["href"] == "\(scene.organization)/channels/\(other.id)" })
    }

    @Test func `S129 channels, queues and outboxes come in pages, each post once`() async throws {
        let scene = try await ChannelScene()
        for number in 0..<53 {
            try await scene.post("Waits \(number)")
            try await scene.post("Out \(number)", .shareNow)
            scene.installation.clock.advance(by: 1)
        }
        await scene.posting.scheduler.runDue()
        for number in 0..<52 {
            _ = try await scene.posting.channels.add(
                ChannelDraft(service: .bluesky, name: "c\(number)"), to: scene.channel.organization)
        }
        func walk(_ start: String, _ pattern: Regex<(Substring, Substring)>) async throws -> [[String]] {
            var pages: [[String]] = []
            var next: String? = start
            while let path = next, pages.count < 10 {
                let page = try await scene.browser.open(path)
                pages.append(page.body.matches(of: pattern).map { String($0.1) })
                next = page.tags("a").first { $0["rel"] == "next" }?["href"].map(Form.unescaped)
            }
            return pages
        }
        let texts = #/<p class="post-text">([^<]*)</p>/#
        let queue = try await walk("\(scene.path)/queue", texts)
        #expect(queue.map(\.count) == [50, 3] && Set(queue.joined()).count == 53)
        let outbox = try await walk("\(scene.path)/outbox", texts)
        #expect(outbox.map(\.count) == [50, 3] && Set(outbox.joined()).count == 53)
        let channels = try await walk(
            "\(scene.organization)/channels", #/<h2 class="item-name"><a href="[^"]*/channels/([0-9a-f]{24})"/#)
        #expect(channels.map(\.count) == [50, 3] && Set(channels.joined()).count == 53)
    }
}

extension Array where Element: Sendable {
    fileprivate func asyncMap<T>(_ step: (Element) async throws -> T) async throws -> [T] {
        var all: [T] = []
        for element in self { all.append(try await step(element)) }
        return all
    }
}
