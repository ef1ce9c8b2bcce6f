import Foundation
import SluiceOAuth
import Testing

@Suite("RFC 9068: access tokens")
struct AccessTokenTests {
    private let key: SigningKey
    private let now = Date(timeIntervalSince1970: 1_800_000_000)
    private let issuer = "https://auth.example"
    private let audience = "https://api.example"

    init() throws { key = try SigningKey.generate(.es256) }

    private var claims: AccessTokenClaims {
        AccessTokenClaims(
            issuer: issuer, audience: [audience], subject: "0123456789abcdef01234567", clientID: "client",
            scopes: .named("posts:read offline_access"), grantID: "abcdefabcdefabcdefabcdef", issuedAt: now,
            expiresAt: now.addingTimeInterval(3600), id: "jti-1", authenticatedAt: now.addingTimeInterval(-60))
    }

    private func verify(
        _ token: String, key other: SigningKey? = nil, at moment: Date? = nil, leeway: Duration = .zero
    ) throws(AccessTokenProblem) -> AccessTokenClaims {
        let key = other ?? key
        return try AccessToken.verify(
            token, keys: { $0 == key.keyID ? key.verificationKey : nil }, issuer: issuer, audience: audience,
            now: moment ?? now, leeway: leeway)
    }

    /// A token with any header and payload, signed for real.
    private func forge(header: String? = nil, payload: String, with other: SigningKey? = nil) throws -> String {
        let key = other ?? key
        let header = header ?? #"{"alg":"\#(key.algorithm.rawValue)","typ":"at+jwt","kid":"\#(key.keyID)"}"#
        let input = Base64URL.encode(header.utf8) + "." + Base64URL.encode(payload.utf8)
        return input + "." + Base64URL.encode(try key.sign(Array(input.utf8)))
    }

    private func payload(_ changes: [String: String?] = [:]) -> String {
        var members: [(String, String)] = [
            ("iss", "\"\(issuer)\""), ("aud", "\"\(audience)\""), ("sub", "\"s\""), ("client_id", "\"c\""),
            ("scope", "\"posts:read\""), ("grant_id", "\"g\""), ("iat", "1800000000"), ("exp", "1800003600"),
            ("jti", "\"j\""),
        ]
        for (name, value) in changes {
            members.removeAll { $0.0 == name }
            if let value { members.append((name, value)) }
        }
        return "{" + members.map { "\"\($0.0)\":\($0.1)" }.joined(separator: ",") + "}"
    }

    @Test(arguments: SignatureAlgorithm.allCases)
    func `S58 a signed token gives its claims back`(_ algorithm: SignatureAlgorithm) throws {
        let key = try SigningKey.generate(algorithm)
        let token = try AccessToken.sign(claims, with: key)
        #expect(token.hasPrefix("eyJ"))
        #expect(AccessToken.looksLikeOne(token))
        #expect(try verify(token, key: key) == claims)
        let header = try #require(Base64URL.decode(token.prefix { $0 != "." }))
        #expect(
            String(decoding: header, as: UTF8.self)
                == #"{"alg":"\#(algorithm.rawValue)","typ":"at+jwt","kid":"\#(key.keyID)"}"#)
    }

    @Test func `S62 the times on the wire are whole seconds`() throws {
        var claims = claims
        claims.issuedAt += 0.9
        claims.expiresAt += 0.9
        claims.audience.append("https://other.example")
        let token = try AccessToken.sign(claims, with: key)
        let parts = token.split(separator: ".")
        let json = String(decoding: try #require(Base64URL.decode(parts[1])), as: UTF8.self)
        #expect(
            json == """
                {"iss":"https://auth.example","aud":["https://api.example","https://other.example"],\
                "sub":"0123456789abcdef01234567","client_id":"client","scope":"posts:read offline_access",\
                "grant_id":"abcdefabcdefabcdefabcdef","iat":1800000000,"exp":1800003600,"jti":"jti-1","auth_time":1799999940}
                """)
        #expect(try verify(token, at: now.addingTimeInterval(1)).expiresAt == now.addingTimeInterval(3600))
    }

    @Test func `S69 a token is good strictly before its end, with at most 60 seconds of leeway`() throws {
        let token = try AccessToken.sign(claims, with: key)
        let end = claims.expiresAt
        #expect(throws: Never.self) { try verify(token, at: end.addingTimeInterval(-1)) }
        #expect(throws: AccessTokenProblem.expired) { try verify(token, at: end) }
        #expect(throws: Never.self) { try verify(token, at: end.addingTimeInterval(59), leeway: .seconds(60)) }
        #expect(throws: AccessTokenProblem.expired) {
            try verify(token, at: end.addingTimeInterval(60), leeway: .seconds(60))
        }
        #expect(throws: AccessTokenProblem.expired) {
            try verify(token, at: end.addingTimeInterval(60), leeway: .seconds(9999))
        }
        #expect(throws: AccessTokenProblem.expired) { try verify(token, at: end, leeway: .seconds(-60)) }
    }

    @Test func `a token from the future is not good yet`() throws {
        let token = try AccessToken.sign(claims, with: key)
        #expect(throws: AccessTokenProblem.notYetValid) { try verify(token, at: now.addingTimeInterval(-1)) }
        #expect(throws: Never.self) { try verify(token, at: now.addingTimeInterval(-60), leeway: .seconds(60)) }
        let later = try forge(payload: payload(["nbf": "1800000100"]))
        #expect(throws: AccessTokenProblem.notYetValid) { try verify(later) }
        #expect(throws: Never.self) { try verify(later, at: now.addingTimeInterval(100)) }
    }

    @Test func `S70 any single-character change of a token is refused`() throws {
        let key = try SigningKey.generate(.eddsa)
        let token = try AccessToken.sign(claims, with: key)
        var checked = 0
        for text in mutations(of: token, alphabet: "AQgw_.=+ ") {
            checked += 1
            if (try? verify(text, key: key)) != nil { Issue.record("a changed token passes") }
        }
        #expect(checked > 1000)
    }

    @Test func `S70 a foreign issuer or audience is refused`() throws {
        #expect(throws: AccessTokenProblem.wrongIssuer) {
            try verify(forge(payload: payload(["iss": "\"https://evil.example\""])))
        }
        #expect(throws: AccessTokenProblem.wrongIssuer) {
            try verify(forge(payload: payload(["iss": "\"\(issuer)/\""])))
        }
        #expect(throws: AccessTokenProblem.wrongAudience) {
            try verify(forge(payload: payload(["aud": "\"https://other.example\""])))
        }
        #expect(throws: AccessTokenProblem.wrongAudience) {
            try verify(forge(payload: payload(["aud": "[\"a\",\"b\"]"])))
        }
        #expect(throws: Never.self) { try verify(forge(payload: payload(["aud": "[\"a\",\"\(audience)\"]"]))) }
    }

    @Test(arguments: ["none", "None", "NONE", "HS256", "ES384", "PS256", "RS512", "es256", "", "EdDSA", "RS256"])
    func `S70 an algorithm that is not the key's is refused`(name: String) throws {
        let header = #"{"alg":"\#(name)","typ":"at+jwt","kid":"\#(key.keyID)"}"#
        let token = try forge(header: header, payload: payload())
        #expect(throws: AccessTokenProblem.algorithmMismatch) { try verify(token) }
        let unsigned = token.split(separator: ".").prefix(2).joined(separator: ".") + "."
        #expect(throws: AccessTokenProblem.algorithmMismatch) { try verify(unsigned) }
    }

    @Test(arguments: ["JWT", "jwt", "AT+JWT", "at+jwt ", "dpop+jwt", "logout+jwt", ""])
    func `S58 S70 a JWT of another kind is refused`(type: String) throws {
        let header = #"{"alg":"ES256","typ":"\#(type)","kid":"\#(key.keyID)"}"#
        #expect(throws: AccessTokenProblem.wrongType) { try verify(forge(header: header, payload: payload())) }
    }

    @Test func `both spellings of the type that RFC 9068 names are accepted, a missing one is not`() throws {
        let long = #"{"alg":"ES256","typ":"application/at+jwt","kid":"\#(key.keyID)"}"#
        #expect(throws: Never.self) { try verify(forge(header: long, payload: payload())) }
        let missing = #"{"alg":"ES256","kid":"\#(key.keyID)"}"#
        #expect(throws: AccessTokenProblem.wrongType) { try verify(forge(header: missing, payload: payload())) }
    }

    @Test func `S70 an unknown, missing or foreign key is refused`() throws {
        let foreign = try SigningKey.generate(.es256)
        #expect(throws: AccessTokenProblem.unknownKey) { try verify(AccessToken.sign(claims, with: foreign)) }
        let missing = #"{"alg":"ES256","typ":"at+jwt"}"#
        #expect(throws: AccessTokenProblem.unknownKey) { try verify(forge(header: missing, payload: payload())) }
        let stolenName = #"{"alg":"ES256","typ":"at+jwt","kid":"\#(key.keyID)"}"#
        let forged = try forge(header: stolenName, payload: payload(), with: foreign)
        #expect(throws: AccessTokenProblem.badSignature) { try verify(forged) }
    }

    @Test func `S70 a key that the token brings along is not believed`() throws {
        let foreign = try SigningKey.generate(.es256)
        let header = #"{"alg":"ES256","typ":"at+jwt","kid":"\#(key.keyID)","jwk":\#(foreign.verificationKey.jwkJSON)}"#
        #expect(throws: AccessTokenProblem.badSignature) {
            try verify(forge(header: header, payload: payload(), with: foreign))
        }
    }

    @Test(arguments: [
        #","crit":["exp"]"#, #","crit":[]"#, #","b64":false"#, #","b64":true"#, #","alg":"ES256""#, #","kid":"x""#,
        #","\u0061lg":"ES256""#,
    ])
    func `S70 critical extensions and repeated header members are refused`(extra: String) throws {
        let header = #"{"alg":"ES256","typ":"at+jwt","kid":"\#(key.keyID)"\#(extra)}"#
        #expect(throws: AccessTokenProblem.malformed) { try verify(forge(header: header, payload: payload())) }
    }

    @Test(arguments: ["iss", "aud", "sub", "client_id", "grant_id", "iat", "exp", "jti"])
    func `a missing or mistyped claim is refused`(name: String) throws {
        #expect(throws: AccessTokenProblem.malformed) { try verify(forge(payload: payload([name: nil]))) }
        for value in ["null", "true", "{}", "[]", "[1]", "1.5", "-1", "99999999999999999999"] {
            let token = try forge(payload: payload([name: value]))
            #expect(throws: AccessTokenProblem.malformed, "\(name): \(value)") { try verify(token) }
        }
    }

    @Test func `a repeated claim is refused even under a good signature`() throws {
        let twice = payload().dropLast() + #","sub":"other"}"#
        #expect(throws: AccessTokenProblem.malformed) { try verify(forge(payload: String(twice))) }
        #expect(throws: AccessTokenProblem.malformed) { try verify(forge(payload: payload(["scope": "\"a\\\"b\""]))) }
        #expect(throws: AccessTokenProblem.malformed) { try verify(forge(payload: payload(["auth_time": "\"x\""]))) }
        #expect(throws: AccessTokenProblem.malformed) { try verify(forge(payload: payload(["nbf": "\"x\""]))) }
    }

    @Test(arguments: [#"{"jkt":"x"}"#, #"{"x5t#S256":"x"}"#, "{}", "null"])
    func `a token that is bound to a key is no bearer token`(confirmation: String) throws {
        let token = try forge(payload: payload(["cnf": confirmation]))
        #expect(throws: AccessTokenProblem.wrongType) { try verify(token) }
    }

    @Test func `a token without scope permits nothing`() throws {
        #expect(try verify(forge(payload: payload(["scope": nil]))).scopes.isEmpty)
    }

    @Test func `S70 what is no compact JWS is malformed, whatever its form`() throws {
        let token = try AccessToken.sign(claims, with: key)
        let parts = token.split(separator: ".").map(String.init)
        let broken = [
            "", ".", "..", "...", "a.b.c", parts[0], parts[0] + "." + parts[1], token + ".", token + "." + parts[2],
            "." + token,
            " " + token, token + " ", token + "\n", token + "=", parts[0] + "=." + parts[1] + "." + parts[2],
            token.replacingOccurrences(of: ".", with: ".."), "{\"payload\":\"\"}", "Bearer " + token, token + "é",
        ]
        for text in broken { #expect(throws: AccessTokenProblem.malformed, "\(text.prefix(20))") { try verify(text) } }
        #expect(throws: AccessTokenProblem.badSignature) { try verify(parts[0] + "." + parts[1] + ".") }
    }

    @Test func `a text over 8 KiB is refused unread`() throws {
        #expect(throws: AccessTokenProblem.tooLong) { try verify(String(repeating: "a", count: 8193)) }
        #expect(throws: AccessTokenProblem.malformed) { try verify(String(repeating: "a", count: 8192)) }
    }

    @Test func `times that no calendar holds do not trap`() throws {
        var claims = claims
        claims.issuedAt = .distantPast
        claims.expiresAt = Date(timeIntervalSince1970: .greatestFiniteMagnitude)
        #expect(
            try verify(AccessToken.sign(claims, with: key)).expiresAt == Date(timeIntervalSince1970: 253_402_300_799))
    }

    @Test func `claims with any text survive`() throws {
        var random = SeededGenerator(seed: 12)
        let key = try SigningKey.generate(.eddsa)
        for _ in 0..<30 {
            var claims = claims
            claims.subject = "s" + random.text(upTo: 12)
            claims.clientID = "c" + random.text(upTo: 12)
            claims.id = random.text(upTo: 12)
            #expect(try verify(AccessToken.sign(claims, with: key), key: key) == claims)
        }
    }

    @Test(arguments: [
        "", "a", "a.b", "a.b.", "a..c", ".b.c", "a.b.c.d", "a.b.c=", "a.b c.d", "buf_abc", "v1.abc", "a.é.c",
    ])
    func `another text does not look like one`(text: String) {
        #expect(!AccessToken.looksLikeOne(text))
    }

    @Test(arguments: AccessTokenProblem.allCases)
    func `every problem has a sentence`(problem: AccessTokenProblem) {
        #expect(problem.summary.hasSuffix("."))
    }
}
