import Foundation
import HTTPTypes
import SluiceAuthority
import SluiceOAuth
import Testing

@testable import SluiceServer

@Suite("Credentials where they do not belong")
struct MisusedCredentialTests {
    @Test func `S15 a refresh token, code, client secret, session id or id of anything is no bearer`() async throws {
        let installation = try await Installation()
        let connection = try await installation.connect()
        let code = try await connection.flow.code(in: connection.browser)
        try await connection.browser.open(connection.flow.address())
        let misused: [(credential: String?, why: String)] = [
            (connection.refreshToken, "refresh token"), (code, "code"),
            (connection.flow.client.secret?.text, "client secret"), (connection.clientID.text, "client_id"),
            (connection.account.id.text, "account id"), (connection.grantID.text, "grant id"),
            (connection.browser.cookies["sluice_session"], "session cookie"),
            (connection.browser.cookies["sluice_device"], "device cookie"), (connection.browser.csrf, "form token"),
            (connection.browser.hidden("ticket"), "consent ticket"),
        ]
        for (credential, why) in misused {
            let credential = try #require(credential, "\(why)")
            (try await installation.query(bearer: credential)).expectInvalidToken("\(why)")
        }
        // None of them was used up by that.
        #expect(try await connection.flow.exchange(code).status == 200)
        _ = try await connection.refreshed()
    }

    @Test func `S15 a session cookie never authenticates the API, and adds nothing to a bearer`() async throws {
        let installation = try await Installation()
        let ada = try await installation.connect("ada@example.com")
        let bob = try await installation.connect("bob@example.com")
        let cookie = ada.browser.cookies.map { "\($0.key)=\($0.value)" }.joined(separator: "; ")
        #expect(cookie.contains("sluice_session="))
        let body = #"{"query":"{ account { email } }"}"#
        for path in ["/", "/graphql"] {
            let alone = try await installation.send(
                .post, path, headers: [("Content-Type", "application/json"), ("Cookie", cookie)], body: body)
            #expect(alone.status == 401)
            #expect(alone.graphQLCode == "UNAUTHENTICATED")
            #expect(alone["WWW-Authenticate"]?.contains("error=") == false, "nothing was presented")
            let beside = try await installation.send(
                .post, path,
                headers: [
                    ("Content-Type", "application/json"), ("Cookie", cookie), ("Authorization", "Bearer \(bob.access)"),
                ], body: body)
            #expect(beside.body == #"{"data":{"account":{"email":"bob@example.com"}}}"#)
            let bad = try await installation.send(
                .post, path,
                headers: [("Content-Type", "application/json"), ("Cookie", cookie), ("Authorization", "Bearer x")],
                body: body)
            #expect(bad.status == 401)
        }
    }

    @Test func `S3 S15 two credentials at once are refused, in whatever way they come`() async throws {
        let installation = try await Installation()
        let connection = try await installation.connect()
        let key = try await installation.key(for: connection.account).key.text
        let type = ("Content-Type", "application/json")
        let body = #"{"query":"{ account { id } }"}"#
        let twice: [(headers: [(String, String)], why: String)] = [
            ([("Authorization", "Bearer \(key)"), ("Authorization", "Bearer \(key)")], "the same twice"),
            ([("Authorization", "Bearer \(key)"), ("Authorization", "Bearer \(connection.access)")], "key and token"),
            ([("Authorization", "Bearer x"), ("Authorization", "Bearer \(key)")], "a bad one first"),
            ([("Authorization", "Basic eDp5"), ("Authorization", "Bearer \(key)")], "Basic first"),
            ([("Authorization", "Bearer \(key), Bearer \(connection.access)")], "a list"),
            ([("Authorization", "Bearer \(key) \(connection.access)")], "two words"),
        ]
        for (headers, why) in twice {
            let response = try await installation.send(.post, "/", headers: [type] + headers, body: body)
            #expect(response.status == 400, "\(why)")
            #expect(response["WWW-Authenticate"]?.contains(#"error="invalid_request""#) == true, "\(why)")
            #expect(response.data == nil, "\(why)")
        }
        // A credential outside the header is not looked at: neither instead of the header nor beside it.
        let query = try await installation.send(.post, "/?access_token=\(key)", headers: [type], body: body)
        #expect(query.status == 401)
        let inBody = try await installation.send(
            .post, "/", headers: [type], body: #"{"query":"{ account { id } }","access_token":"\#(key)"}"#)
        #expect(inBody.status == 401)
    }

    @Test func `S49 two ways of client authentication at once are refused and use nothing up`() async throws {
        let installation = try await Installation()
        let connection = try await installation.connect()
        let before = try await connection.grant()
        let (id, secret) = (connection.clientID.text, connection.flow.client.secret?.text ?? "")
        let other = try await installation.client(of: installation.developer())
        let fields = [("grant_type", "refresh_token"), ("refresh_token", connection.refreshToken)]
        let basic = ("Authorization", RefreshTests.basic(id, secret))
        let refused: [(fields: [(String, String)], headers: [(String, String)], why: String)] = [
            ([("client_secret", secret)], [basic], "Basic and body"),
            ([("client_id", id), ("client_secret", secret)], [basic], "Basic and body with the id"),
            ([("client_id", other.client.id.text)], [basic], "another id in the body"),
            ([], [basic, basic], "Basic twice"),
            ([("client_id", id), ("client_id", other.client.id.text), ("client_secret", secret)], [], "two ids"),
            ([("client_id", id), ("client_secret", secret), ("client_secret", secret)], [], "two secrets"),
        ]
        for (more, headers, why) in refused {
            let response = try await installation.post("/token", more + fields, headers: headers)
            #expect(response.status == 400, "\(why)")
            #expect(response.error == "invalid_request", "\(why)")
            #expect(response.json["access_token"] == nil, "\(why)")
        }
        #expect(try await connection.grant() == before)
        _ = try await connection.refreshed()
    }

    @Test func `S15 an API key at the token endpoint is refused as whatever it is shown as`() async throws {
        let installation = try await Installation()
        let connection = try await installation.connect()
        let key = try await installation.key(for: connection.account).key.text
        let id = connection.clientID.text
        let refresh = [("grant_type", "refresh_token"), ("refresh_token", connection.refreshToken)]
        let before = try await connection.grant()
        for response in [
            try await installation.post("/token", [("client_id", id), ("client_secret", key)] + refresh),
            try await installation.post("/token", [("client_id", key)] + refresh),
            try await installation.post("/token", refresh, headers: [("Authorization", RefreshTests.basic(id, key))]),
            try await installation.post("/token", refresh, headers: [("Authorization", RefreshTests.basic(key, ""))]),
            try await installation.post(
                "/token", [("client_id", id)] + refresh, headers: [("Authorization", "Bearer \(key)")]),
        ] {
            #expect(response.status == 401)
            #expect(response.error == "invalid_client")
            #expect(response.json["access_token"] == nil)
        }
        (try await connection.flow.refresh(key)).expectInvalidGrant()
        (try await connection.flow.exchange(key)).expectInvalidGrant()
        #expect(try await connection.grant() == before)
        #expect(try await installation.status(key) == 200)
        #expect(!installation.log.text.contains(key))
    }

    @Test func `S15 neither a key nor a token manages keys or clients: that needs a session`() async throws {
        let installation = try await Installation()
        let connection = try await installation.connect()
        let key = try await installation.key(for: connection.account)
        let account = connection.account.id
        for bearer in [key.key.text, connection.access] {
            let authorization = [("Authorization", "Bearer \(bearer)")]
            for path in ["/settings", "/settings/api", "/settings/api/keys/new", "/settings/api/keys/\(key.record.id)"] {
                let response = try await installation.send(
                    .get, path, headers: authorization + [("Accept", "text/html")])
                #expect(response.status == 303, "\(path)")
                #expect(response.location?.hasPrefix("/sign-in") == true, "\(path)")
            }
            for path in [
                "/settings/api/keys", "/settings/api/clients", "/settings/api/keys/\(key.record.id)/revoke",
                "/settings/api/keys/\(key.record.id)/rotate", "/settings/profile", "/settings/close",
            ] {
                let response = try await installation.post(
                    path, [("name", "x"), ("csrf", "x")], headers: authorization)
                #expect(response.status == 403, "\(path)")
            }
        }
        #expect(try await installation.authority.keys.list(of: account, SliceRequest()).elements.count == 1)
        #expect(try await installation.authority.clients.list(of: account, SliceRequest()).elements.isEmpty)
    }

    @Test func `S55 S77 an app cannot use what another app got: codes and tokens survive the attempt`() async throws {
        let installation = try await Installation()
        let developer = try await installation.developer()
        let victim = try await installation.connect(
            client: installation.client(of: developer, .public, redirectURIs: ["https://app.example/cb"]))
        let code = try await victim.flow.code(in: victim.browser)
        let before = try await installation.grants()
        for kind in Client.Kind.allCases {
            // The attacker has registered the same redirect URI and knows the verifier: nothing but the client differs.
            let attacker = CodeFlow(
                installation,
                try await installation.client(of: developer, kind, redirectURIs: ["https://app.example/cb"]))
            (try await attacker.exchange(code)).expectInvalidGrant("\(kind): the code")
            (try await attacker.refresh(victim.refreshToken)).expectInvalidGrant("\(kind): the refresh token")
            let both = try await installation.post(
                "/token", attacker.credentials + victim.flow.exchangeFields(code))
            #expect(both.error == "invalid_request", "\(kind): both ids at once")
        }
        #expect(try await installation.grants() == before)
        #expect(try await victim.flow.exchange(code).status == 200)
        _ = try await victim.refreshed()
    }

    @Test func `S77 a token of one person cannot be moved to another by naming things`() async throws {
        let installation = try await Installation()
        let ada = try await installation.connect("ada@example.com")
        let bob = try await installation.connect("bob@example.com", client: ada.flow.client)
        let response = try await ada.flow.refresh(
            ada.refreshToken,
            [
                ("sub", bob.account.id.text), ("account", bob.account.id.text), ("grant_id", bob.grantID.text),
                ("username", "bob@example.com"),
            ])
        #expect(response.status == 200, "unknown parameters are ignored")
        #expect(Tokens(response).claims["sub"] as? String == ada.account.id.text)
        #expect(Tokens(response).claims["grant_id"] as? String == ada.grantID.text)
    }
}
