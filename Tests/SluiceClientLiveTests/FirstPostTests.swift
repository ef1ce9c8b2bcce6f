import Foundation
import SluiceAuthority
import SluiceClient
import SluiceHTTPTransport
import SluiceOAuth
import SluicePosting
import Testing

// From here to the mark as docs/first-post.md shows it; Tests/Conformance/test_first_post.py compares the two.
struct CreatePost: Decodable, Sendable {
    struct Made: Decodable, Sendable {
        struct Post: Decodable, Sendable { var id, status: String }
        var post: Post
    }
    var createPost: MutationPayload<Made>
}

struct PostInput: Encodable, Sendable {
    var channelId, text: String
    var mode = "shareNow"
    var schedulingType = "automatic"
}

/// Posts at once, and says which post it is.
func post(_ text: String, to channelID: String, over api: GraphQLClient) async throws -> String {
    let document = """
        mutation($input: CreatePostInput!) {
          createPost(input: $input) { ... on PostActionSuccess { post { id status } } ... on MutationError { message } }
        }
        """
    let input = ["input": PostInput(channelId: channelID, text: text)]
    return try await api.send(document, variables: input, as: CreatePost.self).get().createPost.get().post.id
}
// The mark.

@Suite("The first post, in Swift", .timeLimit(.minutes(1)))
struct FirstPostTests {
    @Test func `a post that is shared now is in the outbox, once, and one that is refused says why`() async throws {
        try await LiveServer.run { server in
            let own = try #require(try await server.authority.accounts.organizations(of: server.account.id).first)
            let organization = try #require(OrganizationReference(own.id.text))
            let channel = try await server.posting.channels.add(
                ChannelDraft(service: .mastodon, name: "ada"), to: organization)
            let made = try await server.authority.keys.create(
                for: server.account.id, name: "first post", scopes: nil, expiresAt: nil, formID: nil, trace: .commandLine)
            let id = try await firstPost(server: server.endpoints.apiURL, key: made.key.text, channelID: channel.id.text)
            await #expect(throws: MutationRefusal.self) {
                let api = server.api(.apiKey(made.key.text))
                return try await post("", to: channel.id.text, over: api)
            }
            // The server's scheduler may have it in hand, and then this one finds nothing due: until it is there, or the time is over.
            var deliveries: [OutboxDelivery] = []
            while deliveries.isEmpty {
                await server.posting.scheduler.runDue()
                deliveries = try await server.posting.outbox.list(of: organization).elements
            }
            #expect(deliveries.map(\.postID.text) == [id] && deliveries.map(\.text) == ["Written in Swift."])
        }
    }
}

private func firstPost(server: String, key: String, channelID: String) async throws -> String {
    let api = GraphQLClient(endpoint: server, credential: .apiKey(key), transport: AsyncHTTPTransport.shared)
    let id = try await post("Written in Swift.", to: channelID, over: api)
    return id
}
