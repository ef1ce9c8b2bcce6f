import Foundation
import SluiceAuthority
import SluiceOAuth
import Testing

@testable import SluiceServer

@Suite("POST /sandbox/approve")
struct SandboxApprovalTests {
    private func approve(
        _ scene: SandboxScene, _ changes: [String: String?] = [:], client: Clients.Created? = nil, more: [String: Any] = [:]
    ) async throws -> TestResponse {
        let url = Installation.issuer + CodeFlow(scene.installation, client ?? scene.web).address(changes)
        return try await scene.tell("/sandbox/approve", ["url": url].merging(more) { $1 })
    }

    @Test func `it gives the code that the consent page would have given, and where to`() async throws {
        let scene = try await SandboxScene()
        for client in [scene.web, scene.mobile] {
            let answer = try await approve(scene, client: client)
            #expect(answer.status == 200)
            #expect(answer.json["state"] as? String == "xyz-state")
            #expect(answer.json["iss"] as? String == Installation.issuer)
            #expect(answer.json["error"] == nil)
            let code = try #require(answer.json["code"] as? String)
            let location = try #require(answer.json["redirect_to"] as? String)
            #expect(
                location == "https://app.example/cb?"
                    + Parameters.encode([("code", code), ("state", "xyz-state"), ("iss", Installation.issuer)]))
            let tokens = try await CodeFlow(scene.installation, client).exchange(code)
            #expect(tokens.status == 200)
            #expect(try await scene.installation.status(Tokens(tokens).access) == 200)
        }
    }

    @Test func `a bare query, a path and another name of this machine are understood`() async throws {
        let scene = try await SandboxScene()
        let address = CodeFlow(scene.installation, scene.web).address()
        for url in [
            String(address.dropFirst("/auth?".count)), String(address.dropFirst("/auth".count)), address,
            "http://localhost:8080" + address, Installation.issuer + address + "#fragment",
            // As somebody writes it by hand: nothing is escaped.
            address.dropFirst("/auth?".count).replacing("%3A", with: ":").replacing("%2F", with: "/"),
        ] {
            let answer = try await scene.tell("/sandbox/approve", ["url": url])
            #expect(answer.json["code"] is String, "\(url): \(answer.body)")
        }
    }

    @Test(arguments: [
        "https://auth.buffer.com/auth", "http://127.0.0.1:8081/auth", "http://127.0.0.1:8080/authorize",
        "http://127.0.0.1:8080/x/auth", "https://127.0.0.1:8080/auth", "http://127.0.0.1:8080.evil.example/auth",
    ])
    func `the URL of another server is refused: an app that still asks it would seem to work`(base: String) async throws {
        let scene = try await SandboxScene()
        let query = CodeFlow(scene.installation, scene.web).address().dropFirst("/auth".count)
        for url in [base + query, base] {
            let answer = try await scene.tell("/sandbox/approve", ["url": url])
            #expect(answer.status == 400, "\(url)")
            #expect((answer.json["error_description"] as? String)?.contains("\(Installation.issuer)/auth") == true)
        }
        #expect(try await scene.installation.grants().count == 1)
    }

    @Test func `deny brings access_denied back to the app, and makes no grant`() async throws {
        let scene = try await SandboxScene()
        let answer = try await approve(scene, more: ["decision": "deny"])
        #expect(answer.status == 200)
        #expect(answer.json["error"] as? String == "access_denied")
        #expect(answer.json["code"] == nil)
        #expect((answer.json["redirect_to"] as? String)?.contains("error=access_denied") == true)
        #expect(try await scene.installation.grants().count == 1)
        #expect(try await scene.installation.events(.grantDenied).count == 1)
    }

    @Test(
        arguments: [
            ("PKCE left out", ["code_challenge": nil, "code_challenge_method": nil], "invalid_request"),
            ("plain PKCE", ["code_challenge_method": "plain"], "invalid_request"),
            ("unknown scope", ["scope": "posts:read everything:all"], "invalid_scope"),
            ("no scope", ["scope": nil], "invalid_scope"),
            ("wrong response type", ["response_type": "token"], "unsupported_response_type"),
            ("nobody may be asked", ["prompt": "none", "scope": "ideas:write"], "consent_required"),
        ] as [(String, [String: String?], String)])
    func `what /auth tells the app by a redirect is a redirect here`(
        why: String, changes: [String: String?], code: String
    ) async throws {
        let scene = try await SandboxScene()
        let answer = try await approve(scene, changes)
        #expect(answer.status == 200, "\(why)")
        #expect(answer.json["error"] as? String == code, "\(why): \(answer.body)")
        #expect(answer.json["state"] as? String == "xyz-state")
        #expect(answer.json["code"] == nil)
        #expect((answer.json["redirect_to"] as? String)?.hasPrefix("https://app.example/cb?error=\(code)&") == true)
        #expect(try await scene.installation.grants().count == 1)
    }

    @Test(
        arguments: [
            ("unknown client", ["client_id": "0123456789abcdef01234567"], "invalid_client"),
            ("no client", ["client_id": nil], "invalid_client"),
            ("unregistered redirect URI", ["redirect_uri": "https://evil.example/cb"], "invalid_request"),
            ("near miss", ["redirect_uri": "https://app.example/cb/"], "invalid_request"),
        ] as [(String, [String: String?], String)])
    func `what /auth shows as a page is a 400 with the reason, and never an address to go to`(
        why: String, changes: [String: String?], code: String
    ) async throws {
        let scene = try await SandboxScene()
        let answer = try await approve(scene, changes)
        #expect(answer.status == 400, "\(why)")
        #expect(answer.error == code, "\(why)")
        #expect(answer.json["redirect_to"] == nil)
        #expect(answer.json["error_description"] is String)
    }

    @Test(arguments: ["login", "select_account", "login consent"])
    func `a request for a fresh sign-in or a choice is met`(prompt: String) async throws {
        let scene = try await SandboxScene()
        #expect(try await approve(scene, ["prompt": prompt]).json["code"] is String)
        #expect(try await approve(scene, ["prompt": prompt, "max_age": "0"]).json["code"] is String)
    }

    @Test func `auth_time is the moment of the approval by the sandbox's clock`() async throws {
        let scene = try await SandboxScene()
        _ = try await scene.tell("/sandbox/clock", ["advance": "7d"])
        let claims = try await scene.tokens().claims
        let now = Int(try scene.sandbox.clock.now.timeIntervalSince1970)
        #expect(claims["auth_time"] as? Int == now)
        #expect(claims["iat"] as? Int == now)
    }

    @Test func `an app that nobody needs to ask about is sent on, and nobody can deny that`() async throws {
        let scene = try await SandboxScene()
        let covered = ["scope": "account:read", "prompt": nil] as [String: String?]
        #expect(try await approve(scene, covered).json["code"] is String)
        let denied = try await approve(scene, covered, more: ["decision": "deny"])
        #expect(denied.status == 409)
        #expect((denied.json["error_description"] as? String)?.contains("prompt=consent") == true)
        let asked = try await approve(scene, ["scope": "account:read"], more: ["decision": "deny"])
        #expect(asked.json["error"] as? String == "access_denied")
    }

    @Test func `the account is the one named, else the one hinted at, else the first`() async throws {
        let scene = try await SandboxScene()
        let bob = try await scene.installation.account("bob@example.com", name: "Bob")
        func subject(_ changes: [String: String?] = [:], _ more: [String: Any] = [:]) async throws -> String? {
            let answer = try await approve(scene, changes, more: more)
            let code = try #require(answer.json["code"] as? String, "\(answer.body)")
            return Tokens(try await CodeFlow(scene.installation, scene.web).exchange(code)).claims["sub"] as? String
        }
        #expect(try await subject() == scene.ada.id.text)
        #expect(try await subject(["login_hint": "bob@example.com"]) == bob.id.text)
        #expect(try await subject(["login_hint": "nobody@example.com"]) == scene.ada.id.text)
        #expect(try await subject([:], ["account": "BOB@example.com"]) == bob.id.text)
        #expect(try await subject(["login_hint": "ada@example.com"], ["account": bob.id.text]) == bob.id.text)
        let unknown = try await approve(scene, more: ["account": "carol@example.com"])
        #expect(unknown.status == 400)
        #expect((unknown.json["error_description"] as? String)?.contains("ada@example.com") == true)
    }

    @Test func `nobody approves for an account that is disabled`() async throws {
        let scene = try await SandboxScene()
        let bob = try await scene.installation.account("bob@example.com", name: "Bob")
        #expect(try await approve(scene, more: ["account": "bob@example.com"]).status == 200)
        #expect(try await scene.installation.authority.accounts.disable(bob.id, trace: .commandLine))
        #expect(try await approve(scene, more: ["account": "bob@example.com"]).status == 409)
    }

    @Test func `no session is left behind`() async throws {
        let scene = try await SandboxScene()
        _ = try await approve(scene)
        _ = try await approve(scene, ["scope": "account:read", "prompt": nil], more: ["decision": "deny"])
        #expect(try await scene.installation.authority.sessions.list(of: scene.ada.id).isEmpty)
    }

    @Test(arguments: [
        ("{}", "url"), (#"{"url":7}"#, "url"), (#"{"url":"client_id=x","decision":"perhaps"}"#, "decision"),
        (#"{"url":"client_id=x","accont":"a"}"#, "It may hold: url, account, decision"), ("[]", "JSON object"),
        ("url=x", "JSON object"), (#"{"url":"a","url":"b"}"#, "JSON object"),
        (#"{"url":"client_id=%zz"}"#, "form-encoded"),
    ])
    func `a body that is not right is told how it would be`(body: String, words: String) async throws {
        let scene = try await SandboxScene()
        let answer = try await scene.tell("/sandbox/approve", text: body)
        #expect(answer.status == 400)
        #expect((answer.json["error_description"] as? String)?.contains(words) == true, "\(answer.body)")
    }
}
