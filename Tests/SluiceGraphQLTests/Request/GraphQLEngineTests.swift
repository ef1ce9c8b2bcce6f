import Testing

@testable import SluiceGraphQL

@Suite("Engine")
struct GraphQLEngineTests {
    @Test func `errors of the request and of fields are told apart`() async throws {
        let engine = try Fixture.engine()
        func kind(_ query: String) async -> GraphQLResponse.RequestErrorKind? {
            await engine.execute(GraphQLRequest(query: query), context: .init()).requestError
        }
        #expect(await kind("{ person { id } }") == nil)
        #expect(await kind("{ fails }") == nil)
        #expect(await kind("{") == .syntax)
        #expect(await kind("{ nope }") == .validation)
        #expect(await kind("query A { old } query B { old }") == .operation)
        #expect(await kind("query ($x: Int!) { required(x: $x) }") == .variables)
        #expect(await kind("subscription { a }") == .operation)
    }

    @Test func `a mutation is refused where only queries may come`() async throws {
        let engine = try Fixture.engine()
        let response = await engine.execute(
            GraphQLRequest(query: "mutation { add(n: 1) }"), context: .init(), queriesOnly: true)
        #expect(response.requestError == .operation)
    }

    @Test func `many requests at once give each its own answer`() async throws {
        let engine = try Fixture.engine()
        await withTaskGroup(of: Bool.self) { group in
            for number in 0..<200 {
                group.addTask {
                    let request = GraphQLRequest(
                        query: "query ($x: Int!) { required(x: $x) slow { id } anything { __typename } }",
                        variables: ["x": .int(number)])
                    let response = await engine.execute(request, context: .init())
                    return String(decoding: response.body, as: UTF8.self).contains("\"required\":\(number),")
                }
            }
            for await isRight in group { #expect(isRight) }
        }
    }
}
