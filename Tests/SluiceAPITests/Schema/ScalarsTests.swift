import SluiceGraphQL
import Testing

@testable import SluiceAPI

@Suite("The schema's own scalars")
struct ScalarsTests {
    /// Asks for a post by a variable.
    private func post(id: JSONValue) async throws -> GraphQLResponse {
        await (try StubAPI.engine()).execute(
            GraphQLRequest(query: "query($id: PostId!) { post(input: {id: $id}) { id } }", variables: ["id": id]),
            context: StubAPI.bearer(nil), root: ["post": ["id": "64b0c0ffee00000000000001"]])
    }

    /// Asks for limits of a day.
    private func limits(date: JSONValue) async throws -> GraphQLResponse {
        await (try StubAPI.engine()).execute(
            GraphQLRequest(
                query: "query($input: DailyPostingLimitsInput!) { dailyPostingLimits(input: $input) { sent } }",
                variables: ["input": ["channelIds": ["a"], "date": date]]),
            context: StubAPI.bearer(nil), root: ["dailyPostingLimits": []])
    }

    @Test(arguments: ["64b0c0ffee00000000000001", "not an id", "", String(repeating: "é", count: 128)])
    func `an id is any string of up to 256 bytes: its form is not judged`(text: String) async throws {
        let response = try await post(id: .string(text))
        #expect(response.errors.isEmpty, "\(response.errors.map(\.message))")
    }

    @Test(
        arguments: [
            (.int(12), #"PostId cannot represent a non string value: 12"#),
            (.bool(true), #"PostId cannot represent a non string value: true"#),
            (["a"], #"PostId cannot represent a non string value: [Array]"#),
            (["a": 1], #"PostId cannot represent a non string value: [Object]"#),
            (.string(String(repeating: "a", count: 257)), "PostId cannot represent a string of more than 256 bytes."),
        ] as [(JSONValue, String)])
    func `what is no string, or too long a one, is a variable that does not fit`(value: JSONValue, message: String)
        async throws
    {
        let response = try await post(id: value)
        #expect(response.requestError == .variables)
        #expect(response.errors.count == 1)
        #expect(response.errors.first?.message.hasSuffix(message) == true, "\(response.errors.map(\.message))")
        #expect(response.errors.first?.message.hasPrefix("Variable \"$id\" got invalid value ") == true)
        #expect(response.errors.first?.code == "BAD_USER_INPUT")
    }

    @Test(arguments: ["12", "true", "[\"a\"]", "{a: 1}"])
    func `a literal of another kind does not fit either`(literal: String) throws {
        let errors = try StubAPI.engine().validate("{ post(input: {id: \(literal)}) { id } }")
        #expect(errors.count == 1)
        #expect(errors.first?.message.hasPrefix("PostId cannot represent a non string value: ") == true)
    }

    @Test func `all of the schema's scalars have a rule of their own`() async throws {
        let own = try await Blueprint.served().definitions.filter { $0.kind == "SCALAR" }.map(\.name)
        let builtIn: Set = ["Int", "Float", "String", "Boolean", "ID"]
        #expect(Set(own).subtracting(builtIn) == Set(Scalars.ids + ["DateTime", "Email"]))
    }

    @Test(arguments: ["2026-11-23", "2026-11-23T14:30:00Z", "2026-11-23T14:30:00.000+01:00"])
    func `a date alone and a moment with an offset fit a DateTime`(text: String) async throws {
        #expect(try await limits(date: .string(text)).errors.isEmpty)
    }

    @Test(
        arguments: [
            (.string("tomorrow"), #"DateTime cannot represent an invalid date-time-string: "tomorrow""#),
            (.string("2026-11-31"), #"DateTime cannot represent an invalid date-time-string: "2026-11-31""#),
            (.int(1_795_444_200), "DateTime cannot represent a non string value: 1795444200"),
        ] as [(JSONValue, String)])
    func `anything else is a variable that does not fit, and the error says where`(value: JSONValue, message: String)
        async throws
    {
        let response = try await limits(date: value)
        #expect(response.requestError == .variables)
        #expect(response.errors.count == 1)
        #expect(
            response.errors.first?.message.contains("at \"input.date\"; \(message)") == true, "\(response.errors.map(\.message))")
    }

    @Test func `an error cuts short what it repeats`() async throws {
        let response = try await limits(date: .string(String(repeating: "9", count: 250)))
        let repeated = try #require(response.errors.first?.message.split(separator: "date-time-string: ").last)
        #expect(repeated.utf8.count < 120)
    }

    @Test(arguments: [
        ("2026-11-23T14:30:00.000Z", "2026-11-23T14:30:00.000Z"),
        ("2026-11-23T14:30:00Z", "2026-11-23T14:30:00.000Z"),
        ("2026-11-23T15:30:00+01:00", "2026-11-23T14:30:00.000Z"),
        ("2026-11-23", "2026-11-23T00:00:00.000Z"),
    ])
    func `S133 an answer gives moments in UTC with milliseconds, however they are kept`(kept: JSONValue, shown: String)
        async throws
    {
        let response = await (try StubAPI.engine()).execute(
            GraphQLRequest(query: #"{ post(input: {id: "a"}) { createdAt } }"#), context: StubAPI.bearer(nil),
            root: ["post": ["createdAt": kept]])
        #expect(try JSONParser().parse(response.body)["data"]?["post"]?["createdAt"]?.string == shown)
    }

    @Test func `a moment that cannot be read is our fault, not an answer`() async throws {
        let response = await (try StubAPI.engine()).execute(
            GraphQLRequest(query: #"{ post(input: {id: "a"}) { dueAt } }"#), context: StubAPI.bearer(nil),
            root: ["post": ["dueAt": "soon"]])
        #expect(response.errors.count == 1)
        #expect(try JSONParser().parse(response.body)["data"]?["post"]?["dueAt"]?.isNull == true)
    }

    /// No field of the schema takes an address so far: the scalar is published all the same.
    @Test(arguments: [
        (" Ada@Example.COM\n", "ada@example.com"), ("ada@example.com", "ada@example.com"), ("ada", nil), ("a b@example.com", nil),
    ])
    func `an address is trimmed and written small, and must be one`(typed: String, kept: String?) async throws {
        var resolvers = ResolverRegistry(context: Void.self)
        Scalars.register(in: &resolvers)
        resolvers.resolve("Query", "echo") { $0.arguments["address"] ?? .null }
        let engine = try GraphQLEngine(
            sdl: Schema.text + "extend type Query { echo(address: Email): Email }", resolvers: resolvers)
        let response = await engine.execute(
            GraphQLRequest(query: "query($a: Email) { echo(address: $a) }", variables: ["a": .string(typed)]), context: ())
        #expect(try JSONParser().parse(response.body)["data"]?["echo"]?.string == kept)
        #expect(response.requestError == (kept == nil ? .variables : nil))
    }
}
