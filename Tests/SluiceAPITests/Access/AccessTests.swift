import Foundation
import SluiceGraphQL
import SluicePosting
import Testing

@testable import SluiceAPI
@testable import SluiceAuthority

/// S9–S11: what belongs to an organization is reached by its members, and others do not learn that it is there.
@Suite("who reaches what")
struct AccessTests {
    /// Something that is reached by an id, and where that id goes.
    struct Door: Sendable, CustomTestStringConvertible {
        let name: String
        let query: String
        /// Which of the world's ids it takes.
        let kind: Kind
        var testDescription: String { name }

        enum Kind: Sendable { case organization, channel, post, template }
    }

    static let doors: [Door] = [
        Door(name: "channel", query: "query ($id: ChannelId!) { channel(input: { id: $id }) { id } }", kind: .channel),
        Door(
            name: "channels", query: "query ($id: OrganizationId!) { channels(input: { organizationId: $id }) { id } }",
            kind: .organization),
        Door(
            name: "dailyPostingLimits",
            query: "query ($id: ChannelId!) { dailyPostingLimits(input: { channelIds: [$id] }) { channelId } }", kind: .channel),
        Door(name: "post", query: "query ($id: PostId!) { post(input: { id: $id }) { id } }", kind: .post),
        Door(
            name: "posts",
            query: "query ($id: OrganizationId!) { posts(input: { organizationId: $id }) { edges { node { id } } } }",
            kind: .organization),
        Door(
            name: "ideas",
            query: "query ($id: OrganizationId!) { ideas(input: { organizationId: $id }) { edges { node { id } } } }",
            kind: .organization),
        Door(
            name: "ideaGroups", query: "query ($id: ID!) { ideaGroups(input: { organizationId: $id }) { id } }",
            kind: .organization),
        Door(
            name: "postTemplate", query: "query ($id: PostTemplateId!) { postTemplate(input: { id: $id }) { id } }",
            kind: .template),
        Door(
            name: "postTemplates",
            query: "query ($id: OrganizationId!) { postTemplates(input: { organizationId: $id }) { totalCount } }",
            kind: .organization),
        Door(
            name: "aggregatedPostMetrics",
            query: """
                query ($id: OrganizationId!) { aggregatedPostMetrics(input: { organizationId: $id,
                  startDateTime: "2026-03-01", endDateTime: "2026-03-02" }) { metrics { value } } }
                """, kind: .organization),
        Door(
            name: "createIdea",
            query: """
                mutation ($id: ID!) { createIdea(input: { organizationId: $id, content: { text: "x" } }) { __typename } }
                """, kind: .organization),
        Door(
            name: "createPost",
            query: """
                mutation ($id: ChannelId!) { createPost(input: { channelId: $id, text: "x", mode: addToQueue,
                  schedulingType: automatic }) { __typename ... on MutationError { message } } }
                """, kind: .channel),
        Door(
            name: "editPost",
            query: """
                mutation ($id: PostId!) { editPost(input: { id: $id, text: "x" }) { __typename ... on MutationError { message } } }
                """, kind: .post),
        Door(
            name: "movePostInQueue",
            query: "mutation ($id: PostId!) { movePostInQueue(input: { id: $id, position: top }) { __typename } }", kind: .post),
        Door(name: "deletePost", query: "mutation ($id: PostId!) { deletePost(input: { id: $id }) { __typename } }", kind: .post),
        Door(
            name: "createPostTemplate",
            query: """
                mutation ($id: OrganizationId!) { createPostTemplate(input: { organizationId: $id, title: "x", body: "x" }) {
                  __typename } }
                """, kind: .organization),
        Door(
            name: "updatePostTemplate",
            query: """
                mutation ($id: PostTemplateId!) { updatePostTemplate(input: { id: $id, title: "x" }) { __typename } }
                """, kind: .template),
        Door(
            name: "deletePostTemplate",
            query: "mutation ($id: PostTemplateId!) { deletePostTemplate(input: { id: $id }) { __typename } }", kind: .template),
    ]

    @Test(arguments: doors)
    func `S10 S11 a stranger gets the answer of an id that never was, and changes nothing`(door: Door) async throws {
        let world = try await World()
        let channel = try await world.channel()
        let post = try await world.post(channel) { $0.mode = .addToQueue }
        let template = try await world.posting.templates.create(
            TemplateDraft(
                organization: world.organization, author: try World.reference(world.ada), title: "T", body: "B",
                visibility: .public))
        let eve = try await world.stranger().account
        let id =
            switch door.kind {
            case .organization: world.organization.text
            case .channel: channel.id.text
            case .post: post.id.text
            case .template: template.id.text
            }
        let before = try await Self.everything(world)
        let foreign = try await world.ask(door.query, ["id": .string(id)], as: eve)
        for never in [String(repeating: "0", count: 24), "no id", "", String(repeating: "A", count: 24)] {
            let unknown = try await world.ask(door.query, ["id": .string(never)], as: eve)
            #expect(unknown.json == foreign.json)
        }
        let isTyped = door.name == "createPost" || door.name == "editPost"
        if isTyped {
            #expect(foreign.errors.isEmpty)
            let payload = foreign.json["data"]?[door.name]
            #expect(payload?["__typename"] == "NotFoundError")
            #expect(payload?["message"]?.string?.hasSuffix(" not found") == true)
        } else {
            #expect(foreign.codes == ["NOT_FOUND"])
        }
        #expect(try await Self.everything(world) == before)
        // The same door is open to the owner, so that it was the reader that was refused and not the question.
        let own = try await world.ask(door.query, ["id": .string(id)])
        #expect(own.errors.isEmpty, "\(own)")
    }

    @Test func `what is in a filter of another organization matches nothing`() async throws {
        let world = try await World()
        let (_, elsewhere) = try await world.stranger()
        let foreign = try await world.posting.channels.add(ChannelDraft(service: .twitter, name: "Eve"), to: elsewhere)
        var draft = PostDraft(channelID: foreign.id, author: nil, text: "Secret", mode: .customScheduled)
        draft.dueAt = try World.moment("2026-03-10T15:00:00Z")
        _ = try await world.posting.posts.create(draft)
        let reply = try await world.ask(
            "query ($input: PostsInput!) { posts(input: $input) { edges { node { text } } } }",
            [
                "input": [
                    "organizationId": .string(world.organization.text), "filter": ["channelIds": [.string(foreign.id.text)]],
                ]
            ])
        #expect(reply["posts.edges"] == [])
        #expect(reply.errors.isEmpty)
    }

    /// Everything that a mutation could change.
    private static func everything(_ world: World) async throws -> String {
        let query = PostQuery(organization: world.organization)
        let posts = try await world.posting.posts.list(query, PageRequest(limit: 100)).elements
        let ideas = try await world.posting.ideas.list(IdeaQuery(organization: world.organization), PageRequest(limit: 100))
            .elements
        let templates = try await world.posting.templates.list(
            of: world.organization, visibleTo: World.reference(world.ada)
        ).elements
        return "\(posts) \(ideas) \(templates)"
    }
}
