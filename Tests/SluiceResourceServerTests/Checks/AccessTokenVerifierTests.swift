import Crypto
import Foundation
import SluiceClient
import SluiceOAuth
import SluiceResourceServer
import Testing

@Suite("RFC 9068 §4: tokens checked offline")
struct AccessTokenVerifierTests {
    private let issuer: Issuer
    private let host: KeyHost

    init() throws {
        issuer = try Issuer()
        host = KeyHost(.keys([issuer.key]))
    }

    @Test(arguments: SignatureAlgorithm.allCases)
    func `a good token names its account, client, scopes and end`(_ algorithm: SignatureAlgorithm) async throws {
        let issuer = try Issuer(algorithm)
        let bearer = try await issuer.verifier(KeyHost(.keys([issuer.key]))).check(issuer.token())
        #expect(
            bearer
                == VerifiedBearer(
                    accountID: "ada", clientID: "app", scopes: try #require(Scopes("posts:read offline_access")),
                    expiresAt: issuer.clock.now.addingTimeInterval(3600)))
    }

    @Test func `a token for several audiences is good at each of them`() async throws {
        let token = try issuer.token(audience: ["https://other.example", Issuer.audience])
        #expect(await refusal(try issuer.verifier(host), token) == nil)
    }

    @Test func `forged and foreign tokens are refused, each for its reason`() async throws {
        let verifier = try issuer.verifier(host)
        let other = try SigningKey.generate(.es256)
        let kid = issuer.key.keyID
        let good = try issuer.token()
        let parts = good.split(separator: ".").map(String.init)
        let publicKey = SymmetricKey(data: Data(issuer.key.verificationKey.jwkJSON.utf8))
        let hmacInput = Base64URL.encode(#"{"alg":"HS256","typ":"at+jwt","kid":"\#(kid)"}"#.utf8) + "." + parts[1]
        let hmac = Base64URL.encode(HMAC<SHA256>.authenticationCode(for: Data(hmacInput.utf8), using: publicKey))
        let none = Base64URL.encode(#"{"alg":"none","typ":"at+jwt","kid":"\#(kid)"}"#.utf8) + "." + parts[1]
        // Another key's signature under the name of the right one.
        let foreign = try issuer.token(with: other).split(separator: ".").map(String.init)
        let swapped = parts[0] + "." + parts[1] + "." + foreign[2]
        let start = issuer.clock.now
        let table: [(String, String, AccessTokenProblem)] = [
            ("no signature", none + ".", .malformed),
            ("alg none with some signature", none + "." + parts[2], .algorithmMismatch),
            ("the public key as HMAC secret", hmacInput + "." + hmac, .algorithmMismatch),
            (
                "alg of another kind of key", try issuer.forged(header: #"{"alg":"RS256","typ":"at+jwt","kid":"\#(kid)"}"#),
                .algorithmMismatch
            ),
            ("another key's signature", swapped, .badSignature),
            ("a key nobody published", try issuer.token(with: other), .unknownKey),
            ("no key named", try issuer.forged(header: #"{"alg":"ES256","typ":"at+jwt"}"#), .unknownKey),
            ("an ID token's type", try issuer.forged(header: #"{"alg":"ES256","typ":"JWT","kid":"\#(kid)"}"#), .wrongType),
            ("no type", try issuer.forged(header: #"{"alg":"ES256","kid":"\#(kid)"}"#), .wrongType),
            (
                "an extension that must be understood",
                try issuer.forged(header: #"{"alg":"ES256","typ":"at+jwt","kid":"\#(kid)","crit":["x"],"x":1}"#), .malformed
            ),
            (
                "claims of nothing", try issuer.forged(header: #"{"alg":"ES256","typ":"at+jwt","kid":"\#(kid)"}"#, payload: "{}"),
                .malformed
            ),
            ("another issuer", try issuer.token(issuer: "https://evil.example"), .wrongIssuer),
            ("the issuer with a slash", try issuer.token(issuer: Issuer.url + "/"), .wrongIssuer),
            ("another audience", try issuer.token(audience: ["https://other.example"]), .wrongAudience),
            ("expired by one second", try issuer.token(issuedAt: start.addingTimeInterval(-3600)), .expired),
            ("issued in the future", try issuer.token(issuedAt: start.addingTimeInterval(1)), .notYetValid),
            ("an API key", "buf_" + String(repeating: "a", count: 49), .malformed),
            ("nothing", "", .malformed),
            ("far too long", String(repeating: "a", count: 8193), .tooLong),
        ]
        for (why, token, problem) in table {
            #expect(await refusal(verifier, token) == .invalid(.token(problem)), "\(why)")
        }
        #expect(await refusal(verifier, good) == nil, "the same token unforged")
    }

    @Test func `each changed byte of a token is refused`() async throws {
        let verifier = try issuer.verifier(host)
        let good = Array(try issuer.token().utf8)
        for index in good.indices {
            var changed = good
            changed[index] = changed[index] == UInt8(ascii: "A") ? UInt8(ascii: "B") : UInt8(ascii: "A")
            #expect(await refusal(verifier, String(decoding: changed, as: UTF8.self)) != nil, "byte \(index)")
        }
    }

    @Test func `a token that was verified before still ends on time`() async throws {
        let verifier = try issuer.verifier(host, leeway: .seconds(30))
        let token = try issuer.token(lifetime: 120)
        #expect(await refusal(verifier, token) == nil)
        issuer.clock.advance(149)
        #expect(await refusal(verifier, token) == nil)
        issuer.clock.advance(1)
        #expect(await refusal(verifier, token) == .invalid(.token(.expired)))
    }

    @Test func `no leeway beyond a minute is given`() async throws {
        let verifier = try issuer.verifier(host, leeway: .seconds(86_400))
        let token = try issuer.token(lifetime: 120)
        #expect(await refusal(verifier, token) == nil)
        issuer.clock.advance(180)
        #expect(await refusal(verifier, token) == .invalid(.token(.expired)))
    }

    @Test func `more tokens than are remembered are checked all the same`() async throws {
        let verifier = try issuer.verifier(host, limitOfTokens: 2)
        let tokens = try (0..<10).map { try issuer.token(account: "account-\($0)", id: "jti-\($0)") }
        for _ in 0..<2 {
            for (number, token) in tokens.enumerated() {
                #expect(try await verifier.check(token).accountID == "account-\(number)")
            }
        }
    }

    @Test func `a server without keys, or with keys that travel unprotected, is refused at once`() throws {
        var server = Issuer.server
        server.jwksURI = nil
        #expect(throws: SetupProblem.noKeys(issuer: Issuer.url)) {
            _ = try AccessTokenVerifier(server: server, audience: Issuer.audience, transport: host)
        }
        for url in [
            "http://auth.example/jwks", "http://127.0.0.1.evil.example/jwks", "file:///etc/keys", "com.example:/keys", "",
        ] {
            server.jwksURI = url
            #expect(throws: SetupProblem.insecureKeys(url: url)) {
                _ = try AccessTokenVerifier(server: server, audience: Issuer.audience, transport: host)
            }
        }
        for url in ["https://auth.example/jwks?v=1", "http://127.0.0.1:8080/jwks", "http://localhost:8080/jwks"] {
            server.jwksURI = url
            #expect(throws: Never.self) {
                _ = try AccessTokenVerifier(server: server, audience: Issuer.audience, transport: host)
            }
        }
    }

    @Test func `no description of a refusal holds the token`() async throws {
        let verifier = try issuer.verifier(host)
        let token = try issuer.token(issuer: "https://evil.example")
        let refused = try #require(await refusal(verifier, token))
        for part in token.split(separator: ".") {
            #expect(!"\(refused) \(refused.summary)".contains(part))
        }
    }
}
