import Crypto
import Foundation
import SluiceAuthority
import SluiceOAuth
import Testing

@testable import SluiceServer

@Suite("What is no refresh token")
struct RefreshGarbageTests {
    @Test
    func `S80 truncated, extended, case-flipped and otherwise changed tokens are refused alike and touch nothing`()
        async throws
    {
        let installation = try await Installation()
        let connection = try await installation.connect()
        let token = connection.refreshToken
        let characters = Array(token)
        var changed: [String] = (1..<characters.count).map { String(characters[..<$0]) }
        changed += ["A", "=", ".", "v", "0", "\u{0}", " x"].map { token + $0 }
        changed += ["A" + token, "v1." + token, "V1." + token.dropFirst(3), "v2." + token.dropFirst(3)]
        changed += [String(token.dropFirst(3)), token.uppercased(), token.lowercased(), token + token]
        for index in 3..<characters.count {
            var flipped = characters
            let letter = characters[index]
            flipped[index] = Character(letter.isLowercase ? letter.uppercased() : letter.lowercased())
            if flipped == characters { flipped[index] = letter == "0" ? "1" : "0" }
            changed.append(String(flipped))
        }
        try await expectRefused(changed, connection)
    }

    @Test func `S80 tokens of another key, another grant and another generation are refused alike and touch nothing`()
        async throws
    {
        let installation = try await Installation()
        let connection = try await installation.connect()
        let other = try await connection.again()
        let elsewhere = try await Installation(masterKey: Array(repeating: 9, count: 32)).connect()
        let own = try #require(RefreshToken(connection.refreshToken))
        let facts = try await connection.grant().facts
        let payloads = [connection, other].compactMap { Base64URL.decode($0.refreshToken.dropFirst(3)) }
        func joined(_ bytes: [UInt8]) -> String { "v1." + Base64URL.encode(bytes) }
        let foreign = RefreshToken(
            grant: own.grant, generation: own.generation, salt: facts.salt, key: SymmetricKey(size: .bits256))
        let unsalted = RefreshToken(
            grant: own.grant, generation: own.generation, salt: Array(repeating: 0, count: 16),
            key: try await RefreshForgery.key(of: installation))
        let future = RefreshToken(
            grant: own.grant, generation: own.generation + 1, salt: facts.salt,
            key: try await RefreshForgery.key(of: installation))
        try await expectRefused(
            [
                foreign.text, unsalted.text, elsewhere.refreshToken,
                // Grant id of one with the code of the other, and the other way round.
                joined(Array(payloads[0][..<16]) + Array(payloads[1][16...])),
                joined(Array(payloads[1][..<16]) + Array(payloads[0][16...])),
                // The next generation, guessed with the present one's code; and even with the right one.
                joined(Array(payloads[0][..<15]) + [2] + Array(payloads[0][16...])), future.text,
                joined(Array(repeating: 0, count: 48)), joined(Array(repeating: 255, count: 48)),
            ], connection)
    }

    @Test func `S80 S15 no other credential of this server passes for a refresh token`() async throws {
        let installation = try await Installation()
        let connection = try await installation.connect()
        let key = try await installation.key(for: connection.account).key.text
        let code = try await connection.flow.code(in: connection.browser)
        let session = try #require(connection.browser.cookies["sluice_session"])
        try await expectRefused(
            [
                key, code, session, connection.access, try #require(connection.flow.client.secret).text,
                connection.clientID.text, connection.grantID.text, connection.account.id.text, "undefined", "null",
                "v1.",
                "💥", String(repeating: "v1.", count: 5_000),
            ], connection)
        #expect(try await connection.flow.exchange(code).status == 200, "the code was not burned")
        #expect(try await installation.status(key) == 200)
    }

    @Test func `S80 a missing, empty or repeated refresh token is an invalid request and touches nothing`() async throws {
        let installation = try await Installation()
        let connection = try await installation.connect()
        let before = try await connection.grant()
        let start = connection.flow.credentials + [("grant_type", "refresh_token")]
        let token = ("refresh_token", connection.refreshToken)
        for fields in [
            start, start + [("refresh_token", "")], start + [token, token],
            start + [token, ("scope", "a"), ("scope", "b")],
        ] {
            let response = try await installation.post("/token", fields)
            #expect(response.status == 400)
            #expect(response.error == "invalid_request")
        }
        #expect(try await connection.grant() == before)
    }

    private func expectRefused(_ tokens: [String], _ connection: Connection) async throws {
        let installation = connection.installation
        let grants = try await installation.grants()
        let changes = try await installation.store.lastChange()
        let events = try await installation.store.events(account: nil, SliceRequest(limit: 200)).elements.count
        var bodies: Set<String> = []
        for token in tokens {
            let response = try await connection.flow.refresh(token)
            response.expectInvalidGrant("\(token.prefix(80))")
            bodies.insert(response.body)
        }
        #expect(bodies.count == 1, "one answer for all, so that nothing is learnt from it")
        #expect(try await installation.grants() == grants)
        #expect(try await installation.store.lastChange() == changes)
        #expect(
            try await installation.store.events(account: nil, SliceRequest(limit: 200)).elements.count == events)
        #expect(try await installation.status(connection.access) == 200)
        _ = try await connection.refreshed()
    }
}
