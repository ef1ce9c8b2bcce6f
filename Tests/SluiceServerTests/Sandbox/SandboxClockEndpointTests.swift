import Foundation
import SluiceAuthority
import SluiceOAuth
import Testing

@testable import SluiceServer

@Suite("/sandbox/clock")
struct SandboxClockEndpointTests {
    @Test func `it says what time it is, and how far ahead that is`() async throws {
        let scene = try await SandboxScene()
        let before = try await scene.look("/sandbox/clock").json
        #expect(before["now"] as? String == "2027-01-15T08:00:00.000Z")
        #expect(before["ahead_seconds"] as? Int == 0)
        let moved = try await scene.tell("/sandbox/clock", ["advance": "61m"])
        #expect(moved.status == 200)
        #expect(moved.json["now"] as? String == "2027-01-15T09:01:00.000Z")
        #expect(moved.json["ahead_seconds"] as? Int == 3_660)
        let set = try await scene.tell("/sandbox/clock", ["to": "2027-02-01T00:00:00Z"])
        #expect(set.json["now"] as? String == "2027-02-01T00:00:00.000Z")
        #expect(try await scene.tell("/sandbox/clock", ["advance": 90]).json["now"] as? String == "2027-02-01T00:01:30.000Z")
    }

    @Test func `an access token ends with its hour and a refresh token lives on`() async throws {
        let scene = try await SandboxScene()
        let tokens = try await scene.tokens()
        #expect(try await scene.installation.status(tokens.access) == 200)
        _ = try await scene.tell("/sandbox/clock", ["advance": "61m"])
        try await scene.installation.query(bearer: tokens.access).expectInvalidToken()
        let refreshed = try await scene.refresh(try #require(tokens.refresh))
        #expect(refreshed.status == 200)
        #expect(try await scene.installation.status(Tokens(refreshed).access) == 200)
    }

    @Test func `codes, refresh tokens, keys and whole grants end when their time has passed`() async throws {
        let scene = try await SandboxScene()
        let flow = CodeFlow(scene.installation, scene.web)
        let approved = try await scene.tell("/sandbox/approve", ["url": flow.address()])
        let code = try #require(approved.json["code"] as? String)
        let tokens = try await scene.tokens()
        let key = try await scene.installation.authority.keys.create(
            for: scene.ada.id, name: "short", scopes: nil, expiresAt: scene.sandbox.clock.now.addingTimeInterval(100),
            formID: nil, trace: .commandLine)
        #expect(try await scene.installation.status(key.key.text) == 200)
        _ = try await scene.tell("/sandbox/clock", ["advance": "60s"])
        #expect(try await flow.exchange(code).error == "invalid_grant")
        #expect(try await scene.installation.status(key.key.text) == 200)
        _ = try await scene.tell("/sandbox/clock", ["advance": "40s"])
        #expect(try await scene.installation.status(key.key.text) == 401)
        _ = try await scene.tell("/sandbox/clock", ["advance": "31d"])
        #expect(try await scene.refresh(try #require(tokens.refresh)).error == "invalid_grant")
        // The key without an end goes on.
        #expect(try await scene.installation.status(scene.key.key.text) == 200)
    }

    @Test func `after years the next request still finds a key that signs, and one that verifies what it signed`()
        async throws
    {
        let scene = try await SandboxScene()
        for span in ["89d", "1d", "2d", "365d", "3650d"] {
            #expect(try await scene.tell("/sandbox/clock", ["advance": span]).status == 200)
            let tokens = try await scene.tokens()
            #expect(try await scene.installation.status(tokens.access) == 200, "\(span)")
            let published = try await scene.look("/jwks").json["keys"] as? [[String: Any]]
            let kid = try #require(tokens.header["kid"] as? String)
            #expect(published?.contains { $0["kid"] as? String == kid } == true, "\(span)")
        }
        #expect(scene.installation.authority.signingKeys.records.count >= 2)
    }

    @Test func `a revocation from before the move still holds after it`() async throws {
        let scene = try await SandboxScene()
        let tokens = try await scene.tokens()
        let grants = try await scene.installation.grants()
        let id = try #require(grants.first { $0.id != scene.first }?.id)
        #expect(try await scene.tell("/sandbox/grants/\(id)/revoke").status == 200)
        _ = try await scene.tell("/sandbox/clock", ["advance": "10m"])
        #expect(try await scene.installation.status(tokens.access) == 401)
    }

    @Test func `the clock does not go back, and says why`() async throws {
        let scene = try await SandboxScene()
        _ = try await scene.tell("/sandbox/clock", ["advance": "1h"])
        let back = try await scene.tell("/sandbox/clock", ["to": "2027-01-15T08:59:59Z"])
        #expect(back.status == 400)
        #expect((back.json["error_description"] as? String)?.contains("2027-01-15T09:00:00.000Z") == true)
        #expect(try await scene.look("/sandbox/clock").json["ahead_seconds"] as? Int == 3_600)
    }

    @Test(arguments: [
        ("{}", "by one of"), (#"{"advance":"1h","to":"2028-01-01T00:00:00Z"}"#, "by one of"),
        (#"{"advance":"-1h"}"#, "advance"), (#"{"advance":-5}"#, "advance"), (#"{"advance":"soon"}"#, "advance"),
        (#"{"advance":1.5}"#, "advance"), (#"{"to":"tomorrow"}"#, "2027-01-31T12:00:00Z"), (#"{"to":5}"#, "to"),
        (#"{"advance":"9000w"}"#, "advance"), (#"{"to":"2200-01-01T00:00:00Z"}"#, "100 years"),
        (#"{"foward":"1h"}"#, "advance, to"),
    ])
    func `a move that is not right is told how it would be, and nothing moves`(body: String, words: String) async throws {
        let scene = try await SandboxScene()
        let answer = try await scene.tell("/sandbox/clock", text: body)
        #expect(answer.status == 400)
        #expect((answer.json["error_description"] as? String)?.contains(words) == true, "\(answer.body)")
        #expect(try await scene.look("/sandbox/clock").json["ahead_seconds"] as? Int == 0)
    }
}
