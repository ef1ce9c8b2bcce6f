import Foundation
import HTTPTypes
import SluiceAuthority
import SluiceOAuth
import Testing

@testable import SluiceServer

/// S66: what ends between approval and exchange.
@Suite("S66: cut off between the steps")
struct CutOffBetweenStepsTests {
    private func prepared(_ kind: Client.Kind = .confidential) async throws -> (scene: OAuthScene, code: String) {
        let scene = try await OAuthScene(kind)
        return (scene, try await scene.flow.code(in: scene.browser))
    }

    private func expectNothingIssued(_ scene: OAuthScene, sourceLocation: SourceLocation = #_sourceLocation)
        async throws
    {
        #expect(
            try await scene.grants.allSatisfy { $0.activatedAt == nil && $0.generation == 0 },
            sourceLocation: sourceLocation)
        #expect(try await !scene.events.contains(.grantActivated), sourceLocation: sourceLocation)
    }

    @Test func `S66 S96 the account was disabled: invalid_grant, and enabling it brings nothing back`() async throws {
        let (scene, code) = try await prepared()
        let accounts = scene.installation.authority.accounts
        #expect(try await accounts.disable(scene.account.id, trace: .commandLine))
        expectRefusal(try await scene.flow.exchange(code), "invalid_grant")
        #expect(try await accounts.enable(scene.account.id, trace: .commandLine))
        expectRefusal(try await scene.flow.exchange(code), "invalid_grant")
        #expect(try await scene.onlyGrant.revocation == .accountDisabled)
        try await expectNothingIssued(scene)
    }

    @Test func `S66 S131 the account was closed: invalid_grant`() async throws {
        let (scene, code) = try await prepared()
        try await scene.browser.open("/settings/close")
        try await scene.browser.submit("/settings/close", [("password", "correct horse battery")])
        expectRefusal(try await scene.flow.exchange(code), "invalid_grant")
        #expect(try await scene.onlyGrant.revocation == .accountClosed)
        try await expectNothingIssued(scene)
    }

    @Test(arguments: Client.Kind.allCases)
    func `S66 S95 the client was deleted: invalid_client`(kind: Client.Kind) async throws {
        let (scene, code) = try await prepared(kind)
        try await scene.installation.authority.clients.delete(
            scene.client.id, owner: scene.developer.id, trace: .commandLine)
        expectRefusal(try await scene.flow.exchange(code), "invalid_client", status: 401)
        try await expectNothingIssued(scene)
    }

    @Test func `S66 the client's owner was disabled: invalid_client`() async throws {
        let (scene, code) = try await prepared()
        #expect(try await scene.installation.authority.accounts.disable(scene.developer.id, trace: .commandLine))
        expectRefusal(try await scene.flow.exchange(code), "invalid_client", status: 401)
        try await expectNothingIssued(scene)
    }

    @Test func `S66 S100 the app was revoked in Settings, where only pending approvals were: invalid_grant`()
        async throws
    {
        let (scene, code) = try await prepared()
        let tokens = try await scene.flow.tokens(in: scene.browser)
        let path = "/settings/api/apps/\(scene.client.id)"
        try await scene.browser.open(path)
        try await scene.browser.submit(path + "/revoke")
        expectRefusal(try await scene.flow.exchange(code), "invalid_grant")
        #expect(try await scene.installation.query(bearer: tokens.access).status == 401)
        #expect(try await scene.grants.allSatisfy { $0.revocation == .byUser })
    }

    @Test func `S66 the operator revoked the grant: invalid_grant`() async throws {
        let (scene, code) = try await prepared()
        #expect(try await scene.installation.authority.grants.revoke(try await scene.onlyGrant.id, trace: .commandLine))
        expectRefusal(try await scene.flow.exchange(code), "invalid_grant")
        try await expectNothingIssued(scene)
    }

    @Test func `S66 a redirect URI that the client gave up meanwhile does not stop an exchange that repeats it`()
        async throws
    {
        let (scene, code) = try await prepared()
        try await scene.installation.authority.clients.update(
            scene.client.id, of: scene.developer.id,
            .init(name: "Example App", redirectURIs: ["https://new.example/cb"]),
            trace: .commandLine)
        expectRefusal(try await scene.flow.exchange(code, ["redirect_uri": "https://new.example/cb"]), "invalid_grant")
        #expect(
            try await scene.flow.exchange(code).status == 200,
            "the code went there before, and its verifier proves the rest")
    }

    @Test func `S66 signing out does not take an approval back`() async throws {
        let (scene, code) = try await prepared()
        try await scene.browser.open("/settings/api")
        try await scene.browser.submit("/sign-out")
        #expect(try await scene.flow.exchange(code).status == 200)
    }
}
