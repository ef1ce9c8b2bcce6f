import Testing

@testable import SluiceGraphQL

@Suite("GraphQL §6: execution")
struct ExecutionTests {
    private func text(_ query: String, _ variables: JSONObject = [:], caller: Fixture.Caller = .init()) async throws
        -> String
    {
        try await Fixture.run(query, variables, caller: caller).description
    }

    @Test(arguments: [
        ("{ person { id name age } }", #"{"data":{"person":{"id":"ada","name":"ADA","age":36}}}"#),
        ("{ a: person { x: id } b: person { id } }", #"{"data":{"a":{"x":"ada"},"b":{"id":"ada"}}}"#),
        (
            "{ person { friends { id } few: friends(first: 1) { id } } }",
            #"{"data":{"person":{"friends":[{"id":"bob"},{"id":"cy"}],"few":[{"id":"bob"}]}}}"#
        ),
        ("{ __typename person { __typename } }", #"{"data":{"__typename":"Query","person":{"__typename":"Person"}}}"#),
        (
            "{ person { ...F ... on Being { name } ... { age } } } fragment F on Person { id }",
            #"{"data":{"person":{"id":"ada","name":"ADA","age":36}}}"#
        ),
        (
            "{ person { id } person { name } ...F } fragment F on Query { person { age } }",
            #"{"data":{"person":{"id":"ada","name":"ADA","age":36}}}"#
        ),
        (
            "{ anything { __typename ... on Person { id } ... on Robot { serial(format: LONG) } } }",
            #"{"data":{"anything":[{"__typename":"Person","id":"ada"},{"__typename":"Robot","serial":"LONG"}]}}"#
        ),
        ("{ being(robot: true) { id ... on Robot { serial } } }", #"{"data":{"being":{"id":"r2","serial":"none"}}}"#),
        (
            "{ person { id @skip(if: true) name @include(if: false) age @include(if: true) } }",
            #"{"data":{"person":{"age":36}}}"#
        ),
        ("{ people { id } }", #"{"data":{"people":[{"id":"ada"},null,{"id":"eve"}]}}"#),
        (
            "{ slow { id } person { best { id best { id } } } }",
            #"{"data":{"slow":{"id":"ada"},"person":{"best":{"id":"cy","best":{"id":"dan"}}}}}"#
        ),
        ("{ person { born } }", #"{"data":{"person":{"born":"2026-01-01T00:00:00.000Z"}}}"#),
    ])
    func `a query has its answer, fields in the order asked`(query: String, answer: String) async throws {
        #expect(try await text(query) == answer)
    }

    @Test(arguments: [
        ("{ echo }", #"{}"#),
        ("{ echo(text: null) }", #"{"text":null}"#),
        ("{ echo(list: 1) }", #"{"list":[1]}"#),
        ("{ echo(list: [1, null]) }", #"{"list":[1,null]}"#),
        ("{ echo(real: 1, id: 7) }", #"{"real":1,"id":"7"}"#),
        ("{ echo(filter: {name: \"a\", moods: SAD}) }", #"{"filter":{"name":"a","limit":10,"moods":["SAD"]}}"#),
        ("{ echo(filter: {name: \"a\", limit: null}) }", #"{"filter":{"name":"a","limit":null}}"#),
    ])
    func `arguments are coerced, defaults filled in, null is not absence`(query: String, seen: String) async throws {
        #expect(try await Fixture.run(query)["data"]?["echo"]?.string == seen)
    }

    @Test func `variables are coerced and absent ones stay absent`() async throws {
        let query =
            "query ($t: String, $n: Int = 4, $f: Filter, $l: [Int]) { echo(text: $t, number: $n, filter: $f, list: $l) }"
        func seen(_ variables: JSONObject) async throws -> String? {
            try await Fixture.run(query, variables)["data"]?["echo"]?.string
        }
        #expect(try await seen([:]) == #"{"number":4}"#)
        #expect(try await seen(["t": nil, "n": nil, "f": nil]) == #"{"text":null,"number":null,"filter":null}"#)
        #expect(
            try await seen(["l": 3, "f": ["name": "a"]]) == #"{"number":4,"filter":{"name":"a","limit":10},"list":[3]}"#
        )
        #expect(try await seen(["n": 2.0]) == #"{"number":2}"#)
    }

    @Test(
        arguments: [
            (["n": "x"], #"Variable "$n" got invalid value "x"; Int cannot represent non-integer value: "x""#),
            (
                ["f": [:]],
                #"Variable "$f" got invalid value {}; Field "name" of required type "String!" was not provided."#
            ),
            (
                ["f": ["name": "a", "moods": ["SAD", "MAD"]]],
                #"Variable "$f" got invalid value "MAD" at "f.moods[1]"; Value "MAD" does not exist in "Mood" enum. Did you mean the enum value "SAD" or "OLD"?"#
            ),
            (
                ["f": ["name": "a", "x": 1]],
                #"Variable "$f" got invalid value { name: "a", x: 1 }; Field "x" is not defined by type "Filter"."#
            ),
            (
                ["f": ["name": nil]],
                #"Variable "$f" got invalid value null at "f.name"; Expected non-nullable type "String!" not to be null."#
            ),
            (["f": 1], #"Variable "$f" got invalid value 1; Expected type "Filter" to be an object."#),
        ] as [(JSONObject, String)])
    func `variables that do not fit are refused before anything runs`(variables: JSONObject, message: String)
        async throws
    {
        let answer = try await Fixture.run("query ($n: Int, $f: Filter) { echo(number: $n, filter: $f) }", variables)
        #expect(answer["errors"]?[0]?["message"]?.string == message)
        #expect(answer["errors"]?[0]?["extensions"]?["code"] == "BAD_USER_INPUT")
        #expect(answer["data"] == nil)
    }

    @Test func `a required variable must be given and not null`() async throws {
        let query = "query ($x: Int!) { required(x: $x) }"
        #expect(
            try await Fixture.run(query)["errors"]?[0]?["message"]
                == #"Variable "$x" of required type "Int!" was not provided."#)
        #expect(
            try await Fixture.run(query, ["x": nil])["errors"]?[0]?["message"]
                == #"Variable "$x" of non-null type "Int!" must not be null."#)
        #expect(try await text(query, ["x": 5]) == #"{"data":{"required":5}}"#)
    }

    @Test func `skip and include follow their variables each time`() async throws {
        let query = "query ($on: Boolean!) { person { id @include(if: $on) name @skip(if: $on) } }"
        let engine = try Fixture.engine()
        for (on, answer) in [(true, #"{"id":"ada"}"#), (false, #"{"name":"ADA"}"#), (true, #"{"id":"ada"}"#)] {
            let response = await engine.execute(
                GraphQLRequest(query: query, variables: ["on": .bool(on)]), context: .init())
            #expect(String(decoding: response.body, as: UTF8.self) == "{\"data\":{\"person\":\(answer)}}")
        }
    }

    @Test func `null climbs to the nearest field that may be null, with one error and its path`() async throws {
        #expect(
            try await text("{ person { id friends { must { id } } } }")
                == #"{"errors":[{"message":"Cannot return null for non-nullable field Person.must.","locations":[{"line":1,"column":25}],"path":["person","friends",0,"must"]}],"data":{"person":{"id":"ada","friends":null}}}"#
        )
        #expect(try await Fixture.run("{ never }")["data"] == .null)
        #expect(try await Fixture.run("{ strictPeople { age } }")["data"]?["strictPeople"]?[1] == ["age": nil])
    }

    @Test(arguments: [
        ("{ strict }", #"{"strict":null}"#, 1),
        ("{ loose }", #"{"loose":["a",null]}"#, 0),
        ("{ always }", #"{"always":["a",null]}"#, 0),
    ])
    func `a scalar written as null is null where it stands, also in a list`(query: String, data: String, errors: Int)
        async throws
    {
        var resolvers = ResolverRegistry(context: Int.self)
        resolvers.scalar(
            "Blank", ScalarCoercion(parse: { $0 }, serialize: { $0.string?.isEmpty == true ? .null : $0 }))
        let engine = try GraphQLEngine(
            sdl: "scalar Blank type Query { strict: [Blank!] loose: [Blank] always: [Blank]! }", resolvers: resolvers)
        let root: JSONValue = ["strict": ["a", ""], "loose": ["a", ""], "always": ["a", ""]]
        let response = await engine.execute(GraphQLRequest(query: query), context: 0, root: root)
        #expect(try JSONParser().parse(response.body)["data"]?.description == data)
        #expect(response.errors.count == errors)
        if errors > 0 { #expect(response.errors.first?.path == [.key("strict"), .index(1)]) }
    }

    @Test func `an operation is not asked for a condition that only another one has`() async throws {
        let document = """
            query A($on: Boolean) { echo(flag: $on) }
            query B($on: Boolean!) { ...F }
            fragment F on Query { old @include(if: $on) }
            """
        #expect(try await Fixture.run(document, operation: "A")["data"] == ["echo": "{}"])
        #expect(try await Fixture.run(document, ["on": false], operation: "B")["data"] == [:])
    }

    @Test func `a condition that is given null refuses the request before anything runs`() async throws {
        let answer = try await Fixture.run(
            "mutation ($on: Boolean = true) { add(n: 1) @include(if: $on) }", ["on": nil])
        #expect(
            answer["errors"]?[0]?["message"] == "Argument \"if\" of non-null type \"Boolean!\" must not be null.")
        #expect(answer["errors"]?[0]?["locations"] == [["line": 1, "column": 57]])
        #expect(answer["data"] == nil)
    }

    @Test func `a subscription is refused at its place`() async throws {
        let answer = try await Fixture.run("\n subscription { old }")
        #expect(answer["errors"]?[0]?["message"] == "Schema is not configured to execute subscription operation.")
        #expect(answer["errors"]?[0]?["locations"] == [["line": 2, "column": 2]])
    }

    @Test(
        arguments: [
            ("{ find(key: {id: 1}) }", [:], nil),
            ("query ($e: String!) { find(key: {email: $e}) }", ["e": "x"], nil),
            ("{ find(key: {}) }", [:], "OneOf Input Object \"Key\" must specify exactly one key."),
            ("{ find(key: {id: null}) }", [:], "Field \"Key.id\" must be non-null."),
            (
                "query ($e: String) { find(key: {email: $e}) }", ["e": "x"],
                "Variable \"$e\" is of type \"String\" but must be non-nullable to be used for OneOf Input Object \"Key\"."
            ),
            (
                "query ($k: Key!) { find(key: $k) }", ["k": ["id": 1, "email": "x"]],
                "Variable \"$k\" got invalid value { id: 1, email: \"x\" }; Exactly one key must be specified for OneOf type \"Key\"."
            ),
            (
                "query ($k: Key!) { find(key: $k) }", ["k": ["id": nil]],
                "Variable \"$k\" got invalid value null at \"k.id\"; Field \"id\" must be non-null."
            ),
        ] as [(String, JSONObject, String?)])
    func `exactly one field of a oneOf input is given, and not null`(
        query: String, variables: JSONObject, message: String?
    ) async throws {
        let answer = try await Fixture.run(query, variables)
        #expect(answer["errors"]?[0]?["message"]?.string == message)
    }

    @Test func `two documents that differ in Unicode normalization alone are two documents`() async throws {
        let engine = try Fixture.engine()
        for text in ["\u{E9}", "e\u{301}"] {
            let request = GraphQLRequest(query: "{ echo(text: \"\(text)\") }")
            let response = await engine.execute(request, context: .init())
            let seen = try JSONParser().parse(response.body)["data"]?["echo"]?.string ?? ""
            #expect(seen.utf8.elementsEqual("{\"text\":\"\(text)\"}".utf8))
        }
    }

    @Test func `an object with a hundred thousand unknown members is refused at once, briefly`() async throws {
        var filter = JSONObject()
        for index in 0..<100_000 { filter.append("member\(index)", .int(index)) }
        let start = ContinuousClock.now
        let response = await (try Fixture.engine()).execute(
            GraphQLRequest(query: "query ($f: Filter) { echo(filter: $f) }", variables: ["f": .object(filter)]),
            context: .init())
        #expect(response.requestError == .variables)
        #expect(response.errors.count <= 51)
        // Some ten milliseconds as it is; a minute when every member is compared with every name and printed.
        #expect(ContinuousClock.now - start < .seconds(5))
    }

    @Test func `an error stands in its field's place and siblings go on`() async throws {
        let answer = try await Fixture.run("{ fails a: fails person { id mood friends { mood } } }")
        #expect(answer["data"]?["fails"] == .null)
        #expect(answer["data"]?["person"]?["mood"] == "HAPPY")
        #expect(answer["errors"]?.array?.count == 4)
        #expect(answer["errors"]?[1]?["path"] == ["a"])
        #expect(answer["errors"]?[0]?["extensions"]?["code"] == "UNEXPECTED")
    }

    @Test func `S68 a field whose check fails is null with the check's error`() async throws {
        let caller = Fixture.Caller(mayReadSecrets: false)
        let answer = try await Fixture.run("{ person { id secret } }", caller: caller)
        #expect(answer["data"] == ["person": ["id": "ada", "secret": nil]])
        #expect(answer["errors"]?[0]?["extensions"]?["code"] == "FORBIDDEN")
        #expect(answer["errors"]?[0]?["path"] == ["person", "secret"])
        #expect(try await text("{ person { secret } }") == #"{"data":{"person":{"secret":"hidden"}}}"#)
    }

    @Test func `a batch is loaded once for a level`() async throws {
        let caller = Fixture.Caller()
        _ = try await Fixture.run("{ person { friends { best { id } } } }", caller: caller)
        #expect(await caller.log.entries == ["best of bob cy"])
    }

    @Test func `mutations run one after the other`() async throws {
        let caller = Fixture.Caller()
        let answer = try await Fixture.run(
            "mutation { a: slowAdd(n: 1) b: slowAdd(n: 2) c: add(n: 3) }", caller: caller)
        #expect(answer["data"] == ["a": 1, "b": 2, "c": 3])
        #expect(await caller.log.entries == ["begin 1", "end 1", "begin 2", "end 2"])
    }

    @Test func `siblings of a query wait together`() async throws {
        var resolvers = ResolverRegistry(context: Int.self)
        let gate = Gate()
        resolvers.resolveAsync("Query", "first") { _ in
            await gate.wait()
            return 1
        }
        resolvers.resolveAsync("Query", "second") { _ in
            await gate.open()
            return 2
        }
        let engine = try GraphQLEngine(sdl: "type Query { first: Int second: Int }", resolvers: resolvers)
        let response = await engine.execute(GraphQLRequest(query: "{ first second }"), context: 0)
        #expect(String(decoding: response.body, as: UTF8.self) == #"{"data":{"first":1,"second":2}}"#)
    }

    private actor Gate {
        private var isOpen = false
        private var waiting: [CheckedContinuation<Void, Never>] = []

        func wait() async {
            if !isOpen { await withCheckedContinuation { waiting.append($0) } }
        }

        func open() {
            isOpen = true
            for continuation in waiting { continuation.resume() }
            waiting = []
        }
    }

    @Test func `the operation is chosen by name`() async throws {
        let document = "query A { person { id } } mutation B { add(n: 1) }"
        #expect(try await Fixture.run(document, operation: "B")["data"] == ["add": 1])
        #expect(
            try await Fixture.run(document)["errors"]?[0]?["message"]
                == "Must provide operation name if query contains multiple operations.")
        #expect(
            try await Fixture.run(document, operation: "C")["errors"]?[0]?["message"]
                == #"Unknown operation named "C"."#)
    }

    @Test func `JSON sources are read by member name`() async throws {
        let engine = try GraphQLEngine(
            sdl: "type Query { a: A u: [U] } type A { b: [Int!]! c: String } type B { x: Int } union U = A | B",
            resolvers: ResolverRegistry(context: Int.self))
        let root: JSONValue = [
            "a": ["b": [1, 2]], "u": [["__typename": "B", "x": 1], ["__typename": "A", "c": "d"]],
        ]
        let response = await engine.execute(
            GraphQLRequest(query: "{ a { b c } u { ... on A { c } ... on B { x } } }"), context: 0, root: root)
        #expect(
            String(decoding: response.body, as: UTF8.self)
                == #"{"data":{"a":{"b":[1,2],"c":null},"u":[{"x":1},{"c":"d"}]}}"#)
    }
}
