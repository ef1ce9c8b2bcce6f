import Foundation
import SluiceAuthority
import Testing

@testable import SluiceServer

@Suite("/sandbox/grants")
struct SandboxGrantTests {
    private func grants(_ scene: SandboxScene) async throws -> [[String: Any]] {
        try #require(try await scene.look("/sandbox/grants").json["grants"] as? [[String: Any]])
    }

    @Test func `it lists every grant, the fixture's by name`() async throws {
        let scene = try await SandboxScene()
        _ = try await scene.tokens(scene.mobile)
        let listed = try await grants(scene)
        #expect(listed.count == 2)
        let first = try #require(listed.first { $0["name"] as? String == "first" })
        #expect(first["id"] as? String == scene.first.text)
        #expect(first["client_id"] as? String == scene.web.client.id.text)
        #expect(first["account_id"] as? String == scene.ada.id.text)
        #expect(first["state"] as? String == "active")
        #expect(first["scopes"] as? [String] == ["account:read", "offline_access"])
        let other = try #require(listed.first { $0["name"] is NSNull })
        #expect(other["client_id"] as? String == scene.mobile.client.id.text)
    }

    @Test(arguments: ["expire", "revoke"])
    func `an ended grant refuses its refresh token and its access token at once`(step: String) async throws {
        let scene = try await SandboxScene()
        let tokens = try await scene.tokens()
        let kept = try await scene.tokens()
        let id = try #require(tokens.claims["grant_id"] as? String)
        #expect(try await scene.installation.status(tokens.access) == 200)
        let ended = try await scene.tell("/sandbox/grants/\(id)/\(step)")
        #expect(ended.status == 200)
        #expect(ended.json["state"] as? String == (step == "expire" ? "expired" : "revoked"))
        #expect(ended.json["revocation"] as? String == (step == "expire" ? nil : "by_operator"))
        try await scene.installation.query(bearer: tokens.access).expectInvalidToken()
        try await scene.refresh(try #require(tokens.refresh)).expectInvalidGrant()
        // Another grant of the same app and person goes on.
        #expect(try await scene.installation.status(kept.access) == 200)
        #expect(try await scene.refresh(try #require(kept.refresh)).status == 200)
        let again = try await scene.tell("/sandbox/grants/\(id)/\(step)")
        #expect(again.status == 409)
    }

    @Test func `a grant is named by its name too`() async throws {
        let scene = try await SandboxScene()
        let ended = try await scene.tell("/sandbox/grants/first/expire")
        #expect(ended.json["id"] as? String == scene.first.text)
        #expect(ended.json["name"] as? String == "first")
    }

    @Test func `an expired grant is no longer what spares the question`() async throws {
        let scene = try await SandboxScene()
        let address = CodeFlow(scene.installation, scene.web).address(["scope": "account:read", "prompt": "none"])
        #expect(try await scene.tell("/sandbox/approve", ["url": address]).json["code"] is String)
        for grant in try await grants(scene) {
            _ = try await scene.tell("/sandbox/grants/\(try #require(grant["id"] as? String))/expire")
        }
        let after = try await scene.tell("/sandbox/approve", ["url": address])
        #expect(after.json["error"] as? String == "consent_required")
    }

    @Test func `an unknown grant is a 404 that says which there are`() async throws {
        let scene = try await SandboxScene()
        for name in ["second", "0123456789abcdef01234567", "%zz"] {
            for step in ["expire", "revoke"] {
                let answer = try await scene.tell("/sandbox/grants/\(name)/\(step)")
                #expect(answer.status == 404)
                #expect((answer.json["error_description"] as? String)?.contains("first") == true)
            }
        }
    }

    @Test func `a body with something in it is a mistake, and none at all is no JSON`() async throws {
        let scene = try await SandboxScene()
        #expect(try await scene.tell("/sandbox/grants/first/expire", ["at": "noon"]).status == 400)
        #expect(try await scene.tell("/sandbox/grants/first/expire", text: "").status == 400)
        #expect(try await scene.tell("/sandbox/grants/first/expire", text: "{}", contentType: "text/plain").status == 415)
        #expect(try await grants(scene).first?["state"] as? String == "active")
    }
}
