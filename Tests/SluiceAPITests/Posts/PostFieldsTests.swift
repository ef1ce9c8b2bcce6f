import Foundation
import SluiceGraphQL
import SluicePosting
import Testing

@testable import SluiceAuthority

@Suite("post")
struct PostFieldsTests {
    private static let query = """
        query ($input: PostInput!) { post(input: $input) { id text status schedulingType dueAt sentAt sharedNow isCustomScheduled
          shareMode externalLink notificationStatus channelId channelService channel { id name service }
          error { message rawError supportUrl } metrics { type name description unit value } metricsUpdatedAt allowedActions
          notes { id text type createdAt updatedAt allowedActions author { id name email isDeleted urn avatar } } } }
        """

    private static func ask(_ world: World, _ post: Post, as reader: Account? = nil, scopes: String? = nil) async throws -> Reply
    {
        try await world.ask(query, ["input": ["id": .string(post.id.text)]], as: reader, scopes: scopes)
    }

    @Test func `a post that waits has no metrics, and one that is out no scheduling type`() async throws {
        let world = try await World()
        let channel = try await world.channel(.instagram)
        let post = try await world.post(channel) { draft in
            draft.assets = [.image(.init(url: "https://example.com/a.png"))]
            draft.metadata = .instagram(.init(type: .post, shouldShareToFeed: true))
        }
        let waiting = try await Self.ask(world, post)
        #expect(waiting.errors.isEmpty, "\(waiting)")
        #expect(waiting["post.schedulingType"] == "automatic")
        #expect(waiting["post.metrics"] == .null)
        #expect(waiting["post.metricsUpdatedAt"] == .null)
        #expect(
            waiting["post.channel"] == ["id": .string(channel.id.text), "name": .string(channel.name), "service": "instagram"])
        try await world.pass(to: "2026-03-10T15:00:00Z")
        let sent = try await Self.ask(world, post)
        #expect(sent["post.status"] == "sent")
        #expect(sent["post.schedulingType"] == .null)
        #expect(sent["post.sentAt"] == "2026-03-10T15:00:00.000Z")
        #expect(sent["post.metricsUpdatedAt"] == "2026-03-10T15:00:00.000Z")
        let metrics = try #require(sent["post.metrics"]?.array)
        #expect(!metrics.isEmpty)
        #expect(
            metrics.contains([
                "type": "comments", "name": "Comments", "description": "How many comments and replies the post has.",
                "unit": "count", "value": 0,
            ]))
    }

    @Test func `S88 metrics need a scope of their own beside the post's`() async throws {
        let world = try await World()
        let post = try await world.post(try await world.channel())
        try await world.pass(to: "2026-03-10T15:00:00Z")
        let without = try await Self.ask(world, post, scopes: "posts:read")
        #expect(without["post.id"]?.string == post.id.text)
        #expect(without["post.metrics"] == .null)
        #expect(without.codes == ["FORBIDDEN", "FORBIDDEN"])
        let with = try await Self.ask(world, post, scopes: "posts:read insights:read")
        #expect(with.errors.isEmpty)
        #expect(with["post.metrics"]?.array != nil)
    }

    @Test func `why a post did not go out is an error of the post and none of the API`() async throws {
        let world = try await World()
        let channel = try await world.channel()
        let post = try await world.post(channel)
        let reason = PublishingError(
            message: "The network says no", rawError: "403 nope", supportURL: "https://support.example/403")
        try await world.posting.outbox.fail(next: 1, of: channel.id, with: reason)
        try await world.pass(to: "2026-03-10T15:00:00Z")
        let reply = try await Self.ask(world, post)
        #expect(reply.errors.isEmpty)
        #expect(reply["post.status"] == "error")
        #expect(
            reply["post.error"] == [
                "message": "The network says no", "rawError": "403 nope", "supportUrl": "https://support.example/403",
            ])
        #expect(reply["post.allowedActions"]?.array?.contains("publishPostNow") == true)
    }

    @Test func `a post that a person sends tells how far its reminder got`() async throws {
        let world = try await World()
        let post = try await world.post(try await world.channel()) { $0.schedulingType = .notification }
        #expect(try await Self.ask(world, post)["post.notificationStatus"] == .null)
        try await world.pass(to: "2026-03-10T15:00:00Z")
        #expect(try await Self.ask(world, post)["post.notificationStatus"] == "notified")
        _ = try await world.posting.posts.markPublished(post.id)
        #expect(try await Self.ask(world, post)["post.notificationStatus"] == "markedAsPublished")
    }

    @Test func `notes come oldest first, and may be deleted by their author and by whoever runs the organization`() async throws {
        let world = try await World()
        let post = try await world.post(try await world.channel())
        let member = try await world.member(.member)
        let first = try await world.posting.notes.add(text: "Nice", to: post.id, by: World.reference(member))
        world.clock.advance(by: 1)
        _ = try await world.posting.notes.add(text: "Thanks", to: post.id, by: World.reference(world.ada))
        let ada = try await Self.ask(world, post)
        #expect(ada["post.notes"]?.array?.map { $0["text"] } == ["Nice", "Thanks"])
        #expect(ada["post.notes.0.id"]?.string == first.id.text)
        #expect(ada["post.notes.0.type"] == "userGenerated")
        #expect(ada["post.notes.0.updatedAt"] == .null)
        #expect(ada["post.notes.0.author.email"] == "member@example.com")
        #expect(ada["post.notes.0.allowedActions"] == ["deleteNote"])
        let other = try await Self.ask(world, post, as: member)
        #expect(other["post.notes.0.allowedActions"] == ["deleteNote"])
        #expect(other["post.notes.1.allowedActions"] == [])
    }

    @Test func `somebody who closed their account is still the author of what they wrote, without an address`() async throws {
        let world = try await World()
        let post = try await world.post(try await world.channel())
        let member = try await world.member(.member)
        _ = try await world.posting.notes.add(text: "Bye", to: post.id, by: World.reference(member))
        try await world.authority.accounts.close(member.id, password: "correct horse battery", trace: World.trace)
        let reply = try await Self.ask(world, post)
        #expect(reply.errors.isEmpty, "\(reply)")
        #expect(reply["post.notes.0.author.isDeleted"] == true)
        #expect(reply["post.notes.0.author.email"] == "")
        #expect(reply["post.notes.0.author.name"] == .null)
    }
}
