import Foundation
import Testing

@testable import SluicePosting

/// Values that a store keeps as JSON. What is written here was kept once, and is never changed: rows that hold it must be read
/// for good. A member that is added later goes into the fuller texts, never into the smaller ones.
@Suite("What is kept as JSON")
struct KeptValuesTests {
    private func read<Value: Decodable>(_ json: String, as type: Value.Type = Value.self) throws -> Value {
        try JSONDecoder().decode(type, from: Data(json.utf8))
    }

    /// Reads a text and writes it again: a member that is not read would not come back.
    private func expectWhole<Value: Codable>(_ json: String, as type: Value.Type) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        #expect(String(decoding: try encoder.encode(read(json, as: type)), as: UTF8.self) == json)
    }

    @Test func `assets of the first rows are read`() throws {
        #expect(
            try read(
                """
                [{"image":{"_0":{"url":"https://a.b/1"}}},{"video":{"_0":{"url":"https://a.b/2"}}},
                {"document":{"_0":{"url":"https://a.b/3","title":"T","thumbnailURL":"https://a.b/4"}}},
                {"link":{"_0":{"url":"https://a.b/5"}}}]
                """) == [
                    Asset.image(.init(url: "https://a.b/1")), .video(.init(url: "https://a.b/2")),
                    .document(.init(url: "https://a.b/3", title: "T", thumbnailURL: "https://a.b/4")),
                    .link(.init(url: "https://a.b/5")),
                ])
    }

    @Test(arguments: [
        (#"{"bluesky":{"_0":{}}}"#, PostMetadata.bluesky(.init())), (#"{"mastodon":{"_0":{}}}"#, .mastodon(.init())),
        (#"{"threads":{"_0":{}}}"#, .threads(.init())), (#"{"twitter":{"_0":{}}}"#, .twitter(.init())),
        (#"{"facebook":{"_0":{"type":"post"}}}"#, .facebook(.init(type: .post))),
        (#"{"linkedin":{"_0":{}}}"#, .linkedin(.init())),
        (
            #"{"instagram":{"_0":{"shouldShareToFeed":true,"type":"reel"}}}"#,
            .instagram(.init(type: .reel, shouldShareToFeed: true))
        ),
        (#"{"pinterest":{"_0":{}}}"#, .pinterest(.init())), (#"{"substack":{"_0":{}}}"#, .substack(.init())),
        (#"{"tiktok":{"_0":{}}}"#, .tiktok(.init())), (#"{"youtube":{"_0":{}}}"#, .youtube(.init())),
        (
            #"{"google":{"_0":{"details":{"kind":"event"},"type":"event"}}}"#,
            .google(.init(type: .event, details: .init(kind: .event)))
        ),
    ])
    func `metadata of the first rows is read`(json: String, expected: PostMetadata) throws {
        #expect(try read(json) == expected)
    }

    @Test func `a thread, a quotation and a mention of the first rows are read`() throws {
        #expect(try read(#"{"text":"a"}"#) == PostMetadata.ThreadedPost(text: "a"))
        #expect(try read(#"{"id":"1"}"#) == PostMetadata.Retweet(id: "1"))
        #expect(
            try read(#"{"content":"c","indices":[0,1],"text":"t","url":"u"}"#)
                == PostMetadata.Annotation(text: "t", content: "c", url: "u", indices: [0, 1]))
    }

    @Test func `what else the first rows hold is read`() throws {
        #expect(try read("{}") == ChannelFacts())
        #expect(
            try read(#"{"id":"1","name":"n","serviceID":"2","url":"u"}"#)
                == ChannelFacts.Board(id: "1", serviceID: "2", name: "n", url: "u"))
        #expect(try read(#"{"message":"no"}"#) == PublishingError(message: "no"))
        #expect(try read(#"[{"kind":"likes","value":1}]"#) == [PostMetric(.likes, 1)])
        #expect(try read(#"{"title":"T"}"#) == IdeaContent(title: "T"))
        #expect(try read(#"{"id":"1","kind":"image","url":"u"}"#) == IdeaMedia(id: "1", url: "u", kind: .image))
        let day = #"{"isPaused":false,"times":[{"hour":9,"minute":30}]}"#
        let days = Array(repeating: day, count: 7).joined(separator: ",")
        #expect(try read("{\"days\":[\(days)]}") == PostingSchedule.daily(["09:30"].compactMap { TimeOfDay($0) }))
    }

    private static let image = """
        {"image":{"_0":{"altText":"a","animatedThumbnail":"b","height":1,"thumbnailURL":"c","url":"d","userTags":[{"handle":"e",\
        "x":0.5,"y":1}],"width":2}}}
        """
    private static let card = #"{"description":"a","thumbnailURL":"b","title":"c","url":"d"}"#
    private static let annotations = #"[{"content":"a","entity":"b","indices":[0],"text":"c","url":"d"}]"#

    @Test(arguments: [
        """
        {"twitter":{"_0":{"isAIGenerated":true,"linkAttachment":\(card),"locationID":"a","locationName":"b","retweet":{"comment":\
        "c","id":"d"},"spoilerText":"e","thread":[{"assets":[\(image)],"linkAttachment":\(card),"text":"f"}],"topic":"g",\
        "type":"post"}}}
        """,
        #"{"facebook":{"_0":{"annotations":\#(annotations),"firstComment":"a","linkAttachment":\#(card),"title":"b","type":"reel"}}}"#,
        #"{"linkedin":{"_0":{"annotations":\#(annotations),"firstComment":"a","linkAttachment":\#(card)}}}"#,
        """
        {"instagram":{"_0":{"firstComment":"a","geolocation":{"id":"b","text":"c"},"isAIGenerated":true,"link":"d",\
        "shouldShareToFeed":true,"stickerFields":{"music":"e","other":"f","products":"g","text":"h","topics":"i"},"type":"story"}}}
        """,
        #"{"tiktok":{"_0":{"isAIGenerated":true,"title":"a"}}}"#,
        """
        {"youtube":{"_0":{"categoryID":"a","isAIGenerated":true,"isEmbeddable":false,"isMadeForKids":true,"license":"b",\
        "notifiesSubscribers":false,"privacy":"c","title":"d"}}}
        """,
        """
        {"google":{"_0":{"details":{"button":"a","code":"b","end":2,"isFullDay":true,"kind":"offer","link":"c","start":1,\
        "terms":"d","title":"e"},"title":"f","type":"offer"}}}
        """,
    ])
    func `metadata that says everything is read whole`(json: String) throws { try expectWhole(json, as: PostMetadata.self) }

    @Test func `everything else that says everything is read whole`() throws {
        try expectWhole(Self.image, as: Asset.self)
        try expectWhole(
            """
            {"boards":[{"avatarURL":"a","description":"b","id":"c","name":"d","serviceID":"e","url":"f"}],"defaultToReminders":true,\
            "location":{"googleAccountID":"g","location":"h","mapsLink":"i"},"maxCharacters":1,"serverURL":"j",\
            "subscriptionType":"k"}
            """, as: ChannelFacts.self)
        try expectWhole(
            """
            {"date":1,"isAIAssisted":true,"media":[{"altText":"a","id":"b","kind":"gif","size":1,"source":{"author":"c",\
            "authorURL":"d","id":"e","name":"f"},"thumbnailURL":"g","url":"h"}],"services":["mastodon"],"tagIDs":["i"],\
            "text":"j","title":"k"}
            """, as: IdeaContent.self)
    }
}
