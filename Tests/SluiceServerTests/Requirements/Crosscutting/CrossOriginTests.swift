import Foundation
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import SluiceAuthority
import SluiceOAuth
import Testing

@testable import SluiceServer

@Suite("Requirement S125 and D2: pages of other origins")
struct CrossOriginTests {
    private static let origin = ("Origin", "https://spa.example")

    @Test(arguments: [
        ("POST", "/token"), ("POST", "/token/revocation"), ("GET", "/jwks"),
        ("GET", "/.well-known/oauth-authorization-server"), ("GET", "/.well-known/openid-configuration"),
        ("GET", "/.well-known/oauth-protected-resource"),
    ])
    func `S125 a single-page app may call and read what it needs, without cookies`(method: String, path: String)
        async throws
    {
        let installation = try await Installation()
        let method = try #require(HTTPRequest.Method(method))
        let preflight = try await installation.send(
            .options, path,
            headers: [
                Self.origin, ("Access-Control-Request-Method", method.rawValue),
                ("Access-Control-Request-Headers", "content-type, authorization"),
            ])
        #expect(preflight.status == 204)
        #expect(preflight["Access-Control-Allow-Origin"] == "*")
        #expect(preflight["Access-Control-Allow-Methods"]?.contains(method.rawValue) == true)
        #expect(preflight["Access-Control-Allow-Headers"]?.lowercased().contains("content-type") == true)
        #expect(preflight["Access-Control-Allow-Credentials"] == nil)
        #expect(preflight.values("Set-Cookie").isEmpty)
        // Refusals can be read too, or nobody could tell why.
        let answer = try await installation.send(method, path, headers: [Self.origin])
        #expect(answer["Access-Control-Allow-Origin"] == "*")
        #expect(answer["Access-Control-Allow-Credentials"] == nil)
        #expect(answer.status == (method == .get ? 200 : 400))
    }

    @Test func `S125 the whole exchange can be read by a page of another origin`() async throws {
        let installation = try await Installation()
        let ada = try await Member(installation)
        let flow = CodeFlow(
            installation,
            try await installation.client(of: ada.account, .public, redirectURIs: ["https://spa.example/cb"]))
        let code = try await flow.code(in: ada.browser)
        let response = try await installation.post("/token", flow.exchangeFields(code), headers: [Self.origin])
        #expect(response.status == 200 && response["Access-Control-Allow-Origin"] == "*")
    }

    @Test func `S125 no page, the authorization endpoint first of all, says a word to other origins`() async throws {
        let installation = try await Installation()
        let ada = try await Member(installation)
        let flow = CodeFlow(installation, try await installation.client(of: ada.account))
        let open: Set = [
            "/token", "/token/revocation", "/jwks", "/.well-known/oauth-authorization-server",
            "/.well-known/openid-configuration", "/.well-known/oauth-protected-resource",
        ]
        var count = 0
        for route in try installation.routes() where !open.contains(route.template) {
            count += 1
            let path = route.template.replacing("{id}", with: ada.account.id.text).replacing("{client_id}", with: "x")
            for method in [route.method, .options] {
                let response = try await installation.send(
                    method, path,
                    headers: [
                        Self.origin, ("Access-Control-Request-Method", route.method.rawValue), ("Accept", "text/html"),
                        ("Cookie", "sluice_session=\(ada.browser.cookies["sluice_session"] ?? "")"),
                    ])
                #expect(
                    !response.headers.contains { $0.name.canonicalName.hasPrefix("access-control-") },
                    "\(method) \(path)")
            }
        }
        #expect(count > 30)
        let consent = try await ada.browser.open(flow.address(), headers: [Self.origin])
        #expect(consent.status == 200 && consent["Access-Control-Allow-Origin"] == nil)
    }

    @Test func `D2 an allow-list opens the API for access tokens, never for keys and never with cookies`() async throws {
        let installation = try await Installation()
        let ada = try await Member(installation)
        let tokens = try await CodeFlow(installation, try await installation.client(of: ada.account)).tokens(
            in: ada.browser)
        let key = try await ada.makeKey()
        let door = try WebServer.frontDoor(
            authority: installation.authority, posting: installation.posting, configuration: installation.configuration,
            metrics: Metrics(),
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
            apiCrossOrigin: APICrossOrigin(allowedOrigins: ["https://spa.example"]), now: { installation.clock.now })
        func ask(_ bearer: String?, from origin: String, _ method: HTTPRequest.Method = .post) async throws -> Response {
            var fields: HTTPFields = [.contentType: "application/json", .origin: origin]
            if let bearer { fields[.authorization] = "Bearer \(bearer)" }
            let head = HTTPRequest(
                method: method, scheme: "http", authority: "127.0.0.1:8080", path: "/", headerFields: fields)
            let body = RequestBody(buffer: ByteBuffer(string: #"{"query":"{ account { id } }"}"#))
            let context = SluiceContext(logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }, requestID: "")
            return try await door.respond(to: Request(head: head, body: body), context: context)
        }
        let good = try await ask(tokens.access, from: "https://spa.example")
        #expect(good.status == .ok && good.headers[.accessControlAllowOrigin] == "https://spa.example")
        #expect(good.headers[.vary]?.contains("Origin") == true)
        #expect(good.headers[.accessControlAllowCredentials] == nil)
        #expect(try await ask(key, from: "https://spa.example").headers[.accessControlAllowOrigin] == nil)
        #expect(try await ask(tokens.access, from: "https://evil.example").headers[.accessControlAllowOrigin] == nil)
        #expect(try await ask(tokens.access, from: "null").headers[.accessControlAllowOrigin] == nil)
        #expect(
            try await ask(nil, from: "https://spa.example", .options).headers[.accessControlAllowOrigin]
                == "https://spa.example")
        #expect(try await ask(nil, from: "https://evil.example", .options).headers[.accessControlAllowOrigin] == nil)
    }
}
