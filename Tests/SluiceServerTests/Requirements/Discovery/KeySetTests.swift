import Foundation
import HTTPTypes
import SluiceOAuth
import Testing

@testable import SluiceAuthority
@testable import SluiceServer

/// S108: the public keys.
@Suite("S108: jwks")
struct KeySetTests {
    private func keys(_ installation: Installation) async throws -> [[String: String]] {
        let response = try await installation.send(.get, "/jwks")
        #expect(response.status == 200)
        #expect(Set(response.json.keys) == ["keys"])
        return try #require(response.json["keys"] as? [[String: String]])
    }

    private func keyID(of token: String) throws -> String {
        let header = try #require(Base64URL.decode(token.prefix { $0 != "." }))
        let members = try #require(try JSONSerialization.jsonObject(with: Data(header)) as? [String: Any])
        return try #require(members["kid"] as? String)
    }

    @Test(arguments: [
        (
            SignatureAlgorithm.es256, ["kty": "EC", "crv": "P-256", "use": "sig", "alg": "ES256"],
            ["x", "y", "kid"]
        ),
        (.eddsa, ["kty": "OKP", "crv": "Ed25519", "use": "sig", "alg": "EdDSA"], ["x", "kid"]),
        (.rs256, ["kty": "RSA", "use": "sig", "alg": "RS256"], ["n", "e", "kid"]),
    ])
    func `S108 a key has kid, alg, use and public members, and nothing private`(
        algorithm: SignatureAlgorithm, fixed: [String: String], further: [String]
    ) async throws {
        let installation = try await Installation(adjust: { $0.signatureAlgorithm = algorithm })
        let key = try #require(try await keys(installation).first)
        #expect(Set(key.keys) == Set(fixed.keys).union(Set(further)), "no d, p, q, dp, dq, qi, k")
        for (name, value) in fixed { #expect(key[name] == value) }
        for name in further { #expect(key[name]?.isEmpty == false) }
        #expect(key["kid"]?.utf8.count == 43, "an RFC 7638 thumbprint")
    }

    @Test func `S108 it may be cached for a few minutes, far shorter than a key is published before use`() async throws {
        let installation = try await Installation()
        let response = try await installation.send(.get, "/jwks")
        #expect(response["Cache-Control"] == "public, max-age=300")
        #expect(response["Content-Type"] == "application/json")
        #expect(response["Access-Control-Allow-Origin"] == "*")
        #expect(installation.authority.configuration.signingKeyLeadTime >= .seconds(2 * 300))
    }

    @Test func `S108 the next key is published before it signs, and the last one until its tokens ended`() async throws {
        let scene = try await OAuthScene()
        let authority = scene.installation.authority
        let first = try #require(try await keys(scene.installation).first?["kid"])
        let next = try #require(try await authority.signingKeys.rotate(immediately: false, trace: .commandLine))
        #expect(Set(try await keys(scene.installation).compactMap { $0["kid"] }) == [first, next.keyID])

        let early = try await scene.flow.tokens(in: scene.browser)
        #expect(try keyID(of: early.access) == first)
        scene.installation.clock.advance(by: 86_400 - 1)
        let last = try await scene.flow.tokens(in: scene.browser)
        #expect(try keyID(of: last.access) == first, "a second before the lead time is over")
        scene.installation.clock.advance(by: 1)
        let fresh = try await scene.flow.tokens(in: scene.browser)
        #expect(try keyID(of: fresh.access) == next.keyID)

        scene.installation.clock.advance(by: 3_590)
        try await authority.catchUp()
        #expect(
            try await scene.installation.query(bearer: last.access).status == 200, "signed with the old key, still good"
        )
        #expect(try await scene.installation.query(bearer: fresh.access).status == 200)
        #expect(try await keys(scene.installation).count == 2)
        scene.installation.clock.advance(by: 300)
        try await authority.catchUp()
        #expect(try await keys(scene.installation).map { $0["kid"] } == [next.keyID])
        #expect(try await scene.installation.query(bearer: last.access).status == 401)
    }

    @Test func `S108 a rotation at once signs with the new key, and older tokens end`() async throws {
        let scene = try await OAuthScene()
        let before = try await scene.flow.tokens(in: scene.browser)
        let key = try #require(
            try await scene.installation.authority.signingKeys.rotate(immediately: true, trace: .commandLine))
        let after = try await scene.flow.tokens(in: scene.browser)
        #expect(try keyID(of: after.access) == key.keyID)
        #expect(try keyID(of: before.access) != key.keyID)
        #expect(try await scene.installation.query(bearer: after.access).status == 200)
        #expect(try await scene.installation.query(bearer: before.access).status == 401)
        #expect(try await keys(scene.installation).map { $0["kid"] } == [key.keyID])
    }

    @Test func `S108 keys are rotated on schedule, a lead time before the old one's days are over`() async throws {
        let scene = try await OAuthScene()
        let first = try await keys(scene.installation)
        scene.installation.clock.advance(by: 89 * 86_400 - 1)
        await scene.installation.authority.maintain()
        #expect(try await keys(scene.installation) == first)
        scene.installation.clock.advance(by: 1)
        await scene.installation.authority.maintain()
        #expect(try await keys(scene.installation).count == 2)
        await scene.installation.authority.maintain()
        #expect(try await keys(scene.installation).count == 2, "once")
        #expect(try await scene.events.count { $0 == .signingKeyCreated } == 2)
    }

    @Test func `S108 another node over the same database publishes and accepts the same keys`() async throws {
        let scene = try await OAuthScene()
        let other = try await Installation(store: scene.installation.store, clock: scene.installation.clock)
        #expect(try await keys(other) == (try await keys(scene.installation)))
        _ = try await scene.installation.authority.signingKeys.rotate(immediately: true, trace: .commandLine)
        try await other.authority.catchUp()
        #expect(
            try await Set(keys(other).compactMap { $0["kid"] })
                == Set(keys(scene.installation).compactMap { $0["kid"] }))
        let tokens = try await scene.flow.tokens(in: scene.browser)
        #expect(try await other.query(bearer: tokens.access).status == 200)
    }
}
