import Foundation
import SluiceGraphQL
import SluicePosting
import Testing

/// What a post says to its network alone comes back as it was given.
@Suite("metadata of posts")
struct PostMetadataTests {
    private static let query = """
        mutation ($input: CreatePostInput!) { createPost(input: $input) { ... on PostActionSuccess { post { metadata { __typename
          ... on CommonPostMetadata { type annotations { content indices text type url } }
          ... on ThreadedPostMetadata { threadCount thread { text assets { source } linkAttachment { url }
            metadata { bluesky { linkAttachment { url title } } threads { linkAttachment { url } } } } }
          ... on BlueskyPostMetadata { linkAttachment { url title text thumbnail thumbnails expandedUrl } }
          ... on FacebookPostMetadata { firstComment title facebookLink: linkAttachment { url } }
          ... on LinkedInPostMetadata { firstComment linkedInLink: linkAttachment { url title } }
          ... on InstagramPostMetadata { firstComment link shouldShareToFeed isAiGenerated geolocation { id text }
            stickerFields { music other products text topics } }
          ... on MastodonPostMetadata { spoilerText }
          ... on PinterestPostMetadata { title url board { id serviceId name } }
          ... on SubstackPostMetadata { substackLink: linkAttachment { url } }
          ... on ThreadsPostMetadata { topic locationId locationName }
          ... on TiktokPostMetadata { title isAiGenerated }
          ... on TwitterPostMetadata { isAiGenerated retweet { id text url createdAt thumbnails user { name username avatar } } }
          ... on YoutubePostMetadata { title category { categoryId title } privacy license embeddable madeForKids
            notifySubscribers isAiGenerated }
          ... on GoogleBusinessPostMetadata { title details { __typename
            ... on GoogleBusinessWhatsNewMetaData { button link }
            ... on GoogleBusinessOfferMetaData { title startDate endDate code link terms }
            ... on GoogleBusinessEventMetaData { eventTitle: title startDate endDate isFullDayEvent button link startTime } } }
        } } } ... on MutationError { message } } }
        """

    private static let image: JSONValue = ["image": ["url": "https://example.com/a.png"]]
    private static let video: JSONValue = ["video": ["url": "https://example.com/a.mp4"]]

    /// What comes back for metadata under a service's key.
    private static func metadata(
        _ service: Service, _ metadata: JSONValue, text: String = "Hello", assets: [JSONValue] = [],
        facts: ChannelFacts = ChannelFacts()
    ) async throws -> (metadata: JSONValue?, reply: Reply) {
        let world = try await World()
        let channel = try await world.channel(service, facts: facts)
        let reply = try await world.ask(
            query,
            CreatePostTests.input(channel, ["text": .string(text), "assets": .array(assets), "metadata": metadata]))
        return (reply["createPost.post.metadata"], reply)
    }

    @Test func `a thread lists every post, the root too, and its text must be the first item's`() async throws {
        let thread: JSONValue = [
            "thread": [["text": "Hello"], ["text": "And more", "assets": [Self.image]]]
        ]
        for (service, key, type) in [
            (Service.twitter, "twitter", "TwitterPostMetadata"), (.bluesky, "bluesky", "BlueskyPostMetadata"),
            (.threads, "threads", "ThreadsPostMetadata"),
        ] {
            let (found, reply) = try await Self.metadata(service, .object([key: thread]))
            let metadata = try #require(found, "\(reply)")
            #expect(metadata["__typename"]?.string == type)
            #expect(metadata["type"] == "thread")
            #expect(metadata["threadCount"] == 2)
            #expect(metadata["thread"]?[0]?["text"] == "Hello")
            #expect(metadata["thread"]?[1]?["assets"] == [["source": "https://example.com/a.png"]])
        }
        let (_, refused) = try await Self.metadata(.twitter, ["twitter": thread], text: "Something else")
        #expect(refused["createPost.message"] == "The text of a thread must be the text of its first item")
    }

    @Test func `an item of a thread may have a card, under its own service's key only`() async throws {
        func thread(_ metadata: JSONValue) -> JSONValue {
            ["bluesky": ["thread": [["text": "Hello"], ["text": "More", "metadata": metadata]]]]
        }
        let card: JSONValue = ["linkAttachment": ["url": "https://example.com/", "title": "Example"]]
        let (found, _) = try await Self.metadata(.bluesky, thread(["bluesky": card]))
        let item = try #require(found?["thread"]?[1])
        #expect(item["linkAttachment"] == ["url": "https://example.com/"])
        #expect(item["metadata"]?["bluesky"] == ["linkAttachment": ["url": "https://example.com/", "title": "Example"]])
        #expect(item["metadata"]?["threads"] == .null)
        let (_, refused) = try await Self.metadata(.bluesky, thread(["threads": card]))
        #expect(
            refused["createPost.message"] == "Thread item 2 has metadata for another service than the channel's")
    }

    @Test func `metadata for another service, or for several, is refused`() async throws {
        let (_, other) = try await Self.metadata(.mastodon, ["twitter": ["isAiGenerated": true]])
        #expect(other["createPost.message"] == "Metadata for X (Twitter) does not fit a Mastodon channel")
        let (_, several) = try await Self.metadata(
            .mastodon, ["mastodon": ["spoilerText": "x"], "twitter": ["isAiGenerated": true]])
        #expect(several["createPost.message"] == "Metadata may be given for the channel's service only")
        let (none, _) = try await Self.metadata(.mastodon, ["mastodon": nil])
        #expect(none == .null)
    }

    @Test func `a card under the text has what was given and nothing that was not`() async throws {
        let (found, _) = try await Self.metadata(
            .bluesky,
            [
                "bluesky": [
                    "linkAttachment": [
                        "url": "https://example.com/", "title": "Example", "description": "Words",
                        "thumbnail": ["url": "https://example.com/t.png"],
                    ]
                ]
            ])
        #expect(
            found?["linkAttachment"] == [
                "url": "https://example.com/", "title": "Example", "text": "Words", "thumbnail": "https://example.com/t.png",
                "thumbnails": ["https://example.com/t.png"], "expandedUrl": nil,
            ])
        let (bare, _) = try await Self.metadata(.substack, ["substack": ["linkAttachment": ["url": "https://example.com/"]]])
        #expect(bare?["substackLink"] == ["url": "https://example.com/"])
        let (_, both) = try await Self.metadata(
            .facebook, ["facebook": ["type": "post", "linkAttachment": ["url": "https://example.com/"]]], assets: [Self.image])
        #expect(both["createPost.message"] == "A link attachment and assets exclude each other")
    }

    @Test func `mentions at Facebook and LinkedIn come back with their place in the text`() async throws {
        let (facebook, _) = try await Self.metadata(
            .facebook,
            [
                "facebook": [
                    "type": "post", "firstComment": "First",
                    "annotations": [
                        ["text": "Ada", "content": "@ada", "url": "https://facebook.example/ada", "indices": [0, 3]]
                    ],
                ]
            ], text: "Ada!")
        #expect(
            facebook?["annotations"] == [
                [
                    "content": "@ada", "indices": [0, 3], "text": "Ada", "type": "mention",
                    "url": "https://facebook.example/ada",
                ]
            ])
        #expect(facebook?["firstComment"] == "First")
        let (linkedIn, _) = try await Self.metadata(
            .linkedin,
            [
                "linkedin": [
                    "annotations": [
                        [
                            "id": "1", "entity": "urn:li:organization:1", "link": "https://linkedin.example/ada", "start": 4,
                            "length": 3, "localizedName": "Ada", "vanityName": "ada",
                        ]
                    ]
                ]
            ], text: "Ask Ada")
        #expect(
            linkedIn?["annotations"] == [
                [
                    "content": "ada", "indices": [4, 7], "text": "Ada", "type": "mention",
                    "url": "https://linkedin.example/ada",
                ]
            ])
    }

    @Test func `Instagram, Pinterest, TikTok, YouTube, Threads, Mastodon and X keep what is theirs`() async throws {
        let (instagram, _) = try await Self.metadata(
            .instagram,
            [
                "instagram": [
                    "type": "reel", "shouldShareToFeed": true, "firstComment": "First", "link": "https://example.com/",
                    "isAiGenerated": true, "geolocation": ["id": "1", "text": "Home"], "stickerFields": ["music": "Song"],
                ]
            ], assets: [Self.video])
        #expect(instagram?["type"] == "reel")
        #expect(instagram?["isAiGenerated"] == true)
        #expect(instagram?["geolocation"] == ["id": "1", "text": "Home"])
        #expect(
            instagram?["stickerFields"] == ["music": "Song", "other": nil, "products": nil, "text": nil, "topics": nil])
        let board = ChannelFacts.Board(
            id: String(repeating: "b", count: 24), serviceID: "b-1", name: "Cats", url: "https://pinterest.example/cats")
        let (pinterest, _) = try await Self.metadata(
            .pinterest, ["pinterest": ["boardServiceId": "b-1", "title": "A cat", "url": "https://example.com/cat"]],
            assets: [Self.image], facts: ChannelFacts(boards: [board]))
        #expect(pinterest?["board"] == ["id": .string(board.id), "serviceId": "b-1", "name": "Cats"])
        #expect(pinterest?["title"] == "A cat")
        let (tikTok, _) = try await Self.metadata(
            .tiktok, ["tiktok": ["title": "Film", "isAiGenerated": true]], assets: [Self.video])
        #expect(tikTok?["isAiGenerated"] == true)
        let (youTube, _) = try await Self.metadata(
            .youtube, ["youtube": ["title": "Film", "categoryId": "22", "privacy": "unlisted", "license": "youtube"]],
            assets: [Self.video])
        #expect(youTube?["category"] == ["categoryId": "22", "title": "People & Blogs"])
        #expect(youTube?["privacy"] == "unlisted")
        #expect(youTube?["embeddable"] == true)
        let (threads, _) = try await Self.metadata(.threads, ["threads": ["topic": "Cats", "locationName": "Home"]])
        #expect(threads?["topic"] == "Cats")
        #expect(threads?["type"] == "post")
        let (mastodon, _) = try await Self.metadata(.mastodon, ["mastodon": ["spoilerText": "Cats"]])
        #expect(mastodon?["spoilerText"] == "Cats")
        let (quoted, _) = try await Self.metadata(
            .twitter, ["twitter": ["retweet": ["id": "1541815603606036480", "comment": "Look"]]])
        // The id tells when the quoted post was made.
        #expect(
            quoted?["retweet"] == [
                "id": "1541815603606036480", "text": "Look", "url": "https://x.com/i/status/1541815603606036480",
                "createdAt": "2022-06-28T16:07:40.105Z", "thumbnails": [],
                "user": ["name": "", "username": "", "avatar": ""],
            ])
    }

    @Test func `Google Business Profile has details for each type, and for no other`() async throws {
        let (news, _) = try await Self.metadata(
            .googlebusiness,
            [
                "google": [
                    "type": "whats_new", "detailsWhatsNew": ["button": "learn_more", "link": "https://example.com/"],
                ]
            ])
        #expect(
            news?["details"] == [
                "__typename": "GoogleBusinessWhatsNewMetaData", "button": "learn_more", "link": "https://example.com/",
            ])
        let (event, _) = try await Self.metadata(
            .googlebusiness,
            [
                "google": [
                    "type": "event",
                    "detailsEvent": [
                        "title": "Fair", "startDate": "2026-03-10T10:00:00Z", "endDate": "2026-03-11T10:00:00Z",
                        "isFullDayEvent": true,
                    ],
                ]
            ])
        #expect(
            event?["details"] == [
                "__typename": "GoogleBusinessEventMetaData", "eventTitle": "Fair", "startDate": "2026-03-10T10:00:00.000Z",
                "endDate": "2026-03-11T10:00:00.000Z", "isFullDayEvent": true, "button": "none", "link": nil, "startTime": nil,
            ])
        let (offer, _) = try await Self.metadata(
            .googlebusiness,
            [
                "google": [
                    "type": "offer",
                    "detailsOffer": ["title": "Half", "startDate": "2026-03-10", "endDate": "2026-03-11", "code": "HALF"],
                ]
            ])
        #expect(offer?["details"]?["code"] == "HALF")
        #expect(offer?["details"]?["startDate"] == "2026-03-10T00:00:00.000Z")
        let (_, mixed) = try await Self.metadata(
            .googlebusiness, ["google": ["type": "whats_new", "detailsOffer": ["title": "Half"]]])
        #expect(mixed["createPost.message"] == "`detailsOffer` does not go with the type whats_new")
    }
}
