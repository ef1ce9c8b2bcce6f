import Foundation
import SluiceOAuth
import Synchronization
import Testing

@testable import SluiceClient

@Suite("GraphQL over HTTP: Buffer's pages “Authentication” and “Error handling”")
struct GraphQLClientTests {
    private struct Me: Decodable, Sendable, Equatable {
        struct Account: Decodable, Sendable, Equatable { var id: String }
        var account: Account
    }

    private static let query = "{ account { id } }"
    private static let mutation = "mutation { createPost(input: {}) { __typename } }"
    private static let me = ScriptedTransport.Step.json(200, #"{"data":{"account":{"id":"1"}}}"#)

    private final class Waits: Sendable {
        private let list = Mutex<[Duration]>([])
        var all: [Duration] { list.withLock { $0 } }
        func add(_ wait: Duration) { list.withLock { $0.append(wait) } }
    }

    private func client(
        _ transport: ScriptedTransport, _ credential: GraphQLClient.Credential = .apiKey("buf_key"), waits: Waits = Waits(),
        endpoint: String = "https://api.example"
    ) -> GraphQLClient {
        var policy = RetryPolicy.standard
        policy.sleep = { waits.add($0) }
        policy.chance = { 1 }
        return GraphQLClient(endpoint: endpoint, credential: credential, transport: transport, retries: policy)
    }

    // MARK: The request

    @Test func `a request is a POST of JSON with the credential in the header, as in Step 5`() async throws {
        let transport = ScriptedTransport(Self.me)
        struct Variables: Encodable { var text = "a \"b\"\n/", at = Date(timeIntervalSince1970: 1_800_000_000.5) }
        let answer = try await client(transport).send(
            Self.query, variables: Variables(), operationName: "Q", as: Me.self)
        #expect(try answer.get() == Me(account: .init(id: "1")))
        let request = transport.requests[0]
        #expect(request.method == .post && request.url == "https://api.example")
        #expect(request.headers.first { $0.name == "Authorization" }?.value == "Bearer buf_key")
        #expect(request.headers.first { $0.name == "Content-Type" }?.value == "application/json")
        let body = try #require(try JSONSerialization.jsonObject(with: Data(request.body)) as? [String: Any])
        #expect(body["query"] as? String == Self.query)
        #expect(body["operationName"] as? String == "Q")
        #expect(body["variables"] as? [String: String] == ["text": "a \"b\"\n/", "at": "2027-01-15T08:00:00.500Z"])
    }

    @Test func `without variables and operation name neither is sent`() async throws {
        let transport = ScriptedTransport(Self.me)
        _ = try await client(transport).send(Self.query, as: Me.self)
        #expect(String(decoding: transport.requests[0].body, as: UTF8.self) == #"{"query":"{ account { id } }"}"#)
    }

    @Test(arguments: ["", "buf_key\r\nX-Other: 1", "two words", "bü"])
    func `a credential that could break out of its header is not sent`(key: String) async {
        let transport = ScriptedTransport()
        let scene = Scene(ScriptedTransport())
        let source = scene.source(MemoryTokenStorage(scene.stored(scene.tokens(key))))
        for credential in [GraphQLClient.Credential.apiKey(key), .accessToken(key), .tokens(source)] {
            let error = await #expect(throws: GraphQLFailure.self) {
                try await client(transport, credential).send(Self.query, as: Me.self)
            }
            #expect(key.isEmpty || error?.summary.contains(key) == false)
        }
        #expect(transport.requests.isEmpty)
    }

    @Test(arguments: ["[]", "7", "{}, \"query\": \"mutation { x }\"", "{", ""])
    func `variables that are no object, or bring members of their own, are not sent`(variables: String) async {
        let transport = ScriptedTransport()
        await #expect(throws: GraphQLFailure.unsendable("The variables must be one JSON object.")) {
            try await client(transport).raw(Self.query, variablesJSON: Array(variables.utf8))
        }
        #expect(transport.requests.isEmpty)
    }

    @Test func `no credential goes to an address that is neither https nor on this machine`() async {
        let transport = ScriptedTransport()
        await #expect(throws: GraphQLFailure.insecure(url: "http://api.example")) {
            try await client(transport, endpoint: "http://api.example").send(Self.query, as: Me.self)
        }
        #expect(transport.requests.isEmpty)
    }

    // MARK: The answer

    @Test func `errors come with code, path, scopes and window, and data stays beside them`() async throws {
        struct Partial: Decodable, Sendable { var account: Me.Account? }
        let transport = ScriptedTransport(
            .json(
                200,
                """
                {"data":{"account":null},"errors":[{"message":"This needs the scope account:read.","path":["account",0],
                "locations":[{"line":1,"column":3}],"extensions":{"code":"FORBIDDEN","requiredScopes":["account:read"],"more":{}}}]}
                """))
        let answer = try await client(transport).send(Self.query, as: Partial.self)
        #expect(answer.data != nil && answer.data?.account == nil)
        let error = try #require(answer.errors.first)
        #expect(error.code == "FORBIDDEN")
        #expect(error.path == [.field("account"), .index(0)])
        #expect(error.requiredScopes == ["account:read"])
        #expect(error.locations.first?.column == 3)
        #expect(throws: GraphQLFailure.errors([error])) { try answer.get() }
    }

    @Test func `a document that does not fit the schema is a failure with the server's words`() async throws {
        let transport = ScriptedTransport(
            .json(
                400,
                #"{"errors":[{"message":"Cannot query field \"x\" on type \"Query\".","extensions":{"code":"GRAPHQL_VALIDATION_FAILED"}}]}"#
            ))
        let answer = try await client(transport).send("{ x }", as: Me.self)
        #expect(answer.data == nil)
        #expect(answer.errors.first?.code == "GRAPHQL_VALIDATION_FAILED")
    }

    @Test func `data without room for null is a failure with the errors, not with decoding words`() async throws {
        let transport = ScriptedTransport(
            .json(200, #"{"data":{"account":null},"errors":[{"message":"Account not found","extensions":{"code":"NOT_FOUND"}}]}"#)
        )
        do {
            _ = try await client(transport).send(Self.query, as: Me.self)
            Issue.record("There was an account.")
        } catch {
            guard case .errors(let errors) = error else {
                Issue.record("\(error)")
                return
            }
            #expect(errors.map(\.code) == ["NOT_FOUND"])
        }
    }

    @Test(arguments: [
        "<html>", "", "{}", "[]", #"{"data":null}"#, #"{"errors":[]}"#, #"{"data":{"account":{"id":7}}}"#,
    ])
    func `an answer that cannot be understood is a failure, and is not asked for again`(body: String) async {
        let transport = ScriptedTransport(.json(200, body))
        await #expect(throws: GraphQLFailure.self) { try await client(transport).send(Self.query, as: Me.self) }
        #expect(transport.requests.count == 1)
    }

    @Test func `where decoding fails the place is told, the value is not`() async {
        let transport = ScriptedTransport(.json(200, #"{"data":{"account":{"id":["secret-value"]}}}"#))
        do {
            _ = try await client(transport).send(Self.query, as: Me.self)
            Issue.record("It was decoded.")
        } catch {
            #expect(error.summary.contains("data.account.id") && !error.summary.contains("secret-value"))
        }
    }

    @Test func `typed errors of a mutation are told from what it made, in the three ways clients tell them`() async throws {
        struct Post: Decodable, Sendable, Equatable { var id: String }
        struct Made: Decodable, Sendable, Equatable { var post: Post }
        struct Created: Decodable, Sendable { var createPost: MutationPayload<Made> }
        let transport = ScriptedTransport(
            .json(200, #"{"data":{"createPost":{"__typename":"PostActionSuccess","post":{"id":"1"}}}}"#),
            .json(200, #"{"data":{"createPost":{"post":{"id":"1"}}}}"#),
            .json(200, #"{"data":{"createPost":{"__typename":"InvalidInputError","message":"Text is required"}}}"#),
            .json(200, #"{"data":{"createPost":{"message":"Channel not found"}}}"#))
        let api = client(transport)
        for _ in 0..<2 {
            let made = try await api.send(Self.mutation, as: Created.self).get().createPost.get()
            #expect(made == Made(post: Post(id: "1")))
        }
        for (type, words) in [("InvalidInputError", "Text is required"), (nil, "Channel not found")] as [(String?, String)] {
            let payload = try await api.send(Self.mutation, as: Created.self).get().createPost
            do throws(MutationRefusal) {
                _ = try payload.get()
                Issue.record("It was made.")
            } catch {
                #expect(error.message == words)
                #expect(error.typeName == type)
            }
        }
    }

    @Test func `moments are read with and without fractions of a second`() async throws {
        struct Times: Decodable, Sendable { var one, two: Date }
        let transport = ScriptedTransport(
            .json(200, #"{"data":{"one":"2027-01-15T08:00:00.500Z","two":"2027-01-15T09:00:00+01:00"}}"#))
        let times = try await client(transport).send("{ one two }", as: Times.self).get()
        #expect(times.one.timeIntervalSince(times.two) == 0.5)
    }

    // MARK: 401

    @Test func `one 401 leads to one refresh and one retry`() async throws {
        let scene = Scene(ScriptedTransport(.tokens("access-2", refresh: "v1.second")))
        let source = scene.source(MemoryTokenStorage(scene.stored(scene.tokens())))
        let transport = ScriptedTransport(.json(401, "{}"), Self.me)
        #expect(try await client(transport, .tokens(source)).send(Self.query, as: Me.self).data?.account.id == "1")
        #expect(
            transport.requests.map { $0.headers.first { $0.name == "Authorization" }?.value }
                == ["Bearer access-1", "Bearer access-2"])
        #expect(scene.transport.requests.count == 1)
    }

    @Test(arguments: ["UNAUTHORIZED", "UNAUTHENTICATED"])
    func `a refused credential that comes with HTTP 200, as Buffer's guide has it, is a 401, too`(code: String) async throws {
        let scene = Scene(ScriptedTransport(.tokens("access-2", refresh: "v1.second")))
        let source = scene.source(MemoryTokenStorage(scene.stored(scene.tokens())))
        let body = #"{"data":null,"errors":[{"message":"Not authorized","extensions":{"code":"\#(code)"}}]}"#
        let transport = ScriptedTransport(.json(200, body), Self.me, .json(200, body), .json(200, body))
        #expect(try await client(transport, .tokens(source)).send(Self.query, as: Me.self).data?.account.id == "1")
        #expect(scene.transport.requests.count == 1)
        await #expect(throws: GraphQLFailure.unauthenticated) {
            try await client(transport).send(Self.query, as: Me.self)
        }
    }

    @Test func `a second 401 is the end`() async throws {
        let scene = Scene(ScriptedTransport(.tokens("access-2", refresh: "v1.second")))
        let source = scene.source(MemoryTokenStorage(scene.stored(scene.tokens())))
        let transport = ScriptedTransport(.json(401, "{}"), .json(401, "{}"))
        await #expect(throws: GraphQLFailure.unauthenticated) {
            try await client(transport, .tokens(source)).send(Self.query, as: Me.self)
        }
        #expect(transport.requests.count == 2)
        #expect(scene.transport.requests.count == 1)
    }

    @Test func `a revoked app hears that its user has to sign in again`() async throws {
        let scene = Scene(ScriptedTransport(.refused("invalid_grant")))
        let source = scene.source(MemoryTokenStorage(scene.stored(scene.tokens())))
        let transport = ScriptedTransport(.json(401, "{}"))
        await #expect(throws: GraphQLFailure.token(.signInAgain(.refused(code: "invalid_grant", text: "No.")))) {
            try await client(transport, .tokens(source)).send(Self.query, as: Me.self)
        }
    }

    @Test func `a refused API key is not tried again`() async {
        let transport = ScriptedTransport(.json(401, "{}"))
        await #expect(throws: GraphQLFailure.unauthenticated) { try await client(transport).send(Self.query, as: Me.self) }
        #expect(transport.requests.count == 1)
    }

    // MARK: Retries

    @Test(arguments: [Self.query, Self.mutation])
    func `429 waits as long as it is told and tries again, mutations too`(document: String) async throws {
        let waits = Waits()
        let transport = ScriptedTransport(.json(429, "{}", [("Retry-After", "7")]), Self.me)
        _ = try await client(transport, waits: waits).send(document, as: Me.self)
        #expect(waits.all == [.seconds(7)])
    }

    @Test func `a wait beyond patience is told, not waited for`() async {
        let transport = ScriptedTransport(
            .json(
                429,
                #"{"errors":[{"message":"Too many requests","extensions":{"code":"RATE_LIMIT_EXCEEDED","window":"24h","retryAfter":900}}]}"#
            ))
        await #expect(throws: GraphQLFailure.rateLimited(retryAfter: .seconds(900), window: "24h", limits: [])) {
            try await client(transport).send(Self.query, as: Me.self)
        }
        #expect(transport.requests.count == 1)
    }

    @Test(arguments: [
        ("lost answer", ScriptedTransport.Step.failure(.answerLost("reset")), false),
        ("502", .json(502, ""), false), ("503", .json(503, ""), false), ("504", .json(504, ""), false),
        ("connection refused", .failure(.notSent("refused")), true),
    ])
    func `a query is sent again after a passing fault, a mutation only if it cannot have arrived`(
        why: String, fault: ScriptedTransport.Step, isSafeForMutations: Bool
    ) async throws {
        let first = ScriptedTransport(fault, fault, Self.me)
        #expect(try await client(first).send(Self.query, as: Me.self).data != nil, "\(why)")
        let second = ScriptedTransport(fault, Self.me)
        let answer = try? await client(second).send(Self.mutation, as: Me.self)
        #expect((answer != nil) == isSafeForMutations, "\(why)")
        #expect(second.requests.count == (isSafeForMutations ? 2 : 1), "\(why)")
    }

    @Test func `after the third attempt the fault is the answer`() async {
        let waits = Waits()
        let transport = ScriptedTransport(.json(503, ""), .json(503, ""), .json(503, ""), Self.me)
        await #expect(throws: GraphQLFailure.status(503, retryAfter: nil)) {
            try await client(transport, waits: waits).send(Self.query, as: Me.self)
        }
        #expect(transport.requests.count == 3)
        #expect(waits.all == [.seconds(0.5), .seconds(1)])
    }

    @Test func `500 is not asked again`() async {
        let transport = ScriptedTransport(.json(500, "oops"))
        await #expect(throws: GraphQLFailure.status(500, retryAfter: nil)) {
            try await client(transport).send(Self.query, as: Me.self)
        }
        #expect(transport.requests.count == 1)
    }

    // MARK: Rate limits

    @Test func `the three windows are values, from three fields and from one joined field`() async throws {
        let separate: [(name: String, value: String)] = [
            ("RateLimit", #""200-in-15min";r=198;t=897"#), ("RateLimit", #""1000-in-1day";r=998;t=86397"#),
            ("RateLimit", #""30000-in-30days";r=29969;t=696980"#),
            ("RateLimit-Policy", #""200-in-15min";q=200;w=900;pk=:ZjJj:"#),
            ("RateLimit-Policy", #""1000-in-1day";q=1000;w=86400;pk=:ZjJj:"#),
            ("RateLimit-Policy", #""30000-in-30days";q=30000;w=2592000;pk=:ZjJj:"#),
        ]
        let joined: [(name: String, value: String)] = ["RateLimit", "RateLimit-Policy"].map { name in
            (name, separate.filter { $0.name == name }.map(\.value).joined(separator: ", "))
        }
        for headers in [separate, joined] {
            let limits = RateLimit.all(in: TransportResponse(status: 200, headers: headers))
            #expect(
                limits == [
                    RateLimit(
                        name: "200-in-15min", quota: 200, window: .seconds(900), remaining: 198, resetsAfter: .seconds(897)),
                    RateLimit(
                        name: "1000-in-1day", quota: 1000, window: .seconds(86_400), remaining: 998, resetsAfter: .seconds(86_397)
                    ),
                    RateLimit(
                        name: "30000-in-30days", quota: 30_000, window: .seconds(2_592_000), remaining: 29_969,
                        resetsAfter: .seconds(696_980)),
                ])
        }
    }

    @Test(arguments: ["", "nonsense\u{1}", #""a";r=-1"#, #""a""#, "(1 2)", "7;r=1"])
    func `fields that cannot be read count for nothing`(value: String) {
        #expect(RateLimit.all(in: TransportResponse(status: 200, headers: [("RateLimit", value)])).isEmpty)
    }
}
