import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import SluiceAuthority
import SluiceOAuth
import SluiceSQLite
import Testing

@testable import SluiceServer

@Suite("GraphQL over HTTP: methods, types, statuses")
struct GraphQLOverHTTPTests {
    private struct World {
        let installation: Installation
        let account: Account
        let key: String

        init(store: (any AuthorityStore)? = nil, origins: Origins? = nil) async throws {
            installation = try await Installation(origins: origins, store: store)
            account = try await installation.account()
            key = try await installation.key(for: account).key.text
        }

        /// Sends a body with a good key.
        func post(
            _ body: String, to path: String = "/", type: String = "application/json", accept: String? = nil
        ) async throws -> TestResponse {
            try await installation.send(
                .post, path,
                headers: [("Content-Type", type), ("Authorization", "Bearer \(key)")] + (accept.map { [("Accept", $0)] } ?? []),
                body: body)
        }

        /// Asks by GET with a good key.
        func get(
            _ parameters: [(String, String)], path: String = "/graphql", method: HTTPRequest.Method = .get,
            accept: String? = nil
        ) async throws -> TestResponse {
            try await installation.send(
                method, path + "?" + SluiceOAuth.Parameters.encode(parameters),
                headers: [("Authorization", "Bearer \(key)")] + (accept.map { [("Accept", $0)] } ?? []))
        }

        var hello: String { #"{"data":{"account":{"id":"\#(account.id)"}}}"# }
    }

    // MARK: POST

    @Test(arguments: ["/", "/graphql"])
    func `S122 both addresses are one API, and what clients leave out, empty or null is absent`(path: String) async throws {
        let world = try await World()
        for rest in [
            "", #","variables":{}"#, #","variables":null"#, #","operationName":null"#, #","extensions":null"#,
            #","extensions":{"persistedQuery":{"version":1}},"whatever":[1,2]"#,
        ] {
            let answer = try await world.post(#"{"query":"{ account { id } }"\#(rest)}"#, to: path)
            #expect(answer.status == 200, "\(rest)")
            #expect(answer.body == world.hello)
            #expect(answer["Content-Type"] == "application/json; charset=utf-8")
        }
    }

    @Test(arguments: ["application/json", "application/json;charset=utf-8", "Application/JSON ; charset=UTF-8"])
    func `the body's type may be written in any way that means JSON`(type: String) async throws {
        let world = try await World()
        #expect(try await world.post(#"{"query":"{ account { id } }"}"#, type: type).body == world.hello)
    }

    @Test(arguments: [
        ("text/plain", "text/plain"), ("a form", "application/x-www-form-urlencoded"),
        ("parts", "multipart/form-data; boundary=x"),
        ("the old GraphQL type", "application/graphql"), ("something near it", "application/json5"),
        ("JSON as a suffix", "text/json"),
    ])
    func `a type that another site's page can send, or that is not JSON, is 415`(why: String, type: String) async throws {
        let world = try await World()
        let answer = try await world.post(#"{"query":"{ account { id } }"}"#, type: type)
        #expect(answer.status == 415, "\(why)")
        #expect(answer.graphQLCode == "UNSUPPORTED_MEDIA_TYPE")
        #expect(answer.data == nil)
    }

    /// What a body is, and what it looks like.
    static let refusedBodies: [(why: String, body: [UInt8])] = [
        ("a batch", Array(#"[{"query":"{ account { id } }"}]"#.utf8)), ("an empty batch", Array("[]".utf8)),
        ("a member twice", Array(#"{"query":"{ account { id } }","query":"{ account { email } }"}"#.utf8)),
        ("a member twice in the variables", Array(#"{"query":"{ account { id } }","variables":{"a":1,"a":2}}"#.utf8)),
        ("bytes that are not UTF-8", Array(#"{"query":"{ account { id } } #"#.utf8) + [0xC3, 0x28] + Array(#""}"#.utf8)),
        ("half a surrogate pair", Array(#"{"query":"{ account { id } }","variables":{"a":"\ud800"}}"#.utf8)),
        ("UTF-16", Array("{\"query\":\"{ account { id } }\"}".utf16).flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }),
        ("a query that is a list", Array(#"{"query":["{ account { id } }"]}"#.utf8)),
        ("a query that is null", Array(#"{"query":null}"#.utf8)),
        ("variables in a text", Array(#"{"query":"{ account { id } }","variables":"{}"}"#.utf8)),
        ("an operation's name that is a number", Array(#"{"query":"{ account { id } }","operationName":7}"#.utf8)),
        ("extensions that are a list", Array(#"{"query":"{ account { id } }","extensions":[]}"#.utf8)),
        ("a comma too many", Array(#"{"query":"{ account { id } }",}"#.utf8)),
        ("something behind it", Array(#"{"query":"{ account { id } }"} {}"#.utf8)),
        (
            "nesting beyond the limit",
            Array(
                (#"{"query":"{ account { id } }","variables":{"a":"# + String(repeating: "[", count: 100_000)).utf8)
        ),
    ]

    @Test(arguments: refusedBodies)
    func `what is no request is 400 with a code, and nothing of it comes back`(why: String, body: [UInt8]) async throws {
        let world = try await World()
        let answer = try await Self.send(body, world)
        #expect(answer.status == .badRequest, "\(why)")
        let text = try await answer.text
        #expect(text.contains(#""extensions":{"code":"BAD_REQUEST"}"#), "\(why): \(text)")
        #expect(!text.contains("\"data\""), "\(why)")
        #expect(!text.contains("account"), "\(why)")
    }

    @Test func `a body may have a mebibyte and no byte more`() async throws {
        let world = try await World()
        let limit = 1 << 20
        func body(_ size: Int) -> [UInt8] {
            let start = Array(#"{"query":"{ account { id } }","variables":{"x":""#.utf8)
            let end = Array(#""}}"#.utf8)
            return start + [UInt8](repeating: UInt8(ascii: "x"), count: size - start.count - end.count) + end
        }
        #expect(try await Self.send(body(limit), world).status == .ok)
        let answer = try await Self.send(body(limit + 1), world)
        #expect(answer.status == .contentTooLarge)
        #expect(try await answer.text.contains("CONTENT_TOO_LARGE"))
    }

    private static func send(_ body: [UInt8], _ world: World) async throws -> Response {
        let head = HTTPRequest(
            method: .post, scheme: "http", authority: "127.0.0.1:8080", path: "/",
            headerFields: [.contentType: "application/json", .authorization: "Bearer \(world.key)"])
        let request = Request(head: head, body: RequestBody(buffer: ByteBuffer(bytes: body)))
        return try await world.installation.door.respond(to: request, context: context())
    }

    // MARK: GET

    @Test func `a query may come by GET, with variables and the operation's name`() async throws {
        let world = try await World()
        #expect(try await world.get([("query", "{ account { id } }")]).body == world.hello)
        let document = "query A($e: Boolean!) { account { id email @include(if: $e) } } query B { account { name } }"
        let answer = try await world.get([
            ("query", document), ("variables", #"{"e":false}"#), ("operationName", "A"), ("extensions", "{}"), ("utm", "x"),
        ])
        #expect(answer.status == 200)
        #expect(answer.body == world.hello)
        let empty = try await world.get([("query", "{ account { id } }"), ("variables", ""), ("operationName", "")])
        #expect(empty.body == world.hello)
        let null = try await world.get([("query", "{ account { id } }"), ("variables", "null")])
        #expect(null.body == world.hello)
    }

    @Test func `GET works at the root too: of the API's own host, and beside the pages for programs`() async throws {
        let shared = try await World()
        #expect(try await shared.get([("query", "{ account { id } }")], path: "/").body == shared.hello)
        let page = try await shared.get([("query", "{ account { id } }")], path: "/", accept: "text/html")
        #expect(!page.body.contains(shared.account.id.text), "a browser gets the home page")
        let origins = Origins(
            auth: try #require(Origin("https://auth.example")), api: try #require(Origin("https://api.example")),
            app: try #require(Origin("https://app.example")))
        let own = try await World(origins: origins)
        for path in ["/", "/graphql"] {
            let answer = try await own.installation.send(
                .get, path + "?query=%7Baccount%7Bid%7D%7D", headers: [("Authorization", "Bearer \(own.key)")],
                host: "api.example")
            #expect(answer.body == own.hello)
        }
    }

    @Test func `HEAD has the fields of GET and no body`() async throws {
        let world = try await World()
        let answer = try await world.get([("query", "{ account { id } }")], method: .head)
        #expect(answer.status == 200)
        #expect(answer.body.isEmpty)
        #expect(answer["Content-Type"] == "application/json; charset=utf-8")
        #expect(answer["Content-Length"] == String(world.hello.utf8.count))
    }

    @Test(arguments: ["/", "/graphql"])
    func `a mutation by GET is 405 that says POST, and nothing is done`(path: String) async throws {
        let world = try await World()
        let document = """
            mutation M { createIdea(input: {organizationId: "x", content: {text: "x"}}) { __typename } } query Q { account { id } }
            """
        let answer = try await world.get([("query", document), ("operationName", "M")], path: path)
        #expect(answer.status == 405, "\(answer.body)")
        #expect(answer["Allow"] == "POST")
        #expect(answer.graphQLCode == "METHOD_NOT_ALLOWED")
        #expect(answer.json["data"] == nil)
        #expect(try await world.get([("query", document), ("operationName", "Q")], path: path).body == world.hello)
    }

    @Test(arguments: [
        ("no query", "a=b", "BAD_REQUEST"), ("an empty one", "query=", "BAD_REQUEST"),
        ("a query twice", "query=%7Baccount%7Bid%7D%7D&query=%7Baccount%7Bid%7D%7D", "BAD_REQUEST"),
        ("variables that are no JSON", "query=%7Baccount%7Bid%7D%7D&variables=x", "BAD_REQUEST"),
        ("variables that are a list", "query=%7Baccount%7Bid%7D%7D&variables=%5B%5D", "BAD_REQUEST"),
        ("variables with a member twice", "query=%7Baccount%7Bid%7D%7D&variables=%7B%22a%22:1,%22a%22:1%7D", "BAD_REQUEST"),
        ("extensions that are a text", "query=%7Baccount%7Bid%7D%7D&extensions=%22x%22", "BAD_REQUEST"),
        ("half an escape", "query=%7Baccount%7Bid%7D%7", "BAD_REQUEST"),
        ("bytes that are not UTF-8", "query=%7Baccount%7Bid%7D%7D%C3%28", "BAD_REQUEST"),
        ("a document that is none", "query=%7B", "GRAPHQL_PARSE_FAILED"),
        ("a document that does not fit", "query=%7Bnope%7D", "GRAPHQL_VALIDATION_FAILED"),
        ("an operation that is not there", "query=%7Baccount%7Bid%7D%7D&operationName=A", "OPERATION_RESOLUTION_FAILURE"),
    ])
    func `what cannot be run by GET is 400 and says why`(why: String, query: String, code: String) async throws {
        let world = try await World()
        let answer = try await world.installation.send(
            .get, "/graphql?" + query, headers: [("Authorization", "Bearer \(world.key)")])
        #expect(answer.status == 400, "\(why): \(answer.body)")
        #expect(answer.graphQLCode == code, "\(why)")
        #expect(answer.json["data"] == nil)
    }

    @Test func `S1 without a bearer a URL reads nothing, whoever's cookies come with it`() async throws {
        let world = try await World()
        let ada = try await Member(world.installation, "bob@example.com")
        let answer = try await ada.browser.open("/graphql?query=%7Baccount%7Bid%7D%7D")
        #expect(answer.status == 401)
        #expect(answer.data == nil)
    }

    // MARK: Accept

    private static let new = "application/graphql-response+json; charset=utf-8"
    private static let old = "application/json; charset=utf-8"

    @Test(arguments: [
        (nil, old), ("", old), ("*/*", old), ("application/*", old), ("application/json", old), ("text/html", old),
        ("nonsense", old),
        ("application/graphql-response+json", new), ("Application/GraphQL-Response+JSON;charset=utf-8", new),
        ("application/graphql-response+json, application/json", new),
        ("application/json, application/graphql-response+json", old),
        ("application/graphql-response+json;q=0.9, application/json", old),
        ("application/json;q=0.9, application/graphql-response+json", new),
        ("application/graphql-response+json, application/json;q=0.9, */*;q=0.1", new),
        ("*/*, application/graphql-response+json", new),
        ("*/*, application/graphql-response+json;q=0.5", old), ("application/graphql-response+json;q=0", old),
        ("application/graphql-response+json;q=0.001, application/json;q=0", new), ("application/json ; q=1.000", old),
        ("application/graphql-response+json;q=2", old), ("application/graphql-response+json;q=0.0001", old),
        ("application/graphql+json, application/json;q=0.5", old), (",,;q=1,", old),
    ])
    func `the newer type is sent to who asks for it by name and prefers it`(accept: String?, type: String) async throws {
        let world = try await World()
        let good = try await world.post(#"{"query":"{ account { id } }"}"#, accept: accept)
        #expect(good.status == 200)
        #expect(good["Content-Type"] == type)
        #expect(good.body == world.hello)
        // Refusals too, those before the bearer was checked among them.
        let missing = try await world.installation.send(.post, "/", headers: accept.map { [("Accept", $0)] } ?? [])
        if accept?.contains("text/html") != true { #expect(missing["Content-Type"] == type) }
        let wrong = try await world.get([("query", "{ nope }")], accept: accept)
        #expect(wrong.status == 400)
        if accept?.contains("text/html") != true { #expect(wrong["Content-Type"] == type) }
    }

    @Test func `several Accept fields are one list`() {
        #expect(GraphQLMediaType(accept: ["text/html", "application/graphql-response+json"]) == .response)
        #expect(GraphQLMediaType(accept: ["application/json", "application/graphql-response+json;q=0.5"]) == .json)
    }

    @Test func `in either type what was not run is 400, and what was run is 200 also with errors`() async throws {
        let world = try await World()
        for accept in ["application/json", "application/graphql-response+json"] {
            func status(_ query: String) async throws -> Int {
                try await world.post(#"{"query":"\#(query)"}"#, accept: accept).status
            }
            #expect(try await status("{ account { id } }") == 200)
            #expect(try await status("{ account { organizations(filter: {organizationId: \\\"x\\\"}) { id } } }") == 200)
            #expect(try await status("{") == 400)
            #expect(try await status("{ nope }") == 400)
            #expect(try await status("query($a: Boolean!) { account { id @skip(if: $a) } }") == 400)
            #expect(try await status("query A { account { id } } query B { account { id } }") == 400)
            #expect(try await status("subscription { x }") == 400)
        }
    }

    // MARK: Codes

    @Test func `S122 each kind of error has its code and its status`() async throws {
        let store = ObstructedStore(try await SQLiteStore.inMemory())
        let world = try await World(store: store)
        let narrow = try await world.installation.key(for: world.account, scopes: "posts:read").key.text
        func ask(_ query: String, _ bearer: String?, variables: [String: Any]? = nil) async throws -> (Int, String?) {
            let answer = try await world.installation.graphQL(query, variables: variables, bearer: bearer)
            return (answer.status, answer.graphQLCode)
        }
        #expect(try await ask("{ account { id } }", nil) == (401, "UNAUTHENTICATED"))
        #expect(try await ask("{ __schema { queryType { name } } }", nil) == (401, "UNAUTHENTICATED"))
        // D18: the live server's code also for a bad credential, where a page has UNAUTHORIZED.
        #expect(try await ask("{ account { id } }", "buf_nonsense") == (401, "UNAUTHENTICATED"))
        #expect(try await ask("{ account { id } }", narrow) == (200, "FORBIDDEN"))
        #expect(
            try await ask("{ account { organizations(filter: {organizationId: \"x\"}) { id } } }", world.key)
                == (200, "NOT_FOUND"))
        #expect(try await ask("{ account { id ", world.key) == (400, "GRAPHQL_PARSE_FAILED"))
        #expect(try await ask("{ account { nope } }", world.key) == (400, "GRAPHQL_VALIDATION_FAILED"))
        #expect(
            try await ask("query($a: Boolean!) { account { id @skip(if: $a) } }", world.key, variables: ["a": "x"])
                == (400, "BAD_USER_INPUT"))
        store.obstruct { $0.refusesAll = true }
        #expect(try await ask("{ account { connectedApps { name } } }", world.key) == (200, "UNEXPECTED"))
    }

    @Test func `introspection works with any credential`() async throws {
        let world = try await World()
        let narrow = try await world.installation.key(for: world.account, scopes: "posts:read").key.text
        let answer = try await world.installation.graphQL("{ __schema { queryType { name } } }", bearer: narrow)
        #expect(answer.body == #"{"data":{"__schema":{"queryType":{"name":"Query"}}}}"#)
    }

    // MARK: Fields of every answer

    @Test func `every answer of the API is JSON that nobody stores, and says what its status needs`() async throws {
        let world = try await World()
        let bearer = ("Authorization", "Bearer \(world.key)")
        let json = ("Content-Type", "application/json")
        let answers: [(Int, TestResponse)] = try await [
            (200, world.post(#"{"query":"{ account { id } }"}"#)), (400, world.post("{}")),
            (401, world.installation.send(.post, "/", headers: [json], body: "{}")),
            (401, world.installation.send(.post, "/", headers: [json, ("Authorization", "Bearer buf_x")], body: "{}")),
            (405, world.installation.send(.delete, "/graphql", headers: [bearer])),
            (405, world.get([("query", "mutation { createIdea(input: {organizationId: \"x\", content: {}}) { __typename } }")])),
            (413, world.post(String(repeating: " ", count: (1 << 20) + 1))), (415, world.post("{}", type: "text/plain")),
            (404, world.installation.send(.get, "/nothing", headers: [bearer])),
        ]
        for (status, answer) in answers {
            #expect(answer.status == status)
            #expect(answer.values("Content-Type") == ["application/json; charset=utf-8"], "\(status)")
            #expect(answer.values("Cache-Control") == ["no-store"], "\(status)")
            #expect(answer.values("X-Content-Type-Options") == ["nosniff"], "\(status)")
            #expect(answer.values("X-Request-ID").count == 1, "\(status)")
            #expect((answer["WWW-Authenticate"] != nil) == (status == 401), "\(status)")
            #expect((answer["Allow"] != nil) == (status == 405), "\(status)")
            #expect(answer.values("RateLimit").isEmpty && answer.values("RateLimit-Policy").isEmpty, "they are off")
            if status != 200 {
                #expect(answer.errors.count == 1)
                #expect((answer.errors.first?["message"] as? String)?.isEmpty == false)
            }
        }
    }
}
