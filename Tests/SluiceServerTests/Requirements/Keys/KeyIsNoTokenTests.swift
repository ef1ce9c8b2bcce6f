import Foundation
import HTTPTypes
import SluiceAuthority
import SluiceOAuth
import Testing

@testable import SluiceServer

@Suite("Requirement S15: a key is a key and nothing else")
struct KeyIsNoTokenTests {
    @Test func `S15 a key at the token endpoint or the revocation endpoint is no client credential and no token`()
        async throws
    {
        let installation = try await Installation()
        let ada = try await Member(installation)
        let key = try await ada.makeKey()
        let created = try await installation.client(of: ada.account)
        let flow = CodeFlow(installation, created)
        let code = try await flow.code(in: ada.browser)
        let id = created.client.id.text

        let asSecret = try await flow.exchange(code, ["client_secret": key])
        #expect(asSecret.status == 401 && asSecret.error == "invalid_client")
        let asClient = try await flow.exchange(code, ["client_id": key])
        #expect(asClient.status == 401 && asClient.error == "invalid_client")
        let basic = Data("\(id):\(key)".utf8).base64EncodedString()
        let asBasic = try await installation.post(
            "/token", flow.exchangeFields(code, ["client_secret": nil, "client_id": nil]),
            headers: [("Authorization", "Basic \(basic)")])
        #expect(asBasic.status == 401 && asBasic.error == "invalid_client")
        let asBearer = try await installation.post(
            "/token", flow.exchangeFields(code, ["client_secret": nil]), headers: [("Authorization", "Bearer \(key)")])
        #expect([400, 401].contains(asBearer.status))
        #expect(asBearer.json["access_token"] == nil)
        let asCode = try await flow.exchange(key)
        #expect(asCode.status == 400 && asCode.error == "invalid_grant")
        let asRefreshToken = try await flow.refresh(key)
        #expect(asRefreshToken.status == 400 && asRefreshToken.error == "invalid_grant")
        // The right client cannot revoke a key as if it were a token.
        let revocation = try await installation.post("/token/revocation", flow.credentials + [("token", key)])
        #expect(revocation.status == 200, "an unknown token, RFC 7009 §2.2")
        let strange = try await installation.post(
            "/token/revocation", [("client_id", id), ("client_secret", key), ("token", key)])
        #expect(strange.status == 401)

        #expect(try await installation.status(key) == 200, "nothing happened to the key")
        #expect(try await flow.exchange(code).status == 200, "nor to the code")
    }

    @Test func `S15 D3 a key makes, lists, changes and deletes neither keys nor clients`() async throws {
        let installation = try await Installation()
        let ada = try await Member(installation)
        let key = try await ada.makeKey()
        let created = try await installation.client(of: ada.account)
        let record = try #require(try await ada.keys.first)
        try await ada.browser.open("/settings/api/keys/new")
        let token = try #require(ada.browser.csrf)
        let before = try await installation.everything()
        let paths = try installation.routes().filter { $0.template.hasPrefix("/settings") }
        #expect(paths.count > 20)
        for route in paths {
            let path = route.template.replacing("{client_id}", with: created.client.id.text).replacing(
                "{id}", with: route.template.contains("keys") ? record.id.text : created.client.id.text)
            for authorization in ["Bearer \(key)", "Basic \(Data("\(key):".utf8).base64EncodedString())"] {
                let response = try await installation.send(
                    route.method, path,
                    headers: [
                        ("Authorization", authorization), ("Content-Type", "application/x-www-form-urlencoded"),
                        ("Accept", "text/html"),
                    ],
                    body: route.method == .post
                        ? SluiceOAuth.Parameters.encode([
                            ("csrf", token), ("name", "x"), ("expires", "never"), ("overlap", "0"), ("type", "public"),
                            ("redirect_uris", "https://x.example/cb"), ("password", Member.password),
                        ]) : nil)
                if route.method == .get {
                    #expect(response.status == 303, "\(path)")
                    #expect(response.location?.hasPrefix("/sign-in") == true, "\(path)")
                } else {
                    #expect(response.status == 403, "\(path)")
                }
                #expect(
                    !response.body.contains(record.lastFour) && !response.body.contains(created.client.name.text),
                    "\(path)")
            }
        }
        #expect(try await installation.everything() == before)
        // And GraphQL offers no way either.
        for field in ["createApiKey", "createClient", "deleteApiKey", "revokeApp"] {
            let response = try await installation.query("mutation { \(field) { id } }", bearer: key)
            #expect(response.status == 400, "\(field)")
        }
        for field in ["keys", "apiKeys", "clients", "sessions", "password"] {
            let response = try await installation.query("{ account { \(field) { id } } }", bearer: key)
            #expect(response.status == 400, "\(field)")
        }
        #expect(try await installation.everything() == before)
    }

    @Test func `S15 a refresh token, code, client secret, session, password or ticket is no bearer`() async throws {
        let installation = try await Installation()
        let ada = try await Member(installation)
        let created = try await installation.client(of: ada.account)
        let flow = CodeFlow(installation, created)
        let tokens = try await flow.tokens(in: ada.browser)
        try await ada.browser.open(flow.address())
        let ticket = try #require(ada.browser.hidden("ticket"))
        let token = try #require(ada.browser.csrf)
        let code = try await flow.code(in: ada.browser)
        let others: [(String, String)] = [
            ("refresh token", try #require(tokens.refresh)), ("code", code),
            ("client secret", try #require(created.secret).text), ("client id", created.client.id.text),
            ("session", try #require(ada.browser.cookies["sluice_session"])),
            ("device", try #require(ada.browser.cookies["sluice_device"])), ("account id", ada.account.id.text),
            ("ticket", ticket), ("form token", token),
        ]
        let expected = try await installation.query(bearer: APIKey(random: Array(repeating: 1, count: 32)).text)
        for (what, text) in others {
            let response = try await installation.query(bearer: text)
            #expect(response.comparable == expected.comparable, "\(what)")
            #expect(response.status == 401)
        }
        #expect(try await installation.status(tokens.access) == 200, "the control")
        #expect(try await flow.exchange(code).status == 200)
    }

    @Test func `D3 a session cookie never authenticates the API`() async throws {
        let installation = try await Installation()
        let ada = try await Member(installation)
        let response = try await ada.browser.open("/graphql", headers: [("Content-Type", "application/json")])
        #expect(response.status == 401)
        let cookie = try #require(ada.browser.cookies["sluice_session"])
        let post = try await installation.send(
            .post, "/", headers: [("Content-Type", "application/json"), ("Cookie", "sluice_session=\(cookie)")],
            body: #"{"query":"{ account { id } }"}"#)
        #expect(post.status == 401)
    }
}
