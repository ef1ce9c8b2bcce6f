import Foundation
import SluiceOAuth
import Testing

@testable import SluiceAuthority

@Suite("Change feed")
struct ChangeFeedTests {
    @Test func `S14 a node that was away for longer than changes are kept forgets what it remembered`() async throws {
        let fixture = try await Fixture()
        let account = try await fixture.account()
        let key = try await fixture.authority.keys.create(
            for: account.id, name: "k", scopes: nil, expiresAt: nil, formID: nil, trace: fixture.trace)
        let client = try await fixture.client(of: account).client
        _ = try await fixture.authority.bearers.check(key.key.text)
        #expect(try await fixture.authority.clients.client(client.id) != nil)
        // Another process, while this one sleeps.
        let event = AuditEvent(.keyRevoked, at: fixture.clock.now, trace: fixture.trace)
        #expect(try await fixture.store.revoke(key.record.id, of: account.id, at: fixture.clock.now, audit: event))
        #expect(
            try await fixture.store.delete(client.id, owner: account.id, at: fixture.clock.now, audit: event))
        fixture.clock.advance(by: 3 * 3600)
        try await fixture.store.sweepChanges(before: fixture.clock.now)
        try await fixture.authority.catchUp()
        await #expect(throws: BearerRefusal.unknown) { try await fixture.authority.bearers.check(key.key.text) }
        #expect(try await fixture.authority.clients.client(client.id) == nil)
    }
}
