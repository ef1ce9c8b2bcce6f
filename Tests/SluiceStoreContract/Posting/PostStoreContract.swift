import Foundation
import SluiceAuthority
import SluicePosting
import Testing

/// What every engine promises of single posts, their tallies and their metrics.
public enum PostStoreContract {
    /// The promises.
    public static let cases: [PostingContractCase] = [
        PostingContractCase("a post reads back as it was kept, with all it has") { engine in
            let world = try await PostingWorld(engine)
            let tags = [try await world.makeTag("a"), try await world.makeTag("b"), try await world.makeTag("c")]
            var post = world.samplePost(.sent, dueAt: at(10))
            post.text = "Zeile eins\nline two \u{1F388} \"quoted\" \u{0}end"
            post.assets = assets
            post.sentAt = at(11.25)
            post.ideaID = freshID()
            post.tagIDs = [tags[2].id, tags[0].id, tags[1].id]
            post.error = PublishingError(message: "m", rawError: "raw", supportURL: "https://example.com")
            post.externalLink = "https://social.example/1"
            post.notificationStatus = .markedAsPublished
            post.metrics = [PostMetric(.reach, 12), PostMetric(.engagementRate, 0.25)]
            post.metricsUpdatedAt = at(12)
            post.isAIAssisted = true
            post.plannedAt = at(9)
            post.updatedAt = at(13)
            try await world.add(post)
            #expect(try await world.store.post(post.id) == post)
            #expect(try await world.store.post(freshID()) == nil)
        },
        PostingContractCase("a post without anything optional reads back so") { engine in
            let world = try await PostingWorld(engine)
            var post = world.samplePost(.draft, dueAt: nil)
            post.author = nil
            post.text = ""
            try await world.add(post)
            #expect(try await world.store.post(post.id) == post)
        },
        PostingContractCase("what a post says to its service reads back, for every service") { engine in
            let world = try await PostingWorld(engine)
            for metadata in everyMetadata {
                var post = world.samplePost(.draft)
                post.metadata = metadata
                try await world.add(post)
                #expect(try await world.store.post(post.id)?.metadata == metadata)
            }
        },
        PostingContractCase("a tag that is given twice is kept once") { engine in
            let world = try await PostingWorld(engine)
            let (first, second) = (try await world.makeTag("a"), try await world.makeTag("b"))
            var post = world.samplePost()
            post.tagIDs = [second.id, first.id, second.id]
            try await world.add(post)
            #expect(try await world.store.post(post.id)?.tagIDs == [second.id, first.id])
        },
        PostingContractCase(
            "tallies count what is scheduled or being sent by its time and what is sent by when it went, nothing else"
        ) {
            engine in
            let world = try await PostingWorld(engine)
            let other = try await world.makeChannel()
            let idle = try await world.makeChannel()
            _ = try await world.sendPost(on: other, at: at(99))
            _ = try await world.makePost(dueAt: at(50))
            #expect(try await world.claim(at: at(50)).count == 1)
            for (status, due) in [
                (PostStatus.scheduled, at(0)), (.scheduled, at(99.999)), (.scheduled, at(100)), (.scheduled, at(-0.001)),
                (.draft, at(50)), (.needsApproval, at(50)), (.error, at(50)), (.sent, at(50)), (.sent, at(100)),
            ] { _ = try await world.makePost(status, dueAt: due) }
            var sentLate = world.samplePost(.sent, dueAt: at(50))
            sentLate.sentAt = at(200)
            try await world.add(sentLate)
            let tallies = try await world.store.tallies(of: [world.channel.id, other.id, idle.id], from: dawn, to: at(100))
            #expect(tallies[world.channel.id] == PostTally(scheduled: 3, sent: 1))
            #expect(tallies[other.id] == PostTally(scheduled: 0, sent: 1))
            #expect(tallies[idle.id] == PostTally())
            let ledger = try await world.store.change(world.channel.id) { try $0.tally(from: dawn, to: at(100)) }
            #expect(ledger == tallies[world.channel.id])
        },
        PostingContractCase("metrics are replaced on sent posts alone") { engine in
            let world = try await PostingWorld(engine)
            let sent = try await world.sendPost(at: at(10), [PostMetric(.likes, 0)])
            let waiting = try await world.makePost()
            #expect(try await world.store.note([PostMetric(.likes, 3)], of: sent.id, at: at(20)))
            let found = try #require(await world.store.post(sent.id))
            #expect(found.metrics == [PostMetric(.likes, 3)] && found.metricsUpdatedAt == at(20))
            #expect(try await !world.store.note([PostMetric(.likes, 3)], of: waiting.id, at: at(20)))
            #expect(try await !world.store.note([PostMetric(.likes, 3)], of: freshID(), at: at(20)))
            #expect(try await world.store.post(waiting.id) == waiting)
        },
        PostingContractCase("metric totals add up, average rates, and name the kinds that every channel counts") { engine in
            let world = try await PostingWorld(engine)
            let other = try await world.makeChannel()
            let first = try await world.sendPost(
                at: at(10), [PostMetric(.likes, 1), PostMetric(.reach, 5), PostMetric(.engagementRate, 1)])
            _ = try await world.sendPost(at: at(20), [PostMetric(.likes, 2), PostMetric(.engagementRate, 2)])
            _ = try await world.sendPost(on: other, at: at(30), [PostMetric(.likes, 4), PostMetric(.engagementRate, 6)])
            _ = try await world.sendPost(
                on: world.makeChannel(of: world.makeOrganization("bob")), at: at(20), [PostMetric(.likes, 99)])
            _ = try await world.makePost(dueAt: at(20))
            func totals(_ channels: [ChannelID]? = nil, _ start: Date = at(10), _ end: Date = at(30)) async throws -> MetricTotals
            {
                try await world.store.metricTotals(of: world.organization, channels: channels, tags: nil, from: start, to: end)
            }
            #expect(
                try await totals()
                    == MetricTotals(
                        postCount: 3, values: [.likes: 7, .reach: 5, .engagementRate: 3], commonKinds: [.likes, .engagementRate],
                        updatedAt: at(10)))
            #expect(
                try await totals([world.channel.id])
                    == MetricTotals(
                        postCount: 2, values: [.likes: 3, .reach: 5, .engagementRate: 1.5],
                        commonKinds: [.likes, .reach, .engagementRate], updatedAt: at(10)))
            #expect(try await totals(nil, at(10.001), at(29.999)).values[.likes] == 2)
            #expect(try await totals([]) == MetricTotals())
            #expect(try await totals(nil, at(500), at(600)) == MetricTotals())
            // Asked for again: the stalest is another one now.
            _ = try await world.store.note([PostMetric(.likes, 10)], of: first.id, at: at(90))
            #expect(try await totals().updatedAt == at(20))
        },
        PostingContractCase("metric totals filter by tags, and by having none") { engine in
            let world = try await PostingWorld(engine)
            let tag = try await world.makeTag("a")
            var tagged = world.samplePost(.sent, dueAt: at(10))
            tagged.tagIDs = [tag.id]
            tagged.metrics = [PostMetric(.likes, 1)]
            try await world.add(tagged)
            var plain = world.samplePost(.sent, dueAt: at(10))
            plain.metrics = [PostMetric(.likes, 2)]
            try await world.add(plain)
            func likes(_ filter: TagFilter?) async throws -> Double? {
                let totals = try await world.store.metricTotals(
                    of: world.organization, channels: nil, tags: filter, from: dawn, to: at(99))
                return totals.values[.likes]
            }
            #expect(try await likes(nil) == 3)
            #expect(try await likes(TagFilter(any: [tag.id])) == 1)
            #expect(try await likes(TagFilter(any: [tag.id], orNone: true)) == 3)
            #expect(try await likes(TagFilter(any: [], orNone: true)) == 2)
            #expect(try await likes(TagFilter(any: [])) == nil)
        },
    ]

    private static let assets: [Asset] = [
        .image(
            .init(
                url: "https://example.com/a.png?x=1&y=2", thumbnailURL: "https://example.com/t.png", altText: "A \"cat\"",
                animatedThumbnail: "https://example.com/a.gif", width: 800, height: 600,
                userTags: [.init(handle: "@bob", x: 0.1, y: 1)])),
        .video(.init(url: "https://example.com/v.mp4", thumbnailURL: nil, title: "T", thumbnailOffset: 1_500)),
        .document(.init(url: "https://example.com/d.pdf", title: "D", thumbnailURL: "https://example.com/d.png")),
        .link(.init(url: "https://example.com", title: "L", description: "words", thumbnailURL: nil)),
    ]

    private static let everyMetadata: [PostMetadata] = {
        var threaded = PostMetadata.Threaded()
        threaded.thread = [
            .init(text: "one", assets: assets), .init(text: "two", linkAttachment: LinkAttachment(url: "https://example.com")),
        ]
        threaded.spoilerText = "careful"
        threaded.retweet = .init(id: "99", comment: "see")
        threaded.isAIGenerated = true
        threaded.topic = "cats"
        threaded.locationID = "l"
        threaded.locationName = "Here"
        threaded.type = .ghostPost
        let annotation = PostMetadata.Annotation(
            text: "Bob", content: "Bob B.", url: "https://example.com/bob", indices: [0, 3], entity: "urn:1")
        var facebook = PostMetadata.Facebook(type: .reel)
        facebook.annotations = [annotation]
        facebook.firstComment = "first"
        facebook.title = "t"
        var linkedin = PostMetadata.LinkedIn()
        linkedin.annotations = [annotation]
        linkedin.linkAttachment = LinkAttachment(url: "https://example.com", title: "t", description: "d", thumbnailURL: "u")
        var instagram = PostMetadata.Instagram(type: .carousel, shouldShareToFeed: true)
        instagram.geolocation = .init(id: "1", text: "Here")
        instagram.stickerFields = .init(text: "t", music: "m", products: "p", topics: "o", other: "x")
        instagram.isAIGenerated = true
        var youtube = PostMetadata.YouTube()
        youtube.title = "t"
        youtube.isEmbeddable = false
        youtube.isMadeForKids = true
        var details = PostMetadata.GoogleBusiness.Details(kind: .offer)
        details.start = 1_800_000_000_123
        details.code = "SAVE"
        return [
            .bluesky(threaded), .facebook(facebook), .google(.init(type: .offer, title: "t", details: details)),
            .instagram(instagram), .linkedin(linkedin), .mastodon(threaded),
            .pinterest(.init(boardServiceID: "b", title: "t", url: "u")), .substack(.init(title: "t")), .threads(threaded),
            .tiktok(.init(title: "t", isAIGenerated: true)), .twitter(threaded), .youtube(youtube),
        ]
    }()
}
