import Synchronization
import Testing

@testable import SluiceGraphQL

@Suite("Batches, failures within them, and requests that end early")
struct BatchTests {
    private static let sdl = """
        type Query { items: [Item] strictItems: [Item!] }
        type Item { name: String sure: String! part: Item strictPart: Item! }
        type Mutation { step(n: Int!): Item }
        """

    private actor Log {
        private(set) var entries: [String] = []
        func add(_ entry: String) { entries.append(entry) }
    }

    private func engine(_ log: Log = Log(), limits: GraphQLLimits = GraphQLLimits()) throws -> GraphQLEngine<Int> {
        var resolvers = ResolverRegistry(context: Int.self)
        for field in ["items", "strictItems"] {
            resolvers.resolve("Query", field) { request -> FieldValue in
                .list((0..<request.context).map { .object($0, as: "Item") })
            }
        }
        resolvers.resolveAsync("Mutation", "step") { request -> FieldValue in
            await log.add("step \(request.arguments["n"]?.int ?? 0)")
            return .object(request.arguments["n"]?.int ?? 0, as: "Item")
        }
        resolvers.object(Int.self, "Item") { item in
            for field in ["name", "sure"] {
                // Every other one fails, alone.
                item.batchField(field) { numbers, _ -> [FieldValue] in
                    await log.add("\(field) of \(numbers.count)")
                    return numbers.map { $0.isMultiple(of: 2) ? "\($0)".fieldValue : .failure(GraphQLError("odd \($0)")) }
                }
            }
            for field in ["part", "strictPart"] {
                item.batchField(field) { numbers, _ -> [FieldValue] in
                    await log.add("\(field) of \(numbers.count)")
                    return numbers.map { $0 > 1 ? .object($0 - 1, as: "Item") : .null }
                }
            }
        }
        return try GraphQLEngine(sdl: Self.sdl, resolvers: resolvers, limits: limits)
    }

    private func answer(_ query: String, items: Int, log: Log = Log()) async throws -> JSONValue {
        let response = await (try engine(log)).execute(GraphQLRequest(query: query), context: items)
        return try JSONParser().parse(response.body)
    }

    @Test func `one of a batch fails without the others`() async throws {
        let log = Log()
        let answer = try await answer("{ items { name } }", items: 3, log: log)
        #expect(answer["data"]?["items"] == [["name": "0"], ["name": nil], ["name": "2"]])
        #expect(answer["errors"]?.array?.map { $0["message"] } == ["odd 1"])
        #expect(answer["errors"]?[0]?["path"] == ["items", 1, "name"])
        #expect(await log.entries == ["name of 3"])
    }

    @Test(arguments: [
        ("{ items { sure } }", #"{"items":[{"sure":"0"},null,{"sure":"2"}]}"#),
        ("{ strictItems { sure } }", #"{"strictItems":null}"#),
        ("{ items { strictPart { sure } } }", #"{"items":[null,null,null]}"#),
        (
            "{ items { part { sure } name } }",
            #"{"items":[{"part":null,"name":"0"},{"part":null,"name":null},{"part":null,"name":"2"}]}"#
        ),
    ])
    func `null climbs from within a batch as from anywhere`(query: String, data: String) async throws {
        #expect(try await answer(query, items: 3)["data"]?.description == data)
    }

    @Test func `a level is loaded once for each field, however deep`() async throws {
        let log = Log()
        _ = try await answer("{ items { part { part { name } } } }", items: 10, log: log)
        #expect(await log.entries == ["part of 10", "part of 8", "name of 7"])
    }

    @Test func `a mutation is done with all below it before the next begins`() async throws {
        let log = Log()
        let query = "mutation { a: step(n: 2) { name part { name } } b: step(n: 4) { name } }"
        let answer = try await answer(query, items: 0, log: log)
        #expect(answer["data"] == ["a": ["name": "2", "part": ["name": nil]], "b": ["name": "4"]])
        let entries = await log.entries
        #expect(entries.first == "step 2")
        #expect(entries.suffix(2) == ["step 4", "name of 1"])
    }

    @Test func `an answer lists as many errors as the limit and says that there are more`() async throws {
        var limits = GraphQLLimits()
        limits.fieldErrors = 3
        for (items, count) in [(6, 3), (8, 4), (20, 4)] {
            let response = await (try engine(limits: limits)).execute(
                GraphQLRequest(query: "{ items { name } }"), context: items)
            #expect(response.errors.count == count)
            #expect(
                response.errors.last?.message.hasPrefix("Too many errors") == (count > 3))
        }
    }

    @Test func `errors beyond the limit are not even asked for, and a field is placed twenty times at most`() async throws {
        let asked = Mutex(0)
        var resolvers = ResolverRegistry(context: Int.self)
        resolvers.resolve("Query", "items") { _ in FieldValue.list((0..<50).map { .object($0, as: "Item") }) }
        resolvers.object(Int.self, "Item") { $0.field("name") { _ -> String in throw CancellationError() } }
        var limits = GraphQLLimits()
        limits.fieldErrors = 3
        let engine = try GraphQLEngine(sdl: Self.sdl, resolvers: resolvers, limits: limits) { _ in
            asked.withLock { $0 += 1 }
            return GraphQLError("masked")
        }
        let query = "{ items { \(String(repeating: "name ", count: 30)) } }"
        let response = await engine.execute(GraphQLRequest(query: query), context: 0)
        #expect(response.errors.map(\.locations.count) == [20, 20, 20, 0])
        #expect(asked.withLock { $0 } == 3)
    }

    @Test(arguments: ["[$v]", "[$v, 1]", "{a: $v}"])
    func `arguments with variables are coerced once, however long the list`(argument: String) async throws {
        let coerced = Mutex(0)
        var resolvers = ResolverRegistry(context: Int.self)
        resolvers.scalar(
            "Any",
            ScalarCoercion(parse: { value in
                coerced.withLock { $0 += 1 }
                return value
            }))
        resolvers.resolve("Query", "items") { _ in FieldValue.list((0..<50).map { .object($0, as: "Item") }) }
        resolvers.object(Int.self, "Item") { $0.field("echo", with: { $1.arguments["any"] ?? .null }) }
        let engine = try GraphQLEngine(
            sdl: "scalar Any type Query { items: [Item] } type Item { echo(any: Any): Any }", resolvers: resolvers)
        let request = GraphQLRequest(query: "query ($v: Any) { items { echo(any: \(argument)) } }", variables: ["v": 7])
        _ = await engine.execute(request, context: 0)
        coerced.withLock { $0 = 0 }
        let response = await engine.execute(request, context: 0)
        // The variable, and the argument that it is part of.
        #expect(coerced.withLock { $0 } == 2)
        let items = try JSONParser().parse(response.body)["data"]?["items"]?.array ?? []
        #expect(items.count == 50 && Set(items).count == 1 && items[0]["echo"] != .null)
    }

    @Test func `in a cancelled task nothing new begins`() async throws {
        let log = Log()
        let engine = try engine(log)
        let query = "mutation { a: step(n: 2) { name } b: step(n: 4) { name } }"
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return await engine.execute(GraphQLRequest(query: query), context: 0)
        }
        let response = await task.value
        #expect(response.errors.map(\.message) == ["The request was cancelled.", "The request was cancelled."])
        #expect(try JSONParser().parse(response.body)["data"] == ["a": nil, "b": nil])
        #expect(await log.entries.isEmpty)
    }

    @Test func `a list of JSON values is the value of a scalar that takes anything`() async throws {
        var resolvers = ResolverRegistry(context: Int.self)
        resolvers.resolve("Query", "any") { _ in [JSONValue.int(1), ["a": nil]] }
        let engine = try GraphQLEngine(sdl: "scalar Any type Query { any: Any }", resolvers: resolvers)
        let response = await engine.execute(GraphQLRequest(query: "{ any }"), context: 0)
        #expect(String(decoding: response.body, as: UTF8.self) == #"{"data":{"any":[1,{"a":null}]}}"#)
    }
}
