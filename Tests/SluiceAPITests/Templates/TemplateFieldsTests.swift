import Foundation
import SluiceGraphQL
import SluicePosting
import Testing

@testable import SluiceAuthority

@Suite("post templates")
struct TemplateFieldsTests {
    private static let fields = "id title body description emoji visibility organizationId createdAt updatedAt"
    private static let create = """
        mutation ($input: CreatePostTemplateInput!) { createPostTemplate(input: $input) { __typename
          ... on CreatePostTemplateSuccess { postTemplate { \(fields) } } ... on VoidMutationError { message } } }
        """
    private static let update = """
        mutation ($input: UpdatePostTemplateInput!) { updatePostTemplate(input: $input) { __typename
          ... on UpdatePostTemplateSuccess { postTemplate { \(fields) } } ... on MutationError { message } } }
        """
    private static let delete = """
        mutation ($input: DeletePostTemplateInput!) { deletePostTemplate(input: $input) { __typename
          ... on MutationSuccess { _empty } ... on EmptySuccess { _empty } ... on MutationError { message } } }
        """

    private static func input(_ world: World, _ members: JSONObject = [:]) -> JSONValue {
        var input: JSONObject = ["organizationId": .string(world.organization.text), "title": "Hello", "body": "Hello, world"]
        for (name, value) in members { input[name] = value }
        return ["input": .object(input)]
    }

    @Test func `a template is made, read, changed and deleted`() async throws {
        let world = try await World()
        let made = try await world.ask(Self.create, Self.input(world, ["emoji": "👋", "visibility": "internal"]))
        let template = try #require(made["createPostTemplate.postTemplate"], "\(made)")
        let id = try #require(template["id"])
        #expect(template["description"] == "")
        #expect(template["emoji"] == "👋")
        #expect(template["visibility"] == "internal")
        world.clock.advance(by: 60)
        let changed = try await world.ask(Self.update, ["input": ["id": id, "title": "Hi", "body": nil]])
        #expect(changed["updatePostTemplate.postTemplate.title"] == "Hi")
        #expect(changed["updatePostTemplate.postTemplate.body"] == "Hello, world")
        #expect(changed["updatePostTemplate.postTemplate.updatedAt"] == "2026-03-02T08:01:00.000Z")
        let read = try await world.ask(
            "query ($id: PostTemplateId!) { postTemplate(input: { id: $id }) { title } }", ["id": id])
        #expect(read["postTemplate.title"] == "Hi")
        let deleted = try await world.ask(Self.delete, ["input": ["id": id]])
        #expect(deleted["deletePostTemplate"] == ["__typename": "EmptySuccess", "_empty": ""])
        let again = try await world.ask(Self.delete, ["input": ["id": id]])
        #expect(again.codes == ["NOT_FOUND"])
        #expect(again.messages == ["Template not found"])
    }

    @Test func `a private template is not there for others, and a shared one is changed by its author or by an admin`()
        async throws
    {
        let world = try await World()
        let member = try await world.member(.member)
        let mine = try await world.ask(Self.create, Self.input(world, ["visibility": "private"]))
        let shared = try await world.ask(Self.create, Self.input(world, ["visibility": "internal"]))
        let secret = try #require(mine["createPostTemplate.postTemplate.id"])
        let open = try #require(shared["createPostTemplate.postTemplate.id"])
        #expect(try await world.ask(Self.update, ["input": ["id": secret, "title": "x"]], as: member).codes == ["NOT_FOUND"])
        #expect(try await world.ask(Self.delete, ["input": ["id": secret]], as: member).codes == ["NOT_FOUND"])
        #expect(try await world.ask(Self.update, ["input": ["id": open, "title": "x"]], as: member).codes == ["FORBIDDEN"])
        #expect(try await world.ask(Self.delete, ["input": ["id": open]], as: member).codes == ["FORBIDDEN"])
        let theirs = try await world.ask(Self.create, Self.input(world, ["visibility": "public"]), as: member)
        let public1 = try #require(theirs["createPostTemplate.postTemplate.id"])
        #expect(try await world.ask(Self.update, ["input": ["id": public1, "title": "x"]]).errors.isEmpty)
    }

    @Test func `a list counts all that the reader may see`() async throws {
        let world = try await World()
        let member = try await world.member(.member)
        for visibility in ["private", "internal", "public"] {
            world.clock.advance(by: 1)
            _ = try await world.ask(
                Self.create, Self.input(world, ["visibility": .string(visibility), "title": .string(visibility)]))
        }
        func list(_ filter: JSONValue, first: Int = 20, as reader: Account? = nil) async throws -> Reply {
            let input: JSONValue = ["organizationId": .string(world.organization.text), "filter": filter]
            return try await world.ask(
                """
                query ($input: PostTemplatesInput!, $first: Int) { postTemplates(input: $input, first: $first) {
                  totalCount edges { cursor node { title } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }
                """, ["input": input, "first": JSONValue.int(first)], as: reader)
        }
        let all = try await list(.null, first: 2)
        #expect(all["postTemplates.totalCount"] == 3)
        let titles = all["postTemplates.edges"]?.array?.compactMap { $0["node"]?["title"]?.string }
        #expect(titles == ["public", "internal"])
        #expect(all["postTemplates.pageInfo.hasNextPage"] == true)
        #expect(try await list(.null, as: member)["postTemplates.totalCount"] == 2)
        #expect(try await list(["visibility": "public"])["postTemplates.totalCount"] == 1)
        #expect(try await list(["visibility": "private"], as: member)["postTemplates.totalCount"] == 0)
    }

    @Test func `bad words and a reached limit stand in errors, for the payloads have no error of their own`() async throws {
        var limits = PostingLimits()
        limits.templates = 1
        let world = try await World(limits: limits)
        let bad = try await world.ask(Self.create, Self.input(world, ["title": ""]))
        #expect(bad.codes == ["BAD_USER_INPUT"])
        _ = try await world.ask(Self.create, Self.input(world))
        #expect(try await world.ask(Self.create, Self.input(world)).codes == ["LIMIT_REACHED"])
    }
}
