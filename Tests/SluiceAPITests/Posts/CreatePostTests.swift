import Foundation
import SluiceGraphQL
import SluicePosting
import Testing

@Suite("createPost")
struct CreatePostTests {
    private static let query = """
        mutation ($input: CreatePostInput!) { createPost(input: $input) { __typename
          ... on PostActionSuccess { post { id text status via shareMode schedulingType isCustomScheduled sharedNow dueAt sentAt
            createdAt updatedAt channelId channelService ideaId tags { id name color colorName isLocked } assets { type source }
            externalLink contentItemId metadata { __typename } error { message } author { id email name isDeleted } } }
          ... on MutationError { message } } }
        """

    static func input(_ channel: Channel, _ members: JSONObject = [:]) -> JSONValue {
        var input: JSONObject = [
            "channelId": .string(channel.id.text), "text": "Hello", "mode": "addToQueue", "schedulingType": "automatic",
        ]
        for (name, value) in members { input[name] = value }
        return ["input": .object(input)]
    }

    @Test func `a post takes the next free time of the queue and is made through the API`() async throws {
        let world = try await World()
        let channel = try await world.channel()
        let reply = try await world.ask(Self.query, Self.input(channel))
        #expect(reply.errors.isEmpty, "\(reply)")
        #expect(reply["createPost.__typename"] == "PostActionSuccess")
        #expect(reply["createPost.message"] == nil, "a message never stands beside a post")
        let post = try #require(reply["createPost.post"])
        #expect(post["status"] == "scheduled")
        #expect(post["via"] == "api")
        #expect(post["shareMode"] == "addToQueue")
        #expect(post["schedulingType"] == "automatic")
        #expect(post["isCustomScheduled"] == false)
        #expect(post["sharedNow"] == false)
        #expect(post["dueAt"] == "2026-03-02T09:00:00.000Z")
        #expect(post["createdAt"] == "2026-03-02T08:00:00.000Z")
        #expect(post["channelService"] == "twitter")
        #expect(post["author"]?["email"] == "ada@example.com")
        #expect(post["author"]?["isDeleted"] == false)
        for name in ["sentAt", "externalLink", "ideaId", "contentItemId", "metadata", "error"] { #expect(post[name] == .null) }
        #expect(post["tags"] == [])
        #expect(post["assets"] == [])
    }

    @Test(arguments: [
        "2026-03-10T15:00:00.000Z", "2026-03-10T15:00:00Z", "2026-03-10T15:00:00+00:00", "2026-03-10T16:00:00+01:00",
    ])
    func `a moment may be written in any of the ways clients write it, and is answered in one`(dueAt: String) async throws {
        let world = try await World()
        let reply = try await world.ask(
            Self.query, Self.input(try await world.channel(), ["mode": "customScheduled", "dueAt": .string(dueAt)]))
        #expect(reply["createPost.post.dueAt"] == "2026-03-10T15:00:00.000Z")
        #expect(reply["createPost.post.isCustomScheduled"] == true)
    }

    @Test func `an explicit null is the same as leaving something out`() async throws {
        let world = try await World()
        let nulls: JSONObject = [
            "dueAt": nil, "ideaId": nil, "tagIds": nil, "metadata": nil, "saveToDraft": nil, "aiAssisted": nil, "source": nil,
            "draftId": nil,
        ]
        let reply = try await world.ask(Self.query, Self.input(try await world.channel(), nulls))
        #expect(reply["createPost.post.status"] == "scheduled", "\(reply)")
    }

    @Test func `a draft has no time, and rules about what is missing do not hold for it`() async throws {
        let world = try await World()
        let reply = try await world.ask(
            Self.query,
            Self.input(
                try await world.channel(.instagram),
                ["saveToDraft": true, "text": nil, "mode": "customScheduled", "dueAt": "2026-03-10T15:00:00.000Z"]))
        #expect(reply["createPost.post.status"] == "draft", "\(reply)")
        #expect(reply["createPost.post.dueAt"] == .null)
        #expect(reply["createPost.post.text"] == "")
    }

    @Test func `a post may ask for approval`() async throws {
        let world = try await World()
        let reply = try await world.ask(Self.query, Self.input(try await world.channel(), ["needsApproval": true]))
        #expect(reply["createPost.post.status"] == "needs_approval")
    }

    @Test func `one complaint comes as it is, several in one sentence`() async throws {
        let world = try await World()
        let one = try await world.ask(Self.query, Self.input(try await world.channel(), ["text": ""]))
        #expect(one["createPost"] == ["__typename": "InvalidInputError", "message": "Text is required"])
        let several = try await world.ask(Self.query, Self.input(try await world.channel(.instagram)))
        #expect(
            several["createPost"] == [
                "__typename": "InvalidInputError",
                "message": """
                Invalid post: Instagram posts require at least one image or video., Instagram posts require a type \
                (post, story, or reel).
                """,
            ])
        #expect(several.errors.isEmpty)
    }

    @Test func `an unknown channel, tag or idea is a typed error`() async throws {
        let world = try await World()
        let channel = try await world.channel()
        let nobody = JSONValue.string(String(repeating: "0", count: 24))
        let cases: [(JSONObject, String)] = [
            (["channelId": nobody], "Channel not found"), (["channelId": "no id"], "Channel not found"),
            (["tagIds": [nobody]], "Tag not found"), (["tagIds": ["no id"]], "Tag not found"),
            (["ideaId": nobody], "Idea not found"), (["ideaId": "no id"], "Idea not found"),
        ]
        for (members, message) in cases {
            let reply = try await world.ask(Self.query, Self.input(channel, members))
            #expect(reply["createPost"] == ["__typename": "NotFoundError", "message": .string(message)])
            #expect(reply.errors.isEmpty)
        }
    }

    @Test func `a reached limit and a channel that takes no posts are typed errors`() async throws {
        var limits = PostingLimits()
        limits.scheduledPosts = 1
        let world = try await World(limits: limits)
        let channel = try await world.channel()
        _ = try await world.ask(Self.query, Self.input(channel))
        let full = try await world.ask(Self.query, Self.input(channel))
        #expect(full["createPost.__typename"] == "LimitReachedError")
        _ = try await world.posting.channels.edit(channel.id, of: world.organization, ChannelEdit(isLocked: true))
        let locked = try await world.ask(Self.query, Self.input(channel))
        #expect(
            locked["createPost"] == ["__typename": "InvalidInputError", "message": "The channel is locked and takes no posts"])
    }

    @Test func `an asset is exactly one thing`() async throws {
        let world = try await World()
        let channel = try await world.channel()
        let image: JSONValue = ["url": "https://example.com/a.png"]
        let bad: [JSONValue] = [[:], ["image": nil], ["image": image, "video": image]]
        for asset in bad {
            let reply = try await world.ask(Self.query, Self.input(channel, ["assets": [["image": image], asset]]))
            #expect(reply["createPost.__typename"] == "InvalidInputError")
            #expect(
                reply["createPost.message"] == "Asset 2 must be exactly one of image, video, document and link", "\(asset)")
        }
        let good = try await world.ask(Self.query, Self.input(channel, ["assets": [["image": image, "video": nil]]]))
        #expect(good["createPost.post.assets"] == [["type": "image", "source": "https://example.com/a.png"]])
        // One where a list is declared is a list of one.
        let single = try await world.ask(Self.query, Self.input(channel, ["assets": ["image": image]]))
        #expect(single["createPost.post.assets"]?.array?.count == 1)
    }

    @Test func `assets in the older shape are refused before anything runs`() async throws {
        let world = try await World()
        let channel = try await world.channel()
        let reply = try await world.ask(
            Self.query, Self.input(channel, ["assets": ["images": [["url": "https://example.com/a.png"]]]]))
        #expect(reply.isRequestError)
        #expect(reply.codes == ["BAD_USER_INPUT"])
    }

    @Test func `tags come with their colours, in the order they were given`() async throws {
        let world = try await World()
        let channel = try await world.channel()
        let news = try await world.posting.tags.add(named: "News", color: .tealLight, to: world.organization)
        let art = try await world.posting.tags.add(named: "Art", color: .red, to: world.organization)
        let reply = try await world.ask(
            Self.query, Self.input(channel, ["tagIds": [.string(news.id.text), .string(art.id.text)]]))
        #expect(
            reply["createPost.post.tags"] == [
                ["id": .string(news.id.text), "name": "News", "color": "#A6DBDB", "colorName": "tealLight", "isLocked": false],
                ["id": .string(art.id.text), "name": "Art", "color": "#D03B3B", "colorName": "red", "isLocked": false],
            ])
    }

    @Test func `each call makes another post, and several in one request run one after the other`() async throws {
        let world = try await World()
        let id = try await world.channel().id.text
        let one = #"createPost(input: { channelId: "\#(id)", text: "x", mode: addToQueue, schedulingType: automatic })"#
        let reply = try await world.ask(
            """
            mutation { a: \(one) { ...P } b: \(one) { ...P } c: \(one) { ...P } }
            fragment P on PostActionSuccess { post { dueAt } }
            """)
        let times = ["a", "b", "c"].map { reply["\($0).post.dueAt"]?.string }
        #expect(
            times == ["2026-03-02T09:00:00.000Z", "2026-03-02T12:30:00.000Z", "2026-03-02T17:00:00.000Z"])
    }

    @Test func `a fault of ours is no typed error`() async throws {
        let world = try await World()
        let channel = try await world.channel()
        world.calls.fail("change")
        let reply = try await world.ask(Self.query, Self.input(channel))
        #expect(reply.json["data"] == .null)
        #expect(reply.codes == ["UNEXPECTED"])
        #expect(reply.messages == ["Something went wrong on our side."])
        #expect(world.reports.value == ["The disk is on fire"])
    }
}
