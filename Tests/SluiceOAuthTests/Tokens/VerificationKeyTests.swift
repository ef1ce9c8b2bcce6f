import SluiceOAuth
import Testing

@Suite("RFC 7517 and RFC 7638: public keys")
struct VerificationKeyTests {
    private static let rsa7638 = """
        {"kty":"RSA","n":"0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZ\
        CiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6q\
        MQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw",\
        "e":"AQAB","alg":"RS256"}
        """
    private static let ed8037 = #"{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}"#
    private static let ec7515 = """
        {"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",\
        "y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}
        """

    @Test func `the thumbprint vector of RFC 7638 section 3_1 holds`() throws {
        let key = try #require(VerificationKey(jwkJSON: Self.rsa7638))
        #expect(key.keyID == "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs")
        #expect(key.algorithm == .rs256)
    }

    @Test func `the thumbprint vector of RFC 8037 appendix A_3 holds`() throws {
        let key = try #require(VerificationKey(jwkJSON: Self.ed8037))
        #expect(key.keyID == "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k")
        #expect(key.algorithm == .eddsa)
    }

    @Test(arguments: [
        (
            Self.ec7515,
            "eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ",
            "DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q"
        ),
        (
            Self.ed8037, "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc",
            "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg"
        ),
    ])
    func `the signature vectors of RFC 7515 A_3 and RFC 8037 A_4 hold`(jwk: String, input: String, signature: String)
        throws
    {
        let key = try #require(VerificationKey(jwkJSON: jwk))
        var bytes = try #require(Base64URL.decode(signature))
        #expect(key.isValid(signature: bytes, over: Array(input.utf8)))
        #expect(!key.isValid(signature: bytes, over: Array(input.utf8.dropLast())))
        #expect(!key.isValid(signature: bytes.dropLast(), over: Array(input.utf8)))
        #expect(!key.isValid(signature: [], over: Array(input.utf8)))
        bytes[5] ^= 1
        #expect(!key.isValid(signature: bytes, over: Array(input.utf8)))
    }

    @Test(arguments: [
        ("not JSON", "x"), ("no object", "[]"), ("unknown type", #"{"kty":"oct","k":"AAAA"}"#),
        ("another curve", #"{"kty":"EC","crv":"P-384","x":"AA","y":"AA"}"#),
        ("short coordinate", #"{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHUQ"}"#),
        ("padded coordinate", #"{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo="}"#),
        (
            "point off the curve",
            #"{"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","y":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU"}"#
        ),
        (
            "private key",
            #"{"kty":"OKP","crv":"Ed25519","d":"nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}"#
        ),
        (
            "for encryption",
            #"{"kty":"OKP","crv":"Ed25519","use":"enc","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}"#
        ),
        (
            "another algorithm",
            #"{"kty":"OKP","crv":"Ed25519","alg":"ES256","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}"#
        ),
        (
            "algorithm none",
            #"{"kty":"OKP","crv":"Ed25519","alg":"none","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}"#
        ),
        ("RSA of 1024 bits", #"{"kty":"RSA","e":"AQAB","n":"\#(String(repeating: "_w", count: 85))8"}"#),
        (
            "name that is no text",
            #"{"kty":"OKP","crv":"Ed25519","kid":7,"x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}"#
        ),
    ])
    func `what is no public signature key of ours is refused`(why: String, jwk: String) {
        #expect(VerificationKey(jwkJSON: jwk) == nil, "\(why)")
    }

    @Test(arguments: SignatureAlgorithm.allCases)
    func `S108 a JWK names key, algorithm and use, holds no private member, and can be read back`(
        _ algorithm: SignatureAlgorithm
    ) throws {
        let key = try SigningKey.generate(algorithm)
        let jwk = Dictionary(uniqueKeysWithValues: key.verificationKey.jwk)
        #expect(jwk["kid"] == key.keyID && jwk["alg"] == algorithm.rawValue && jwk["use"] == "sig")
        #expect(Set(jwk.keys).isDisjoint(with: ["d", "p", "q", "dp", "dq", "qi", "k", "oth"]))
        let read = try #require(VerificationKey(jwkJSON: key.verificationKey.jwkJSON))
        #expect(read == key.verificationKey)
        #expect(key.keyID.utf8.count == 43)
        let signature = try key.sign([1, 2, 3])
        #expect(read.isValid(signature: signature, over: [1, 2, 3]))
        #expect(!read.isValid(signature: signature, over: [1, 2, 4]))
    }

    @Test(arguments: SignatureAlgorithm.allCases)
    func `a signing key survives being kept`(_ algorithm: SignatureAlgorithm) throws {
        let key = try SigningKey.generate(algorithm)
        let kept = try SigningKey(algorithm, representation: key.representation)
        #expect(kept.keyID == key.keyID)
        #expect(try key.verificationKey.isValid(signature: kept.sign([7]), over: [7]))
        #expect(throws: (any Error).self) { try SigningKey(algorithm, representation: [1, 2, 3]) }
        #expect("\(key)" == "SigningKey(\(algorithm.rawValue), \(key.keyID))")
    }

    @Test func `a foreign name is kept`() throws {
        let jwk = #"{"kty":"OKP","crv":"Ed25519","kid":"2026-a","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}"#
        #expect(VerificationKey(jwkJSON: jwk)?.keyID == "2026-a")
    }
}
