import Crypto
import Foundation
import HTTPTypes
import SluiceAuthority
import SluiceOAuth
import Testing

@testable import SluiceServer

@Suite("Forged access tokens")
struct ForgedTokenTests {
    private func world() async throws -> (Installation, Connection, Forgery) {
        let installation = try await Installation()
        let connection = try await installation.connect()
        let forgery = try await Forgery(of: connection.tokens, on: installation)
        // The forger's tools work: an unchanged copy, signed with the server's own key, is good.
        #expect(try await installation.status(try forgery.token()) == 200)
        return (installation, connection, forgery)
    }

    @Test func `S70 a token that this server's key did not sign is refused`() async throws {
        let (installation, connection, forgery) = try await world()
        let jwks = try await installation.send(.get, "/jwks")
        let published = try #require((jwks.json["keys"] as? [[String: Any]])?.first)
        let coordinates = ["x", "y"].compactMap { published[$0] as? String }.compactMap { Base64URL.decode($0) }
        let point = try P256.Signing.PublicKey(rawRepresentation: Array(coordinates.joined()))
        let parts = connection.access.split(separator: ".").map(String.init)
        let none = try forgery.heading(["alg": "none"]).signedText()
        let hmac = forgery.heading(["alg": "HS256"])
        var signature = try #require(Base64URL.decode(parts[2]))
        signature[signature.count - 1] ^= 1
        let forged: [(token: String, why: String)] = [
            (none + ".", "alg none without a signature"), (none, "alg none, two parts"),
            (try forgery.heading(["alg": "none"]).token(), "alg none with the real key's signature"),
            (try forgery.heading(["alg": "None"]).token(signature: [0]), "alg None"),
            (try forgery.heading(["alg": ""]).token(), "empty alg"),
            (try forgery.heading(["alg": nil]).token(), "no alg"),
            (try forgery.heading(["alg": "ES384"]).token(), "another curve's algorithm"),
            (try forgery.heading(["alg": "RS256"]).token(), "RS256 named, ES256 made"),
            (try forgery.heading(["alg": "es256"]).token(), "alg in another case"),
            (try forgery.token(signedBy: .generate(.es256)), "another key under our kid"),
            (try forgery.heading(["alg": "EdDSA"]).token(signedBy: .generate(.eddsa)), "another kind of key"),
            (try hmac.token(hmacUnder: Array(jwks.body.utf8)), "HS256 under the key set's text"),
            (try hmac.token(hmacUnder: Array(point.pemRepresentation.utf8)), "HS256 under the PEM"),
            (try hmac.token(hmacUnder: Array(point.derRepresentation)), "HS256 under the DER"),
            (try hmac.token(hmacUnder: Array(point.rawRepresentation)), "HS256 under the point"),
            (try hmac.token(hmacUnder: Array(point.x963Representation)), "HS256 under X9.63"),
            (try hmac.token(hmacUnder: coordinates[0]), "HS256 under x"),
            (try hmac.token(hmacUnder: [0]), "HS256, no key"),
            (try forgery.token(signature: Array(repeating: 0, count: 64)), "a signature of zeros (CVE-2022-21449)"),
            (try forgery.token(signature: []), "no signature"),
            (try forgery.token(signature: signature), "a flipped bit"),
            (parts[0] + "." + parts[1] + "." + parts[2] + parts[2], "the signature twice"),
            (connection.access + "=", "padded"), (connection.access + ".", "a fourth part"),
            (parts[0] + "." + parts[1], "no third part"), (parts[1] + "." + parts[0] + "." + parts[2], "swapped"),
            (parts[0] + "." + parts[1] + "." + String(parts[2].dropLast()), "truncated"),
            (try forgery.claiming(["sub": "0"]).signedText() + "." + parts[2], "another subject under our signature"),
            (try forgery.claiming(["scope": "posts:write"]).signedText() + "." + parts[2], "other scopes"),
            (connection.access.uppercased(), "in capitals"), (parts[0] + ".e30." + parts[2], "no claims"),
        ]
        for (token, why) in forged { (try await refuse(token, installation)).expectInvalidToken("\(why)") }
        #expect(try await installation.status(connection.access) == 200)
    }

    @Test func `S70 a token with the wrong header is refused even if our key signed it`() async throws {
        let (installation, _, forgery) = try await world()
        let own = try #require(forgery.header["kid"] as? String)
        let foreign: [String: Any] = ["kty": "EC", "crv": "P-256", "x": "AA", "y": "AA"]
        let headers: [(changes: [String: Any?], why: String)] = [
            (["typ": "JWT"], "typ of an ID token"), (["typ": nil], "no typ"), (["typ": "at+JWT2"], "unknown typ"),
            (["typ": ["at+jwt"]], "typ that is no text"), (["kid": nil], "no kid"), (["kid": "unknown"], "unknown kid"),
            (["kid": own + "A"], "longer kid"), (["kid": own.lowercased()], "kid in another case"),
            (["kid": "../../dev/null"], "a path as kid"), (["kid": "' OR 1=1 --"], "SQL as kid"),
            (["kid": 7], "kid that is no text"), (["crit": ["exp"], "exp": 1], "crit"),
            (["crit": [String]()], "empty crit"), (["b64": false, "crit": ["b64"]], "unencoded payload"),
            (["b64": true], "b64"), (["kid": nil, "jwk": foreign], "a key of its own and no kid"),
            (["kid": nil, "jku": "https://evil.example/jwks"], "a key set of its own and no kid"),
            (["kid": nil, "x5u": "https://evil.example/cert"], "a certificate of its own and no kid"),
        ]
        for (changes, why) in headers {
            let token = try forgery.heading(changes).token()
            (try await refuse(token, installation)).expectInvalidToken("\(why)")
        }
    }

    @Test func `S70 S69 a token with the wrong claims is refused even if our key signed it`() async throws {
        let (installation, connection, forgery) = try await world()
        let now = Int(installation.clock.now.timeIntervalSince1970)
        let claims: [(changes: [String: Any?], why: String)] = [
            (["iss": "https://evil.example"], "another issuer"),
            (["iss": Installation.issuer + "/"], "issuer and a slash"),
            (["iss": "HTTP://127.0.0.1:8080"], "issuer in capitals"), (["iss": nil], "no issuer"),
            (["iss": [Installation.issuer]], "a list of issuers"),
            (["aud": "https://other.example"], "another audience"),
            (["aud": connection.clientID.text], "the audience of an ID token"), (["aud": nil], "no audience"),
            (["aud": [String]()], "an empty audience"), (["aud": ["https://other.example"]], "a list without us"),
            (["aud": [7]], "an audience of numbers"), (["exp": nil], "no end"),
            (["exp": "\(now + 60)"], "an end in text"),
            (["exp": now - 61], "ended, by a second more than the leeway"), (["exp": now - 60], "ended, at the leeway"),
            (["exp": 0], "ended in 1970"), (["exp": -1], "before time began"),
            (["exp": 1e300], "an end beyond numbers"),
            (["iat": now + 61], "from the future"), (["iat": nil], "no beginning"), (["nbf": now + 61], "not yet good"),
            (["nbf": "x"], "a beginning that is no number"), (["sub": nil], "no subject"),
            (["sub": ""], "empty subject"),
            (["sub": "admin"], "a subject that is no account"), (["sub": 7], "a subject that is no text"),
            (["client_id": nil], "no client"), (["client_id": "x"], "a client that is no id"),
            (["grant_id": nil], "no grant"), (["grant_id": "x"], "a grant that is no id"), (["jti": nil], "no name"),
            (["scope": ["account:read"]], "a list of scopes"), (["scope": "a\"b"], "an illegal scope"),
        ]
        for (changes, why) in claims {
            let token = try forgery.claiming(changes).token()
            (try await refuse(token, installation)).expectInvalidToken("\(why)")
        }
        let good: [(changes: [String: Any?], why: String)] = [
            (["aud": ["https://other.example", Installation.issuer]], "we are among those it is meant for"),
            (["exp": now - 59], "ended within the leeway"), (["iat": now + 60], "a clock that is a minute ahead"),
            (["nbf": now + 60], "the same for nbf"), (["extra": ["a": 1]], "claims that we do not know"),
        ]
        for (changes, why) in good {
            #expect(try await installation.status(try forgery.claiming(changes).token()) == 200, "\(why)")
        }
    }

    @Test func `S70 no token of ours outlives the configured lifetime, whatever end it names`() async throws {
        let (installation, _, forgery) = try await world()
        let now = Int(installation.clock.now.timeIntervalSince1970)
        let token = try forgery.claiming(["exp": now + 10 * 365 * 86_400]).token()
        #expect(try await installation.status(token) == 200)
        try await installation.advance(by: 3659)
        #expect(try await installation.status(token) == 200)
        try await installation.advance(by: 1)
        (try await refuse(token, installation)).expectInvalidToken("an hour and the leeway later")
    }

    @Test func `S70 strange JSON, nesting and sizes are refused and never a 500`() async throws {
        let (installation, connection, forgery) = try await world()
        let kid = forgery.key.keyID
        let header = #"{"alg":"ES256","typ":"at+jwt","kid":"\#(kid)"}"#
        let payload = String(decoding: try JSONSerialization.data(withJSONObject: forgery.claims), as: UTF8.self)
        func signed(_ header: String, _ payload: String) throws -> String {
            let text = Base64URL.encode(header.utf8) + "." + Base64URL.encode(payload.utf8)
            return text + "." + Base64URL.encode(try forgery.key.sign(Array(text.utf8)))
        }
        #expect(try await installation.status(try signed(header, payload)) == 200)
        let deep = String(repeating: "[", count: 1_500) + String(repeating: "]", count: 1_500)
        let strange: [(token: String, why: String)] = [
            (try signed(header, "[]"), "a list"), (try signed(header, "null"), "null"),
            (try signed(header, ""), "nothing"),
            (try signed(header, payload + "x"), "something behind the object"),
            (try signed(header, "{\"iss\":\"x\"," + payload.dropFirst()), "a claim twice"),
            (try signed(#"{"alg":"none","alg":"ES256","typ":"at+jwt","kid":"\#(kid)"}"#, payload), "alg twice"),
            (try signed(header, "{\"deep\":\(deep)," + payload.dropFirst()), "deep nesting"),
            (try signed("\u{FEFF}" + header, payload), "a byte order mark"),
            (
                try signed(header, "{\"long\":\"\(String(repeating: "a", count: 7_000))\"," + payload.dropFirst()),
                "too long"
            ),
            ("..", "dots alone"), ("a.b.c", "letters"), ("eyJ.eyJ.eyJ", "half an object"),
            (String(repeating: "a", count: 100_000), "a hundred kilobytes"),
            (String(repeating: "a.", count: 4_000) + "a", "four thousand parts"),
        ]
        for (token, why) in strange {
            let response = try await installation.query(bearer: token)
            response.expectInvalidToken("\(why)")
        }
        #expect(try await installation.status(connection.access) == 200)
    }

    @Test func `S70 S2 all refusals look alike, the real reason is for the log`() async throws {
        let (installation, connection, forgery) = try await world()
        let revoked = try await connection.again()
        #expect(try await installation.authority.grants.revoke(revoked.grantID, trace: .commandLine))
        let tokens = [
            try forgery.token(signedBy: .generate(.es256)), try forgery.claiming(["iss": "x"]).token(),
            try forgery.claiming(["exp": 1]).token(), try forgery.heading(["kid": "x"]).token(), revoked.access, "x",
            "buf_" + String(repeating: "a", count: 49), APIKey(random: Array(repeating: 3, count: 32)).text,
        ]
        var answers: Set<String> = []
        for token in tokens {
            let answer = try await installation.query(bearer: token)
            answers.insert("\(answer.status) \(answer.body) \(answer["WWW-Authenticate"] ?? "")")
            #expect(!installation.log.text.contains(token) || token == "x", "no bearer reaches the log")
        }
        #expect(answers.count == 1)
    }

    @Test(arguments: SignatureAlgorithm.allCases)
    func `S58 S70 tokens of every algorithm that can be chosen are accepted, and refused when one bit changes`(
        algorithm: SignatureAlgorithm
    ) async throws {
        let installation = try await Installation { $0.signatureAlgorithm = algorithm }
        let connection = try await installation.connect()
        #expect(connection.tokens.header["alg"] as? String == algorithm.rawValue)
        #expect(try await installation.status(connection.access) == 200)
        let forgery = try await Forgery(of: connection.tokens, on: installation)
        for other in SignatureAlgorithm.allCases where other != algorithm {
            let token = try forgery.heading(["alg": other.rawValue]).token()
            (try await refuse(token, installation)).expectInvalidToken("named \(other)")
        }
        var bytes = try #require(Base64URL.decode(connection.access.split(separator: ".")[2]))
        bytes[0] ^= 0x80
        (try await refuse(try forgery.token(signature: bytes), installation)).expectInvalidToken("one bit")
    }

    /// Asks twice: the first answer must not depend on nothing being remembered, nor leave something that the second finds.
    private func refuse(_ token: String, _ installation: Installation) async throws -> TestResponse {
        _ = try await installation.query(bearer: token)
        return try await installation.query(bearer: token)
    }
}
