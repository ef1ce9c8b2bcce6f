import HTTPTypes
import Hummingbird
import Logging
import Testing

@testable import SluiceServer

@Suite("Front door: one layer around every handler")
struct FrontDoorTests {
    private static let single = Origins(single: Origin(scheme: .http, host: "127.0.0.1", port: 8080))

    private static func door(
        _ origins: Origins = single, metrics: Metrics = Metrics(), proxies: [String] = [], allowing: Set<String> = [],
        isTLS: Bool = false
    ) throws -> FrontDoor {
        FrontDoor(
            origins: origins, routes: testRoutes(), metrics: metrics,
            trustedProxies: try TrustedProxies(cidrs: proxies),
            apiCrossOrigin: APICrossOrigin(allowedOrigins: allowing), isTLS: isTLS)
    }

    private static func answer(_ request: Request, _ door: FrontDoor? = nil, peer: String? = nil) async throws
        -> Response
    {
        try await (door ?? Self.door()).respond(to: request, context: context(peer: peer))
    }

    // MARK: Methods and paths

    @Test func `S44 a wrong method at the token endpoint is 405 with Allow, as OAuth's JSON`() async throws {
        let response = try await Self.answer(request(.get, "/token"))
        #expect(response.status == .methodNotAllowed)
        #expect(response.headers[.allow] == "POST")
        #expect(response.headers[.contentType] == "application/json")
        #expect(try await response.text.contains(#""error":"invalid_request""#))
    }

    @Test func `HEAD is GET without the body`() async throws {
        let get = try await Self.answer(request(.get, "/jwks"))
        let head = try await Self.answer(request(.head, "/jwks"))
        #expect(head.status == .ok)
        #expect(head.headers[.contentLength] == get.headers[.contentLength])
        #expect(try await head.text == "")
    }

    @Test(arguments: [
        (HTTPRequest.Method.put, "/"), (.delete, "/graphql"), (.get, "/graphql"), (.get, "/nothing"),
        (.head, "/nothing"),
    ])
    func `S1 without a bearer every path and method of the API is 401, in GraphQL's shape`(
        method: HTTPRequest.Method, path: String
    ) async throws {
        let response = try await Self.answer(request(method, path))
        #expect(response.status == .unauthorized)
        #expect(response.headers[.wwwAuthenticate] == #"Bearer realm="test""#)
        #expect(response.headers[.allow] == nil)
        if method != .head { #expect(try await response.text.contains(#""code":"UNAUTHENTICATED""#)) }
    }

    @Test func `S1 with a good bearer the API tells 404 and 405 apart`() async throws {
        let good: HTTPFields = [.authorization: "Bearer good"]
        let missing = try await Self.answer(request(.get, "/nothing", headers: good))
        #expect(missing.status == .notFound)
        let wrong = try await Self.answer(request(.get, "/graphql", headers: good))
        #expect(wrong.status == .methodNotAllowed)
        #expect(wrong.headers[.allow] == "POST")
    }

    @Test func `a browser that asks for an unknown page gets a page`() async throws {
        let response = try await Self.answer(request(.get, "/nothing", headers: [.accept: "text/html,*/*"]))
        #expect(response.status == .notFound)
        #expect(response.headers[.contentType] == "text/html; charset=utf-8")
    }

    // MARK: What a request may not be

    @Test func `S3 two Authorization fields are 400`() async throws {
        var fields: HTTPFields = [.contentType: "application/json"]
        fields.append(HTTPField(name: .authorization, value: "Bearer a"))
        fields.append(HTTPField(name: .authorization, value: "Bearer b"))
        let response = try await Self.answer(request(.post, "/", headers: fields, body: "{}"))
        #expect(response.status == .badRequest)
        #expect(response.headers[.wwwAuthenticate] == #"Bearer error="invalid_request""#)
        #expect(try await response.text.contains("errors"))
    }

    @Test func `a missing, empty or repeated Host is 400`() async throws {
        #expect(try await Self.answer(request(.get, "/jwks", host: nil)).status == .badRequest)
        #expect(try await Self.answer(request(.get, "/jwks", host: "")).status == .badRequest)
        var fields: HTTPFields = [:]
        fields.append(HTTPField(name: try #require(HTTPField.Name("Host")), value: "evil.example"))
        #expect(try await Self.answer(request(.get, "/jwks", headers: fields)).status == .badRequest)
    }

    @Test(arguments: [
        ("JSON", "application/json"), ("multipart", "multipart/form-data"), ("nothing", ""),
        ("a near miss", "application/x-www-form-urlencoded2"),
    ])
    func `S45 a token request that is no form is 400 invalid_request`(why: String, type: String) async throws {
        let response = try await Self.answer(
            request(.post, "/token", headers: type.isEmpty ? [:] : [.contentType: type], body: "a=b"))
        #expect(response.status == .badRequest, "\(why)")
        #expect(try await response.text.contains(#""error":"invalid_request""#))
    }

    @Test(arguments: ["application/x-www-form-urlencoded", "Application/X-WWW-Form-Urlencoded ; charset=UTF-8"])
    func `S45 a form is taken with and without a charset`(type: String) async throws {
        let response = try await Self.answer(request(.post, "/token", headers: [.contentType: type], body: "a=b"))
        #expect(try await response.text == #"{"bytes":3}"#)
    }

    @Test func `S45 S65 a form at the limit is taken, one byte more is 413 in OAuth's shape`() async throws {
        let type: HTTPFields = [.contentType: "application/x-www-form-urlencoded"]
        let fits = try await Self.answer(
            request(.post, "/token", headers: type, body: String(repeating: "a", count: 64 << 10)))
        #expect(fits.status == .ok)
        let over = try await Self.answer(
            request(.post, "/token", headers: type, body: String(repeating: "a", count: 64 << 10 + 1)))
        #expect(over.status == .contentTooLarge)
        #expect(try await over.text.contains(#""error":"invalid_request""#))
        #expect(over.headers[.cacheControl] == "no-store")
        #expect(over.headers[.pragma] == "no-cache")
    }

    @Test func `a body that is shorter than it said is refused`() async throws {
        let response = try await Self.answer(
            request(
                .post, "/token", headers: [.contentType: "application/x-www-form-urlencoded", .contentLength: "9"],
                body: "a=b"))
        #expect(response.status == .badRequest)
    }

    @Test func `GraphQL that is no JSON is 415 in GraphQL's shape`() async throws {
        let response = try await Self.answer(request(.post, "/", headers: [.contentType: "text/plain"], body: "{}"))
        #expect(response.status == .unsupportedMediaType)
        #expect(try await response.text.contains(#""code":"UNSUPPORTED_MEDIA_TYPE""#))
    }

    // MARK: Errors

    @Test func `S65 an unknown error is 500 without a word of it, with the request's id`() async throws {
        let lines = Lines()
        let logger = Logger(label: "test") { TextLogHandler(label: $0, level: .trace, sink: lines.sink) }
        let response = try await Self.door().respond(to: request(.get, "/broken"), context: context(logger: logger))
        #expect(response.status == .internalServerError)
        let text = try await response.text
        #expect(!text.contains("Broken") && !text.contains("s3cret"))
        let id = try #require(response.headers[.xRequestID])
        #expect(text.contains(id))
        #expect(lines.all.contains { $0.contains("error") && $0.contains("Broken") && $0.contains("request_id=\(id)") })
    }

    @Test func `S65 a failure of the server names its request, in each family's shape`() async throws {
        var routes = Routes()
        routes.auth.on(.post, "/token", family: .oauth) { _, _ in throw Broken() }
        routes.api.on(.post, "/graphql") { _, _ in throw Problem.unavailable(retryAfter: 3) }
        let door = FrontDoor(origins: Self.single, routes: routes)
        for (target, member) in [("/token", #""request_id":""#), ("/graphql", #""requestId":""#)] {
            let response = try await Self.answer(request(.post, target), door)
            let id = try #require(response.headers[.xRequestID])
            #expect(try await response.text.contains(member + id))
        }
    }

    @Test func `S2 a refusal has the same body every time, and names its request in X-Request-ID alone`() async throws {
        let door = try Self.door()
        for target in ["/token", "/graphql"] {
            let first = try await Self.answer(request(.put, target), door)
            let second = try await Self.answer(request(.put, target), door)
            #expect(try await first.text == second.text)
            #expect(first.headers[.xRequestID] != second.headers[.xRequestID])
        }
    }

    // MARK: Headers

    @Test func `every answer has the security headers exactly once`() async throws {
        let names = [
            "content-security-policy", "x-content-type-options", "referrer-policy", "x-frame-options", "cache-control",
            "cross-origin-opener-policy", "permissions-policy", "x-request-id",
        ]
        for target in ["/auth", "/jwks", "/", "/nothing", "/broken", "/healthz", "/settings/api/keys/new"] {
            let response = try await Self.answer(request(.get, target))
            for name in names {
                #expect(response.headers.filter { $0.name.canonicalName == name }.count == 1, "\(target) \(name)")
            }
            #expect(response.headers[.cacheControl] == "no-store")
            #expect(response.headers[.strictTransportSecurity] == nil)
        }
    }

    @Test func `what a handler writes under the server's own names is replaced`() async throws {
        var routes = Routes()
        routes.app.on(.get, "/") { _, _ in
            Answer.html(
                "x", headers: [.xFrameOptions: "ALLOWALL", .xRequestID: "mine", .cacheControl: "public, max-age=1"])
        }
        let response = try await Self.answer(request(.get, "/"), FrontDoor(origins: Self.single, routes: routes))
        #expect(response.headers[values: .xFrameOptions] == ["DENY"])
        #expect(response.headers[values: .xRequestID].count == 1)
        #expect(response.headers[.xRequestID] != "mine")
        #expect(response.headers[values: .cacheControl] == ["public, max-age=1"])
    }

    @Test func `S124 pages whose form ends elsewhere say nothing about form-action, all others say self`() async throws {
        let open = try await Self.answer(request(.get, "/auth")).headers[.contentSecurityPolicy]
        #expect(open?.contains("form-action") == false)
        #expect(open?.contains("default-src 'none'") == true)
        let page = try await Self.answer(request(.get, "/")).headers[.contentSecurityPolicy]
        #expect(page?.contains("form-action 'self'") == true)
        let json = try await Self.answer(request(.get, "/jwks")).headers[.contentSecurityPolicy]
        #expect(json == "default-src 'none'; frame-ancestors 'none'")
    }

    @Test func `browsers are told to insist on https where the origin is https`() async throws {
        let secure = Origins(single: try #require(Origin("https://sluice.example")))
        let response = try await Self.answer(request(.get, "/jwks", host: "sluice.example"), Self.door(secure))
        #expect(response.headers[.strictTransportSecurity] == "max-age=31536000")
    }

    // MARK: Pages of other origins

    @Test(arguments: ["/token", "/jwks", "/.well-known/oauth-authorization-server"])
    func `S125 any web page may read the auth paths, without credentials`(path: String) async throws {
        let door = try Self.door()
        let preflight = try await Self.answer(
            request(.options, path, headers: [.origin: "https://spa.example", .accessControlRequestMethod: "POST"]),
            door)
        #expect(preflight.status == .noContent)
        #expect(preflight.headers[.accessControlAllowOrigin] == "*")
        #expect(preflight.headers[.accessControlAllowHeaders]?.contains("Content-Type") == true)
        let refused = try await Self.answer(request(.patch, path, headers: [.origin: "https://spa.example"]), door)
        #expect(refused.status == .methodNotAllowed)
        #expect(refused.headers[values: .accessControlAllowOrigin] == ["*"])
        #expect(refused.headers[.accessControlAllowCredentials] == nil)
    }

    @Test func `S125 no web page may read the authorization endpoint or Settings`() async throws {
        for path in ["/auth", "/settings/api/keys/new"] {
            let response = try await Self.answer(request(.get, path, headers: [.origin: "https://spa.example"]))
            #expect(response.headers[.accessControlAllowOrigin] == nil)
            let preflight = try await Self.answer(request(.options, path, headers: [.origin: "https://spa.example"]))
            #expect(preflight.status == .methodNotAllowed)
        }
    }

    @Test func `S12 the API is closed to web pages, and open to listed ones for access tokens only`() async throws {
        func fields(_ origin: String, _ bearer: String) -> HTTPFields {
            [.origin: origin, .authorization: "Bearer \(bearer)", .contentType: "application/json"]
        }
        func allowed(_ origin: String, _ bearer: String, _ door: FrontDoor) async throws -> String? {
            let post = request(.post, "/", headers: fields(origin, bearer), body: "{}")
            return try await Self.answer(post, door).headers[.accessControlAllowOrigin]
        }
        let closed = try Self.door()
        let listing = try Self.door(allowing: ["https://spa.example"])
        #expect(try await allowed("https://spa.example", "e.y.J", closed) == nil)
        #expect(try await allowed("https://spa.example", "e.y.J", listing) == "https://spa.example")
        #expect(try await allowed("https://evil.example", "e.y.J", listing) == nil)
        #expect(try await allowed("https://spa.example", "buf_x", listing) == nil)
        let preflight = request(.options, "/", headers: [.origin: "https://spa.example"])
        #expect(try await Self.answer(preflight, listing).status == .noContent)
        #expect(try await Self.answer(preflight, listing).headers[.vary] == "Origin")
        #expect(try await Self.answer(preflight, closed).status == .unauthorized)
    }

    // MARK: Proxies, hosts and prefixes

    @Test func `S126 a trusted proxy's word counts, anybody else's does not`() async throws {
        var routes = Routes()
        routes.app.on(.get, "/") { _, context in
            Answer.text("\(context.remoteAddress) \(context.isSecure) \(context.requestID)")
        }
        let door = FrontDoor(
            origins: Self.single, routes: routes, trustedProxies: try TrustedProxies(cidrs: ["10.0.0.0/8"]))
        let fields: HTTPFields = [
            .xForwardedFor: "198.51.100.7", .xForwardedProto: "https", .xRequestID: "from-the-proxy.1",
        ]
        let trusted = try await Self.answer(request(.get, "/", headers: fields), door, peer: "10.0.0.5")
        #expect(try await trusted.text == "198.51.100.7 true from-the-proxy.1")
        let other = try await Self.answer(request(.get, "/", headers: fields), door, peer: "203.0.113.4")
        #expect(try await other.text.hasPrefix("203.0.113.4 false "))
        #expect(other.headers[.xRequestID] != "from-the-proxy.1")
        let odd: HTTPFields = [.xRequestID: "<script>alert(1)</script>"]
        let insane = try await Self.answer(request(.get, "/", headers: odd), door, peer: "10.0.0.5")
        #expect(insane.headers[.xRequestID]?.utf8.count == 13)
    }

    @Test func `D1 the hosts of several origins answer for their roles alone, and strangers get 421`() async throws {
        let origins = Origins(
            auth: try #require(Origin("https://auth.example")), api: try #require(Origin("https://api.example")),
            app: try #require(Origin("https://app.example")))
        let door = try Self.door(origins, proxies: ["10.0.0.1"])
        func status(_ host: String, _ path: String, _ method: HTTPRequest.Method = .get) async throws -> Int {
            try await Self.answer(request(method, path, host: host), door).status.code
        }
        #expect(try await status("auth.example", "/jwks") == 200)
        #expect(try await status("AUTH.EXAMPLE:443", "/jwks") == 200)
        #expect(try await status("api.example", "/jwks") == 401)
        #expect(try await status("api.example", "/", .get) == 401)
        #expect(try await status("app.example", "/") == 200)
        #expect(try await status("app.example", "/jwks") == 404)
        #expect(try await status("evil.example", "/jwks") == 421)
        #expect(try await status("10.0.0.7:8080", "/healthz") == 200)
        let forwarded = request(.get, "/jwks", host: "inside", headers: [.xForwardedHost: "auth.example"])
        #expect(try await Self.answer(forwarded, door, peer: "10.0.0.1").status == .ok)
        #expect(try await Self.answer(forwarded, door, peer: "10.0.0.2").status == .misdirectedRequest)
    }

    @Test(arguments: [
        (HTTPRequest.Method.get, "/id/jwks", 200), (.get, "/jwks", 200), (.get, "/identity/jwks", 404),
        (.post, "/gql", 415),
        (.post, "/gql/", 415), (.post, "/gql/graphql", 200), (.get, "/id/.well-known/oauth-authorization-server", 200),
        (.get, "/.well-known/oauth-authorization-server/id", 200),
        (.get, "/.well-known/oauth-authorization-server/other", 404),
        (.get, "/id/healthz", 200), (.get, "/healthz", 200),
    ])
    func `S126 a prefix works whether or not a proxy strips it, and RFC 8414's address puts it last`(
        method: HTTPRequest.Method, path: String, status: Int
    ) async throws {
        let origins = Origins(
            auth: try #require(Origin("https://example.com/id")), api: try #require(Origin("https://example.com/gql")),
            app: try #require(Origin("https://example.com/app")))
        let fields: HTTPFields = [.accept: "text/html"]
        let response = try await Self.answer(
            request(method, path, host: "example.com", headers: fields), try Self.door(origins))
        #expect(response.status.code == status)
        if path.contains("well-known"), status == 200 {
            #expect(try await response.text.contains("https://example.com/id"))
        }
    }

    // MARK: Log and metrics

    @Test func `S12 the access log names the route, and neither path, query, header nor body`() async throws {
        let lines = Lines()
        let logger = Logger(label: "test") { JSONLinesLogHandler(label: $0, level: .debug, sink: lines.sink) }
        let asked = request(
            .get, "/settings/api/keys/s3cret?code=s3cret",
            headers: [.authorization: "Bearer s3cret", .cookie: "a=s3cret"])
        let response = try await Self.door().respond(to: asked, context: context(peer: "203.0.113.4", logger: logger))
        let line = try #require(lines.all.first)
        #expect(line.contains(#""route":"/settings/api/keys/{id}""#))
        #expect(line.contains(#""status":"200""#))
        #expect(line.contains(#""address":"203.0.113.4""#))
        #expect(line.contains(try #require(response.headers[.xRequestID])))
        #expect(!lines.all.joined().contains("s3cret"))
    }

    @Test func `S12 requests are counted by route, unknown paths and methods as one`() async throws {
        let metrics = Metrics()
        let door = try Self.door(metrics: metrics)
        _ = try await Self.answer(request(.get, "/settings/api/keys/s3cret"), door)
        _ = try await Self.answer(request(.get, "/s3cret", headers: [.accept: "text/html"]), door)
        _ = try await Self.answer(request(try #require(.init("S3CRET")), "/jwks"), door)
        let text = metrics.exposition()
        #expect(
            text.contains(#"sluice_http_requests_total{method="GET",route="/settings/api/keys/{id}",status="200"} 1"#))
        #expect(text.contains(#"sluice_http_requests_total{method="any",route="none",status="404"} 1"#))
        #expect(text.contains(#"sluice_http_requests_total{method="any",route="none",status="405"} 1"#))
        #expect(!text.lowercased().contains("s3cret"))
        #expect(text.contains("sluice_http_requests_in_flight 0"))
    }

    @Test func `request ids are short, safe in a URL and different`() {
        let ids = (0..<10_000).map { _ in RequestIdentifier.next() }
        #expect(Set(ids).count == ids.count)
        #expect(ids.allSatisfy { $0.utf8.count == 13 && RequestIdentifier.isSane($0) })
    }
}
