import Foundation
import SluiceAuthority
import SluiceOAuth
import Testing

@testable import SluiceServer

@Suite("Refreshing")
struct RefreshTests {
    @Test func `S72 S74 a public app refreshes with its id and no secret, and gets a new pair of the same grant`()
        async throws
    {
        let installation = try await Installation()
        let connection = try await installation.connect(kind: .public)
        #expect(connection.flow.client.secret == nil)
        installation.clock.advance(by: 1)
        let response = try await installation.post(
            "/token",
            [
                ("client_id", connection.clientID.text), ("grant_type", "refresh_token"),
                ("refresh_token", connection.refreshToken),
            ])
        #expect(response.status == 200)
        #expect(response.json["token_type"] as? String == "Bearer")
        #expect(response.json["expires_in"] as? Int == 3600)
        #expect(response.json["scope"] as? String == connection.tokens.scope)
        #expect(response["Cache-Control"] == "no-store")
        #expect(response["Pragma"] == "no-cache")
        let next = Tokens(response)
        #expect(next.refresh?.hasPrefix("v1.") == true)
        #expect(next.refresh != connection.refreshToken)
        #expect(next.access != connection.access)
        #expect(next.claims["jti"] as? String != connection.tokens.claims["jti"] as? String)
        #expect(next.claims["grant_id"] as? String == connection.grantID.text)
        #expect(try await installation.status(next.access) == 200)
        #expect(try await installation.grants().count == 1)
        #expect(try await connection.grant().generation == 2)
    }

    @Test func `S72 a public app that sends a secret is refused and its token stays untouched`() async throws {
        let installation = try await Installation()
        let connection = try await installation.connect(kind: .public)
        let before = try await connection.grant()
        let fields = [("grant_type", "refresh_token"), ("refresh_token", connection.refreshToken)]
        let posted = try await installation.post(
            "/token", [("client_id", connection.clientID.text), ("client_secret", "x")] + fields)
        let basic = try await installation.post(
            "/token", fields, headers: [("Authorization", Self.basic(connection.clientID.text, "x"))])
        for response in [posted, basic] {
            #expect(response.status == 401)
            #expect(response.error == "invalid_client")
            #expect(response.json["access_token"] == nil)
        }
        #expect(try await connection.grant() == before)
        // An empty secret is an omitted one.
        let empty = try await installation.post(
            "/token", [("client_id", connection.clientID.text), ("client_secret", "")] + fields)
        #expect(empty.status == 200)
    }

    @Test
    func `S73 a confidential app has to send its secret, in the body or by Basic, and a failure consumes nothing`()
        async throws
    {
        let installation = try await Installation()
        let connection = try await installation.connect(kind: .confidential)
        let secret = try #require(connection.flow.client.secret).text
        let other = try #require(try await installation.client(of: installation.developer()).secret).text
        let before = try await connection.grant()
        let fields = [("grant_type", "refresh_token"), ("refresh_token", connection.refreshToken)]
        let id = [("client_id", connection.clientID.text)]
        for (wrong, why) in [
            ([], "missing"), ([("client_secret", "")], "empty"), ([("client_secret", other)], "another app's"),
            ([("client_secret", secret + "x")], "longer"), ([("client_secret", String(secret.dropLast()))], "shorter"),
            ([("client_secret", secret.lowercased())], "in another case"),
        ] {
            let response = try await installation.post("/token", id + wrong + fields)
            #expect(response.status == 401, "\(why)")
            #expect(response.error == "invalid_client", "\(why)")
            #expect(response.json["refresh_token"] == nil, "\(why)")
        }
        #expect(try await connection.grant() == before, "nothing was consumed")
        let first = try await installation.post("/token", id + [("client_secret", secret)] + fields)
        #expect(first.status == 200)
        let second = try await installation.post(
            "/token", [("grant_type", "refresh_token"), ("refresh_token", Tokens(first).refresh ?? "")],
            headers: [("Authorization", Self.basic(connection.clientID.text, secret))])
        #expect(second.status == 200)
    }

    @Test func `S74 S75 S85 ten refreshes make ten different tokens, and after each only the latest works`()
        async throws
    {
        let installation = try await Installation()
        let connection = try await installation.connect()
        var seen = [connection.refreshToken]
        for generation in 2...11 {
            installation.clock.advance(by: 60)
            let next = try await connection.refreshed(seen.last)
            let token = try #require(next.refresh)
            #expect(!seen.contains(token))
            #expect(token.utf8.count <= 512 && token.utf8.allSatisfy { $0 < 0x7F && $0 > 0x20 })
            seen.append(token)
            #expect(try await connection.grant().generation == UInt32(generation))
        }
        // The one before the latest never works again.
        (try await connection.flow.refresh(seen[9])).expectInvalidGrant()
    }

    @Test func `S75 an old refresh token stays refused, whatever time passes`() async throws {
        let installation = try await Installation()
        #expect(installation.authority.configuration.reuseLeeway == .zero, "Buffer's rule is the default")
        let connection = try await installation.connect()
        _ = try await connection.refreshed()
        for seconds in [0.0, 60, 86_400] {
            try await installation.advance(by: seconds)
            (try await connection.flow.refresh(connection.refreshToken)).expectInvalidGrant()
        }
    }

    @Test func `S77 another app that presents the token gets invalid_grant and harms nothing`() async throws {
        let installation = try await Installation()
        let connection = try await installation.connect()
        let spent = connection.refreshToken
        let current = try await connection.refreshed()
        let before = try await connection.grant()
        for kind in Client.Kind.allCases {
            let other = CodeFlow(installation, try await installation.client(of: installation.developer(), kind))
            (try await other.refresh(current.refresh ?? "")).expectInvalidGrant("the current one, \(kind)")
            // Not even an old one: whoever found it in a log must not be able to switch the grant off.
            (try await other.refresh(spent)).expectInvalidGrant("a spent one, \(kind)")
        }
        #expect(try await connection.grant() == before)
        #expect(try await installation.events(.refreshReused).isEmpty)
        #expect(try await installation.status(current.access) == 200)
        _ = try await connection.refreshed(current.refresh)
    }

    @Test func `S78 a subset of the scopes narrows the access token and not the grant`() async throws {
        let installation = try await Installation()
        let connection = try await installation.connect(scope: "posts:read account:read offline_access")
        let narrow = try await connection.flow.refresh(connection.refreshToken, [("scope", "posts:read")])
        #expect(narrow.status == 200)
        #expect(narrow.json["scope"] as? String == "posts:read")
        let narrowed = Tokens(narrow)
        #expect(narrowed.claims["scope"] as? String == "posts:read")
        #expect(narrowed.refresh != nil, "dropping offline_access does not stop rotation")
        #expect(try await installation.query(bearer: narrowed.access).graphQLCode == "FORBIDDEN")
        let full = try await connection.refreshed(narrowed.refresh)
        #expect(full.scope == "posts:read account:read offline_access")
        #expect(try await installation.query(bearer: full.access).errors.isEmpty)
        // Order and repetition do not matter.
        let twice = try await connection.flow.refresh(
            full.refresh ?? "", [("scope", "account:read  posts:read account:read")])
        #expect(twice.status == 200)
        #expect(
            Set((twice.json["scope"] as? String ?? "").split(separator: " ")) == ["account:read", "posts:read"])
        // An empty scope is an omitted one.
        let empty = try await connection.flow.refresh(Tokens(twice).refresh ?? "", [("scope", "")])
        #expect(empty.json["scope"] as? String == "posts:read account:read offline_access")
    }

    @Test(arguments: [
        ("posts:read posts:write", "one more than approved"), ("ideas:read", "another one"),
        ("posts:read made:up", "an unknown one"), ("posts:read \"", "an illegal character"), ("openid", "not approved"),
    ])
    func `S79 more than was approved is invalid_scope and does not consume the token`(scope: String, why: String)
        async throws
    {
        let installation = try await Installation()
        let connection = try await installation.connect()
        let before = try await connection.grant()
        let response = try await connection.flow.refresh(connection.refreshToken, [("scope", scope)])
        #expect(response.status == 400, "\(why)")
        #expect(response.error == "invalid_scope", "\(why)")
        #expect(response.json["access_token"] == nil)
        #expect(try await connection.grant() == before, "\(why)")
        _ = try await connection.refreshed()
    }

    @Test func `S82 an access token from before a rotation stays good to its end`() async throws {
        let installation = try await Installation()
        let connection = try await installation.connect()
        try await installation.advance(by: 1800)
        _ = try await connection.refreshed()
        #expect(try await installation.status(connection.access) == 200)
        try await installation.advance(by: 1799)
        #expect(try await installation.status(connection.access) == 200)
        try await installation.advance(by: 61)
        #expect(try await installation.status(connection.access) == 401)
    }

    @Test func `S60 S72 without offline_access there is no refresh token, and none can be made up for the grant`()
        async throws
    {
        let installation = try await Installation()
        let connection = try await installation.connect(scope: "account:read")
        #expect(connection.tokens.refresh == nil)
        let grant = try await connection.grant()
        #expect(grant.idleExpiresAt == nil)
        // Even the server's own key makes none that works.
        let key = try await RefreshForgery.key(of: installation)
        for generation in 0...2 as ClosedRange<UInt32> {
            let made = RefreshToken(
                grant: grant.id.bytes, generation: generation, salt: grant.facts.salt, key: key)
            (try await connection.flow.refresh(made.text)).expectInvalidGrant("generation \(generation)")
        }
        #expect(try await connection.grant() == grant)
        #expect(try await installation.status(connection.access) == 200)
    }

    static func basic(_ id: String, _ secret: String) -> String {
        "Basic " + Data("\(id):\(secret)".utf8).base64EncodedString()
    }
}
