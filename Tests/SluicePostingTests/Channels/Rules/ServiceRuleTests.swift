import Foundation
import Testing

@testable import SluicePosting

@Suite("What each service asks of a post")
struct ServiceRuleTests {
    private static func channel(_ service: Service, _ facts: ChannelFacts = ChannelFacts()) throws -> Channel {
        Channel(
            id: try #require(ChannelID("0123456789abcdef01234567")),
            organization: try #require(OrganizationReference("0123456789abcdef01234567")), service: service,
            type: service.usualType, serviceID: "1", name: "somebody", displayName: nil, timeZone: "UTC", schedule: .standard,
            isQueuePaused: false, isLocked: false, isDisconnected: false, externalLink: nil, avatarURL: nil, facts: facts,
            postingGoal: nil, publisher: .outbox, createdAt: .distantPast, updatedAt: .distantPast)
    }

    private func complaints(
        _ service: Service, _ text: String = "Hello", _ assets: [Asset] = [], _ metadata: PostMetadata? = nil,
        facts: ChannelFacts = ChannelFacts()
    ) throws -> [String] {
        service.rule.complaints(
            about: PostContent(text: text, assets: assets, metadata: metadata), on: try Self.channel(service, facts))
    }

    /// A post of each service that it has no complaint about.
    private static func sound(_ service: Service) -> PostContent {
        var content = PostContent(text: "Hello", assets: [], metadata: nil)
        switch service {
        case .instagram:
            content.assets = [.picture]
            content.metadata = .instagram(.init(type: .post, shouldShareToFeed: true))
        case .tiktok: content.assets = [.film]
        case .pinterest:
            content.assets = [.picture]
            content.metadata = .pinterest(.init(boardServiceID: "b"))
        case .youtube:
            content.assets = [.film]
            var said = PostMetadata.YouTube()
            said.title = "A film"
            said.categoryID = "22"
            content.metadata = .youtube(said)
        case .googlebusiness: content.metadata = .google(.init(type: .whatsNew, details: .init(kind: .whatsNew)))
        case .bluesky, .facebook, .linkedin, .mastodon, .startPage, .substack, .threads, .twitter, .whatsapp: break
        }
        return content
    }

    @Test(arguments: Service.allCases)
    func `a sound post has no complaint`(service: Service) throws {
        #expect(service.rule.service == service)
        #expect(service.rule.complaints(about: Self.sound(service), on: try Self.channel(service)) == [])
    }

    @Test(arguments: [
        (Service.bluesky, 300), (.facebook, 63_206), (.googlebusiness, 1_500), (.instagram, 2_200), (.linkedin, 3_000),
        (.mastodon, 500), (.pinterest, 500), (.threads, 500), (.tiktok, 2_200), (.twitter, 280), (.youtube, 5_000),
    ])
    func `a text may be as long as the service says, and no longer`(service: Service, limit: Int) throws {
        var content = Self.sound(service)
        content.text = String(repeating: "a", count: limit)
        #expect(service.rule.complaints(about: content, on: try Self.channel(service)) == [])
        content.text += "a"
        #expect(
            service.rule.complaints(about: content, on: try Self.channel(service)) == [
                "\(service.name) posts may have at most \(limit) characters, and this text has \(limit + 1)"
            ])
    }

    @Test func `what the network says of a channel moves its limit`() throws {
        let long = String(repeating: "a", count: 600)
        #expect(try complaints(.mastodon, long, facts: ChannelFacts(maxCharacters: 600)) == [])
        #expect(try complaints(.mastodon, long + "a", facts: ChannelFacts(maxCharacters: 600)).count == 1)
        #expect(try complaints(.twitter, long, facts: ChannelFacts(subscriptionType: "Premium")) == [])
        #expect(try complaints(.twitter, long, facts: ChannelFacts(subscriptionType: "None")).count == 1)
    }

    @Test func `a warning in front counts at Mastodon`() throws {
        var said = PostMetadata.Threaded()
        said.spoilerText = "12345"
        #expect(try complaints(.mastodon, String(repeating: "a", count: 495), [], .mastodon(said)) == [])
        #expect(try complaints(.mastodon, String(repeating: "a", count: 496), [], .mastodon(said)).count == 1)
    }

    @Test func `thirty hashtags and no more fit Instagram`() throws {
        let said = PostMetadata.instagram(.init(type: .post, shouldShareToFeed: true))
        #expect(try complaints(.instagram, String(repeating: "#a ", count: 30), [.picture], said) == [])
        #expect(
            try complaints(.instagram, String(repeating: "#a ", count: 31), [.picture], said)
                == ["Instagram posts may have at most 30 hashtags"])
    }

    @Test(arguments: [
        Service.bluesky, .facebook, .googlebusiness, .linkedin, .mastodon, .threads, .twitter, .substack, .whatsapp, .startPage,
    ])
    func `text is required where nothing else is there`(service: Service) throws {
        var content = Self.sound(service)
        for text in ["", " \n"] {
            content.text = text
            #expect(service.rule.complaints(about: content, on: try Self.channel(service)) == ["Text is required"])
        }
        content.assets = [.picture]
        #expect(service.rule.complaints(about: content, on: try Self.channel(service)) == [], "a picture is enough")
    }

    @Test(arguments: [
        (
            Service.instagram,
            ["Instagram posts require at least one image or video", "Instagram posts require a type (post, story, or reel)"]
        ),
        (.tiktok, ["TikTok posts require at least one image or video"]),
        (.pinterest, ["Pinterest posts require at least one image or video", "Pinterest posts require a board"]),
        (.youtube, ["YouTube posts require a video", "YouTube posts require a title", "YouTube posts require a category"]),
        (.googlebusiness, ["Google Business Profile posts require a type (what's new, offer, or event)"]),
        (.bluesky, []), (.facebook, []), (.linkedin, []), (.mastodon, []), (.threads, []), (.twitter, []),
    ])
    func `what a service needs beside the text`(service: Service, expected: [String]) throws {
        #expect(try complaints(service) == expected)
    }

    @Test(arguments: [
        ("four pictures", Service.twitter, Array(repeating: Asset.picture, count: 4), nil),
        ("five are too many", .twitter, Array(repeating: .picture, count: 5), "X (Twitter) posts take at most 4 images"),
        ("one film", .bluesky, [.film], nil),
        ("two films", .bluesky, [.film, .film], "Bluesky posts take at most one video"),
        (
            "a film beside a picture", .mastodon, [.film, .picture],
            "Mastodon posts do not take different kinds of assets together"
        ),
        ("Threads mixes", .threads, [.film, .picture], nil),
        ("twenty at Threads", .threads, Array(repeating: .picture, count: 20), nil),
        (
            "more than twenty together", .threads, Array(repeating: .picture, count: 11) + Array(repeating: .film, count: 10),
            "Threads posts take at most 20 images and videos together"
        ),
        ("a document at LinkedIn", .linkedin, [.paper], nil),
        (
            "a document beside a picture", .linkedin, [.paper, .picture],
            "LinkedIn posts do not take different kinds of assets together"
        ),
        ("a document at X", .twitter, [.paper], "X (Twitter) posts do not take documents"),
        ("a picture at Google", .googlebusiness, [.picture], nil),
        ("a film at Google", .googlebusiness, [.film], "Google Business Profile posts do not take videos"),
        ("a link in the older way", .facebook, [.link(.init(url: "https://example.com"))], nil),
        ("a link at X", .twitter, [.link(.init(url: "https://example.com"))], "X (Twitter) posts do not take links"),
        ("35 pictures at TikTok", .tiktok, Array(repeating: .picture, count: 35), nil),
        ("36", .tiktok, Array(repeating: .picture, count: 36), "TikTok posts take at most 35 images"),
    ])
    func `assets in number and kind`(why: String, service: Service, assets: [Asset], complaint: String?) throws {
        var content = Self.sound(service)
        content.assets = assets
        #expect(
            service.rule.complaints(about: content, on: try Self.channel(service)) == (complaint.map { [$0] } ?? []), "\(why)")
    }

    @Test(arguments: [
        ("a reel is a film", PostType.reel, [Asset.film], [String]()),
        ("a reel is no picture", .reel, [.picture], ["Instagram posts require a video", "Instagram posts do not take images"]),
        ("a story is one", .story, [.picture], []),
        ("a story is not two", .story, [.picture, .picture], ["Instagram posts take at most one image"]),
        ("a carousel is several", .carousel, [.picture, .film], []),
        ("a carousel is not one", .carousel, [.picture], ["Instagram posts require at least 2 assets"]),
        ("ten of a post", .post, Array(repeating: .picture, count: 10), []),
        ("eleven", .post, Array(repeating: .picture, count: 11), ["Instagram posts take at most 10 images"]),
        ("a type of another service", .offer, [.picture], ["Instagram posts require a type (post, story, or reel)"]),
    ])
    func `Instagram's types`(why: String, type: PostType, assets: [Asset], expected: [String]) throws {
        let said = PostMetadata.instagram(.init(type: type, shouldShareToFeed: true))
        #expect(try complaints(.instagram, "Hello", assets, said) == expected, "\(why)")
    }

    @Test(arguments: [
        (PostType.post, [Asset](), [String]()), (.reel, [.film], []),
        (.reel, [], ["Facebook posts require a video"]), (.story, [.picture], []),
        (.story, [], ["Facebook posts require at least one image or video"]),
        (.carousel, [], ["Facebook posts require a type (post, story, or reel)"]),
    ])
    func `Facebook's types`(type: PostType, assets: [Asset], expected: [String]) throws {
        #expect(try complaints(.facebook, "Hello", assets, .facebook(.init(type: type))) == expected)
    }

    @Test func `Google's events and offers have a title and a span, and buttons a link`() throws {
        func said(_ type: PostType, _ change: (inout PostMetadata.GoogleBusiness.Details) -> Void) -> PostMetadata {
            var details = PostMetadata.GoogleBusiness.Details(kind: type)
            change(&details)
            return .google(.init(type: type, details: details))
        }
        #expect(
            try complaints(.googlebusiness, "Hello", [], said(.event) { _ in }) == [
                "The event of a Google Business Profile post requires a title",
                "The event of a Google Business Profile post requires a start and an end",
            ])
        let offer = said(.offer) {
            $0.title = "Half price"
            $0.start = 2_000
            $0.end = 1_000
        }
        #expect(
            try complaints(.googlebusiness, "Hello", [], offer) == [
                "The offer of a Google Business Profile post ends before it starts"
            ])
        let event = said(.event) {
            $0.title = "Opening"
            $0.start = 1_000
            $0.end = 1_000
            $0.button = "call"
        }
        #expect(try complaints(.googlebusiness, "Hello", [], event) == [])
        let button = said(.whatsNew) { $0.button = "book" }
        #expect(
            try complaints(.googlebusiness, "Hello", [], button) == [
                "The button of a Google Business Profile post requires a link"
            ])
        let others = PostMetadata.google(.init(type: .offer, details: .init(kind: .event)))
        #expect(
            try complaints(.googlebusiness, "Hello", [], others)
                == ["Google Business Profile posts of the type offer require the details of that type"])
    }

    @Test(arguments: [
        (Service.pinterest, 100, PostMetadata.pinterest(.init(boardServiceID: "b", title: String(repeating: "a", count: 101)))),
        (.tiktok, 90, .tiktok(.init(title: String(repeating: "a", count: 91)))),
    ])
    func `titles have their own length`(service: Service, limit: Int, said: PostMetadata) throws {
        #expect(
            try complaints(service, "Hello", [.picture], said)
                == ["The title of a \(service.name) post may have at most \(limit) characters"])
    }

    @Test func `YouTube's title, privacy and license`() throws {
        var said = PostMetadata.YouTube()
        said.title = String(repeating: "a", count: 101)
        said.categoryID = "22"
        said.privacy = "secret"
        said.license = "mine"
        #expect(
            try complaints(.youtube, "Hello", [.film], .youtube(said)) == [
                "The title of a YouTube post may have at most 100 characters",
                "The privacy of a YouTube post is public, unlisted or private",
                "The license of a YouTube post is youtube or creativeCommon",
            ])
    }

    @Test(arguments: [
        (Service.twitter, 1_000), (.mastodon, 1_500), (.bluesky, 2_000), (.pinterest, 500), (.linkedin, 4_086),
    ])
    func `alt texts have their own length`(service: Service, limit: Int) throws {
        var content = Self.sound(service)
        func picture(_ length: Int) -> Asset {
            .image(.init(url: "https://example.com/a.png", altText: String(repeating: "a", count: length)))
        }
        content.assets = [picture(limit)]
        #expect(service.rule.complaints(about: content, on: try Self.channel(service)) == [])
        content.assets = [picture(limit + 1)]
        #expect(
            service.rule.complaints(about: content, on: try Self.channel(service))
                == ["The alt text of an image on \(service.name) may have at most \(limit) characters"])
    }

    @Test func `each item of a thread is counted`() throws {
        var said = PostMetadata.Threaded()
        said.thread = [
            .init(text: "root"), .init(text: String(repeating: "a", count: 281)),
            .init(text: "", assets: Array(repeating: .picture, count: 5)), .init(text: " "), .init(text: "", assets: [.film]),
        ]
        #expect(
            try complaints(.twitter, "root", [], .twitter(said)) == [
                "Thread item 2: X (Twitter) posts may have at most 280 characters, and this text has 281",
                "Thread item 3: X (Twitter) posts take at most 4 images", "Thread item 4: Text is required",
            ])
    }

    @Test func `assets of a thread's first item are the post's, or keep the rules of the service themselves`() throws {
        func complaints(_ assets: [Asset], root: [Asset]) throws -> [String] {
            var said = PostMetadata.Threaded()
            said.thread = [.init(text: "root", assets: root), .init(text: "more")]
            return try self.complaints(.twitter, "root", assets, .twitter(said))
        }
        let five = Array(repeating: Asset.picture, count: 5)
        #expect(try complaints([.film], root: []) == [])
        #expect(try complaints([.film], root: [.film]) == [])
        #expect(try complaints([], root: [.picture]) == [])
        #expect(try complaints([], root: five) == ["Thread item 1: X (Twitter) posts take at most 4 images"])
        #expect(try complaints([.picture], root: [.paper]) == ["Thread item 1: X (Twitter) posts do not take documents"])
        #expect(try complaints(five, root: five) == ["X (Twitter) posts take at most 4 images"], "said once")
    }

    @Test func `a card or a quoted post is something to read`() throws {
        var said = PostMetadata.Threaded()
        said.linkAttachment = LinkAttachment(url: "https://example.com")
        #expect(try complaints(.bluesky, "", [], .bluesky(said)) == [])
        said = PostMetadata.Threaded()
        said.retweet = .init(id: "1")
        #expect(try complaints(.twitter, "", [], .twitter(said)) == [])
    }

    @Test func `networks' daily limits`() {
        let limits = Service.allCases.reduce(into: [Service: Int]()) { $0[$1] = $1.dailyLimit }
        #expect(limits == [.instagram: 50, .tiktok: 25, .threads: 250])
    }
}
