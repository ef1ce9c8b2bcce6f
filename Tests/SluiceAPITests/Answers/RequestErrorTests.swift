import SluiceGraphQL
import Testing

@testable import SluiceAuthority

/// Requests that do not fit the schema, in the words that clients know from Buffer.
@Suite("requests that are refused before anything runs")
struct RequestErrorTests {
    @Test(arguments: [
        (
            """
            mutation { createPost(input: { channelId: "1", schedulingType: scheduled, mode: addToQueue }) { __typename } }
            """, #"Value "scheduled" does not exist in "SchedulingType" enum."#
        ),
        (
            """
            mutation { createPost(input: { channelId: "1", schedulingType: automatic, mode: recommendedTime }) { __typename } }
            """, #"Value "recommendedTime" does not exist in "ShareMode" enum."#
        ),
        (
            """
            mutation { editPost(input: { id: "1" }) { id } }
            """, #"Cannot query field "id" on type "PostActionPayload"."#
        ),
        (
            """
            mutation { editPost(input: { id: "1" }) { ... on VoidMutationError { message } } }
            """,
            """
            Fragment cannot be spread here as objects of type "PostActionPayload" can never be of type "VoidMutationError".
            """
        ),
        (
            """
            mutation { createPost(input: { channelId: "1", schedulingType: automatic, mode: shareNow, assets: [{ image: {
              url: "https://example.com/a.png", metadata: { dimensions: { width: 1, height: 1 } } } }] }) { __typename } }
            """, #"Field "ImageMetadataInput.altText" of required type "String!" was not provided."#
        ),
    ])
    func `the message is the one that clients know, with a place in the document`(query: String, message: String) async throws {
        let reply = try await World().ask(query)
        #expect(reply.isRequestError)
        #expect(reply.codes == ["GRAPHQL_VALIDATION_FAILED"])
        #expect(reply.messages == [message])
        #expect(reply.errors.first?["locations"]?[0]?["line"] != nil)
        #expect(reply.json["data"] == nil)
    }

    @Test func `a request without variables is answered like one with an empty object`() async throws {
        let world = try await World()
        for variables: JSONValue in [.null, [:]] {
            #expect(try await world.ask("{ account { email } }", variables)["account.email"] == "ada@example.com")
        }
        let bearer = try await world.ask("{ account { id } }")
        #expect(bearer["account.id"]?.string == world.ada.id.text)
    }
}
