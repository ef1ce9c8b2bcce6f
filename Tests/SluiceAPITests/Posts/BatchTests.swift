import Foundation
import SluiceAuthority
import SluiceGraphQL
import SluicePosting
import Testing

/// What a page costs does not grow with what is on it.
@Suite("one call of the store for each level")
struct BatchTests {
    @Test func `a page of posts with all that stands beside them takes one call for each kind of thing`() async throws {
        let world = try await World()
        let tag = try await world.posting.tags.add(named: "News", color: .blue, to: world.organization)
        let board = ChannelFacts.Board(
            id: String(repeating: "b", count: 24), serviceID: "b-1", name: "Cats", url: "https://pinterest.example/cats")
        let pinterest = try await world.channel(.pinterest, facts: ChannelFacts(boards: [board]))
        for service in [Service.twitter, .mastodon, .bluesky] {
            let channel = try await world.channel(service)
            _ = try await world.posting.channels.edit(channel.id, of: world.organization, ChannelEdit(postingGoal: 3))
            for _ in 0..<5 {
                let post = try await world.post(channel) { $0.tagIDs = [tag.id] }
                _ = try await world.posting.notes.add(text: "Nice", to: post.id, by: World.reference(world.ada))
            }
        }
        for _ in 0..<3 {
            _ = try await world.post(pinterest) { draft in
                draft.assets = [.image(.init(url: "https://example.com/a.png"))]
                draft.metadata = .pinterest(.init(boardServiceID: "b-1"))
            }
        }
        let calls = try await world.calls.during {
            let reply = try await world.ask(
                """
                query ($id: OrganizationId!) { posts(input: { organizationId: $id }) { edges { node { id
                  channel { name postingGoal { goal } weeklyPostingLimit { limit } } tags { name } author { name }
                  metadata { ... on PinterestPostMetadata { board { name } } }
                  notes { text author { name } } } } } }
                """, ["id": .string(world.organization.text)])
            #expect(reply.errors.isEmpty, "\(reply)")
            let nodes = reply["posts.edges"]?.array?.compactMap { $0["node"] } ?? []
            #expect(nodes.count == 18)
            #expect(nodes.allSatisfy { $0["channel"]?["name"]?.string != nil })
            #expect(nodes.count { $0["tags"] == [["name": "News"]] } == 15)
            #expect(nodes.count { $0["notes"] == [["text": "Nice", "author": ["name": "Ada"]]] } == 15)
            #expect(nodes.count { $0["metadata"] == ["board": ["name": "Cats"]] } == 3)
            #expect(nodes.count { $0["channel"]?["postingGoal"] == ["goal": 3] } == 15)
        }
        // Channels twice: for the posts, and for the boards of the pins.
        #expect(calls == ["posts": 1, "channels": 2, "tags": 1, "notes": 1, "tallies": 1])
    }

    @Test func `a page of ideas takes one call for their tags`() async throws {
        let world = try await World()
        let tag = try await world.posting.tags.add(named: "News", color: .blue, to: world.organization)
        for number in 0..<10 {
            var content = IdeaContent(title: "Idea \(number)")
            content.tagIDs = [tag.id.text]
            _ = try await world.posting.ideas.create(IdeaDraft(organization: world.organization, content: content))
        }
        let calls = try await world.calls.during {
            let reply = try await world.ask(
                """
                query ($id: OrganizationId!) {
                  ideas(input: { organizationId: $id }) { edges { node { content { tags { name } } } } } }
                """, ["id": .string(world.organization.text)])
            #expect(reply["ideas.edges"]?.array?.count == 10)
            #expect(reply["ideas.edges.9.node.content.tags"] == [["name": "News"]])
        }
        #expect(calls == ["ideas": 1, "tags": 1])
    }

    @Test func `an account's organizations take one call for the channels of all`() async throws {
        let world = try await World()
        _ = try await world.channel()
        for number in 1...9 {
            _ = try await world.authority.organizations.create("Number \(number)", for: world.ada.id, trace: World.trace)
        }
        let calls = try await world.calls.during {
            let reply = try await world.ask("{ account { organizations { channelCount members { totalCount } } } }")
            #expect(reply["account.organizations"]?.array?.count == 10)
            #expect(reply["account.organizations.0"] == ["channelCount": 1, "members": ["totalCount": 1]])
            #expect(reply["account.organizations.9"] == ["channelCount": 0, "members": ["totalCount": 1]])
        }
        #expect(calls == ["channel counts": 1])
    }

    @Test func `what nobody asks for is not looked up`() async throws {
        let world = try await World()
        _ = try await world.post(try await world.channel())
        let calls = try await world.calls.during {
            _ = try await world.ask(
                "query ($id: OrganizationId!) { posts(input: { organizationId: $id }) { edges { node { id channelId } } } }",
                ["id": .string(world.organization.text)])
        }
        #expect(calls == ["posts": 1])
    }
}
