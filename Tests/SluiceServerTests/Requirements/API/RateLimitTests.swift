import Foundation
import HTTPTypes
import Hummingbird
import SluiceAuthority
import SluiceClient
import SluiceOAuth
import SluiceSQLite
import Testing

@testable import SluiceServer

@Suite("Requirement S120: rate limits")
struct RateLimitTests {
    private func installation(
        _ limits: String = "3/15m,250/24h,3000/30d", store: (any AuthorityStore)? = nil, clock: TestClock = TestClock()
    ) async throws -> Installation {
        let quotas = try #require(RateQuotas(limits))
        return try await Installation(store: store, clock: clock) { $0.rateLimits = quotas }
    }

    @Test func `S120 every answer to a known client has three fields of both kinds, and the rest none`() async throws {
        let installation = try await installation("100/15m,250/24h,3000/30d")
        let key = try await installation.key(for: try await installation.account()).key.text
        let (bearer, json) = (("Authorization", "Bearer \(key)"), ("Content-Type", "application/json"))
        let query = #"{"query":"{ account { id } }"}"#
        let mutation = "mutation%7BdeletePost(input:%7Bid:%22x%22%7D)%7B__typename%7D%7D"
        let known: [(Int, TestResponse)] = try await [
            (200, installation.send(.post, "/", headers: [bearer, json], body: query)),
            (200, installation.send(.get, "/graphql?query=%7Baccount%7Bid%7D%7D", headers: [bearer])),
            (400, installation.send(.post, "/", headers: [bearer, json], body: "{}")),
            (400, installation.send(.post, "/", headers: [bearer, json], body: #"{"query":"{ nope }"}"#)),
            (404, installation.send(.post, "/nothing", headers: [bearer, json], body: query)),
            (405, installation.send(.put, "/", headers: [bearer])),
            (405, installation.send(.get, "/graphql?query=" + mutation, headers: [bearer])),
            (413, installation.send(.post, "/", headers: [bearer, json], body: String(repeating: " ", count: 1 << 21))),
            (415, installation.send(.post, "/", headers: [bearer], body: query)),
            (400, installation.send(.get, "/graphql?query=%", headers: [bearer])),
        ]
        for (index, (status, answer)) in known.enumerated() {
            #expect(answer.status == status, "\(answer.body)")
            #expect(
                answer.values("RateLimit")
                    == [
                        #""100-in-15min";r=\#(99 - index);t=900"#, #""250-in-1day";r=\#(249 - index);t=86400"#,
                        #""3000-in-30days";r=\#(2_999 - index);t=2592000"#,
                    ].map { Self.withoutReset($0, like: answer.values("RateLimit")) },
                "each of them counts, whatever it was: \(status)")
            let policies = answer.values("RateLimit-Policy")
            #expect(policies.count == 3)
            #expect(
                policies.map { $0.prefix { $0 != ":" } } == [
                    #""100-in-15min";q=100;w=900;pk="#, #""250-in-1day";q=250;w=86400;pk="#,
                    #""3000-in-30days";q=3000;w=2592000;pk="#,
                ])
            #expect(Set(policies.map { $0.drop { $0 != ":" } }).count == 1, "one bucket")
        }
        let unknown: [(Int, TestResponse)] = try await [
            (401, installation.send(.post, "/", headers: [json], body: query)),
            (401, installation.send(.post, "/", headers: [json, ("Authorization", "Bearer buf_x")], body: query)),
            (200, installation.send(.get, "/.well-known/oauth-protected-resource")), (200, installation.send(.get, "/healthz")),
            (200, installation.send(.get, "/sign-in", headers: [("Accept", "text/html")])),
        ]
        for (status, answer) in unknown {
            #expect(answer.status == status)
            #expect(answer.values("RateLimit").isEmpty && answer.values("RateLimit-Policy").isEmpty)
        }
    }

    /// The expected value with the actual one's `t`, after it was checked to be one that can be.
    private static func withoutReset(_ expected: String, like actual: [String]) -> String {
        let name = expected.prefix { $0 != ";" }
        guard let line = actual.first(where: { $0.hasPrefix(name) }), let window = Int(expected.split(separator: "=").last ?? ""),
            let reset = Int(line.split(separator: "=").last ?? ""), (window - window / 60...window).contains(reset)
        else { return expected }
        return expected.replacing(";t=\(window)", with: ";t=\(reset)")
    }

    @Test func `S120 beyond the quota a request is 429 with Retry-After, in Buffer's words, and is not run`() async throws {
        let installation = try await installation()
        let key = try await installation.key(for: try await installation.account()).key.text
        for _ in 0..<3 { #expect(try await installation.status(key) == 200) }
        let answer = try await installation.query(bearer: key)
        #expect(answer.status == 429)
        let wait = try #require(answer["Retry-After"].flatMap { Int($0) })
        #expect((885...900).contains(wait))
        #expect(
            answer.body
                == #"{"errors":[{"message":"Too many requests from this client. Please try again later.","extensions":{"code":"RATE_LIMIT_EXCEEDED","window":"15m","limitType":"CLIENT_ACCOUNT","retryAfter":\#(wait)}}]}"#
        )
        #expect(answer["Content-Type"] == "application/json; charset=utf-8")
        #expect(answer.values("RateLimit").first == #""3-in-15min";r=0;t=\#(wait)"#)
        #expect(answer.values("RateLimit-Policy").count == 3)
        #expect(answer["WWW-Authenticate"] == nil)
        let newer = try await installation.send(
            .post, "/nothing",
            headers: [("Authorization", "Bearer \(key)"), ("Accept", "application/graphql-response+json")])
        #expect(newer.status == 429, "whatever was asked for")
        #expect(newer["Content-Type"] == "application/graphql-response+json; charset=utf-8")

        try await installation.advance(by: Double(wait) - 1)
        #expect(try await installation.status(key) == 429)
        try await installation.advance(by: 1)
        #expect(try await installation.status(key) == 200, "and what was refused did not count")
        #expect(
            installation.metrics.exposition().contains(#"sluice_rate_limited_requests_total{window="15m"} 3"#))
    }

    @Test(arguments: [("3/15m", "15m"), ("3/24h", "24h"), ("3/30d", "30d"), ("9/15m,3/24h,5/30d", "24h")])
    func `S120 the window that is full is named`(limits: String, window: String) async throws {
        let installation = try await installation(limits)
        let key = try await installation.key(for: try await installation.account()).key.text
        for _ in 0..<3 { #expect(try await installation.status(key) == 200) }
        let answer = try await installation.query(bearer: key)
        #expect(answer.status == 429)
        #expect(((answer.errors.first?["extensions"] as? [String: Any])?["window"] as? String) == window)
        #expect(answer.values("RateLimit").count == limits.split(separator: ",").count)
    }

    @Test func `S120 keys of one account count apart, users of one app together, and nobody with a bad credential`()
        async throws
    {
        let installation = try await installation()
        let ada = try await installation.connect("ada@example.com")
        let bob = try await installation.connect("bob@example.com", client: ada.flow.client)
        let cyd = try await installation.connect("cyd@example.com")
        #expect(try await installation.status(ada.access) == 200)
        #expect(try await installation.status(bob.access) == 200)
        #expect(try await installation.status(ada.refreshed().access) == 200, "another token of the same app")
        #expect(try await installation.status(bob.access) == 429)
        #expect(try await installation.status(cyd.access) == 200, "another app")
        let keys = [try await installation.key(for: ada.account), try await installation.key(for: ada.account)]
        for key in keys {
            for _ in 0..<3 { #expect(try await installation.status(key.key.text) == 200) }
            #expect(try await installation.status(key.key.text) == 429)
        }
        for _ in 0..<9 { #expect(try await installation.status(bob.access + "x") == 401) }
        // What is cut off is 401, not 429: a client must not wait for what never comes.
        try await installation.authority.keys.revoke(keys[0].record.id, of: ada.account.id, trace: .commandLine)
        #expect(try await installation.status(keys[0].key.text) == 401)
    }

    @Test func `S120 pk tells buckets apart and names no key`() async throws {
        let installation = try await installation()
        let account = try await installation.account()
        var seen: Set<String> = []
        for _ in 0..<3 {
            let key = try await installation.key(for: account)
            let answer = try await installation.query(bearer: key.key.text)
            let policy = try #require(answer.values("RateLimit-Policy").first)
            let bucket = try #require(policy.components(separatedBy: "pk=:").last?.dropLast())
            #expect(Data(base64Encoded: String(bucket))?.count == 16)
            #expect(!policy.contains(key.record.id.text) && !answer.headers.contains { $0.value.contains(key.key.text) })
            seen.insert(String(bucket))
        }
        #expect(seen.count == 3)
    }

    @Test func `S120 of many simultaneous requests at the edge exactly the quota passes`() async throws {
        let installation = try await installation("20/15m")
        let key = try await installation.key(for: try await installation.account()).key.text
        let statuses = try await simultaneously(100) { _ in try await installation.status(key) }
        #expect(statuses.count { $0 == 200 } == 20)
        #expect(statuses.count { $0 == 429 } == 80)
    }

    @Test func `S120 counts survive a restart, and nodes count together`() async throws {
        let store = try await SQLiteStore.inMemory()
        let clock = TestClock()
        let before = try await installation(store: store, clock: clock)
        let key = try await before.key(for: try await before.account()).key.text
        for _ in 0..<2 { #expect(try await before.status(key) == 200) }
        await before.authority.maintain()
        let after = try await installation(store: store, clock: clock)
        #expect(try await after.status(key) == 200)
        #expect(try await after.status(key) == 429)
        await after.authority.maintain()
        clock.advance(by: 5)
        #expect(try await before.status(key) == 429, "the other node's count is known after the next reading")
    }

    @Test func `S120 the end of the housekeeping, which is the end of the process, writes down what was counted`() async throws {
        let store = try await SQLiteStore.inMemory()
        let clock = TestClock()
        let before = try await installation(store: store, clock: clock)
        let key = try await before.key(for: try await before.account()).key.text
        for _ in 0..<3 { #expect(try await before.status(key) == 200) }
        let running = Task { await before.authority.run() }
        running.cancel()
        await running.value
        #expect(try await installation(store: store, clock: clock).status(key) == 429)
    }

    @Test func `S120 while the database cannot be written to, counting goes on in memory`() async throws {
        let store = ObstructedStore(try await SQLiteStore.inMemory())
        let installation = try await installation(store: store)
        let key = try await installation.key(for: try await installation.account()).key.text
        #expect(try await installation.status(key) == 200)
        store.obstruct { $0.refusesWrites = true }
        await installation.authority.maintain()
        for _ in 0..<2 { #expect(try await installation.status(key) == 200) }
        #expect(try await installation.status(key) == 429)
        store.obstruct { $0.refusesWrites = false }
        await installation.authority.maintain()
        installation.clock.advance(by: 6)
        #expect(try await installation.status(key) == 429)
    }

    @Test func `S120 the Swift client reads the fields and the refusal`() async throws {
        let installation = try await installation()
        let key = try await installation.key(for: try await installation.account()).key.text
        let client = GraphQLClient(
            endpoint: Installation.issuer, credential: .apiKey(key), transport: DoorTransport(installation: installation),
            retries: .none)
        let answer = try await client.raw("{ account { id } }")
        #expect(answer.rateLimits.map(\.name) == ["3-in-15min", "250-in-1day", "3000-in-30days"])
        #expect(answer.rateLimits.map(\.quota) == [3, 250, 3_000])
        #expect(answer.rateLimits.map(\.window) == [.seconds(900), .seconds(86_400), .seconds(2_592_000)])
        #expect(answer.rateLimits.map(\.remaining) == [2, 249, 2_999])
        #expect(answer.rateLimits.allSatisfy { ($0.resetsAfter ?? .zero) > .seconds(800) })
        for _ in 0..<2 { _ = try await client.raw("{ account { id } }") }
        let failure = await #expect(throws: GraphQLFailure.self) { _ = try await client.raw("{ account { id } }") }
        guard case .rateLimited(let wait, let window, let limits)? = failure else {
            Issue.record("another failure: \(String(describing: failure))")
            return
        }
        #expect(window == "15m")
        #expect(wait == limits.first?.resetsAfter)
        #expect(limits.map(\.remaining) == [0, 247, 2_997])
    }

    @Test func `S120 off, which is the default, nothing is counted and no answer says anything`() async throws {
        let installation = try await Installation()
        #expect(installation.authority.configuration.rateLimits == nil)
        let key = try await installation.key(for: try await installation.account()).key.text
        for _ in 0..<150 {
            let answer = try await installation.query(bearer: key)
            #expect(answer.status == 200)
            #expect(answer["RateLimit"] == nil && answer["RateLimit-Policy"] == nil)
        }
    }

    @Test func `S120 a page of a listed origin may read the fields`() async throws {
        let door = try FrontDoor(
            origins: Origins(single: #require(Origin(Installation.issuer))), routes: routes(),
            apiCrossOrigin: APICrossOrigin(
                allowedOrigins: ["https://spa.example"]))
        let response = try await door.respond(
            to: request(.post, "/", headers: [.origin: "https://spa.example"]), context: context())
        let exposed = response.headers[.accessControlExposeHeaders] ?? ""
        for name in ["RateLimit,", "RateLimit-Policy", "Retry-After"] { #expect(exposed.contains(name)) }
    }

    private func routes() -> Routes {
        var routes = Routes()
        routes.api.on(.post, "/") { _, _ in Answer.empty() }
        return routes
    }

    @Test func `S120 in a sandbox the clock frees the windows`() async throws {
        let scene = try await SandboxScene { $0.rateLimits = RateQuotas("1/15m,250/24h") }
        #expect(try await scene.installation.status(scene.key.key.text) == 200)
        let refused = try await scene.installation.query(bearer: scene.key.key.text)
        #expect(refused.status == 429)
        let wait = try #require(refused["Retry-After"])
        #expect(try await scene.tell("/sandbox/clock", ["advance": "\(wait)s"]).status == 200)
        #expect(try await scene.installation.status(scene.key.key.text) == 200)
        #expect(try await scene.tell("/sandbox/clock", ["advance": "15m"]).status == 200)
        #expect(try await scene.installation.status(scene.key.key.text) == 200)
    }

    @Test func `S123 how many keys and apps an account has is limited only where the operator says so`() async throws {
        let installation = try await Installation()
        #expect(installation.authority.configuration.apiKeyLimit == nil)
        #expect(installation.authority.configuration.clientLimit == nil)
        let account = try await installation.account()
        for _ in 0..<12 {
            _ = try await installation.key(for: account)
            _ = try await installation.client(of: account)
        }
        let limited = try await Installation {
            $0.apiKeyLimit = 3
            $0.clientLimit = 3
        }
        let other = try await limited.account()
        for _ in 0..<3 {
            _ = try await limited.key(for: other)
            _ = try await limited.client(of: other)
        }
        await #expect(throws: APIKeys.Problem.self) { _ = try await limited.key(for: other) }
        await #expect(throws: Clients.Problem.self) { _ = try await limited.client(of: other) }
    }

    /// The SDK's way into an installation without a socket.
    private struct DoorTransport: Transport {
        let installation: Installation

        func send(_ request: TransportRequest) async throws(TransportError) -> TransportResponse {
            do {
                let path = request.url.replacing(Installation.issuer, with: "")
                let answer = try await installation.send(
                    request.method == .get ? .get : .post, path.isEmpty ? "/" : path,
                    headers: request.headers.map { ($0.name, $0.value) }, body: String(decoding: request.body, as: UTF8.self))
                return TransportResponse(
                    status: answer.status, headers: answer.headers.map { ($0.name.rawName, $0.value) },
                    body: Array(answer.body.utf8))
            } catch {
                throw .answerLost("\(error)")
            }
        }
    }
}
