import Testing

@testable import SluiceGraphQL

@Suite("GraphQL §4: introspection")
struct IntrospectionTests {
    @Test func `a type describes itself`() async throws {
        let answer = try await Fixture.run(
            """
            { person: __type(name: "Person") { kind name interfaces { name } fields { name type { kind ofType { name } } } }
              mood: __type(name: "Mood") { enumValues { name } all: enumValues(includeDeprecated: true) { name deprecationReason } }
              date: __type(name: "DateTime") { kind specifiedByURL description }
              node: __type(name: "Node") { possibleTypes { name } }
              key: __type(name: "Key") { isOneOf inputFields { name defaultValue } }
              filter: __type(name: "Filter") { isOneOf inputFields { name defaultValue } }
              none: __type(name: "None") { name } }
            """)
        let data = try #require(answer["data"])
        #expect(data["person"]?["interfaces"] == [["name": "Being"], ["name": "Node"]])
        #expect(
            data["person"]?["fields"]?[0] == ["name": "id", "type": ["kind": "NON_NULL", "ofType": ["name": "ID"]]])
        #expect(data["mood"]?["enumValues"]?.array?.count == 2)
        #expect(data["mood"]?["all"]?[2] == ["name": "OLD", "deprecationReason": "Use SAD."])
        #expect(data["date"]?["specifiedByURL"] == "https://example.com/date-time")
        #expect(data["node"]?["possibleTypes"] == [["name": "Person"], ["name": "Robot"]])
        #expect(data["key"]?["isOneOf"] == true)
        #expect(data["filter"]?["inputFields"]?[1] == ["name": "limit", "defaultValue": "10"])
        #expect(data["none"] == .null)
    }

    @Test(arguments: [
        ("Int = 1", "1"), ("Float = 2", "2"), ("Float = 1.50", "1.5"), ("ID = 12", "12"), ("ID = \"012\"", "\"012\""),
        ("[Int] = 4", "[4]"), ("[[Int]] = [1, [2]]", "[[1], [2]]"), ("E = A", "A"), ("[E!] = A", "[A]"),
        ("I = {b: \"x\"}", "{a: 7, b: \"x\"}"), ("I = null", "null"), ("String = \"\"\"\n  a\n\"\"\"", "\"a\""),
    ])
    func `a default is printed as coerced`(argument: String, printed: String) async throws {
        let engine = try GraphQLEngine(
            sdl: "enum E { A } input I { a: Int = 7 b: String } type Query { f(x: \(argument)): Int }",
            resolvers: ResolverRegistry(context: Int.self))
        let query = "{ __type(name: \"Query\") { fields { args { defaultValue } } } }"
        let answer = try JSONParser().parse(await engine.execute(GraphQLRequest(query: query), context: 0).body)
        #expect(answer["data"]?["__type"]?["fields"]?[0]?["args"]?[0]?["defaultValue"]?.string == printed)
    }

    @Test func `the schema lists roots, types and directives`() async throws {
        let answer = try await Fixture.run(
            "{ __schema { queryType { name } mutationType { name } subscriptionType { name } types { name } directives { name locations args { name type { kind } } } } }"
        )
        let schema = try #require(answer["data"]?["__schema"])
        #expect(schema["queryType"] == ["name": "Query"])
        #expect(schema["subscriptionType"] == .null)
        let names = schema["types"]?.array?.compactMap { $0["name"]?.string } ?? []
        #expect(Set(names).isSuperset(of: ["Person", "Int", "Float", "String", "Boolean", "ID", "__Type", "DateTime"]))
        let directives = schema["directives"]?.array?.compactMap { $0["name"]?.string } ?? []
        #expect(directives == ["include", "skip", "deprecated", "specifiedBy", "oneOf"])
    }

    @Test(arguments: [
        ("{ __schema { types { fields { type { fields { name } } } } } }", true),
        ("{ __schema { types { fields { type { fields { type { interfaces { name } } } } } } } }", false),
        (
            "{ __type(name: \"Person\") { ...A } } fragment A on __Type { fields { type { ...B } } } "
                + "fragment B on __Type { possibleTypes { ... { inputFields { name } } } }", false
        ),
        (
            "{ __type(name: \"Person\") { ...A } } fragment A on __Type { fields { type { ...B ...B ofType { ...B } } } } "
                + "fragment B on __Type { interfaces { name } }", true
        ),
    ])
    func `lists of introspection stand two deep within each other and not three`(query: String, passes: Bool) throws {
        #expect(try Fixture.messages(query) == (passes ? [] : ["Maximum introspection depth exceeded"]))
    }
}
