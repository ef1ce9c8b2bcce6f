import Foundation
import SluiceOAuth
import Testing

@testable import SluiceAuthority

@Suite("Bearers")
struct BearersTests {
    @Test func `S6 when a key was last used is written down by housekeeping, not by requests`() async throws {
        let fixture = try await Fixture()
        let account = try await fixture.account()
        let key = try await fixture.authority.keys.create(
            for: account.id, name: "k", scopes: nil, expiresAt: nil, formID: nil, trace: fixture.trace)
        _ = try await fixture.authority.bearers.check(key.key.text)
        fixture.clock.advance(by: 3)
        _ = try await fixture.authority.bearers.check(key.key.text)
        #expect(try await fixture.authority.keys.key(key.record.id, of: account.id)?.lastUsedAt == nil)
        await fixture.authority.maintain()
        #expect(
            try await fixture.authority.keys.key(key.record.id, of: account.id)?.lastUsedAt == fixture.clock.now)
    }

    @Test func `S14 a key's check that began before its revocation cannot bring it back`() async throws {
        let fixture = try await Fixture()
        let account = try await fixture.account()
        for _ in 0..<20 {
            let key = try await fixture.authority.keys.create(
                for: account.id, name: "k", scopes: nil, expiresAt: nil, formID: nil, trace: fixture.trace)
            await withTaskGroup(of: Void.self) { group in
                for _ in 0..<10 { group.addTask { _ = try? await fixture.authority.bearers.check(key.key.text) } }
                group.addTask {
                    try? await fixture.authority.keys.revoke(key.record.id, of: account.id, trace: fixture.trace)
                }
            }
            await #expect(throws: BearerRefusal.unknown) { try await fixture.authority.bearers.check(key.key.text) }
        }
    }

    @Test func `S2 text that cannot be a credential is refused before any look-up`() async throws {
        let fixture = try await Fixture()
        for text in ["", "x", "buf_", "buf_" + String(repeating: "a", count: 49), String(repeating: "a", count: 8_193)] {
            await #expect(throws: BearerRefusal.malformed) { try await fixture.authority.bearers.check(text) }
        }
    }

    @Test func `S86 permits is a matter of names alone: write does not imply read`() throws {
        func bearer(_ text: String?) throws -> Bearer {
            Bearer(
                accountID: AccountID(random: .system), scopes: try text.map { try #require(Scopes($0)) },
                source: .apiKey(APIKeyID(random: .system)), expiresAt: nil)
        }
        let read = try #require(Scope("posts:read"))
        let write = try #require(Scope("posts:write"))
        #expect(try bearer(nil).permits(read) && bearer(nil).permits(write))
        #expect(try bearer("posts:read").permits(read) && !bearer("posts:read").permits(write))
        #expect(try bearer("posts:write").permits(write) && !bearer("posts:write").permits(read))
        #expect(try !bearer("").permits(read))
    }
}
