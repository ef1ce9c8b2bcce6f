import Foundation
import HTTPTypes
import SluiceClient
import SluiceOAuth
import SluiceResourceServer
import Testing

@Suite("RFC 7662: tokens that the authorization server is asked about")
struct IntrospectionTests {
    private let clock = TestClock()
    private let host = IntrospectionHost()
    private typealias Host = IntrospectionHost

    @Test func `an active token names its account, client, scopes and end, and the question is a confidential client's`()
        async throws
    {
        host.know("opaque+token", Host.active())
        let bearer = try await withLiveServer(host.router) { url in
            try await Host.introspection(url, clock: clock).check("opaque+token")
        }
        #expect(
            bearer
                == VerifiedBearer(
                    accountID: "ada", clientID: "app", scopes: try #require(Scopes("posts:read")),
                    expiresAt: Date(timeIntervalSince1970: 1_800_003_600)))
        #expect(
            host.questions == [
                Host.Question(
                    authorization: nil,
                    form: [
                        "token=opaque+token", "token_type_hint=access_token", "client_id=service", "client_secret=\(Host.secret)",
                    ])
            ])
    }

    @Test func `a token that the server does not call active is refused`() async throws {
        host.know("odd", #"{"active":false,"sub":"ada","scope":"posts:write"}"#)
        try await withLiveServer(host.router) { url in
            let introspection = try Host.introspection(url, clock: clock)
            #expect(await refusal(introspection, "unknown") == .invalid(.inactive))
            #expect(await refusal(introspection, "odd") == .invalid(.inactive))
        }
    }

    @Test(arguments: [
        ("a refresh token, which is active too", ["token_type": nil], BearerRefusal.Misfit.type),
        ("a token of another type", ["token_type": #""DPoP""#], .type),
        ("a token bound to a key", ["cnf": #"{"jkt":"x"}"#], .boundToKey),
        ("no audience", ["aud": nil], .audience), ("another audience", ["aud": #""https://other.example""#], .audience),
        ("another issuer", ["iss": #""https://evil.example""#], .issuer), ("no account", ["sub": nil], .incomplete),
        ("an empty account", ["sub": #""""#], .incomplete), ("no client", ["client_id": nil], .incomplete),
        ("an end more than a minute ago", ["exp": "1799999940"], .expired),
    ])
    func `an active token that is not for this service is refused`(
        why: String, changes: [String: String?], misfit: BearerRefusal.Misfit
    ) async throws {
        host.know("token", Host.active(changes))
        try await withLiveServer(host.router) { url in
            let introspection = try Host.introspection(url, clock: clock)
            #expect(await refusal(introspection, "token") == .invalid(.unfit(misfit)), "\(why)")
        }
    }

    @Test func `what the server leaves out may be left out`() async throws {
        host.know("token", Host.active(["iss": nil, "exp": nil, "scope": nil, "aud": #"["x","\#(Issuer.audience)"]"#]))
        let bearer = try await withLiveServer(host.router) { url in
            try await Host.introspection(url, clock: clock).check("token")
        }
        #expect(bearer.scopes.isEmpty)
        #expect(bearer.expiresAt == clock.now.addingTimeInterval(30), "until the server's word has to be asked for again")
    }

    @Test(arguments: [
        ("an error", HTTPResponse.Status.internalServerError, ""),
        ("a page", .ok, "<html>"),
        ("active as text", .ok, #"{"active":"true"}"#),
        ("active twice", .ok, #"{"active":false,"active":true}"#),
        ("a redirect", .found, ""),
        ("not allowed to ask", .forbidden, #"{"error":"access_denied"}"#),
    ])
    func `whatever is no answer lets nobody in`(why: String, status: HTTPResponse.Status, body: String) async throws {
        host.know("token", Host.active())
        host.answer(status, body: body)
        try await withLiveServer(host.router) { url in
            let introspection = try Host.introspection(url, clock: clock)
            #expect(await refusal(introspection, "token")?.isUnavailable == true, "\(why)")
            host.answer(nil)
            clock.advance(1)
            #expect(await refusal(introspection, "token") == nil, "recovered")
        }
    }

    @Test(arguments: [
        ("a bad request", HTTPResponse.Status.badRequest, #"{"error":"invalid_request"}"#), ("too large", .contentTooLarge, ""),
        ("a page", .ok, "<html>"), ("not found", .notFound, ""),
    ])
    func `a token that the server chokes on is refused alone`(
        why: String, status: HTTPResponse.Status, body: String
    ) async throws {
        host.know("good", Host.active())
        host.answer(status, body: body)
        try await withLiveServer(host.router) { url in
            let introspection = try Host.introspection(url, clock: clock)
            #expect(await refusal(introspection, "odd")?.isUnavailable == true, "\(why)")
            host.answer(nil)
            #expect(await refusal(introspection, "good") == nil, "\(why)")
        }
    }

    @Test func `after the clock went back neither an outage nor an answer from the future holds`() async throws {
        host.know("token", Host.active())
        try await withLiveServer(host.router) { url in
            let introspection = try Host.introspection(url, clock: clock)
            #expect(await refusal(introspection, "token") == nil)
            host.answer(.tooManyRequests, headers: [.retryAfter: "60"])
            #expect(await refusal(introspection, "other")?.isUnavailable == true)
            clock.advance(-10)
            host.answer(nil)
            #expect(await refusal(introspection, "other") == .invalid(.inactive), "asked again")
            host.answer(.internalServerError)
            #expect(await refusal(introspection, "token")?.isUnavailable == true, "not known any more")
            host.answer(nil)
            host.know("token", nil)
            clock.advance(11)
            #expect(await refusal(introspection, "token") == .invalid(.inactive), "nor when the clock gets there again")
        }
    }

    @Test func `an unreachable server lets nobody in`() async throws {
        let refused = try #require(
            await refusal(try Host.introspection(try await deadURL(), clock: clock), "token"))
        #expect(refused.isUnavailable, "\(refused)")
    }

    @Test func `wrong credentials of the service are its operator's business, not the caller's`() async throws {
        host.know("token", Host.active())
        try await withLiveServer(host.router) { url in
            let introspection = try Host.introspection(url, clock: clock, secret: "wrong-secret")
            let refused = try #require(await refusal(introspection, "token"))
            #expect(refused.isUnavailable)
            #expect(refused.summary.contains("invalid_client"))
            #expect(!"\(refused) \(refused.summary)".contains("wrong-secret"))
        }
    }

    @Test func `a revocation is seen when the answer is older than its span`() async throws {
        host.know("token", Host.active())
        try await withLiveServer(host.router) { url in
            let introspection = try Host.introspection(url, clock: clock)
            #expect(await refusal(introspection, "token") == nil)
            host.know("token", nil)
            clock.advance(29)
            #expect(await refusal(introspection, "token") == nil)
            #expect(host.questions.count == 1)
            clock.advance(1)
            #expect(await refusal(introspection, "token") == .invalid(.inactive))
            #expect(host.questions.count == 2)
        }
    }

    @Test func `without a span every request asks`() async throws {
        host.know("token", Host.active())
        try await withLiveServer(host.router) { url in
            var policy = IntrospectionPolicy()
            policy.keepsFor = .zero
            let introspection = try Host.introspection(url, clock: clock, policy: policy)
            #expect(await refusal(introspection, "token") == nil)
            host.know("token", nil)
            #expect(await refusal(introspection, "token") == .invalid(.inactive))
        }
    }

    @Test func `a hundred tasks with one token ask once`() async throws {
        host.know("token", Host.active())
        let gate = Gate()
        host.hold(behind: gate)
        try await withLiveServer(host.router) { url in
            let introspection = try Host.introspection(url, clock: clock)
            await withTaskGroup(of: BearerRefusal?.self) { tasks in
                for _ in 0..<100 { tasks.addTask { await refusal(introspection, "token") } }
                await gate.arrival()
                gate.open()
                for await refusal in tasks { #expect(refusal == nil) }
            }
        }
        #expect(host.questions.count == 1)
    }

    @Test func `made-up tokens ask no more than so many questions at once`() async throws {
        let gate = Gate()
        host.hold(behind: gate)
        try await withLiveServer(host.router) { url in
            var policy = IntrospectionPolicy()
            policy.limitOfQuestions = 1
            let introspection = try Host.introspection(url, clock: clock, policy: policy)
            let first = Task { await refusal(introspection, "made-up") }
            await gate.arrival()
            #expect(await refusal(introspection, "another") == .unavailable(.busy, retryAfter: .seconds(1)))
            gate.open()
            #expect(await first.value == .invalid(.inactive))
            #expect(await refusal(introspection, "another") == .invalid(.inactive))
        }
    }

    @Test func `a server that wants to be left alone is, for as long as it says`() async throws {
        host.know("token", Host.active())
        try await withLiveServer(host.router) { url in
            let introspection = try Host.introspection(url, clock: clock)
            host.answer(.tooManyRequests, headers: [.retryAfter: "7"])
            guard case .unavailable(.introspection, .seconds(7)) = await refusal(introspection, "token") else {
                Issue.record("not told to wait 7 s")
                return
            }
            host.answer(nil)
            clock.advance(6)
            #expect(await refusal(introspection, "other")?.isUnavailable == true)
            #expect(host.questions.count == 1)
            clock.advance(1)
            #expect(await refusal(introspection, "token") == nil)
        }
    }

    @Test func `a server that cannot be asked, and a client that cannot prove itself, are refused at once`() {
        let client = OAuthClient(
            server: Issuer.server, registration: .confidentialClient("service", secret: "x"), transport: URLSessionTransport())
        #expect(throws: SetupProblem.noIntrospection(issuer: Issuer.url)) {
            _ = try Introspection(client: client, audience: Issuer.audience)
        }
        var server = Issuer.server
        server.introspectionEndpoint = "https://auth.example/introspect"
        let open = OAuthClient(server: server, registration: .publicClient("app"), transport: URLSessionTransport())
        #expect(throws: SetupProblem.publicClient(clientID: "app")) {
            _ = try Introspection(client: open, audience: Issuer.audience)
        }
    }
}
