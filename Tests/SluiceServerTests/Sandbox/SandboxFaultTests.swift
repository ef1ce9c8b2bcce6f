import Foundation
import HTTPTypes
import SluiceAuthority
import SluiceOAuth
import Testing

@testable import SluiceServer

@Suite("/sandbox/faults")
struct SandboxFaultTests {
    private func refresh(_ scene: SandboxScene, _ token: String) async throws -> TestResponse {
        try await scene.refresh(token)
    }

    @Test func `the next answers of the token endpoint are the error that was asked for, and nothing is spent`() async throws {
        let scene = try await SandboxScene()
        let token = try #require(try await scene.tokens().refresh)
        let made = try await scene.tell(
            "/sandbox/faults",
            ["path": "/token", "grant_type": "refresh_token", "times": 2, "fault": ["oauth_error": "invalid_grant"]])
        #expect(made.status == 201)
        for _ in 0..<2 {
            let refused = try await refresh(scene, token)
            refused.expectInvalidGrant()
            #expect(refused.json["error_description"] as? String == "The sandbox was told to answer this.")
        }
        let refreshed = try await refresh(scene, token)
        #expect(refreshed.status == 200)
        #expect(try await scene.look("/sandbox/faults").json["faults"] as? [[String: String]] == [])
    }

    @Test func `a fault for refreshes lets code exchanges pass`() async throws {
        let scene = try await SandboxScene()
        _ = try await scene.tell(
            "/sandbox/faults", ["path": "/token", "grant_type": "refresh_token", "fault": ["status": 503]])
        let tokens = try await scene.tokens()
        #expect(try await refresh(scene, try #require(tokens.refresh)).status == 503)
    }

    @Test(arguments: [
        (400, "invalid_request"), (401, "invalid_client"), (403, "access_denied"), (404, "invalid_request"),
        (429, "temporarily_unavailable"), (500, "server_error"), (502, "server_error"), (503, "temporarily_unavailable"),
    ])
    func `a status at the token endpoint has a body as OAuth clients read it`(status: Int, code: String) async throws {
        let scene = try await SandboxScene()
        let fault: [String: Any] = ["status": status, "retry_after": 7]
        _ = try await scene.tell("/sandbox/faults", ["path": "/token", "fault": fault])
        let answer = try await refresh(scene, "v1.x")
        #expect(answer.status == status)
        #expect(answer.error == code)
        #expect(answer.json["error_description"] is String)
        #expect(answer["Retry-After"] == "7")
        #expect((answer["WWW-Authenticate"] != nil) == (status == 401))
        #expect(answer["Cache-Control"] == "no-store")
    }

    @Test(arguments: [nil, "15m", "24h", "30d"] as [String?])
    func `429 at the API is the answer to a request that is one too many, to the byte`(window: String?) async throws {
        let scene = try await SandboxScene()
        var fault: [String: Any] = ["status": 429]
        fault["window"] = window
        if window != nil { fault["retry_after"] = "2m" }
        #expect(try await scene.tell("/sandbox/faults", ["path": "/", "fault": fault]).status == 201)
        let answer = try await scene.installation.query(bearer: scene.key.key.text)
        #expect(answer.status == 429)
        #expect(answer["Retry-After"] == (window == nil ? "1" : "120"))
        #expect(
            answer.body
                == #"{"errors":[{"message":"Too many requests from this client. Please try again later.","extensions":{"code":"RATE_LIMIT_EXCEEDED","window":"\#(window ?? "15m")","limitType":"CLIENT_ACCOUNT","retryAfter":\#(window == nil ? 1 : 120)}}]}"#
        )
        #expect(try await scene.installation.query(bearer: scene.key.key.text).status == 200)
    }

    @Test(arguments: [(401, "UNAUTHENTICATED"), (403, "FORBIDDEN"), (500, "UNEXPECTED"), (503, "UNAVAILABLE")])
    func `other statuses at the API have its own codes`(status: Int, code: String) async throws {
        let scene = try await SandboxScene()
        _ = try await scene.tell("/sandbox/faults", ["path": "/graphql", "fault": ["status": status]])
        // One API: what waits at one of its paths meets a request to the other.
        let answer = try await scene.installation.query(bearer: scene.key.key.text)
        #expect(answer.status == status)
        #expect(answer.graphQLCode == code)
        #expect((answer["WWW-Authenticate"]?.contains("invalid_token") ?? false) == (status == 401))
    }

    @Test func `a status at a page is a page, and by * all paths but the sandbox's and the probes'`() async throws {
        let scene = try await SandboxScene()
        _ = try await scene.tell("/sandbox/faults", ["path": "*", "times": 3, "fault": ["status": 500]])
        let page = try await scene.installation.send(.get, "/sign-in", headers: [("Accept", "text/html")])
        #expect(page.status == 500)
        #expect(page["Content-Type"] == "text/html; charset=utf-8")
        #expect(try await scene.look("/healthz").status == 200)
        #expect(try await scene.look("/sandbox/clock").status == 200)
        #expect(try await scene.look("/jwks").status == 500)
        #expect(try await scene.installation.query(bearer: scene.key.key.text).status == 500)
        #expect(try await scene.installation.query(bearer: scene.key.key.text).status == 200)
    }

    @Test func `a method that was named is the only one that meets the fault`() async throws {
        let scene = try await SandboxScene()
        _ = try await scene.tell("/sandbox/faults", ["path": "/auth", "method": "POST", "fault": ["status": 500]])
        #expect(try await scene.look("/auth").status == 400)
        #expect(try await scene.installation.post("/auth", []).status == 500)
    }

    @Test func `what waits is listed, and cleared`() async throws {
        let scene = try await SandboxScene()
        let fault: [String: Any] = ["status": 429, "retry_after": 3, "delay": "2s"]
        _ = try await scene.tell("/sandbox/faults", ["path": "/graphql", "times": 4, "fault": fault])
        _ = try await scene.tell("/sandbox/faults", ["path": "/token", "fault": ["drop": "after"]])
        let listed = try await scene.look("/sandbox/faults")
        #expect(
            listed.body
                == #"{"faults":[{"number":1,"path":"/","method":null,"grant_type":null,"times":4,"fault":{"status":429,"retry_after":3,"window":"15m","delay":2}},{"number":2,"path":"/token","method":null,"grant_type":null,"times":1,"fault":{"drop":"after"}}]}"#
        )
        #expect(try await scene.installation.send(.delete, "/sandbox/faults").json["cleared"] as? Int == 2)
        #expect(try await scene.look("/sandbox/faults").body == #"{"faults":[]}"#)
        #expect(try await scene.installation.query(bearer: scene.key.key.text).status == 200)
    }

    @Test(arguments: [
        (#"{"fault":{"status":500}}"#, "path is missing"), (#"{"path":"/tokens","fault":{"status":500}}"#, "/token,"),
        (#"{"path":"/sandbox/clock","fault":{"status":500}}"#, "none of this server"),
        (#"{"path":"/token"}"#, "fault is missing"), (#"{"path":"/token","fault":{}}"#, "needs status"),
        (#"{"path":"/token","fault":"500"}"#, "fault must be an object"),
        (#"{"path":"/token","fault":{"status":200}}"#, "fault.status must be a whole number from 400 to 599"),
        (#"{"path":"/token","fault":{"status":500,"drop":"after"}}"#, "one of status, oauth_error and drop"),
        (#"{"path":"/token","fault":{"drop":"later"}}"#, "before, after"),
        (#"{"path":"/token","fault":{"oauth_error":"no_such"}}"#, "invalid_grant"),
        (#"{"path":"/","fault":{"oauth_error":"invalid_grant"}}"#, "belongs to the paths /token"),
        (#"{"path":"/","grant_type":"refresh_token","fault":{"status":500}}"#, "belongs to the path /token"),
        (#"{"path":"/token","grant_type":"password","fault":{"status":500}}"#, "authorization_code, refresh_token"),
        (#"{"path":"/token","times":0,"fault":{"status":500}}"#, "1 to 1000"),
        (#"{"path":"/token","times":1001,"fault":{"status":500}}"#, "1 to 1000"),
        (#"{"path":"/token","fault":{"delay":"2m"}}"#, "0 to 60 seconds"),
        (#"{"path":"/token","fault":{"oauth_error":"invalid_grant","retry_after":5}}"#, "belongs to a status"),
        (#"{"path":"/token","fault":{"status":429,"window":"15m"}}"#, "belongs to the status 429 at the path /"),
        (#"{"path":"/","fault":{"status":429,"window":"1h"}}"#, "15m, 24h, 30d"),
        (#"{"path":"/token","fault":{"status":500,"retryAfter":1}}"#, "in fault. It may hold: status"),
        (#"{"path":"/token","fault":{"status":500},"when":"now"}"#, "It may hold: path"),
    ])
    func `a fault that is not right is told how it would be, and none waits`(body: String, words: String) async throws {
        let scene = try await SandboxScene()
        let answer = try await scene.tell("/sandbox/faults", text: body)
        #expect(answer.status == 400)
        #expect((answer.json["error_description"] as? String)?.contains(words) == true, "\(answer.body)")
        #expect(try scene.sandbox.faults.rules.isEmpty)
    }

    @Test func `the hundred and first fault is refused with what to do`() async throws {
        let scene = try await SandboxScene()
        for _ in 0..<100 {
            _ = try scene.sandbox.faults.add(Fault(effect: .dropBefore), at: .path("/token"), times: 1)
        }
        let answer = try await scene.tell("/sandbox/faults", ["path": "/token", "fault": ["status": 500]])
        #expect(answer.status == 409)
        #expect((answer.json["error_description"] as? String)?.contains("DELETE /sandbox/faults") == true)
    }
}

@Suite("Dropped and delayed answers, over a real socket")
struct SandboxConnectionTests {
    private func form(_ scene: SandboxScene, _ token: String) -> String {
        SluiceOAuth.Parameters.encode(
            CodeFlow(scene.installation, scene.web).credentials + [
                ("grant_type", "refresh_token"), ("refresh_token", token),
            ])
    }

    private func request(_ body: String) -> String {
        "POST /token HTTP/1.1\r\nHost: 127.0.0.1:8080\r\nContent-Type: application/x-www-form-urlencoded\r\n"
            + "Content-Length: \(body.utf8.count)\r\n\r\n\(body)"
    }

    private func send(_ request: String, _ port: Int) async throws -> String {
        let connection = try RawConnection(port: port)
        try await connection.send(request)
        return try await connection.readToEnd()
    }

    @Test func `drop before ends the connection and nothing has happened`() async throws {
        let scene = try await SandboxScene()
        let token = try #require(try await scene.tokens().refresh)
        _ = try await scene.tell("/sandbox/faults", ["path": "/token", "fault": ["drop": "before"]])
        let answer = try await scene.installation.serve { try await send(request(form(scene, token)), $0) }
        #expect(answer.isEmpty)
        #expect(try await scene.refresh(token).status == 200)
        let call = try #require(try await scene.calls("/token").first { $0["fault"] is String })
        #expect(call["fault"] as? String == "drop before")
        #expect(call["status"] is NSNull)
    }

    @Test func `drop after ends the connection, but the rotation is kept: without leeway the old token is reuse`() async throws {
        let scene = try await SandboxScene()
        let token = try #require(try await scene.tokens().refresh)
        _ = try await scene.tell("/sandbox/faults", ["path": "/token", "fault": ["drop": "after"]])
        let answer = try await scene.installation.serve { try await send(request(form(scene, token)), $0) }
        #expect(answer.isEmpty)
        #expect(try await scene.installation.grants().map(\.generation).contains(2))
        try await scene.refresh(token).expectInvalidGrant()
        #expect(try await scene.installation.events(.refreshReused).count == 1)
        let call = try #require(try await scene.calls("/token").first { $0["fault"] is String })
        #expect(call["fault"] as? String == "drop after")
        #expect(call["status"] as? Int == 200)
    }

    @Test func `with leeway a client that lost the answer gets the same successor again`() async throws {
        let scene = try await SandboxScene { $0.reuseLeeway = .seconds(30) }
        let token = try #require(try await scene.tokens().refresh)
        _ = try await scene.tell("/sandbox/faults", ["path": "/token", "fault": ["drop": "after"]])
        let answer = try await scene.installation.serve { try await send(request(form(scene, token)), $0) }
        #expect(answer.isEmpty)
        let again = try await scene.refresh(token)
        #expect(again.status == 200)
        #expect(try await scene.refresh(try #require(Tokens(again).refresh)).status == 200)
    }

    @Test func `a delay keeps the answer back by the machine's clock and changes nothing in it`() async throws {
        let scene = try await SandboxScene()
        _ = try await scene.tell("/sandbox/faults", ["path": "/jwks", "fault": ["delay": 1]])
        let start = ContinuousClock.now
        #expect(try await scene.look("/jwks").status == 200)
        #expect(ContinuousClock.now - start >= .seconds(1))
        #expect(try await scene.calls("/jwks").first?["fault"] as? String == "delay")
    }
}
