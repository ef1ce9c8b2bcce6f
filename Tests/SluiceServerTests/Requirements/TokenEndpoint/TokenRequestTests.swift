import Foundation
import HTTPTypes
import SluiceAuthority
import SluiceOAuth
import Testing

@testable import SluiceServer

/// S44, S45, S51, S52, S56: the form that the token endpoint takes.
@Suite("S44, S45, S51, S52, S56: the token request")
struct TokenRequestTests {
    /// A scene with a code, to show that a refusal left the code alone.
    private func prepared(_ kind: Client.Kind = .confidential) async throws -> (scene: OAuthScene, code: String) {
        let scene = try await OAuthScene(kind)
        return (scene, try await scene.flow.code(in: scene.browser))
    }

    private func expectUntouched(
        _ scene: OAuthScene, _ code: String, sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        let grant = try await scene.onlyGrant
        #expect(grant.state == .pending, sourceLocation: sourceLocation)
        #expect(grant.wrongVerifiers == 0, sourceLocation: sourceLocation)
        #expect(
            try await scene.flow.exchange(code).status == 200, "the code is still good", sourceLocation: sourceLocation)
    }

    // MARK: Method

    @Test(arguments: [HTTPRequest.Method.get, .head, .put, .delete, .patch, HTTPRequest.Method("PROPFIND")!])
    func `S44 S65 every method but POST is 405 with Allow, in OAuth's shape`(method: HTTPRequest.Method) async throws {
        let (scene, code) = try await prepared()
        let fields = SluiceOAuth.Parameters.encode(scene.flow.exchangeFields(code))
        let response = try await scene.installation.send(
            method, "/token?" + fields, headers: [("Content-Type", "application/x-www-form-urlencoded")], body: fields)
        if method == .head {
            #expect(response.status == 405)
        } else {
            expectRefusal(response, "invalid_request", status: 405)
        }
        #expect(response["Allow"] == "POST")
        try await expectUntouched(scene, code)
    }

    @Test func `S44 what stands in the query is not looked at`() async throws {
        let (scene, code) = try await prepared()
        let fields = scene.flow.exchangeFields(code)
        let all = try await scene.installation.post("/token?" + SluiceOAuth.Parameters.encode(fields), [])
        expectRefusal(all, "invalid_request")
        for name in ["client_id", "client_secret", "grant_type", "code", "redirect_uri", "code_verifier"] {
            let query = SluiceOAuth.Parameters.encode(fields.filter { $0.0 == name })
            let response = try await scene.installation.post("/token?" + query, fields.filter { $0.0 != name })
            #expect(response.status >= 400, "\(name)")
        }
        try await expectUntouched(scene, code)
    }

    @Test func `S44 a wrong value in the query does not disturb the form`() async throws {
        let (scene, code) = try await prepared()
        let response = try await scene.installation.post(
            "/token?client_id=x&code=y&grant_type=password", scene.flow.exchangeFields(code))
        #expect(response.status == 200)
    }

    // MARK: Media type

    @Test(arguments: [
        "application/x-www-form-urlencoded", "application/x-www-form-urlencoded; charset=UTF-8",
        "application/x-www-form-urlencoded;charset=utf-8", "APPLICATION/X-WWW-Form-UrlEncoded",
        "application/x-www-form-urlencoded ; charset=iso-8859-1",
    ])
    func `S45 a form is taken with or without a charset`(type: String) async throws {
        let (scene, code) = try await prepared()
        let response = try await scene.installation.send(
            .post, "/token", headers: [("Content-Type", type)],
            body: SluiceOAuth.Parameters.encode(scene.flow.exchangeFields(code)))
        #expect(response.status == 200)
    }

    @Test(
        arguments: [
            nil, "", "application/json", "multipart/form-data; boundary=x", "text/plain",
            "application/x-www-form-urlencodedx",
            "application/xml, application/x-www-form-urlencoded",
        ] as [String?])
    func `S45 S94 another media type is invalid_request`(type: String?) async throws {
        let (scene, code) = try await prepared()
        let response = try await scene.installation.send(
            .post, "/token", headers: type.map { [("Content-Type", $0)] } ?? [],
            body: SluiceOAuth.Parameters.encode(scene.flow.exchangeFields(code)))
        expectRefusal(response, "invalid_request", "\(type ?? "none")")
        try await expectUntouched(scene, code)
    }

    @Test func `S45 JSON and multipart bodies are invalid_request too`() async throws {
        let (scene, code) = try await prepared()
        let json = try JSONSerialization.data(
            withJSONObject: Dictionary(uniqueKeysWithValues: scene.flow.exchangeFields(code)))
        let multipart =
            scene.flow.exchangeFields(code)
            .map { "--x\r\nContent-Disposition: form-data; name=\"\($0.0)\"\r\n\r\n\($0.1)\r\n" }.joined() + "--x--\r\n"
        for (type, body) in [
            ("application/json", String(decoding: json, as: UTF8.self)), ("multipart/form-data; boundary=x", multipart),
        ] {
            expectRefusal(
                try await scene.installation.send(.post, "/token", headers: [("Content-Type", type)], body: body),
                "invalid_request")
        }
        try await expectUntouched(scene, code)
    }

    @Test func `S45 two Content-Type headers are invalid_request`() async throws {
        let (scene, code) = try await prepared()
        let response = try await scene.installation.post(
            "/token", scene.flow.exchangeFields(code), headers: [("Content-Type", "application/x-www-form-urlencoded")])
        expectRefusal(response, "invalid_request")
        try await expectUntouched(scene, code)
    }

    @Test func `S45 S65 a body over the limit is 413 in OAuth's shape, to the byte`() async throws {
        let (scene, code) = try await prepared()
        let fields = SluiceOAuth.Parameters.encode(scene.flow.exchangeFields(code)) + "&padding="
        let limit = scene.installation.configuration.bodyLimits.formInBytes
        let form = [("Content-Type", "application/x-www-form-urlencoded")]
        let over = fields + String(repeating: "x", count: limit - fields.utf8.count + 1)
        expectRefusal(
            try await scene.installation.send(.post, "/token", headers: form, body: over), "invalid_request",
            status: 413)
        let announced = try await scene.installation.send(
            .post, "/token", headers: form + [("Content-Length", "\(limit + 1)")], body: "")
        expectRefusal(announced, "invalid_request", status: 413, "refused unread")
        #expect(try await scene.onlyGrant.state == .pending)
        let exact = fields + String(repeating: "x", count: limit - fields.utf8.count)
        #expect(try await scene.installation.send(.post, "/token", headers: form, body: exact).status == 200)
    }

    @Test(arguments: [
        ("a broken escape", "&x=%zz"), ("a cut escape", "&x=%4"), ("a percent sign at the end", "&x=%"),
        ("bytes that are no UTF-8", "&x=%ff%fe"), ("an overlong encoding", "&x=%c0%80"),
        ("a surrogate", "&x=%ed%a0%80"),
        ("in a name", "&%ff=x"),
    ])
    func `S45 S94 text that is not form-encoded UTF-8 is invalid_request`(why: String, tail: String) async throws {
        let (scene, code) = try await prepared()
        let response = try await scene.installation.send(
            .post, "/token", headers: [("Content-Type", "application/x-www-form-urlencoded")],
            body: SluiceOAuth.Parameters.encode(scene.flow.exchangeFields(code)) + tail)
        expectRefusal(response, "invalid_request", "\(why)")
        try await expectUntouched(scene, code)
    }

    @Test(arguments: Client.Kind.allCases)
    func `S45 S94 any repeated parameter is invalid_request, equal values and unknown names included`(
        kind: Client.Kind
    ) async throws {
        let (scene, code) = try await prepared(kind)
        let fields = scene.flow.exchangeFields(code)
        for (name, value) in fields {
            for second in [value, "other", ""] {
                expectRefusal(
                    try await scene.installation.post("/token", fields + [(name, second)]), "invalid_request",
                    "\(name)=\(second)")
            }
        }
        expectRefusal(
            try await scene.installation.post("/token", fields + [("x", "1"), ("x", "2")]), "invalid_request")
        try await expectUntouched(scene, code)
    }

    @Test func `S45 resource may repeat, and unknown parameters are ignored`() async throws {
        let (scene, code) = try await prepared()
        let response = try await scene.installation.post(
            "/token",
            scene.flow.exchangeFields(code) + [
                ("resource", Installation.issuer), ("resource", Installation.issuer), ("foo", "bar"),
            ])
        #expect(response.status == 200)
    }

    @Test func `S45 an empty body is invalid_request`() async throws {
        let installation = try await Installation()
        expectRefusal(try await installation.post("/token", []), "invalid_request")
    }

    // MARK: Grant type

    @Test(arguments: [nil, ""] as [String?])
    func `S51 a missing grant_type is invalid_request`(type: String?) async throws {
        let (scene, code) = try await prepared()
        expectRefusal(try await scene.flow.exchange(code, ["grant_type": type]), "invalid_request")
        try await expectUntouched(scene, code)
    }

    @Test(arguments: [
        "password", "client_credentials", "implicit", "junk", "AUTHORIZATION_CODE", "authorization_code ",
        "urn:ietf:params:oauth:grant-type:device_code", "urn:ietf:params:oauth:grant-type:jwt-bearer",
        "authorization_code refresh_token",
    ])
    func `S51 S98 a grant type that is not offered is unsupported_grant_type`(type: String) async throws {
        let (scene, code) = try await prepared()
        let response = try await scene.flow.exchange(
            code, ["grant_type": type, "username": "ada@example.com", "password": "x"])
        expectRefusal(response, "unsupported_grant_type", "\(type)")
        try await expectUntouched(scene, code)
    }

    @Test func `S51 the metadata list exactly the grant types that work`() async throws {
        let installation = try await Installation()
        let document = try await installation.send(.get, "/.well-known/oauth-authorization-server").json
        #expect(document["grant_types_supported"] as? [String] == ["authorization_code", "refresh_token"])
    }

    @Test func `S51 S77 a code is no refresh token, and a refresh token no code`() async throws {
        let (scene, code) = try await prepared()
        expectRefusal(try await scene.flow.refresh(code), "invalid_grant")
        let tokens = Tokens(try await scene.flow.exchange(code))
        expectRefusal(try await scene.flow.exchange(try #require(tokens.refresh)), "invalid_grant")
        #expect(try await scene.flow.refresh(try #require(tokens.refresh)).status == 200, "neither harmed the other")
    }

    // MARK: Code

    @Test(arguments: [nil, ""] as [String?])
    func `S52 S94 a missing code is invalid_request`(text: String?) async throws {
        let (scene, code) = try await prepared()
        expectRefusal(try await scene.flow.exchange(code, ["code": text]), "invalid_request")
        try await expectUntouched(scene, code)
    }

    @Test func `S52 S96 an unknown, malformed, cut, extended or changed code is invalid_grant`() async throws {
        let (scene, code) = try await prepared()
        let key = try await scene.installation.key(for: scene.account)
        let wrong = [
            "nope", String(code.dropLast()), String(code.dropFirst()), code + "A", code + "=", " " + code, code + "\n",
            code + "\0",
            code.uppercased(), code.lowercased(), String(code.reversed()), String(repeating: "A", count: 43),
            String(repeating: "A", count: 10_000), key.key.text, scene.flow.client.secret?.text ?? "",
            scene.client.id.text, try await scene.onlyGrant.id.text, "../../etc/passwd", "' OR 1=1 --", "é",
        ]
        for text in wrong where text != code {
            let response = try await scene.flow.exchange(text)
            expectRefusal(response, "invalid_grant", "\(text)")
            #expect(
                response.json["error_description"] as? String == "The authorization code is not valid.", "no oracle")
        }
        try await expectUntouched(scene, code)
    }

    @Test func `S52 an access token and a code of another account's approval of another client are no codes here`()
        async throws
    {
        let (scene, code) = try await prepared()
        let tokens = Tokens(try await scene.flow.exchange(code))
        expectRefusal(try await scene.flow.exchange(tokens.access), "invalid_grant")
    }

    // MARK: Redirect URI

    @Test(arguments: [nil, ""] as [String?])
    func `S56 S94 D5 a missing redirect_uri is invalid_request`(uri: String?) async throws {
        let (scene, code) = try await prepared()
        expectRefusal(try await scene.flow.exchange(code, ["redirect_uri": uri]), "invalid_request")
        try await expectUntouched(scene, code)
    }

    @Test(arguments: [
        "https://app.example/cb/", "https://app.example/c", "https://APP.example/cb", "https://app.example:443/cb",
        "https://app.example/cb?", "https://app.example/%63b", "http://app.example/cb", " https://app.example/cb",
        "https://app.example/cb\0", "https://app.example/other", "https://evil.example/cb", "x",
    ])
    func `S56 any other redirect_uri is invalid_grant, another registered one too`(uri: String) async throws {
        let scene = try await OAuthScene(redirectURIs: ["https://app.example/cb", "https://app.example/other"])
        let code = try await scene.flow.code(in: scene.browser)
        expectRefusal(try await scene.flow.exchange(code, ["redirect_uri": uri]), "invalid_grant", "\(uri)")
        try await expectUntouched(scene, code)
    }
}
