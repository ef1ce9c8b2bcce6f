import Foundation
import SluiceGraphQL
import SluicePosting
import Testing

@testable import SluiceAuthority

/// What the role in an organization lets somebody do with posts.
@Suite("contributors")
struct RoleTests {
    private static let create = """
        mutation ($input: CreatePostInput!) { createPost(input: $input) { __typename
          ... on PostActionSuccess { post { id status dueAt shareMode author { email } allowedActions } }
          ... on MutationError { message } } }
        """
    private static let edit = """
        mutation ($input: EditPostInput!) { editPost(input: $input) { __typename
          ... on PostActionSuccess { post { id text status dueAt allowedActions } } ... on MutationError { message } } }
        """

    @Test(arguments: ["addToQueue", "shareNext", "shareNow"])
    func `what a contributor posts waits for approval, whatever the mode`(mode: String) async throws {
        let world = try await World()
        let channel = try await world.channel()
        let contributor = try await world.member(.contributor)
        let reply = try await world.ask(
            Self.create,
            [
                "input": [
                    "channelId": .string(channel.id.text), "text": "Hello", "mode": .string(mode), "schedulingType": "automatic",
                ]
            ], as: contributor)
        #expect(reply["createPost.post.status"] == "needs_approval", "\(reply)")
        #expect(reply["createPost.post.dueAt"] == .null)
        #expect(reply["createPost.post.author.email"] == "contributor@example.com")
        #expect(
            reply["createPost.post.allowedActions"] == [
                "addPostNote", "deletePost", "duplicatePost", "revertPostApprovalRequest", "updatePost", "updatePostSchedule",
                "updatePostTags", "viewPost",
            ])
        try await world.pass(to: "2026-04-01T00:00:00Z")
        #expect(try await world.posting.outbox.list(of: world.organization, channel: nil, page: PageRequest()).entries.isEmpty)
    }

    @Test func `a contributor's draft is a draft, and scheduling it asks for approval`() async throws {
        let world = try await World()
        let channel = try await world.channel()
        let contributor = try await world.member(.contributor)
        let created = try await world.ask(
            Self.create,
            [
                "input": [
                    "channelId": .string(channel.id.text), "text": "Hello", "mode": "addToQueue", "schedulingType": "automatic",
                    "saveToDraft": true,
                ]
            ], as: contributor)
        #expect(created["createPost.post.status"] == "draft")
        let id = try #require(created["createPost.post.id"])
        let changed = try await world.ask(Self.edit, ["input": ["id": id, "text": "Hello again"]], as: contributor)
        #expect(changed["editPost.post.status"] == "draft")
        #expect(changed["editPost.post.text"] == "Hello again")
        let scheduled = try await world.ask(
            Self.edit, ["input": ["id": id, "saveToDraft": false, "mode": "shareNow"]], as: contributor)
        #expect(scheduled["editPost.post.status"] == "needs_approval")
        let edited = try await world.ask(Self.edit, ["input": ["id": id, "text": "Better"]], as: contributor)
        #expect(edited["editPost.post.status"] == "needs_approval")
        let taken = try await world.ask(Self.edit, ["input": ["id": id, "approvalChange": "revert"]], as: contributor)
        #expect(taken["editPost.post.status"] == "draft")
    }

    @Test func `a contributor changes nothing that others wrote or approved`() async throws {
        let world = try await World()
        let channel = try await world.channel()
        let contributor = try await world.member(.contributor)
        let adas = try await world.post(channel) { $0.mode = .addToQueue }
        let waiting = try await world.post(channel, by: contributor) { $0.needsApproval = true }
        let approved = try await world.posting.posts.approve(waiting.id)
        #expect(approved.status == .scheduled)
        for post in [adas, approved] {
            let id = JSONValue.string(post.id.text)
            let edited = try await world.ask(Self.edit, ["input": ["id": id, "text": "Mine now"]], as: contributor)
            #expect(edited["editPost.__typename"] == "UnauthorizedError", "\(edited)")
            #expect(edited["editPost.message"] == "Your role in this organization does not allow this")
            let moved = try await world.ask(
                "mutation ($id: PostId!) { movePostInQueue(input: { id: $id, position: bottom }) { __typename } }",
                ["id": id], as: contributor)
            #expect(moved.codes == ["FORBIDDEN"])
            let deleted = try await world.ask(
                "mutation ($id: PostId!) { deletePost(input: { id: $id }) { __typename } }", ["id": id], as: contributor)
            #expect(deleted.codes == ["FORBIDDEN"])
            #expect(try await world.posting.posts.post(post.id) == post)
            let read = try await world.ask(
                "query ($id: PostId!) { post(input: { id: $id }) { allowedActions } }", ["id": id], as: contributor)
            #expect(read["post.allowedActions"] == ["addPostNote", "duplicatePost", "viewPost"])
        }
    }

    @Test(arguments: [Membership.Role.owner, .admin, .member])
    func `others send posts off, and only whoever may approve is offered to`(role: Membership.Role) async throws {
        let world = try await World()
        let channel = try await world.channel()
        let writer = role == .owner ? world.ada : try await world.member(role)
        let reply = try await world.ask(
            Self.create,
            [
                "input": [
                    "channelId": .string(channel.id.text), "text": "Hello", "mode": "addToQueue", "schedulingType": "automatic",
                ]
            ], as: writer)
        #expect(reply["createPost.post.status"] == "scheduled")
        let waiting = try await world.post(channel) { $0.needsApproval = true }
        let read = try await world.ask(
            "query ($id: PostId!) { post(input: { id: $id }) { allowedActions } }", ["id": .string(waiting.id.text)], as: writer)
        let actions = read["post.allowedActions"]?.array ?? []
        #expect(actions.contains("approvePost") == role.canApprove)
        #expect(actions.contains("rejectPost") == role.canApprove)
    }
}
