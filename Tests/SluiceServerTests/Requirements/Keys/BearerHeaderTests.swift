import Foundation
import HTTPTypes
import SluiceAuthority
import SluiceOAuth
import Testing

@testable import SluiceServer

@Suite("Requirements S1 to S4: the Authorization header")
struct BearerHeaderTests {
    private static let metadata = #"resource_metadata="http://127.0.0.1:8080/.well-known/oauth-protected-resource""#

    @Test(arguments: [
        (HTTPRequest.Method.post, "/", "the API"), (.post, "/graphql", "the API's other address"),
        (.get, "/", "a program that reads"), (.head, "/", "a head of it"), (.put, "/", "a method that nothing has"),
        (.delete, "/graphql", "another one"), (.get, "/graphql", "reading the other address"),
        (.get, "/nothing/here", "a path that nothing has"), (.post, "/settings/api/nothing", "a path below others"),
    ])
    func `S1 D1 without a bearer every address of the API answers 401 with a bare challenge`(
        method: HTTPRequest.Method, path: String, why: String
    ) async throws {
        let installation = try await Installation()
        let response = try await installation.send(
            method, path, headers: [("Content-Type", "application/json")],
            body: method == .post ? #"{"query":"{ account { id } }"}"# : nil)
        #expect(response.status == 401, "\(why)")
        let challenge = try #require(response["WWW-Authenticate"])
        #expect(challenge.hasPrefix("Bearer realm="))
        // RFC 6750 §3.1: nothing was presented, so nothing was wrong with it.
        #expect(!challenge.contains("error"))
        #expect(challenge.contains(Self.metadata))
        if method == .head {
            #expect(response.body.isEmpty)
        } else {
            #expect(response["Content-Type"] == "application/json; charset=utf-8")
            #expect(response.graphQLCode == "UNAUTHENTICATED")
            let errors = try #require(response.json["errors"] as? [[String: Any]])
            #expect(errors.count == 1)
            #expect((errors[0]["message"] as? String)?.isEmpty == false)
        }
    }

    @Test(arguments: [
        "/", "/graphql", "/.well-known/oauth-authorization-server", "/.well-known/openid-configuration", "/token",
        "/auth",
        "/settings/api", "/sign-in", "/nothing",
    ])
    func `S1 D1 a host that is the API's alone answers 401 to every path, known elsewhere or not`(path: String)
        async throws
    {
        let origins = Origins(
            auth: try #require(Origin("https://auth.example")), api: try #require(Origin("https://api.example")),
            app: try #require(Origin("https://app.example")))
        let installation = try await Installation(origins: origins)
        for method in [HTTPRequest.Method.get, .post, .put, .delete] {
            let response = try await installation.send(
                method, path, headers: [("Accept", "text/html")], host: "api.example")
            #expect(response.status == 401, "\(method) \(path)")
            #expect(response.graphQLCode == "UNAUTHENTICATED")
        }
        // Whoever shows a good key learns what there is.
        let account = try await installation.account()
        let key = try await installation.key(for: account).key.text
        let known = try await installation.send(
            .get, "/nothing", headers: [("Authorization", "Bearer \(key)")], host: "api.example")
        #expect(known.status == 404)
        let wrongMethod = try await installation.send(
            .put, "/graphql", headers: [("Authorization", "Bearer \(key)")], host: "api.example")
        #expect(wrongMethod.status == 405)
        #expect(wrongMethod["Allow"] == "GET, HEAD, POST")
    }

    @Test func `S119 D1 the protected-resource document and the health addresses are open on the API's host`()
        async throws
    {
        let origins = Origins(
            auth: try #require(Origin("https://auth.example")), api: try #require(Origin("https://api.example")),
            app: try #require(Origin("https://app.example")))
        let installation = try await Installation(origins: origins)
        let response = try await installation.send(.get, "/.well-known/oauth-protected-resource", host: "api.example")
        #expect(response.status == 200)
        #expect(response["Content-Type"] == "application/json")
        #expect(response["WWW-Authenticate"] == nil)
        #expect(response.json["resource"] as? String == "https://api.example")
        #expect(response.json["authorization_servers"] as? [String] == ["https://auth.example"])
        #expect(response.json["bearer_methods_supported"] as? [String] == ["header"])
        let scopes = try #require(response.json["scopes_supported"] as? [String])
        #expect(scopes.contains("posts:read") && scopes.contains("account:read"))
        #expect(!scopes.contains("offline_access"), "it concerns tokens, not this resource")
        for path in ["/healthz", "/readyz", "/metrics"] {
            #expect(try await installation.send(.get, path, host: "api.example").status == 200, "\(path)")
        }
        // And it leads to the authorization server's own document.
        let server = try await installation.send(.get, "/.well-known/oauth-authorization-server", host: "auth.example")
        #expect(server.json["issuer"] as? String == "https://auth.example")
    }

    @Test func `S1 a body over the limit is refused with 401 before anybody looks at it, and with 413 after`()
        async throws
    {
        let installation = try await Installation()
        let account = try await installation.account()
        let key = try await installation.key(for: account).key.text
        let huge = #"{"query":""# + String(repeating: " ", count: (1 << 20) + 1) + #"{ account { id } }"}"#
        let json = ("Content-Type", "application/json")
        let stranger = try await installation.send(.post, "/", headers: [json], body: huge)
        #expect(stranger.status == 401)
        let announced = try await installation.send(
            .post, "/", headers: [json, ("Content-Length", "99999999999"), ("Expect", "100-continue")])
        #expect(announced.status == 401)
        let owner = try await installation.send(
            .post, "/", headers: [json, ("Authorization", "Bearer \(key)")], body: huge)
        #expect(owner.status == 413)
    }

    @Test func `S2 unknown, revoked, expired, misspelt and orphaned keys get one and the same answer`() async throws {
        let installation = try await Installation()
        let account = try await installation.account()
        let closed = try await installation.account("closed@example.com")
        let disabled = try await installation.account("disabled@example.com")
        let revoked = try await installation.key(for: account)
        let expiring = try await installation.key(for: account, expiresIn: 60)
        let orphan = try await installation.key(for: closed)
        let sleeper = try await installation.key(for: disabled)
        let good = try await installation.key(for: account)
        for key in [revoked, expiring, orphan, sleeper] {
            #expect(try await installation.status(key.key.text) == 200, "each worked before")
        }
        try await installation.authority.keys.revoke(revoked.record.id, of: account.id, trace: .commandLine)
        #expect(try await installation.authority.accounts.close(closed.id, trace: .commandLine))
        #expect(try await installation.authority.accounts.disable(disabled.id, trace: .commandLine))
        try await installation.pass(60)

        let never = APIKey(random: Array(repeating: 3, count: 32)).text
        var misspelt = Array(good.key.text)
        misspelt[10] = misspelt[10] == "a" ? "b" : "a"
        let bad: [(String, String)] = [
            ("never existed", never), ("revoked", revoked.key.text), ("expired", expiring.key.text),
            ("checksum wrong", String(misspelt)), ("account closed", orphan.key.text),
            ("account disabled", sleeper.key.text),
            ("not one at all", "abc"),
        ]
        let expected = try await installation.query(bearer: never)
        #expect(expected.status == 401, "not GraphQL's 200")
        #expect(expected.graphQLCode == "UNAUTHENTICATED")
        let challenge = try #require(expected["WWW-Authenticate"])
        #expect(challenge.hasPrefix("Bearer realm="))
        #expect(challenge.contains(#"error="invalid_token""#))
        for (why, key) in bad {
            let response = try await installation.query(bearer: key)
            #expect(response.comparable == expected.comparable, "\(why)")
            #expect(!response.body.contains(key), "\(why)")
        }
        #expect(try await installation.status(good.key.text) == 200, "others of the account go on")
    }

    @Test(arguments: [
        ("Bearer %", 200, "as documented"), ("bearer %", 200, "the scheme's case does not matter"),
        ("BEARER %", 200, "in capitals neither"), ("Bearer  %", 200, "RFC 9110 allows more than one space"),
        ("Basic %", 401, "another scheme"), ("Token %", 401, "another scheme's name"), ("%", 401, "the key alone"),
        ("Bearer% ", 401, "no space between"), ("Bearer", 400, "no token"), ("Bearer %,%", 400, "a list"),
        ("Bearer %, Bearer %", 400, "a list of credentials"), ("Bearer % %", 400, "two tokens"),
        ("Bearer %\u{e9}", 400, "a letter that no token has"), ("Bearer \"%\"", 400, "quoted"),
        ("Bearer %;", 400, "a character that no token has"), ("Bearer %\tx", 400, "a control character"),
        ("Bearer %=", 401, "padding makes another token, and that one is unknown"),
        ("Bearer x%", 401, "a longer token"),
        ("Bearer token=%", 400, "a parameter"),
    ])
    func `S3 only one well-formed Bearer header is taken`(form: String, status: Int, why: String) async throws {
        let installation = try await Installation()
        let account = try await installation.account()
        let key = try await installation.key(for: account).key.text
        let response = try await installation.send(
            .post, "/",
            headers: [("Content-Type", "application/json"), ("Authorization", form.replacing("%", with: key))],
            body: #"{"query":"{ account { id } }"}"#)
        #expect(response.status == status, "\(why)")
        if status == 400 {
            #expect(response["WWW-Authenticate"]?.contains(#"error="invalid_request""#) == true, "\(why)")
        }
        if status != 200 {
            #expect(!response.body.contains(key) && !response.body.contains(account.id.text), "\(why)")
            #expect(response.json["data"] == nil)
        }
    }

    @Test func `S3 two Authorization fields are refused, even if both are the same good key`() async throws {
        let installation = try await Installation()
        let account = try await installation.account()
        let key = try await installation.key(for: account).key.text
        for other in [key, "nonsense"] {
            let response = try await installation.send(
                .post, "/",
                headers: [
                    ("Content-Type", "application/json"), ("Authorization", "Bearer \(key)"),
                    ("Authorization", "Bearer \(other)"),
                ], body: #"{"query":"{ account { id } }"}"#)
            #expect(response.status == 400)
            #expect(response["WWW-Authenticate"]?.contains(#"error="invalid_request""#) == true)
            #expect(!response.body.contains(account.id.text))
        }
    }

    @Test func `S3 white space around a key never makes another key valid`() async throws {
        let installation = try await Installation()
        let account = try await installation.account()
        let key = try await installation.key(for: account).key.text
        for credential in ["\u{a0}\(key)", "\(key)\u{a0}", "\u{2003}\(key)", "\(key)\u{200b}", "\(key)%20"] {
            let response = try await installation.query(bearer: credential)
            #expect([400, 401].contains(response.status), "\(credential.unicodeScalars.map { $0.value })")
        }
    }

    @Test func `S4 a key in the query, a form, the JSON or a cookie is not taken`() async throws {
        let installation = try await Installation()
        let account = try await installation.account()
        let key = try await installation.key(for: account).key.text
        let json = ("Content-Type", "application/json")
        let question = #"{"query":"{ account { id } }"}"#
        let tries: [(String, TestResponse)] = [
            ("query", try await installation.send(.post, "/?access_token=\(key)", headers: [json], body: question)),
            (
                "query of the other address",
                try await installation.send(.post, "/graphql?access_token=\(key)", headers: [json], body: question)
            ),
            ("form", try await installation.post("/", [("access_token", key), ("query", "{ account { id } }")])),
            (
                "JSON",
                try await installation.send(
                    .post, "/", headers: [json],
                    body: #"{"access_token":"\#(key)","query":"{ account { id } }"}"#)
            ),
            (
                "cookie",
                try await installation.send(
                    .post, "/", headers: [json, ("Cookie", "access_token=\(key); sluice_session=\(key)")],
                    body: question)
            ),
            (
                "X-API-Key",
                try await installation.send(.post, "/", headers: [json, ("X-API-Key", key)], body: question)
            ),
        ]
        for (why, response) in tries {
            #expect(response.status == 401, "\(why)")
            #expect(response["WWW-Authenticate"]?.contains("error") == false, "\(why): nothing was presented")
            #expect(!response.body.contains(account.id.text))
        }
        let document = try await installation.send(.get, "/.well-known/oauth-protected-resource")
        #expect(document.json["bearer_methods_supported"] as? [String] == ["header"])
    }
}
