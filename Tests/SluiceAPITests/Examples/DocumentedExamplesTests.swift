import Foundation
import SluiceGraphQL
import SluicePosting
import Testing

/// Whoever copies a request from Buffer's pages gets what the page says.
@Suite("what Buffer's pages print")
struct DocumentedExamplesTests {
    @Test func `all of them are here`() async throws {
        let all = try DocumentedExample.all()
        #expect(all.count == 64)
        #expect(Set(all.map(\.id)).count == 64)
        let ids = try await ExampleWorld().ids
        let examples = try all.map { try $0.filled(with: ids) }
        // Modes and members that first editions had, and notes, which came after the schema that is served here.
        #expect(examples.count { $0["refused"] != nil } == 7)
        #expect(examples.allSatisfy { !$0.description.contains("\"<") }, "a kind of thing that nobody made")
    }

    @Test(arguments: try DocumentedExample.all())
    func `an example is taken as it stands, and its answer has the shape that the page shows`(
        example: DocumentedExample
    ) async throws {
        let world = try await ExampleWorld()
        let shown = try example.filled(with: world.ids)
        let reply = try await world.world.ask(
            shown["query"]?.string ?? "", shown["variables"] ?? .null, scopes: shown["scopes"]?.string)
        if let refusal = shown["refused"]?.string {
            #expect(reply.isRequestError)
            #expect(Set(reply.codes) == [refusal], "\(reply)")
            return
        }
        #expect(!reply.isRequestError && reply.errors.isEmpty, "\(reply)")
        if let data = shown["data"] {
            #expect(reply.json["data"] == data)
            return
        }
        let answer = try #require(shown["answer"]?.object)
        #expect(reply.json["data"]?.object?.names == answer.names)
        for (name, shape) in answer {
            #expect(Shape.faults(of: reply[name], against: shape, at: name) == [])
            #expect(reply[name]?["message"] == nil, "\(reply)")
            #expect(reply[name]?["edges"]?.array?.isEmpty != true, "an empty list shows nothing: \(reply)")
        }
    }
}

/// A world in which there is what the pages take for granted: channels, posts that went out and were counted, posts that wait.
private struct ExampleWorld {
    let world: World
    /// By the names that stand for them in the examples.
    let ids: [String: String]

    init() async throws {
        let world = try await World()
        let twitter = try await world.channel(.twitter)
        let instagram = try await world.channel(.instagram)
        let first = try await world.post(twitter, "First", at: "2026-03-02T08:10:00Z") {
            $0.assets = [.image(.init(url: "https://media.example/a.jpg"))]
        }
        _ = try await world.post(twitter, "Second", at: "2026-03-02T08:20:00Z")
        try await world.pass(to: "2026-03-02T08:20:00Z")
        try await world.posting.posts.setMetrics([PostMetric(.reactions, 3), PostMetric(.impressions, 40)], of: first.id)
        _ = try await world.post(twitter, "Waits")
        let page = try await world.ask(
            """
            query ($id: OrganizationId!) {
              posts(first: 1, input: {organizationId: $id, filter: {status: sent}}) { pageInfo { endCursor } }
            }
            """, ["id": .string(world.organization.text)])
        guard let cursor = page["posts.pageInfo.endCursor"]?.string else { throw Missing(what: "a cursor") }
        self.world = world
        ids = [
            "organization": world.organization.text, "channel": twitter.id.text, "instagram": instagram.id.text,
            "sent post": first.id.text, "cursor": cursor,
        ]
    }
}
