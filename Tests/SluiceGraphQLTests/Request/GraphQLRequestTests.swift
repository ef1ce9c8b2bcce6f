import Testing

@testable import SluiceGraphQL

@Suite("GraphQL over HTTP: requests")
struct GraphQLRequestTests {
    @Test func `a body has its four members and others are ignored`() throws {
        let request = try GraphQLRequest(
            json: Array(
                #"{"query":"{ a }","variables":{"x":null},"operationName":"Q","extensions":{"e":1},"more":[]}"#.utf8))
        #expect(
            request == GraphQLRequest(query: "{ a }", variables: ["x": nil], operationName: "Q", extensions: ["e": 1]))
    }

    @Test func `null is absence`() throws {
        let request = try GraphQLRequest(
            json: Array(#"{"query":"{ a }","variables":null,"operationName":null}"#.utf8))
        #expect(request == GraphQLRequest(query: "{ a }"))
    }

    @Test(arguments: [
        ("[{\"query\":\"{ a }\"}]", "Batched requests are not supported."),
        ("1", "The request body must be a JSON object."),
        ("{}", "The request body must have a string \"query\"."),
        ("{\"query\":1}", "The request body must have a string \"query\"."),
        ("{\"query\":\"\",\"variables\":[]}", "\"variables\" must be a JSON object."),
        ("{\"query\":\"\",\"operationName\":1}", "\"operationName\" must be a string."),
        ("{\"query\"", "The request body is not valid JSON: expected a colon in JSON (byte 8)."),
    ])
    func `a body that is no request is refused`(body: String, message: String) async throws {
        let response = await (try Fixture.engine()).execute(json: Array(body.utf8), context: .init())
        #expect(response.isRequestError)
        #expect(response.errors.map(\.message) == [message])
        #expect(response.errors.first?.code == "BAD_REQUEST")
    }
}
