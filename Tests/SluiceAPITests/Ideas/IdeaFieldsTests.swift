import Foundation
import SluiceGraphQL
import SluicePosting
import Testing

@Suite("ideas")
struct IdeaFieldsTests {
    private static let create = """
        mutation ($input: CreateIdeaInput!) { createIdea(input: $input) { __typename
          ... on Idea { id organizationId groupId position createdAt updatedAt content { title text services date aiAssisted
            tags { id name color colorName } media { id url type alt size thumbnailUrl source { name id author authorUrl } } } }
          ... on IdeaResponse { idea { id } refreshIdeas } ... on MutationError { message } } }
        """

    private static func input(_ world: World, _ content: JSONValue, _ members: JSONObject = [:]) -> JSONValue {
        var input: JSONObject = ["organizationId": .string(world.organization.text), "content": content]
        for (name, value) in members { input[name] = value }
        return ["input": .object(input)]
    }

    @Test func `an idea is answered itself, with times as seconds`() async throws {
        let world = try await World()
        let tag = try await world.posting.tags.add(named: "News", color: .blue, to: world.organization)
        let reply = try await world.ask(
            Self.create,
            Self.input(
                world,
                [
                    "title": "Cats", "text": "More cats", "services": ["twitter", "mastodon", "twitter"],
                    "date": "2026-03-10T15:00:00+01:00", "aiAssisted": true,
                    "tags": [["id": .string(tag.id.text), "name": "Whatever", "color": "#000000"]],
                    "media": [
                        [
                            "url": "https://example.com/cat.png", "type": "image", "alt": "A cat", "size": 1_000,
                            "source": ["name": "unsplash", "id": "1", "trigger": "https://example.com/used", "author": "Eve"],
                        ]
                    ],
                ], ["cta": "somewhere", "templateId": nil]))
        let idea = try #require(reply["createIdea"], "\(reply)")
        #expect(idea["__typename"] == "Idea")
        #expect(idea["message"] == nil)
        #expect(idea["organizationId"]?.string == world.organization.text)
        #expect(idea["createdAt"] == .int(Int(world.clock.now.timeIntervalSince1970)))
        #expect(idea["groupId"] == .null)
        let content = try #require(idea["content"])
        #expect(content["services"] == ["twitter", "mastodon"])
        #expect(content["date"] == "2026-03-10T14:00:00.000Z")
        // Names and colours are the tag's own.
        #expect(content["tags"] == [["id": .string(tag.id.text), "name": "News", "color": "#1E6FD9", "colorName": "blue"]])
        #expect(content["media"]?[0]?["id"]?.string?.count == 24)
        #expect(content["media"]?[0]?["type"] == "image")
        #expect(content["media"]?[0]?["source"] == ["name": "unsplash", "id": "1", "author": "Eve", "authorUrl": nil])
    }

    @Test func `a title or a text is enough, and neither is a typed error`() async throws {
        let world = try await World()
        for content: JSONValue in [["title": "Cats"], ["text": "Cats"], ["title": nil, "text": "Cats"]] {
            #expect(try await world.ask(Self.create, Self.input(world, content))["createIdea.__typename"] == "Idea")
        }
        let neither = try await world.ask(Self.create, Self.input(world, [:]))
        #expect(neither["createIdea"] == ["__typename": "InvalidInputError", "message": "An idea requires a title or a text"])
        let both = try await world.ask(
            Self.create,
            Self.input(world, ["media": [["url": "https://example.com/cat.png", "type": "image", "size": -1]]]))
        #expect(
            both["createIdea.message"]
                == "Invalid idea: An idea requires a title or a text., The size of a medium is zero bytes or more.")
    }

    @Test func `an unknown group or tag is bad input, for this payload has no not-found`() async throws {
        let world = try await World()
        for id in [String(repeating: "0", count: 24), "no id"] {
            let group = try await world.ask(
                Self.create, Self.input(world, ["text": "x"], ["group": ["groupId": .string(id)]]))
            #expect(group["createIdea"] == ["__typename": "InvalidInputError", "message": "Idea group not found"])
            let tag = try await world.ask(
                Self.create,
                Self.input(world, ["text": "x", "tags": [["id": .string(id), "name": "x", "color": "#000000"]]]))
            #expect(tag["createIdea"] == ["__typename": "InvalidInputError", "message": "Tag not found"])
        }
    }

    @Test func `a full organization is a typed error`() async throws {
        var limits = PostingLimits()
        limits.ideas = 1
        let world = try await World(limits: limits)
        _ = try await world.ask(Self.create, Self.input(world, ["text": "x"]))
        let full = try await world.ask(Self.create, Self.input(world, ["text": "x"]))
        #expect(full["createIdea.__typename"] == "LimitReachedError")
    }

    @Test func `ideas are listed newest first, by group and by tag`() async throws {
        let world = try await World()
        let group = try await world.posting.ideas.addGroup(named: "Later", to: world.organization)
        let tag = try await world.posting.tags.add(named: "News", color: .blue, to: world.organization)
        for (text, isGrouped, isTagged) in [("a", true, false), ("b", false, true), ("c", false, false)] {
            world.clock.advance(by: 1)
            var content = IdeaContent(text: text)
            if isTagged { content.tagIDs = [tag.id.text] }
            _ = try await world.posting.ideas.create(
                IdeaDraft(organization: world.organization, content: content, groupID: isGrouped ? group.id : nil))
        }
        func ask(_ members: JSONObject) async throws -> Reply {
            var input = members
            input["organizationId"] = .string(world.organization.text)
            return try await world.ask(
                """
                query ($input: IdeasInput!) { ideas(input: $input) { edges { cursor node { content { text } } }
                  pageInfo { hasNextPage hasPreviousPage endCursor } } }
                """, ["input": .object(input)])
        }
        func texts(_ members: JSONObject) async throws -> [String] {
            try await ask(members)["ideas.edges"]?.array?.compactMap { $0["node"]?["content"]?["text"]?.string } ?? ["-"]
        }
        #expect(try await texts([:]) == ["c", "b", "a"])
        #expect(try await texts(["groupFilter": ["groups": [.string(group.id.text)]]]) == ["a"])
        #expect(try await texts(["groupFilter": ["membership": "grouped"]]) == ["a"])
        #expect(try await texts(["groupFilter": ["membership": "ungrouped"]]) == ["c", "b"])
        #expect(try await texts(["groupFilter": nil, "tagsFilter": ["in": [.string(tag.id.text)]]]) == ["b"])
        #expect(try await texts(["tagsFilter": ["in": [], "isEmpty": true]]) == ["c", "a"])
        for filter: JSONValue in [[:], ["groups": [.string(group.id.text)], "membership": "grouped"]] {
            let reply = try await ask(["groupFilter": filter])
            #expect(reply.codes == ["BAD_USER_INPUT"])
            #expect(reply.messages == ["`groupFilter` must have exactly one of `groups` and `membership`"])
        }
        let groups = try await world.ask(
            "query ($id: ID!) { ideaGroups(input: { organizationId: $id }) { id name isLocked } }",
            ["id": .string(world.organization.text)])
        #expect(groups["ideaGroups"] == [["id": .string(group.id.text), "name": "Later", "isLocked": false]])
    }

    @Test func `an idea can be put behind another of its group`() async throws {
        let world = try await World()
        let group = try await world.posting.ideas.addGroup(named: "Later", to: world.organization)
        let place: JSONValue = ["groupId": .string(group.id.text)]
        let first = try await world.ask(Self.create, Self.input(world, ["text": "first"], ["group": place]))
        let id = try #require(first["createIdea.id"])
        #expect(first["createIdea.groupId"]?.string == group.id.text)
        let second = try await world.ask(
            Self.create,
            Self.input(world, ["text": "second"], ["group": ["groupId": .string(group.id.text), "placeAfterId": id]]))
        let positions = [first["createIdea.position"]?.double, second["createIdea.position"]?.double].compactMap { $0 }
        #expect(positions.count == 2 && positions[0] < positions[1])
    }
}
