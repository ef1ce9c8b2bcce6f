import Testing

@testable import SluiceGraphQL

@Suite("GraphQL §3: schemas")
struct SchemaBuilderTests {
    private func problems(_ sdl: String, _ registry: ResolverRegistry<Int> = .init()) -> String {
        do {
            _ = try GraphQLEngine(sdl: sdl, resolvers: registry)
            return ""
        } catch {
            return error.description
        }
    }

    @Test(arguments: [
        ("type Query { a: Nope }", "Unknown type \"Nope\" at \"Query.a\"."),
        ("type A { a: Int }", "Query root type must be provided."),
        ("type Query { a: Int a: Int }", "Field \"Query.a\" can only be defined once."),
        ("type Query { a: I } input I { a: Int }", "The type of Query.a must be Output Type."),
        ("type Query { a(b: Query): Int }", "The type of Query.a.b must be Input Type."),
        (
            "type Query implements N { a: Int } interface N { id: ID! }",
            "Interface field N.id expected but Query does not provide it."
        ),
        (
            "type Query implements N { id: ID } interface N { id: ID! }",
            "Interface field N.id expects type ID! but Query.id is type ID."
        ),
        (
            "type Query { a: U } union U = I interface I { a: Int }",
            "Union type U can only include Object types, it cannot include I."
        ),
        ("type Query { a: Int } type Query { b: Int }", "There can be only one type named \"Query\"."),
        ("type Query { a(b: Int = \"x\"): Int }", "The default of Query.a.b does not fit its type."),
        (
            "type Query { a: Int } input K @oneOf { a: Int! }",
            "OneOf input field K.a must be nullable and have no default."
        ),
        ("type Query { a: Int } extend type X { a: Int }", "Cannot extend type \"X\" because it is not defined."),
        ("type Query { a: }", "Syntax Error: Expected Name, found \"}\". (line 1, column 17)"),
    ])
    func `what cannot be is said`(sdl: String, problem: String) {
        #expect(problems(sdl).contains(problem))
    }

    @Test func `a resolver for a field that is not there is a mistake`() {
        var registry = ResolverRegistry(context: Int.self)
        registry.resolve("Query", "b") { _ in 1 }
        #expect(problems("type Query { a: Int }", registry).contains("There is no field \"Query.b\""))
    }

    @Test func `fields that nobody resolves are listed`() throws {
        let engine = try GraphQLEngine(
            sdl: "type Query { a: Int b: Int }", resolvers: ResolverRegistry(context: Int.self))
        #expect(engine.schema.fieldsWithoutResolver == ["Query.a", "Query.b"])
        #expect(try Fixture.engine().schema.fieldsWithoutResolver == ["Query.old"])
    }

    @Test func `extensions join what they extend and roots can have any name`() async throws {
        let engine = try GraphQLEngine(
            sdl: "schema { query: Q } type Q { a: E } extend type Q { b: Int } enum E { X } extend enum E { Y }",
            resolvers: ResolverRegistry(context: Int.self))
        let response = await engine.execute(GraphQLRequest(query: "{ a b }"), context: 0, root: ["a": "Y", "b": 2])
        #expect(String(decoding: response.body, as: UTF8.self) == #"{"data":{"a":"Y","b":2}}"#)
    }
}
