import Foundation
import SluiceGraphQL
import SluicePosting
import Testing

@Suite("editPost, movePostInQueue and deletePost")
struct EditPostTests {
    private static let edit = """
        mutation ($input: EditPostInput!) { editPost(input: $input) { __typename
          ... on PostActionSuccess { post { id text status dueAt shareMode schedulingType assets { source } tags { name }
            metadata { ... on InstagramPostMetadata { type shouldShareToFeed } } } }
          ... on MutationError { message } } }
        """

    private static func input(_ post: Post, _ members: JSONObject) -> JSONValue {
        var input = members
        input["id"] = .string(post.id.text)
        return ["input": .object(input)]
    }

    @Test func `what an edit leaves out or sends as null stays as it is`() async throws {
        let world = try await World()
        let tag = try await world.posting.tags.add(named: "News", color: .blue, to: world.organization)
        let post = try await world.post(try await world.channel(.instagram)) { draft in
            draft.assets = [.image(.init(url: "https://example.com/a.png"))]
            draft.metadata = .instagram(.init(type: .post, shouldShareToFeed: false))
            draft.tagIDs = [tag.id]
            draft.schedulingType = .notification
        }
        for members: JSONObject in [
            ["text": "Other"],
            [
                "text": "Other", "assets": nil, "metadata": nil, "mode": nil, "dueAt": nil, "schedulingType": nil, "tagIds": nil,
                "saveToDraft": nil, "approvalChange": nil,
            ],
        ] {
            let reply = try await world.ask(Self.edit, Self.input(post, members))
            #expect(
                reply["editPost.post"] == [
                    "id": .string(post.id.text), "text": "Other", "status": "scheduled", "dueAt": "2026-03-10T15:00:00.000Z",
                    "shareMode": "customScheduled", "schedulingType": "notification",
                    "assets": [["source": "https://example.com/a.png"]], "tags": [["name": "News"]],
                    "metadata": ["type": "post", "shouldShareToFeed": false],
                ], "\(reply)")
        }
    }

    @Test func `an edit can move a post to another moment, send it at once, and put it aside`() async throws {
        let world = try await World()
        let post = try await world.post(try await world.channel())
        let moved = try await world.ask(
            Self.edit, Self.input(post, ["mode": "customScheduled", "dueAt": "2026-03-11T09:30:00+01:00"]))
        #expect(moved["editPost.post.dueAt"] == "2026-03-11T08:30:00.000Z")
        let aside = try await world.ask(Self.edit, Self.input(post, ["saveToDraft": true]))
        #expect(aside["editPost.post.status"] == "draft")
        #expect(aside["editPost.post.dueAt"] == .null)
        let asked = try await world.ask(Self.edit, Self.input(post, ["approvalChange": "request"]))
        #expect(asked["editPost.post.status"] == "needs_approval")
        let taken = try await world.ask(Self.edit, Self.input(post, ["approvalChange": "revert"]))
        #expect(taken["editPost.post.status"] == "draft")
        let now = try await world.ask(Self.edit, Self.input(post, ["saveToDraft": false, "mode": "shareNow"]))
        #expect(now["editPost.post.dueAt"] == "2026-03-02T08:00:00.000Z")
    }

    @Test func `an edit that is too large holds up nobody: it is refused before the channel is held still`() async throws {
        let world = try await World()
        let post = try await world.post(try await world.channel())
        let long = JSONValue.string(String(repeating: "a", count: 100_001))
        let items = Array(repeating: JSONValue.object(["text": .string(String(repeating: "a", count: 9_000))]), count: 20)
        for members: JSONObject in [
            ["text": long], ["metadata": ["twitter": ["thread": .array(items)]]],
            ["metadata": ["twitter": ["thread": [["text": "Hello"], ["text": long]]]]],
        ] {
            let calls = try await world.calls.during {
                let reply = try await world.ask(Self.edit, Self.input(post, members))
                #expect(reply["editPost.__typename"] == "InvalidInputError", "\(reply)")
            }
            #expect(calls == ["post": 1])
        }
        #expect(try await world.posting.posts.post(post.id) == post)
    }

    @Test func `a post that is out is changed no more`() async throws {
        let world = try await World()
        let post = try await world.post(try await world.channel())
        try await world.pass(to: "2026-03-10T15:00:01Z")
        let reply = try await world.ask(Self.edit, Self.input(post, ["text": "Other"]))
        #expect(reply["editPost.__typename"] == "InvalidInputError")
        #expect(try await world.posting.posts.post(post.id)?.text == "Hello")
    }

    @Test func `moving changes the order of the queue alone, and never asks about the content again`() async throws {
        let world = try await World()
        let channel = try await world.channel()
        var posts: [Post] = []
        for text in ["one", "two", "three"] { posts.append(try await world.post(channel, text) { $0.mode = .addToQueue }) }
        let move = """
            mutation ($input: MovePostInQueueInput!) { movePostInQueue(input: $input) { __typename
              ... on PostActionSuccess { post { id dueAt } } ... on VoidMutationError { message } } }
            """
        let reply = try await world.ask(move, Self.input(posts[2], ["position": "top"]))
        #expect(reply["movePostInQueue.post.dueAt"] == "2026-03-02T09:00:00.000Z")
        var order: [String] = []
        for post in posts {
            let dueAt = try #require(try await world.posting.posts.post(post.id)?.dueAt)
            order.append("\(post.text) \(dueAt.timeIntervalSince(world.clock.now) / 3600)")
        }
        #expect(order == ["one 4.5", "two 9.0", "three 1.0"])
        // A post with a time of its own is in no queue: the union has no error for that.
        let custom = try await world.post(channel)
        let refused = try await world.ask(move, Self.input(custom, ["position": "top"]))
        #expect(refused.codes == ["BAD_USER_INPUT"])
        #expect(refused.json["data"] == .null)
    }

    @Test func `deleting a post twice is an error that says it is not there, never a typed one`() async throws {
        let world = try await World()
        let post = try await world.post(try await world.channel())
        let delete = """
            mutation ($input: DeletePostInput!) { deletePost(input: $input) { __typename
              ... on DeletePostSuccess { id } ... on VoidMutationError { message } ... on MutationError { message } } }
            """
        let first = try await world.ask(delete, Self.input(post, [:]))
        #expect(first["deletePost"] == ["__typename": "DeletePostSuccess", "id": .string(post.id.text)])
        let second = try await world.ask(delete, Self.input(post, [:]))
        #expect(second.json["data"] == .null)
        #expect(second.codes == ["NOT_FOUND"])
        #expect(second.messages == ["Post not found"])
        #expect(!second.isRequestError, "a good request: HTTP 200")
    }

    @Test func `asking the wrong payload for an error it cannot have is refused before anything runs`() async throws {
        let world = try await World()
        let post = try await world.post(try await world.channel())
        for query in [
            "mutation ($id: PostId!) { deletePost(input: { id: $id }) { ... on NotFoundError { message } } }",
            "mutation ($id: PostId!) { editPost(input: { id: $id }) { ... on VoidMutationError { message } } }",
            "mutation ($id: PostId!) { editPost(input: { id: $id }) { post { id } } }",
        ] {
            let reply = try await world.ask(query, ["id": .string(post.id.text)])
            #expect(reply.isRequestError)
            #expect(reply.codes == ["GRAPHQL_VALIDATION_FAILED"])
        }
        #expect(try await world.posting.posts.post(post.id) == post)
    }
}
