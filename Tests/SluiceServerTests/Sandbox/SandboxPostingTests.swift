import Foundation
import HTTPTypes
import SluiceAuthority
import SluiceOAuth
import SluicePosting
import Testing

@testable import SluiceServer

@Suite("Posts in a sandbox")
struct SandboxPostingTests {
    /// A sandbox with a channel for X that is called “ada”.
    private struct World {
        let scene: SandboxScene
        let channel: SluicePosting.Channel

        init() async throws {
            scene = try await SandboxScene()
            let organization = try #require(try scene.sandbox.names.organizations.first)
            channel = try await scene.installation.posting.channels.add(
                ChannelDraft(service: .twitter, name: "ada"), to: organization.id)
        }

        func post(_ text: String, in seconds: TimeInterval) async throws -> Post {
            var draft = PostDraft(channelID: channel.id, author: nil, text: text, mode: .customScheduled)
            draft.dueAt = try scene.sandbox.clock.now.addingTimeInterval(seconds)
            return try await scene.installation.posting.posts.create(draft)
        }

        func deliveries(_ query: String = "") async throws -> [[String: Any]] {
            let answer = try await scene.look("/sandbox/outbox\(query)")
            #expect(answer.status == 200, "\(answer.body)")
            return try #require(answer.json["deliveries"] as? [[String: Any]])
        }
    }

    @Test func `moving the clock sends what came due, once, and says how much`() async throws {
        let world = try await World()
        let post = try await world.post("soon", in: 3_600)
        _ = try await world.post("later", in: 3 * 86_400)
        #expect(try await world.scene.tell("/sandbox/clock", ["advance": "59m"]).json["posts_sent"] as? Int == 0)
        #expect(try await world.deliveries().isEmpty)
        #expect(try await world.scene.tell("/sandbox/clock", ["advance": "1d"]).json["posts_sent"] as? Int == 1)
        #expect(try await world.scene.tell("/sandbox/clock", ["advance": "1d"]).json["posts_sent"] as? Int == 0)
        let deliveries = try await world.deliveries()
        #expect(deliveries.map { $0["text"] as? String } == ["soon"])
        #expect(deliveries.first?["post_id"] as? String == post.id.text)
        #expect(deliveries.first?["channel_id"] as? String == world.channel.id.text)
        #expect(try await world.scene.installation.posting.posts.post(post.id)?.status == .sent)
    }

    @Test func `posts of every organization go out and are counted, of the two hundred and first too`() async throws {
        let world = try await World()
        // The list of all is newest first.
        world.scene.installation.clock.advance(by: 1)
        let other = try await world.scene.installation.account("other@example.com", name: "Other")
        for number in 1..<200 {
            _ = try await world.scene.installation.authority.organizations.create(
                "\(number)", for: other.id, trace: .commandLine)
        }
        _ = try await world.post("soon", in: 3_600)
        #expect(try await world.scene.tell("/sandbox/clock", ["advance": "1d"]).json["posts_sent"] as? Int == 1)
    }

    @Test func `a channel is new by the sandbox's clock`() async throws {
        let world = try await World()
        func isNew() async throws -> Bool {
            let answer = try await world.scene.installation.query(
                #"{ channel(input: { id: "\#(world.channel.id)" }) { isNew } }"#, bearer: world.scene.key.key.text)
            let data = try #require(answer.json["data"] as? [String: Any], "\(answer.body)")
            return try #require((data["channel"] as? [String: Any])?["isNew"] as? Bool)
        }
        #expect(try await isNew())
        _ = try await world.scene.tell("/sandbox/clock", ["advance": "30d"])
        #expect(try await !isNew())
    }

    @Test func `the outbox is read in pages, newest first, and by channel`() async throws {
        let world = try await World()
        for number in 1...3 {
            _ = try await world.post("\(number)", in: 60)
            _ = try await world.scene.tell("/sandbox/clock", ["advance": "2m"])
        }
        let first = try await world.scene.look("/sandbox/outbox?limit=2&channel=ada").json
        #expect((first["deliveries"] as? [[String: Any]])?.map { $0["text"] as? String } == ["3", "2"])
        let next = try #require(first["next"] as? String)
        let rest = SluiceOAuth.Parameters.encode([("limit", "2"), ("channel", "twitter/ada"), ("after", next)])
        let second = try await world.scene.look("/sandbox/outbox?" + rest).json
        #expect((second["deliveries"] as? [[String: Any]])?.map { $0["text"] as? String } == ["1"])
        #expect(second["next"] is NSNull)
        #expect(try await world.scene.look("/sandbox/outbox?channel=nobody").status == 404)
        for query in ["limit=0", "limit=101", "limit=x", "page=2", "organization=Nobody"] {
            #expect(try await world.scene.look("/sandbox/outbox?\(query)").status == 400, "\(query)")
        }
    }

    @Test func `a channel's fault refuses as many posts as it says, in its words, and can be ended`() async throws {
        let world = try await World()
        let told = try await world.scene.tell(
            "/sandbox/channels/ada/fault", ["count": 1, "message": "The account is suspended."])
        #expect(told.status == 201, "\(told.body)")
        let refused = try await world.post("one", in: 60)
        _ = try await world.scene.tell("/sandbox/clock", ["advance": "2m"])
        let seen = try #require(try await world.scene.installation.posting.posts.post(refused.id))
        #expect(seen.status == .error)
        #expect(seen.error?.message == "The account is suspended.")
        #expect(try await world.scene.tell("/sandbox/channels/\(world.channel.id)/fault", ["count": 5]).status == 201)
        let ended = try await world.scene.installation.send(.delete, "/sandbox/channels/\(world.channel.id)/fault")
        #expect(ended.status == 200, "\(ended.body)")
        _ = try await world.post("two", in: 60)
        #expect(try await world.scene.tell("/sandbox/clock", ["advance": "2m"]).json["posts_sent"] as? Int == 1)
        #expect(try await world.deliveries().map { $0["text"] as? String } == ["two"])
        #expect(try await world.scene.tell("/sandbox/channels/nobody/fault").status == 404)
        for body in [["count": 0], ["count": 1_001], ["times": 1]] {
            #expect(try await world.scene.tell("/sandbox/channels/ada/fault", body).status == 400, "\(body)")
        }
    }

    @Test func `metrics are those that a test gives a post that is out`() async throws {
        let world = try await World()
        let post = try await world.post("one", in: 60)
        let path = "/sandbox/posts/\(post.id)/metrics"
        #expect(try await world.scene.tell(path, ["reactions": 1]).status == 409)
        _ = try await world.scene.tell("/sandbox/clock", ["advance": "2m"])
        let told = try await world.scene.tell(path, ["reactions": 12, "engagementRate": 4.5])
        #expect(told.status == 200, "\(told.body)")
        let kept = try #require(try await world.scene.installation.posting.posts.post(post.id)).metrics
        #expect(Set(kept.map(\.kind)) == [.reactions, .engagementRate])
        #expect(kept.first { $0.kind == .engagementRate }?.value == 4.5)
        for body in [#"{"smiles":1}"#, #"{"reactions":"many"}"#, #"{"reactions":-1}"#, "[]"] {
            #expect(try await world.scene.tell(path, text: body).status == 400, "\(body)")
        }
        #expect(try await world.scene.tell("/sandbox/posts/0123456789abcdef01234567/metrics", ["reactions": 1]).status == 404)
    }

    @Test func `the overview shows channels, next posts and the outbox, to programs and to people`() async throws {
        let world = try await World()
        _ = try await world.post("went", in: 60)
        _ = try await world.scene.tell("/sandbox/clock", ["advance": "2m"])
        _ = try await world.post("waits", in: 86_400)
        let json = try await world.scene.look("/sandbox/").json
        func texts(_ name: String) -> [String?]? { (json[name] as? [[String: Any]])?.map { $0["text"] as? String } }
        #expect((json["channels"] as? [[String: Any]])?.map { $0["name"] as? String } == ["ada"])
        #expect((json["organizations"] as? [[String: Any]])?.count == 1)
        #expect(texts("upcoming") == ["waits"])
        #expect(texts("outbox") == ["went"])
        let page = try await world.scene.installation.send(.get, "/sandbox/", headers: [("Accept", "text/html")])
        #expect(page.status == 200)
        for words in [">Next posts<", ">Outbox<", "waits", "went", world.channel.id.text] {
            #expect(page.body.contains(words), "\(words)")
        }
    }
}
