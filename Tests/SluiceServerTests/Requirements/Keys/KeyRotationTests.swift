import Foundation
import SluiceAuthority
import SluiceOAuth
import Testing

@testable import SluiceServer

@Suite("Requirement S14: rotating and revoking a key")
struct KeyRotationTests {
    private func rotate(_ member: Member, _ id: APIKeyID, overlap: String) async throws -> TestResponse {
        try await member.browser.open("/settings/api/keys/\(id)")
        return try await member.browser.submit("/settings/api/keys/\(id)/rotate", [("overlap", overlap)])
    }

    @Test(arguments: [("0", 0.0), ("3600", 3_600), ("86400", 86_400), ("604800", 604_800)])
    func `S14 the new key works at once and the old one until the chosen overlap ends`(
        overlap: String, seconds: TimeInterval
    ) async throws {
        let installation = try await Installation()
        let ada = try await Member(installation)
        let old = try await ada.makeKey(scopes: ["account:read"])
        let id = try #require(try await ada.keys.first).id
        #expect(try await installation.status(old) == 200)
        let answer = try await rotate(ada, id, overlap: overlap)
        #expect(answer.status == 200 && answer["Cache-Control"] == "no-store")
        let new = try #require(answer.field("api-key"))
        #expect(new != old)
        #expect(try await installation.status(new) == 200)
        if seconds > 0 {
            try await installation.pass(seconds - 1)
            #expect(try await installation.status(old) == 200, "the last second")
            try await installation.pass(1)
        }
        #expect(try await installation.status(old) == 401, "the moment it ends")
        #expect(try await installation.status(new) == 200)
    }

    @Test func `S14 rotation widens no scopes, extends no expiry, and links both keys in the audit log`() async throws {
        let installation = try await Installation()
        let ada = try await Member(installation)
        let old = try await ada.makeKey(name: "deploy", scopes: ["account:read", "posts:read"], expires: "30")
        let before = try #require(try await ada.keys.first)
        let end = try #require(before.expiresAt)
        try await installation.pass(10 * 86_400)
        // A week of overlap fits before the end; the successor ends when the old key would have.
        let new = try #require(try await rotate(ada, before.id, overlap: "604800").field("api-key"))
        let records = try await ada.keys
        let successor = try #require(records.first { $0.rotatedFrom == before.id })
        let predecessor = try #require(records.first { $0.id == before.id })
        #expect(successor.scopes == before.scopes && successor.name == before.name)
        #expect(successor.expiresAt == end)
        #expect(predecessor.expiresAt == installation.clock.now.addingTimeInterval(604_800))
        let event = try #require(try await ada.events.first { $0.kind == .keyRotated })
        #expect(event.subject == successor.id.text)
        #expect(event.details.contains(.init("replaces", before.id.text)))
        let page = try await ada.browser.open("/settings/api/keys/\(successor.id)")
        #expect(page.body.contains("The key before it works until"))
        // Near the end the overlap is cut to what is left.
        try await installation.pass(13 * 86_400)
        try await ada.browser.open("/settings/api")
        try await installation.pass(6.5 * 86_400)
        #expect(try await installation.status(old) == 401, "its overlap is over")
        #expect(try await installation.status(new) == 200)
        let newest = try #require(try await rotate(ada, successor.id, overlap: "604800").field("api-key"))
        for record in try await ada.keys where record.id != before.id { #expect(record.expiresAt == end) }
        try await installation.pass(0.5 * 86_400)
        #expect(try await installation.status(new) == 401)
        #expect(try await installation.status(newest) == 401, "rotation gave it no longer life")
        #expect(try await rotate(ada, successor.id, overlap: "0").status == 404, "what ended is not brought back")
    }

    @Test func `S14 a revoked key is refused from the next request on, and others go on`() async throws {
        let installation = try await Installation()
        let ada = try await Member(installation)
        let first = try await ada.makeKey(name: "first")
        let second = try await ada.makeKey(name: "second")
        let id = try #require(try await ada.keys.first { $0.name.text == "first" }).id
        // Warm: it was verified before and is remembered.
        #expect(try await installation.status(first) == 200)
        try await ada.browser.open("/settings/api/keys/\(id)")
        let answer = try await ada.browser.submit("/settings/api/keys/\(id)/revoke")
        #expect(answer.status == 200 && answer.body.contains("was revoked"))
        #expect(try await installation.status(first) == 401)
        #expect(try await installation.status(second) == 200)
        #expect(try await ada.keys.map(\.name.text) == ["second"])
        #expect(try await ada.events.contains { $0.kind == .keyRevoked && $0.subject == id.text })
        #expect(try await ada.browser.open("/settings/api/keys/\(id)").status == 404)
    }

    @Test func `S14 another node refuses a revoked or rotated key once it looked for changes`() async throws {
        let here = try await Installation()
        let there = try await Installation(store: here.store, clock: here.clock)
        let ada = try await Member(here)
        let revoked = try await ada.makeKey(name: "revoked")
        let rotated = try await ada.makeKey(name: "rotated")
        #expect(try await there.status(revoked) == 200)
        #expect(try await there.status(rotated) == 200)
        for key in try await ada.keys {
            let action = key.name.text == "revoked" ? "revoke" : "rotate"
            try await ada.browser.open("/settings/api/keys/\(key.id)")
            try await ada.browser.submit("/settings/api/keys/\(key.id)/\(action)", [("overlap", "0")])
        }
        try await there.authority.catchUp()
        #expect(try await there.status(revoked) == 401)
        #expect(try await there.status(rotated) == 401)
        // A node that lost touch refuses what depends on it rather than guess: never 200.
        here.clock.advance(by: 11)
        #expect(try await there.status(revoked) != 200)
    }

    @Test func `S14 an overlap that is not offered rotates nothing`() async throws {
        let installation = try await Installation()
        let ada = try await Member(installation)
        let key = try await ada.makeKey()
        let id = try #require(try await ada.keys.first).id
        for overlap in ["", "-1", "99999999", "86400.5", "1 day"] {
            #expect(try await rotate(ada, id, overlap: overlap).status == 400, "\(overlap)")
        }
        #expect(try await ada.keys.count == 1)
        #expect(try await installation.status(key) == 200)
    }

    @Test func `a key can be renamed without a change to what it is`() async throws {
        let installation = try await Installation()
        let ada = try await Member(installation)
        let key = try await ada.makeKey(name: "before")
        let id = try #require(try await ada.keys.first).id
        try await ada.browser.open("/settings/api/keys/\(id)")
        #expect(try await ada.browser.submit("/settings/api/keys/\(id)/rename", [("name", "")]).status == 400)
        let answer = try await ada.browser.submit("/settings/api/keys/\(id)/rename", [("name", "after")])
        #expect(answer.status == 200 && answer.body.contains("has its new name"))
        #expect(try await ada.keys.map(\.name.text) == ["after"])
        #expect(try await installation.status(key) == 200)
    }
}
