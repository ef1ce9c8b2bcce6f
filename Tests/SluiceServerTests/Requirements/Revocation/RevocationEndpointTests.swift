import Foundation
import HTTPTypes
import SluiceAuthority
import SluiceOAuth
import Testing

@testable import SluiceServer

@Suite("The revocation endpoint")
struct RevocationEndpointTests {
    private func revoke(
        _ token: String, of flow: CodeFlow, _ more: [(String, String)] = []
    ) async throws -> TestResponse {
        try await flow.installation.post("/token/revocation", flow.credentials + [("token", token)] + more)
    }

    private func expectAccepted(_ response: TestResponse, _ why: Comment? = nil) {
        #expect(response.status == 200, why)
        #expect(response.body.isEmpty, why)
        #expect(response["Cache-Control"] == "no-store", why)
        #expect(response["Pragma"] == "no-cache", why)
    }

    @Test(arguments: Client.Kind.allCases)
    func `S109 giving a refresh token back kills it and every access token of its grant`(kind: Client.Kind) async throws {
        let installation = try await Installation()
        let connection = try await installation.connect(kind: kind)
        let device = try await connection.again()
        let next = try await connection.refreshed()
        expectAccepted(try await revoke(next.refresh ?? "", of: connection.flow))
        (try await connection.flow.refresh(next.refresh ?? "")).expectInvalidGrant()
        for access in [connection.access, next.access] {
            (try await installation.query(bearer: access)).expectInvalidToken()
        }
        #expect(try await connection.grant().revocation == .byClient)
        _ = try await device.refreshed()
        #expect(try await installation.status(device.access) == 200)
        // Again, it is an unknown token: the same answer.
        expectAccepted(try await revoke(next.refresh ?? "", of: connection.flow))
        #expect(try await installation.events(.grantRevoked).count == 1)
    }

    @Test(arguments: ["access_token", "refresh_token", "made_up", ""])
    func `S109 giving an access token back ends its grant, whatever the hint says`(hint: String) async throws {
        let installation = try await Installation()
        let connection = try await installation.connect()
        expectAccepted(try await revoke(connection.access, of: connection.flow, [("token_type_hint", hint)]))
        (try await installation.query(bearer: connection.access)).expectInvalidToken()
        (try await connection.flow.refresh(connection.refreshToken)).expectInvalidGrant()
        let other = try await connection.again()
        expectAccepted(try await revoke(other.refreshToken, of: connection.flow, [("token_type_hint", hint)]))
        #expect(try await installation.status(other.access) == 401)
    }

    @Test func `S109 unknown and malformed tokens and other kinds of credentials are a 200 without effect`()
        async throws
    {
        let installation = try await Installation()
        let connection = try await installation.connect()
        let key = try await installation.key(for: connection.account).key.text
        let code = try await connection.flow.code(in: connection.browser)
        let session = try #require(connection.browser.cookies["sluice_session"])
        let before = try await installation.grants()
        for token in [
            "x", "v1.x", String(connection.refreshToken.dropLast()), connection.refreshToken + "A",
            String(connection.access.dropLast(4)), "a.b.c", key, code, session, connection.grantID.text,
            connection.flow.client.secret?.text ?? "",
        ] {
            expectAccepted(try await revoke(token, of: connection.flow), "\(token.prefix(20))")
        }
        #expect(try await installation.grants() == before)
        #expect(try await installation.status(connection.access) == 200)
        #expect(try await installation.status(key) == 200)
        #expect(try await connection.flow.exchange(code).status == 200)
        _ = try await connection.refreshed()
        try await connection.browser.open("/settings/api")
        #expect(connection.browser.path == "/settings/api", "still signed in")
    }

    @Test func `S109 another app's token is a 200 without effect`() async throws {
        let installation = try await Installation()
        let connection = try await installation.connect()
        let spent = connection.refreshToken
        let current = try await connection.refreshed()
        let before = try await connection.grant()
        for kind in Client.Kind.allCases {
            let other = CodeFlow(installation, try await installation.client(of: installation.developer(), kind))
            for token in [current.refresh ?? "", spent, current.access, connection.access] {
                expectAccepted(try await revoke(token, of: other))
            }
        }
        #expect(try await connection.grant() == before)
        #expect(try await installation.status(current.access) == 200)
        _ = try await connection.refreshed(current.refresh)
    }

    @Test func `S109 the app has to authenticate as at the token endpoint`() async throws {
        let installation = try await Installation()
        let connection = try await installation.connect(kind: .confidential)
        let id = connection.clientID.text
        let secret = try #require(connection.flow.client.secret).text
        let token = ("token", connection.refreshToken)
        let refused: [(fields: [(String, String)], header: String?, status: Int, error: String, why: String)] = [
            ([("client_id", id), token], nil, 401, "invalid_client", "no secret"),
            ([("client_id", id), ("client_secret", "x"), token], nil, 401, "invalid_client", "wrong secret"),
            ([token], nil, 400, "invalid_request", "no client at all"),
            (
                [("client_id", String(repeating: "0", count: 24)), token], nil, 401, "invalid_client", "unknown client"
            ),
            ([token], RefreshTests.basic(id, "x"), 401, "invalid_client", "wrong secret by Basic"),
            (
                [("client_secret", secret), token], RefreshTests.basic(id, secret), 400, "invalid_request",
                "two methods at once"
            ),
            ([token], "Bearer \(connection.access)", 401, "invalid_client", "a bearer is no client"),
            (
                [("client_id", id), ("client_secret", secret)], nil, 400, "invalid_request", "no token"
            ),
            (
                [("client_id", id), ("client_secret", secret), ("token", "")], nil, 400, "invalid_request",
                "empty token"
            ),
            (
                [("client_id", id), ("client_secret", secret), token, token], nil, 400, "invalid_request", "two tokens"
            ),
        ]
        for (fields, header, status, error, why) in refused {
            let response = try await installation.post(
                "/token/revocation", fields, headers: header.map { [("Authorization", $0)] } ?? [])
            #expect(response.status == status, "\(why)")
            #expect(response.error == error, "\(why)")
            #expect((response["WWW-Authenticate"] != nil) == (status == 401 && header != nil), "\(why)")
        }
        #expect(try await connection.grant().state == .active)
        let basic = try await installation.post(
            "/token/revocation", [token], headers: [("Authorization", RefreshTests.basic(id, secret))])
        expectAccepted(basic)
        #expect(try await connection.grant().state == .revoked)
    }

    @Test func `S109 a public app gives its tokens back with its id alone, and may send no secret`() async throws {
        let installation = try await Installation()
        let connection = try await installation.connect(kind: .public)
        let withSecret = try await installation.post(
            "/token/revocation",
            [("client_id", connection.clientID.text), ("client_secret", "x"), ("token", connection.refreshToken)])
        #expect(withSecret.status == 401)
        #expect(try await connection.grant().state == .active)
        expectAccepted(try await revoke(connection.refreshToken, of: connection.flow))
        #expect(try await connection.grant().state == .revoked)
    }

    @Test(arguments: [HTTPRequest.Method.get, .put, .delete, .patch])
    func `S109 other methods are a 405 that says POST`(method: HTTPRequest.Method) async throws {
        let installation = try await Installation()
        let response = try await installation.send(method, "/token/revocation?token=x")
        #expect(response.status == 405)
        #expect(response["Allow"]?.contains("POST") == true)
        #expect(response.error == "invalid_request")
    }

    @Test func `S109 a form of another type, and credentials in the query, are refused`() async throws {
        let installation = try await Installation()
        let connection = try await installation.connect(kind: .public)
        let json = try await installation.send(
            .post, "/token/revocation", headers: [("Content-Type", "application/json")],
            body: #"{"client_id":"\#(connection.clientID)","token":"\#(connection.refreshToken)"}"#)
        #expect(json.status == 400)
        #expect(json.error == "invalid_request")
        let query = try await installation.post(
            "/token/revocation?client_id=\(connection.clientID)&token=\(connection.refreshToken)", [])
        #expect(query.status == 400)
        #expect(try await connection.grant().state == .active)
    }

    @Test func `S109 an expired access token ends nothing any more`() async throws {
        let installation = try await Installation()
        let connection = try await installation.connect()
        try await installation.advance(by: 3700)
        expectAccepted(try await revoke(connection.access, of: connection.flow))
        #expect(try await connection.grant().state == .active)
        _ = try await connection.refreshed()
    }

    @Test func `S109 a revocation that could not be kept is a 503, never a 200`() async throws {
        let line = SlowStore.Line()
        let installation = try await Installation(store: SlowStore(SQLiteStores.inMemory(), line: line, pause: .zero))
        let connection = try await installation.connect()
        line.isFull = true
        let response = try await revoke(connection.refreshToken, of: connection.flow)
        #expect(response.status == 503)
        #expect(response["Retry-After"] != nil)
        line.isFull = false
        #expect(try await connection.grant().state == .active)
    }
}
