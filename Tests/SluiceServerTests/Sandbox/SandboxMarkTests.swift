import Foundation
import HTTPTypes
import SluiceAuthority
import SluiceOAuth
import Testing

@testable import SluiceServer

@Suite("A sandbox is marked, and nothing of it exists elsewhere")
struct SandboxMarkTests {
    private static let addresses: [(HTTPRequest.Method, String)] = [
        (.get, "/sandbox"), (.get, "/sandbox/"), (.post, "/sandbox/approve"), (.get, "/sandbox/clock"),
        (.post, "/sandbox/clock"), (.get, "/sandbox/grants"), (.post, "/sandbox/grants/first/expire"),
        (.post, "/sandbox/grants/first/revoke"), (.get, "/sandbox/faults"), (.post, "/sandbox/faults"),
        (.delete, "/sandbox/faults"), (.get, "/sandbox/calls"), (.delete, "/sandbox/calls"), (.get, "/sandbox/x"),
    ]

    @Test func `an ordinary server has no address below /sandbox, and answers as to any unknown path`() async throws {
        let installation = try await Installation()
        let account = try await installation.account()
        let key = try await installation.key(for: account).key.text
        for (method, path) in Self.addresses {
            func send(_ path: String, _ headers: [(String, String)]) async throws -> TestResponse {
                try await installation.send(
                    method, path, headers: headers + [("Content-Type", "application/json")], body: "{}")
            }
            for headers in [[], [("Accept", "text/html")], [("Authorization", "Bearer \(key)")]] {
                let answer = try await send(path, headers)
                let unknown = try await send("/no-such-path", headers)
                #expect(answer.status == unknown.status, "\(method) \(path)")
                #expect(answer.status == (headers.isEmpty ? 401 : 404), "\(method) \(path)")
                #expect(answer["Sluice-Sandbox"] == nil)
                if headers.first?.0 != "Accept" { #expect(answer.body == unknown.body) }
            }
        }
        #expect(!(try await installation.send(.get, "/metrics").body.contains("/sandbox")))
    }

    @Test func `every answer of a sandbox says that it is one`() async throws {
        let scene = try await SandboxScene()
        for (method, path, accept) in [
            (.get, "/", "text/html"), (.get, "/sign-in", "text/html"), (.post, "/token", "*/*"), (.post, "/", "*/*"),
            (.get, "/jwks", "*/*"), (.get, "/healthz", "*/*"), (.get, "/no-such-path", "*/*"), (.put, "/token", "*/*"),
            (.get, "/sandbox/clock", "*/*"), (.get, "/sandbox/nothing", "*/*"), (.head, "/sign-in", "text/html"),
        ] as [(HTTPRequest.Method, String, String)] {
            let answer = try await scene.installation.send(method, path, headers: [("Accept", accept)])
            #expect(answer.values("Sluice-Sandbox") == ["true"], "\(method) \(path)")
        }
    }

    @Test func `every page of a sandbox has the banner with its time, errors too, and no other page has`() async throws {
        let scene = try await SandboxScene()
        _ = try await scene.tell("/sandbox/clock", ["to": "2031-05-06T07:08:00Z"])
        let ordinary = try await Installation()
        for path in ["/", "/sign-in", "/sign-up", "/auth", "/no-such-page", "/auth?client_id=x"] {
            let page = try await scene.installation.send(.get, path, headers: [("Accept", "text/html")])
            #expect(page.body.contains("<strong>Sandbox.</strong>"), "\(path)")
            #expect(page.body.contains("6 May 2031, 07:08"), "\(path)")
            let other = try await ordinary.send(.get, path, headers: [("Accept", "text/html")])
            #expect(!other.body.contains("Sandbox"), "\(path)")
        }
    }

    @Test func `GET /sandbox/ tells programs what there is, and no secret of it`() async throws {
        let scene = try await SandboxScene()
        for path in ["/sandbox/", "/sandbox"] {
            let answer = try await scene.look(path)
            #expect(answer.status == 200)
            #expect(answer.json["sandbox"] as? Bool == true)
            #expect(answer.json["api_url"] as? String == Installation.issuer)
            #expect((answer.json["accounts"] as? [[String: Any]])?.first?["email"] as? String == "ada@example.com")
            let clients = answer.json["clients"] as? [[String: Any]]
            #expect(clients?.map { $0["type"] as? String } == ["confidential", "public"])
            #expect(clients?.first?["client_id"] as? String == scene.web.client.id.text)
            #expect((answer.json["grants"] as? [[String: Any]])?.first?["name"] as? String == "first")
            #expect((answer.json["addresses"] as? [String])?.count == SandboxRoutes.addresses.count)
            for secret in [scene.key.key.text, try #require(scene.web.secret?.text), "correct horse"] {
                #expect(!answer.body.contains(secret))
            }
        }
    }

    @Test func `GET /sandbox/ is a page for people`() async throws {
        let scene = try await SandboxScene()
        let page = try await scene.installation.send(.get, "/sandbox/", headers: [("Accept", "text/html")])
        #expect(page.status == 200)
        #expect(page["Content-Type"] == "text/html; charset=utf-8")
        for text in ["<title>Sandbox", "ada@example.com", scene.web.client.id.text, "POST /sandbox/approve", "first"] {
            #expect(page.body.contains(text), "\(text)")
        }
    }

    @Test func `a mistyped address says which there are, whatever the method`() async throws {
        let scene = try await SandboxScene()
        for (method, path) in [
            (.get, "/sandbox/clocks"), (.post, "/sandbox/grants/first"), (.delete, "/sandbox/grants/first/expires"),
            (.put, "/sandbox/a/b/c"),
        ] as [(HTTPRequest.Method, String)] {
            let answer = try await scene.installation.send(method, path)
            #expect(answer.status == 404, "\(path)")
            #expect((answer.json["error_description"] as? String)?.contains("POST /sandbox/approve") == true)
        }
        #expect(try await scene.installation.send(.put, "/sandbox/clock").status == 405)
    }

    @Test(arguments: ["/sandbox/approve", "/sandbox/clock", "/sandbox/faults", "/sandbox/grants/first/revoke"])
    func `a page of another origin cannot post to it: what needs no leave is refused, and leave is not given`(
        path: String
    ) async throws {
        let scene = try await SandboxScene()
        for type in ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"] {
            #expect(try await scene.tell(path, text: #"{"advance":"1h"}"#, contentType: type).status == 415)
        }
        #expect(try await scene.installation.send(.post, path, body: "{}").status == 415)
        let asked = try await scene.installation.send(
            .options, path,
            headers: [
                ("Origin", "https://evil.example"), ("Access-Control-Request-Method", "POST"),
                ("Access-Control-Request-Headers", "content-type"),
            ])
        #expect(asked["Access-Control-Allow-Origin"] == nil && asked["Access-Control-Allow-Headers"] == nil)
    }

    @Test func `a name that somebody pointed here, and a page's Origin, reach nothing below /sandbox`() async throws {
        let scene = try await SandboxScene()
        for host in ["evil.example", "evil.example:8080", "localhost.evil.example", "127.0.0.1.evil.example"] {
            for path in ["/sandbox", "/sandbox/clock", "/sandbox/nothing"] {
                let answer = try await scene.installation.send(.get, path, host: host)
                #expect(answer.status == 403, "\(host)\(path)")
                #expect(answer.error == "access_denied")
            }
        }
        for origin in ["https://evil.example", "null"] {
            let answer = try await scene.installation.send(
                .post, "/sandbox/clock", headers: [("Content-Type", "application/json"), ("Origin", origin)],
                body: #"{"advance":"1h"}"#)
            #expect(answer.status == 403)
        }
        for host in ["localhost:8080", "app.localhost", "127.0.0.1", "[::1]:8080", "192.0.2.1"] {
            let answer = try await scene.installation.send(.get, "/sandbox/clock", host: host)
            #expect(answer.status == 200, "\(host)")
            #expect(answer.json["ahead_seconds"] as? Int == 0)
        }
    }
}
