import Foundation
import SluiceGraphQL
import SluicePosting
import Testing

@testable import SluiceAuthority

/// Nothing goes out round whoever approves, by whichever way somebody tries.
@Suite("approval")
struct ApprovalTests {
    private static let edit = """
        mutation ($input: EditPostInput!) { editPost(input: $input) { __typename
          ... on PostActionSuccess { post { status } } ... on MutationError { message } } }
        """
    private static let move = "mutation ($input: MovePostInQueueInput!) { movePostInQueue(input: $input) { __typename } }"
    private static let delete = "mutation ($input: DeletePostInput!) { deletePost(input: $input) { __typename } }"

    /// In the order of the marks below.
    private static let changes: [(mutation: String, input: JSONObject)] = [
        (edit, ["text": "Other"]), (edit, ["saveToDraft": true]), (edit, ["saveToDraft": false]),
        (edit, ["saveToDraft": false, "mode": "shareNow"]), (edit, ["approvalChange": "request"]),
        (edit, ["approvalChange": "revert"]), (move, ["position": "top"]), (delete, [:]),
    ]

    /// What becomes of a post by each change: the first letter of its state, `x` when it is gone, `!` where the role does not allow it,
    /// `-` where the state does not.
    private static func outcomes(
        _ world: World, by account: Account, on status: PostStatus, of author: Account, in channel: Channel
    ) async throws -> String {
        var marks: [String] = []
        for change in changes {
            let post = try await post(world, status, of: author, in: channel)
            var input = change.input
            input["id"] = .string(post.id.text)
            let reply = try await world.ask(change.mutation, ["input": .object(input)], as: account)
            let left = try await world.posting.posts.post(post.id)
            let isForbidden = reply.codes == ["FORBIDDEN"] || reply["editPost.__typename"] == "UnauthorizedError"
            let isRefused = !reply.errors.isEmpty || reply["editPost.message"] != nil
            if isRefused { #expect(left == post, "\(reply)") }
            marks.append(isForbidden ? "!" : isRefused ? "-" : left.map { String($0.status.rawValue.prefix(1)) } ?? "x")
            if left != nil { try await world.posting.posts.delete(post.id) }
        }
        return marks.joined(separator: " ")
    }

    private static func post(
        _ world: World, _ status: PostStatus, of author: Account, in channel: Channel
    ) async throws -> Post {
        if status == .error {
            try await world.posting.outbox.fail(next: 1, of: channel.id, with: PublishingError(message: "No"))
        }
        let post = try await world.post(channel, by: author) { draft in
            draft.mode = status == .sent || status == .error ? .shareNow : .addToQueue
            draft.isDraft = status == .draft
            draft.needsApproval = status == .needsApproval
        }
        if post.status != status { _ = await world.posting.scheduler.runDue() }
        let made = try #require(await world.posting.posts.post(post.id))
        #expect(made.status == status)
        return made
    }

    @Test func `what each role may make of each state of whose post`() async throws {
        let world = try await World()
        let channel = try await world.channel()
        let people: [String: Account] = [
            "owner": world.ada, "admin": try await world.member(.admin), "member": try await world.member(.member),
            "contributor": try await world.member(.contributor),
            "another member": try await world.member(.member, "colleague@example.com"),
            "another contributor": try await world.member(.contributor, "novice@example.com"),
            "one who left": try await world.stranger().account,
        ]
        let no = "! ! ! ! ! ! ! !"
        let approved = ["s d s s n - s x", "e d s s n - - x", "- - - - - - - x"]
        let free = ["d d s s n - - x", "n d n n n d - x"] + approved
        let foreign = "n ! n n n ! - !"
        let table: [(who: [String], whose: [String], marks: [String])] = [
            (["owner", "admin"], ["owner", "admin", "member", "contributor", "one who left"], free),
            (["member"], ["member"], free),
            (["member"], ["owner", "another member"], ["d d s s n - - x", foreign] + approved),
            (["member"], ["contributor", "one who left"], ["d d n n n d - x", foreign] + approved),
            (["contributor"], ["contributor"], ["d d n n n d ! x", "n d n n n d ! x", no, no, no]),
            (["contributor"], ["owner", "member", "another contributor", "one who left"], [no, no, no, no, no]),
        ]
        for row in table {
            for (who, whose) in row.who.flatMap({ who in row.whose.map { (who, $0) } }) {
                let (account, author) = (try #require(people[who]), try #require(people[whose]))
                for (status, marks) in zip([PostStatus.draft, .needsApproval, .scheduled, .error, .sent], row.marks) {
                    let found = try await Self.outcomes(world, by: account, on: status, of: author, in: channel)
                    #expect(found == marks, "\(who), \(status) of \(whose)")
                }
            }
        }
    }

    @Test(arguments: ["edit", "delete"])
    func `what a contributor does in the instant of an approval changes nothing that goes out`(step: String) async throws {
        let world = try await World()
        let contributor = try await world.member(.contributor)
        let post = try await world.post(try await world.channel(), by: contributor) { $0.needsApproval = true }
        world.calls.overtake("change") { _ = try await world.posting.posts.approve(post.id) }
        let id = JSONValue.string(post.id.text)
        let reply =
            step == "edit"
            ? try await world.ask(Self.edit, ["input": ["id": id, "text": "Other words"]], as: contributor)
            : try await world.ask(Self.delete, ["input": ["id": id]], as: contributor)
        let left = try #require(await world.posting.posts.post(post.id))
        #expect(left.status == .scheduled && left.text == post.text)
        #expect("\(reply)".contains("The post was changed meanwhile: look at it again"), "\(reply)")
    }

    @Test func `a member does not send off what became somebody's draft in that instant`() async throws {
        let world = try await World()
        let (member, contributor) = (try await world.member(.member), try await world.member(.contributor))
        let post = try await world.post(try await world.channel(), by: contributor)
        var aside = PostEdit()
        (aside.text, aside.isDraft) = ("Nobody has read this", true)
        world.calls.overtake("change") { [aside] in _ = try await world.posting.posts.edit(post.id, aside) }
        _ = try await world.ask(
            Self.edit, ["input": ["id": .string(post.id.text), "saveToDraft": false, "mode": "shareNow"]], as: member)
        #expect(try await world.posting.posts.post(post.id)?.status == .draft)
    }

    @Test func `of twenty deletions and an approval at once either the post goes out or it is gone`() async throws {
        let world = try await World()
        let contributor = try await world.member(.contributor)
        let channel = try await world.channel()
        for _ in 0..<20 {
            let post = try await world.post(channel, by: contributor) { $0.needsApproval = true }
            let outcomes = try await withThrowingTaskGroup(of: Bool.self) { group in
                for _ in 0..<20 {
                    group.addTask {
                        let reply = try await world.ask(
                            Self.delete, ["input": ["id": .string(post.id.text)]], as: contributor)
                        return reply.errors.isEmpty
                    }
                }
                group.addTask { (try? await world.posting.posts.approve(post.id)) != nil }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(outcomes.count { $0 } == 1)
            let left = try await world.posting.posts.post(post.id)
            #expect(left == nil || left?.status == .scheduled)
        }
    }

    @Test func `what may be done says what the mutations then do`() async throws {
        let world = try await World()
        let channel = try await world.channel()
        let (member, contributor) = (try await world.member(.member), try await world.member(.contributor))
        func actions(_ post: Post) async throws -> [String] {
            let reply = try await world.ask(
                "query ($id: PostId!) { post(input: { id: $id }) { allowedActions } }", ["id": .string(post.id.text)], as: member)
            return reply["post.allowedActions"]?.array?.compactMap(\.string) ?? []
        }
        let (own, foreign) = (
            try await world.post(channel, by: member) { $0.isDraft = true },
            try await world.post(channel, by: contributor) { $0.isDraft = true }
        )
        #expect(try await actions(own).contains("publishPostNow"))
        #expect(try await !actions(foreign).contains("publishPostNow"))
        #expect(try await actions(foreign).contains("requestPostApproval"))
        let waiting = try await world.post(channel, by: contributor) { $0.needsApproval = true }
        let few = try await actions(waiting)
        #expect(few.contains("updatePost") && !few.contains("deletePost") && !few.contains("revertPostApprovalRequest"))
    }
}
