import Foundation
import SluiceGraphQL
import SluicePosting
import Testing

@Suite("posts")
struct PostsTests {
    private static let query = """
        query ($input: PostsInput!, $first: Int, $after: String) { posts(input: $input, first: $first, after: $after) {
          edges { cursor node { text } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }
        """

    private static func ask(
        _ world: World, filter: JSONValue = .null, sort: JSONValue = .null, first: JSONValue? = nil, after: JSONValue? = nil
    ) async throws -> Reply {
        var variables: JSONObject = [
            "input": ["organizationId": .string(world.organization.text), "filter": filter, "sort": sort]
        ]
        variables["first"] = first
        variables["after"] = after
        return try await world.ask(query, .object(variables))
    }

    private static func texts(_ reply: Reply) -> [String] {
        reply["posts.edges"]?.array?.compactMap { $0["node"]?["text"]?.string } ?? ["\(reply)"]
    }

    /// Five posts on two channels: `a` to `e`, made a second after each other, due the other way round.
    private static func filled() async throws -> (World, [Channel], [SluicePosting.Tag]) {
        let world = try await World()
        let channels = [try await world.channel(.twitter), try await world.channel(.mastodon)]
        let tags = [
            try await world.posting.tags.add(named: "One", color: .red, to: world.organization),
            try await world.posting.tags.add(named: "Two", color: .blue, to: world.organization),
        ]
        for (index, text) in ["a", "b", "c", "d", "e"].enumerated() {
            world.clock.advance(by: 1)
            _ = try await world.post(channels[index % 2], text, at: "2026-03-1\(9 - index)T12:00:00Z") { draft in
                if text == "c" { draft.isDraft = true }
                if index < 2 { draft.tagIDs = [tags[index].id] }
            }
        }
        return (world, channels, tags)
    }

    @Test func `posts come newest first, in pages that a cursor goes on from and that never go back`() async throws {
        let (world, _, _) = try await Self.filled()
        var texts: [String] = []
        var after: JSONValue = .null
        for page in 0..<3 {
            let reply = try await Self.ask(world, first: 2, after: after)
            texts += Self.texts(reply)
            #expect(reply["posts.pageInfo.hasPreviousPage"] == false)
            #expect(reply["posts.pageInfo.hasNextPage"] == .bool(page < 2))
            #expect(reply["posts.pageInfo.startCursor"] == reply["posts.edges.0.cursor"])
            after = try #require(reply["posts.pageInfo.endCursor"])
            #expect(reply["posts.edges"]?.array?.last?["cursor"] == after)
        }
        #expect(texts == ["e", "d", "c", "b", "a"])
        let end = try await Self.ask(world, first: 2, after: after)
        #expect(
            end["posts.pageInfo"] == ["hasNextPage": false, "hasPreviousPage": false, "startCursor": nil, "endCursor": nil])
    }

    @Test func `without a number there are twenty, and more than a hundred or less than one is refused with a sentence`()
        async throws
    {
        let world = try await World()
        let channel = try await world.channel()
        for number in 0..<21 { _ = try await world.post(channel, "\(number)") }
        #expect(try await Self.texts(Self.ask(world)).count == 20)
        #expect(try await Self.texts(Self.ask(world, first: .null)).count == 20)
        #expect(try await Self.texts(Self.ask(world, first: 100)).count == 21)
        for first in [0, -1, 101] {
            let reply = try await Self.ask(world, first: .int(first))
            #expect(reply.codes == ["BAD_USER_INPUT"])
            #expect(reply.messages == ["`first` must be from 1 to 100"])
        }
    }

    @Test(arguments: ["", "no cursor", "<script>", "ä", "garbage", String(repeating: "a", count: 513)])
    func `what is no cursor of this list is refused`(after: String) async throws {
        let (world, _, _) = try await Self.filled()
        let reply = try await Self.ask(world, after: .string(after))
        #expect(reply.codes == ["BAD_USER_INPUT"])
        #expect(reply.messages == ["`after` must be a cursor of an edge or of `pageInfo`"])
    }

    @Test func `several keys order in their turn, and posts without a time come last`() async throws {
        let (world, _, _) = try await Self.filled()
        let up = try await Self.ask(world, sort: [["field": "dueAt", "direction": "asc"]])
        #expect(Self.texts(up) == ["e", "d", "b", "a", "c"])
        let down = try await Self.ask(
            world, sort: [["field": "dueAt", "direction": "desc"], ["field": "createdAt", "direction": "asc"]])
        #expect(Self.texts(down) == ["a", "b", "d", "e", "c"])
        let first = try await Self.ask(
            world, sort: [["field": "createdAt", "direction": "asc"], ["field": "createdAt", "direction": "desc"]])
        #expect(Self.texts(first) == ["a", "b", "c", "d", "e"])
        let key: JSONValue = ["field": "dueAt", "direction": "asc"]
        #expect(try await Self.texts(Self.ask(world, sort: [key, key, key, key])).first == "e")
        let many = try await Self.ask(world, sort: [key, key, key, key, key])
        #expect(many.messages == ["`sort` may have at most 4 elements"])
    }

    @Test func `all filters must hold, null filters nothing, and one value may stand for a list`() async throws {
        let (world, channels, tags) = try await Self.filled()
        let one = JSONValue.string(channels[0].id.text)
        let cases: [(JSONValue, [String])] = [
            (["channelIds": nil, "status": nil, "tags": nil, "dueAt": nil], ["e", "d", "c", "b", "a"]),
            (["channelIds": [one]], ["e", "c", "a"]), (["channelIds": one], ["e", "c", "a"]), (["channelIds": []], []),
            (["status": ["scheduled"]], ["e", "d", "b", "a"]), (["status": "draft"], ["c"]),
            (["status": ["draft", "scheduled"], "channelIds": [one]], ["e", "c", "a"]), (["status": ["sent"]], []),
            (["dueAt": ["start": "2026-03-16T12:00:00Z", "end": "2026-03-18T12:00:00Z"]], ["d", "b"]),
            (["dueAt": ["start": "2026-03-18T13:00:00+01:00"]], ["b", "a"]),
            (["startDate": "2026-03-16T12:00:00Z", "endDate": "2026-03-18T12:00:00Z"], ["d", "b"]),
            (["startDate": "2026-03-16T12:00:00Z", "dueAt": ["end": "2026-03-17T00:00:00Z"]], ["d"]),
            (["dueAtPresence": "absent"], ["c"]), (["dueAtPresence": "present"], ["e", "d", "b", "a"]),
            (["createdAt": ["start": "2026-03-02T08:00:04Z"]], ["e", "d"]),
            (["tagIds": [.string(tags[0].id.text)]], ["a"]),
            (["tags": ["in": [.string(tags[1].id.text)]]], ["b"]),
            (["tags": ["in": [.string(tags[1].id.text)], "isEmpty": true]], ["e", "d", "c", "b"]),
        ]
        for (filter, texts) in cases {
            let reply = try await Self.ask(world, filter: filter)
            #expect(Self.texts(reply) == texts, "\(filter)")
        }
    }

    @Test func `an id in a filter that is none is not found`() async throws {
        let world = try await World()
        #expect(try await Self.ask(world, filter: ["channelIds": ["no id"]]).messages == ["Channel not found"])
        #expect(try await Self.ask(world, filter: ["tagIds": ["no id"]]).messages == ["Tag not found"])
        #expect(try await Self.ask(world, filter: ["tags": ["in": ["no id"]]]).messages == ["Tag not found"])
    }
}
