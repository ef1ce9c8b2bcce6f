import SluiceGraphQL
import SluiceOAuth
import SluicePosting
import Testing

@testable import SluiceAPI
@testable import SluiceAuthority

/// The same question as ``GuardMatrixTests``, put to the API that is served, with its own resolvers.
@Suite("S86-S92: what each set of scopes may ask of the API")
struct ScopeMatrixTests {
    @Test func `S86-S92 every root field of the API names the scope it needs to whoever lacks it, and to nobody else`()
        async throws
    {
        let world = try await World()
        let blueprint = try await Blueprint.served()
        for root in ["Query", "Mutation"] {
            for field in try #require(blueprint[root]).fields {
                let needed = try #require(FieldScopes.scope(of: field.name, on: root))
                let kind = root == "Query" ? "query" : "mutation"
                let body = Self.body("\(kind) { \(blueprint.call(field)) { __typename } }")
                for scopes in ScopeSubsets.all {
                    let bearer = StubAPI.bearer(scopes, of: world.ada.id)
                    let answer = await world.api.answer(json: body, for: bearer)
                    #expect(!answer.isRequestError, "\(String(decoding: answer.body, as: UTF8.self))")
                    let isMissing = !bearer.permits(needed)
                    #expect(
                        answer.missingScopes == (isMissing ? Scopes([needed]) : nil),
                        "\(field.name) with \(scopes?.text ?? "everything")")
                    let errors = try JSONParser().parse(answer.body)["errors"]?.array ?? []
                    let refusals = errors.filter { $0["extensions"]?["requiredScopes"] != nil }
                    #expect(refusals.count == (isMissing ? 1 : 0))
                    #expect(refusals.allSatisfy { $0["extensions"]?["code"]?.string == "FORBIDDEN" })
                    #expect(refusals.allSatisfy { $0["path"] == [.string(field.name)] })
                    // Where it is refused nothing else happens: no resolver ran.
                    if isMissing { #expect(errors.count == 1) }
                }
            }
        }
    }

    @Test func `S86 D15 posts:read shows a post with its channel, and what was counted only with insights:read`() async throws {
        let world = try await World()
        let post = try await world.post(try await world.channel())
        let query =
            "query($id: PostId!) { post(input: {id: $id}) { text channel { name } notes { text } metrics { value } metricsUpdatedAt } }"
        let narrow = try await world.ask(query, ["id": .string(post.id.text)], scopes: "posts:read")
        #expect(narrow["post.text"]?.string == "Hello")
        #expect(narrow["post.channel.name"]?.string == "twitter of Ada")
        #expect(narrow.codes == ["FORBIDDEN", "FORBIDDEN"])
        #expect(
            narrow.errors.map { $0["path"] } == [["post", "metrics"], ["post", "metricsUpdatedAt"]])
        #expect(narrow.errors.allSatisfy { $0["extensions"]?["requiredScopes"] == ["insights:read"] })
        let wide = try await world.ask(query, ["id": .string(post.id.text)], scopes: "posts:read insights:read")
        #expect(wide.errors.isEmpty, "\(wide)")
    }

    @Test func `S87 D15 posts:write reads the payload of what it wrote, and no post otherwise`() async throws {
        let world = try await World()
        let channel = try await world.channel()
        let query = """
            mutation($id: ChannelId!) {
              createPost(input: {channelId: $id, text: "Hello", mode: addToQueue, schedulingType: automatic}) {
                ... on PostActionSuccess { post { text channel { name } metrics { value } } }
                ... on MutationError { message }
              }
            }
            """
        let written = try await world.ask(query, ["id": .string(channel.id.text)], scopes: "posts:write")
        #expect(written["createPost.post.text"]?.string == "Hello")
        #expect(written["createPost.post.channel.name"]?.string == "twitter of Ada")
        #expect(written.errors.map { $0["path"] } == [["createPost", "post", "metrics"]])
        let read = try await world.ask(
            "query($id: OrganizationId!) { posts(input: {organizationId: $id}) { edges { cursor } } }",
            ["id": .string(world.organization.text)], scopes: "posts:write")
        #expect(read.codes == ["FORBIDDEN"])
        #expect(read.errors.first?["extensions"]?["requiredScopes"] == ["posts:read"])
    }

    private static func body(_ query: String) -> [UInt8] {
        Array(JSONValue.object(["query": .string(query)]).description.utf8)
    }
}
