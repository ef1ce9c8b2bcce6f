import Foundation
import HTTPTypes
import SluiceAuthority
import SluiceOAuth
import Testing

@testable import SluiceServer

@Suite("/sandbox/calls")
struct SandboxCallTests {
    @Test func `a call to the token endpoint names client, grant type and grant`() async throws {
        let scene = try await SandboxScene()
        let tokens = try await scene.tokens()
        _ = try await scene.refresh(try #require(tokens.refresh))
        let calls = try await scene.calls("/token")
        #expect(calls.map { $0["grant_type"] as? String } == ["authorization_code", "refresh_token"])
        for call in calls {
            #expect(call["method"] as? String == "POST")
            #expect(call["path"] as? String == "/token")
            #expect(call["status"] as? Int == 200)
            #expect(call["client_id"] as? String == scene.web.client.id.text)
            #expect(call["grant_id"] as? String == tokens.claims["grant_id"] as? String)
            #expect(call["key_id"] is NSNull)
            #expect(call["fault"] is NSNull)
            #expect(call["duration_ms"] is Int)
            #expect(call["at"] as? String == "2027-01-15T08:00:00.000Z")
        }
    }

    @Test func `a client that proves itself by the header is named too, and a revocation names its grant`() async throws {
        let scene = try await SandboxScene()
        let tokens = try await scene.tokens()
        let secret = try #require(scene.web.secret)
        let basic = Data("\(scene.web.client.id.text):\(secret.text)".utf8).base64EncodedString()
        let token = try #require(tokens.refresh)
        _ = try await scene.installation.post(
            "/token/revocation", [("token", token)], headers: [("Authorization", "Basic \(basic)")])
        let call = try #require(try await scene.calls("/token/revocation").first)
        #expect(call["client_id"] as? String == scene.web.client.id.text)
        #expect(call["grant_id"] as? String == tokens.claims["grant_id"] as? String)
    }

    @Test func `an operation's name is cut to a hundred characters`() async throws {
        let scene = try await SandboxScene()
        let name = String(repeating: "n", count: 150)
        _ = try await scene.installation.graphQL("query \(name) { account { id } }", bearer: scene.key.key.text)
        let call = try #require(try await scene.calls("/").first)
        #expect(call["operation_name"] as? String == String(name.prefix(100)))
    }

    @Test func `a call to the API names the key or the grant, and the operation`() async throws {
        let scene = try await SandboxScene()
        let tokens = try await scene.tokens()
        let document = "query Who { account { id } } query Where { account { timezone } }"
        _ = try await scene.installation.graphQL(document, operationName: "Who", bearer: scene.key.key.text)
        _ = try await scene.installation.graphQL("{ account { id } }", bearer: tokens.access, path: "/graphql")
        _ = try await scene.installation.graphQL("{ nonsense }", bearer: scene.key.key.text)
        _ = try await scene.installation.graphQL("{ account { id } }", bearer: "buf_wrong")
        let calls = try await scene.calls("/")
        #expect(calls.map { $0["path"] as? String } == ["/", "/graphql", "/", "/"])
        #expect(calls.map { $0["status"] as? Int } == [200, 200, 400, 401])
        #expect(calls.map { $0["operation"] as? String } == ["query", "query", nil, "query"])
        #expect(calls.map { $0["operation_name"] as? String } == ["Who", nil, nil, nil])
        let key = scene.key.record.id.text
        #expect(calls.map { $0["key_id"] as? String } == [key, nil, key, nil])
        #expect(calls[1]["grant_id"] as? String == tokens.claims["grant_id"] as? String)
        #expect(calls[1]["client_id"] as? String == scene.web.client.id.text)
    }

    @Test func `looking at a request leaves no trace of a use`() async throws {
        let scene = try await SandboxScene()
        let before = try await scene.installation.authority.keys.key(scene.key.record.id, of: scene.ada.id)
        // Refused before the bearer is checked for good, so only the look could have noted a use.
        _ = try await scene.tell("/sandbox/faults", ["path": "/", "fault": ["status": 500]])
        _ = try await scene.installation.query(bearer: scene.key.key.text)
        _ = try await scene.tell("/sandbox/clock", ["advance": "1m"])
        let after = try await scene.installation.authority.keys.key(scene.key.record.id, of: scene.ada.id)
        #expect(before?.lastUsedAt == nil && after?.lastUsedAt == nil)
    }

    @Test func `paths that do not exist are listed without their names, probes and the sandbox's own not at all`() async throws {
        let scene = try await SandboxScene()
        _ = try await scene.look("/healthz")
        _ = try await scene.look("/sandbox/grants")
        _ = try await scene.look("/assets/style.css")
        _ = try await scene.installation.send(.get, "/no/such/secret", headers: [("Accept", "text/html")])
        let calls = try await scene.calls()
        #expect(calls.count == 1)
        #expect(calls.first?["path"] is NSNull)
        #expect(calls.first?["status"] as? Int == 404)
    }

    @Test func `since leaves out what was seen before, and the list can be cleared`() async throws {
        let scene = try await SandboxScene()
        for _ in 0..<3 { _ = try await scene.look("/jwks") }
        let all = try await scene.look("/sandbox/calls").json
        #expect(all["last"] as? Int == 3)
        #expect(all["forgotten"] as? Int == 0)
        _ = try await scene.look("/jwks")
        let rest = try await scene.look("/sandbox/calls?since=3").json["calls"] as? [[String: Any]]
        #expect(rest?.map { $0["number"] as? Int } == [4])
        #expect(try await scene.installation.send(.delete, "/sandbox/calls").json["cleared"] as? Int == 4)
        #expect(try await scene.calls().isEmpty)
    }

    @Test(arguments: ["since=-1", "since=x", "path=/nothing", "paths=/token", "since=1&since=2"])
    func `a query that is not right is refused`(query: String) async throws {
        let scene = try await SandboxScene()
        #expect(try await scene.look("/sandbox/calls?\(query)").status == 400)
    }

    @Test func `no secret is in the list, whatever clients put where`() async throws {
        let scene = try await SandboxScene()
        let secret = "s3cret-of-the-client"
        let flow = CodeFlow(scene.installation, scene.web)
        let tokens = try await scene.tokens()
        let refresh = try #require(tokens.refresh)
        _ = try await scene.refresh(refresh)
        _ = try await scene.look(flow.address(["state": secret]))
        _ = try await scene.look("/\(secret)?code=\(secret)")
        for field in ["client_id", "client_secret", "grant_type", "code", "refresh_token", "code_verifier", "scope"] {
            _ = try await scene.installation.post("/token", [("grant_type", "refresh_token"), (field, secret)])
            _ = try await scene.installation.post("/token", [(field, secret)])
        }
        let key = scene.key.key.text
        _ = try await scene.installation.graphQL(
            "query Named($x: String) { account { id } }", variables: ["x": secret], operationName: secret, bearer: key)
        _ = try await scene.installation.graphQL("{ account(\(secret)) }", bearer: secret)
        _ = try await scene.installation.send(
            .init(secret)!, "/token", headers: [("X-Secret", secret), ("User-Agent", secret)])
        let list = try await scene.look("/sandbox/calls").body
        #expect(list.contains("refresh_token"))
        for hidden in [
            secret, refresh, tokens.access, key, try #require(scene.web.secret?.text), flow.verifier, "xyz-state",
        ] {
            #expect(!list.contains(hidden))
        }
    }
}
