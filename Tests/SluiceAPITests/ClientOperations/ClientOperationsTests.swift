import Foundation
import SluiceGraphQL
import SluicePosting
import Testing

/// Clients that were written for Buffer work here, or fail here as they fail there.
@Suite("what public clients send")
struct ClientOperationsTests {
    @Test func `all of them are here`() throws {
        let all = try ClientOperation.all()
        #expect(all.count == 121)
        #expect(Set(all.map(\.id)).count == 121)
        #expect(all.count { $0.refusal != nil } == 17)
    }

    @Test(arguments: try ClientOperation.all())
    func `an operation is taken or refused as at Buffer, and its answer has the shape the client expects`(
        operation: ClientOperation
    ) async throws {
        let world = try await ClientWorld()
        let (query, variables) = try await operation.request { try await world.id(of: $0) }
        let reply = try await world.world.ask(query, variables)
        if let refusal = operation.refusal {
            #expect(reply.isRequestError)
            #expect(Set(reply.codes) == [refusal], "\(reply)")
            return
        }
        #expect(!reply.isRequestError, "\(reply)")
        #expect(reply.errors.isEmpty, "\(reply)")
        let answer = try #require(operation.answer?.object)
        #expect(reply.json["data"]?.object?.names == answer.names)
        for (name, shape) in answer {
            #expect(Shape.faults(of: reply[name], against: shape, at: name) == [])
            // What is asked for here can be done, so that the shape of success is what is looked at.
            #expect(reply[name]?["message"] == nil, "\(reply)")
        }
    }
}

/// A world in which there is one of everything that clients ask for.
private struct ClientWorld {
    let world: World
    private let channels: [Service: Channel]
    private let posts: [String: Post]

    init() async throws {
        let world = try await World()
        var channels: [Service: Channel] = [:]
        for service in [Service.twitter, .instagram, .tiktok, .youtube, .facebook] {
            let channel = try await world.channel(service)
            channels[service] = channel
            _ = try await world.posting.channels.edit(channel.id, of: world.organization, ChannelEdit(postingGoal: 3))
        }
        guard let twitter = channels[.twitter], let instagram = channels[.instagram] else { throw Missing(what: "channels") }
        let tag = try await world.posting.tags.add(named: "News", color: .blue, to: world.organization)
        let image = Asset.image(.init(url: "https://example.com/a.png"))
        _ = try await world.post(twitter, "Failed", at: "2026-03-02T08:10:00Z")
        try await world.posting.outbox.fail(next: 1, of: twitter.id, with: PublishingError(message: "No", rawError: "403"))
        try await world.pass(to: "2026-03-02T08:10:00Z")
        _ = try await world.post(twitter, "Sent", at: "2026-03-02T08:20:00Z")
        try await world.pass(to: "2026-03-02T08:20:00Z")
        _ = try await world.post(twitter, "Draft") { $0.isDraft = true }
        _ = try await world.post(instagram, "Pictures") { draft in
            draft.assets = [image, .video(.init(url: "https://example.com/a.mp4"))]
            draft.metadata = .instagram(.init(type: .post, shouldShareToFeed: true))
        }
        let post = try await world.post(twitter) { ($0.assets, $0.tagIDs) = ([image], [tag.id]) }
        _ = try await world.posting.notes.add(text: "Nice", to: post.id, by: World.reference(world.ada))
        let queued = try await world.post(twitter, "Queued") { $0.mode = .addToQueue }
        let group = try await world.posting.ideas.addGroup(named: "Later", to: world.organization)
        var content = IdeaContent(title: "Cats", text: "More cats")
        content.tagIDs = [tag.id.text]
        content.media = [IdeaMedia(id: "", url: "https://example.com/a.png", kind: .image)]
        _ = try await world.posting.ideas.create(
            IdeaDraft(organization: world.organization, content: content, groupID: group.id))
        (self.world, self.channels) = (world, channels)
        posts = ["post": post, "queued post": queued]
    }

    /// The id of a thing of a kind, as the operations name them.
    func id(of kind: String) async throws -> String {
        if kind == "organization" { return world.organization.text }
        if let post = posts[kind] { return post.id.text }
        let service = kind == "channel" ? .twitter : Service(rawValue: String(kind.dropFirst("channel ".count)))
        guard kind.hasPrefix("channel"), let service, let channel = channels[service] else { throw Missing(what: kind) }
        return channel.id.text
    }
}
