import Foundation
import SluiceOAuth
import Testing

@testable import SluiceAuthority

@Suite("What the authority holds of secrets")
struct SecretHolderTests {
    @Test func `S12 keys, cookies, passwords and invitations are in no dump`() async throws {
        let fixture = try await Fixture { $0.invitation = "come in, the water is fine" }
        let account = try await fixture.account()
        let key = try await fixture.authority.keys.create(
            for: account.id, name: "k", scopes: nil, expiresAt: nil, formID: nil, trace: fixture.trace)
        let client = try await fixture.client(of: account, .confidential)
        let opened = try await fixture.authority.sessions.open(account, replacing: nil, trace: fixture.trace)
        let proofs = fixture.authority.proofs
        let ticket = try proofs.open(
            proofs.ticket(for: fixture.request(of: client.client, state: "client-state"), session: opened.session),
            session: opened.session)
        let values: [any Sendable] = [
            key, client, opened, ticket, proofs.vault, fixture.authority.configuration,
            try NewPassword("correct horse battery", email: account.email),
            try #require(MasterKey(bytes: Array(repeating: 7, count: 32))),
        ]
        let secrets = [
            key.key.text, try #require(client.secret).text, opened.secret, opened.device, ticket.decision, "client-state",
            "correct horse battery", "come in",
        ]
        for value in values {
            var dumped = ""
            dump(value, to: &dumped)
            for shown in ["\(value)", String(reflecting: value), "\([value])", dumped] {
                for secret in secrets { #expect(!shown.contains(secret), "\(type(of: value))") }
            }
            #expect(Mirror(reflecting: value).children.isEmpty, "\(type(of: value))")
        }
    }
}
