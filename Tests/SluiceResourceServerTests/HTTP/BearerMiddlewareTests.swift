import Foundation
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import SluiceClient
import SluiceOAuth
import SluiceResourceServer
import Synchronization
import Testing

@Suite("RFC 6750 §3: answers of a protected service")
struct BearerMiddlewareTests {
    private let issuer: Issuer
    private let host: KeyHost
    private let good: String
    private static let metadata = "https://api.example/.well-known/oauth-protected-resource/reports"

    init() throws {
        issuer = try Issuer()
        host = KeyHost(.keys([issuer.key]))
        good = try issuer.token()
    }

    private var resource: ProtectedResource {
        ProtectedResource(
            realm: "Reports",
            metadata: ProtectedResourceMetadata(
                resource: "https://api.example/reports", authorizationServers: [Issuer.url],
                scopes: Scopes("posts:read offline_access") ?? Scopes(), name: "Reports"))
    }

    private func router(
        _ requirement: BearerMiddleware<TestContext>.Requirement = .required, resource: ProtectedResource? = nil,
        checker: (any BearerChecker)? = nil
    ) throws -> Router<TestContext> {
        let router = Router(context: TestContext.self)
        let resource = resource ?? self.resource
        resource.addMetadata(to: router)
        router.add(
            middleware: BearerMiddleware(try checker ?? issuer.verifier(host), resource: resource, requirement: requirement))
        router.get { _, context in "for \(context.bearer?.accountID ?? "anybody")" }
        router.group("read").add(middleware: RequireScopes("posts:read")).get { _, _ in "posts" }
        router.group("write").add(middleware: RequireScopes("posts:read", "posts:write")).get { _, _ in "written" }
        router.get("handler") { _, _ -> String in throw BearerError.insufficientScope(Scopes("ideas:read") ?? Scopes()) }
        router.group("me", context: CallerContext<TestContext>.self)
            .add(middleware: RequireScopes("posts:read"))
            .get { _, context in "\(context.caller.accountID) by \(context.caller.clientID)" }
        return router
    }

    private func bearer(_ token: String) -> [(HTTPField.Name, String)] { [(.authorization, "Bearer \(token)")] }

    @Test func `a good token is let through, and the handler knows whose it is`() async throws {
        let router = try router()
        #expect(try await router.answer(headers: bearer(good)).body == "for ada")
        #expect(try await router.answer(headers: [(.authorization, "bEARER  \(good)")]).body == "for ada")
        #expect(try await router.answer("/read", headers: bearer(good)).body == "posts")
        #expect(try await router.answer("/me", headers: bearer(good)).body == "ada by app")
    }

    @Test func `where nothing is presented the challenge has no error`() async throws {
        let answer = try await router().answer()
        #expect(answer.status == 401)
        #expect(answer.challenge == #"Bearer realm="Reports", resource_metadata="\#(Self.metadata)""#)
        #expect(answer.body == #"{"error":"invalid_token","error_description":"An access token is required."}"#)
        #expect(answer.headers[.contentType] == "application/json")
    }

    @Test(arguments: ["Basic YTpi", "Digest x", "BearerX abc", ""])
    func `another scheme counts as nothing presented`(value: String) async throws {
        let answer = try await router().answer(headers: [(.authorization, value)])
        #expect(answer.status == 401)
        #expect(answer.challenge == #"Bearer realm="Reports", resource_metadata="\#(Self.metadata)""#)
    }

    @Test func `a token anywhere but in the header counts as nothing presented`() async throws {
        let router = try router()
        #expect(try await router.answer("/?access_token=\(good)").status == 401)
        #expect(try await router.answer(headers: [(.cookie, "access_token=\(good)")]).status == 401)
    }

    @Test func `a refused token is invalid_token, whatever is wrong with it`() async throws {
        let router = try router()
        let tokens = [
            "opaque", try issuer.token(with: try SigningKey.generate(.es256)),
            try issuer.token(audience: ["https://other.example"]),
            try issuer.token(issuedAt: issuer.clock.now.addingTimeInterval(-7200)),
        ]
        for token in tokens {
            let answer = try await router.answer(headers: bearer(token))
            #expect(answer.status == 401)
            #expect(
                answer.challenge
                    == #"Bearer realm="Reports", error="invalid_token", "#
                    + #"error_description="The access token is expired, revoked or not for this service.", "#
                    + #"resource_metadata="\#(Self.metadata)""#)
            #expect(
                answer.body
                    == #"{"error":"invalid_token","error_description":"The access token is expired, revoked or not for this service."}"#
            )
        }
    }

    @Test func `a header that is no single bearer is invalid_request`() async throws {
        let router = try router()
        for value in ["Bearer", "Bearer ", "Bearer a b", "Bearer a,b", "Bearer é"] {
            let answer = try await router.answer(headers: [(.authorization, value)])
            #expect(answer.status == 400, "\(value)")
            #expect(
                answer.challenge
                    == #"Bearer realm="Reports", error="invalid_request", "#
                    + #"error_description="The Authorization header must be Bearer, one space and one token.", "#
                    + #"resource_metadata="\#(Self.metadata)""#)
            #expect(
                answer.body
                    == #"{"error":"invalid_request","error_description":"The Authorization header must be Bearer, one space and one token."}"#
            )
        }
    }

    @Test func `two headers are invalid_request, even if both hold the good token`() async throws {
        let answer = try await router().answer(headers: bearer(good) + bearer(good))
        #expect(answer.status == 400)
        #expect(
            answer.challenge
                == #"Bearer realm="Reports", error="invalid_request", error_description="There is more than one Authorization header.", "#
                + #"resource_metadata="\#(Self.metadata)""#)
        #expect(
            answer.body == #"{"error":"invalid_request","error_description":"There is more than one Authorization header."}"#)
    }

    @Test(arguments: [("/write", "posts:read posts:write"), ("/handler", "ideas:read")])
    func `a good token without the scopes is insufficient_scope, and told which`(path: String, scopes: String) async throws {
        let answer = try await router().answer(path, headers: bearer(good))
        #expect(answer.status == 403)
        #expect(
            answer.challenge
                == #"Bearer realm="Reports", error="insufficient_scope", "#
                + #"error_description="The access token lacks a scope that this needs.", scope="\#(scopes)", "#
                + #"resource_metadata="\#(Self.metadata)""#)
        #expect(
            answer.body
                == #"{"error":"insufficient_scope","error_description":"The access token lacks a scope that this needs."}"#)
    }

    @Test func `without keys it is 503 with Retry-After and no challenge, so that nobody throws a good token away`() async throws
    {
        host.behave(.down)
        let answer = try await router().answer(headers: bearer(good))
        #expect(answer.status == 503)
        #expect(answer.challenge == nil)
        #expect(answer.headers[.retryAfter] == "10")
        #expect(
            answer.body
                == #"{"error":"temporarily_unavailable","error_description":"Access tokens cannot be checked now. Try again later."}"#
        )
    }

    @Test func `a service without metadata does not point to any`() async throws {
        let answer = try await router(resource: ProtectedResource(realm: "Reports")).answer()
        #expect(answer.challenge == #"Bearer realm="Reports""#)
    }

    @Test func `where a token is optional, nothing passes and a bad one does not`() async throws {
        let router = try router(.optional)
        #expect(try await router.answer().body == "for anybody")
        #expect(try await router.answer(headers: bearer(good)).body == "for ada")
        #expect(try await router.answer(headers: bearer("opaque")).status == 401)
        #expect(try await router.answer(headers: [(.authorization, "Basic YTpi")]).status == 401)
        #expect(try await router.answer("/me").status == 401)
        #expect(try await router.answer("/read").status == 401)
        #expect(
            try await router.answer("/read").challenge == #"Bearer realm="Reports", resource_metadata="\#(Self.metadata)""#)
    }

    @Test func `nobody learns which paths there are without a token`() async throws {
        let router = try router()
        #expect(try await router.answer("/nowhere").status == 401)
        #expect(try await router.answer("/nowhere", headers: bearer(good)).status == 404)
    }

    @Test func `routes that need a caller refuse, where the check was forgotten`() async throws {
        let router = Router(context: TestContext.self)
        router.group("me", context: CallerContext<TestContext>.self).get { _, _ in "in" }
        router.group("read").add(middleware: RequireScopes("posts:read")).get { _, _ in "in" }
        for path in ["/me", "/read"] {
            let answer = try await router.answer(path, headers: bearer(good))
            #expect(answer.status == 401)
            #expect(answer.challenge == #"Bearer realm="API""#)
        }
    }

    @Test func `the metadata is served to anybody, at the address that challenges name`() async throws {
        let answer = try await router().answer("/.well-known/oauth-protected-resource/reports")
        #expect(answer.status == 200)
        #expect(
            answer.body
                == #"{"resource":"https://api.example/reports","authorization_servers":["https://auth.example"],"#
                + #""scopes_supported":["posts:read"],"bearer_methods_supported":["header"],"resource_name":"Reports"}"#)
    }

    @Test(arguments: [
        ("https://api.example", "https://api.example/.well-known/oauth-protected-resource"),
        ("https://api.example/", "https://api.example/.well-known/oauth-protected-resource"),
        ("https://api.example:8443/a/b", "https://api.example:8443/.well-known/oauth-protected-resource/a/b"),
        ("https://api.example/a?b=/c", "https://api.example/.well-known/oauth-protected-resource/a"),
        ("https://api.example?b=/c", "https://api.example/.well-known/oauth-protected-resource"),
    ])
    func `RFC 9728 §3.1 the well-known name stands between host and path`(identifier: String, url: String) {
        let metadata = ProtectedResourceMetadata(resource: identifier, authorizationServers: [], scopes: Scopes())
        #expect(ProtectedResource(metadata: metadata).metadataURL == url)
    }

    @Test func `whoever is refused need not send the body`() async throws {
        let router = Router(context: TestContext.self)
        router.add(middleware: BearerMiddleware(try issuer.verifier(host)))
        router.post { request, _ in String(buffer: try await request.body.collect(upTo: 100)) }
        let reads = Reads()
        let body = { RequestBody(asyncSequence: CountedBody(reads: reads)) }
        #expect(try await router.answer(method: .post, body: body()).status == 401)
        #expect(try await router.answer(method: .post, headers: bearer("opaque"), body: body()).status == 401)
        #expect(reads.count.withLock { $0 } == 0)
        #expect(try await router.answer(method: .post, headers: bearer(good), body: body()).body == "hello")
        #expect(reads.count.withLock { $0 } > 0)
    }

    @Test func `the log says why, and never the token`() async throws {
        let lines = Lines()
        let logger = Logger(label: "test") { _ in lines }
        let token = try issuer.token(audience: ["https://other.example"])
        _ = try await router().answer(headers: bearer(token), logger: logger)
        host.behave(.down)
        _ = try await router().answer(headers: bearer(good), logger: logger)
        let written = lines.text.withLock { $0 }
        #expect(written.contains("debug Bearer refused The token is meant for another API."))
        #expect(written.contains("error Bearer not checked There are no keys to check tokens with:"))
        for part in (token + "." + good).split(separator: ".") { #expect(!written.contains(part)) }
    }
}

private final class Reads: Sendable {
    let count = Mutex(0)
}

/// A body that counts how often it is read.
private struct CountedBody: AsyncSequence, Sendable {
    struct AsyncIterator: AsyncIteratorProtocol {
        let reads: Reads
        var isDone = false

        mutating func next() async throws -> ByteBuffer? {
            reads.count.withLock { $0 += 1 }
            defer { isDone = true }
            return isDone ? nil : ByteBuffer(string: "hello")
        }
    }

    let reads: Reads

    func makeAsyncIterator() -> AsyncIterator { AsyncIterator(reads: reads) }
}

/// Keeps what is logged.
private final class Lines: LogHandler {
    let text = Mutex("")
    var metadata: Logger.Metadata {
        get { [:] }
        set {}
    }
    var logLevel: Logger.Level {
        get { .trace }
        set {}
    }

    subscript(metadataKey _: String) -> Logger.Metadata.Value? {
        get { nil }
        set {}
    }

    func log(event: LogEvent) {
        let reason = event.metadata?["reason"].map { "\($0)" } ?? ""
        text.withLock { $0 += "\(event.level) \(event.message) \(reason)\n" }
    }
}
