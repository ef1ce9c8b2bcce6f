import Crypto
import Testing

@testable import SluiceOAuth

@Suite("Values that hold secrets")
struct SecretHolderTests {
    private static let random = Array(repeating: UInt8(0xA5), count: 32)
    private static let verifier = String(repeating: "v", count: 43)

    @Test func `S12 neither text, dump nor mirror shows a secret`() throws {
        let code = AuthorizationCode(random: Self.random)
        let (key, secret) = (APIKey(random: Self.random), ClientSecret(random: Self.random))
        let refresh = RefreshToken(
            grant: Array(repeating: 1, count: 12), generation: 7, salt: [1], key: SymmetricKey(data: Self.random))
        let form = Parameters([
            ("grant_type", "authorization_code"), ("code", code.text), ("redirect_uri", "https://app.example/cb"),
            ("code_verifier", Self.verifier), ("client_id", "c"), ("client_secret", secret.text), ("token", refresh.text),
        ])
        let signing = try SigningKey.generate(.es256)
        let values: [any Sendable] = [
            code, key, secret, refresh, form, signing, try #require(CodeVerifier(Self.verifier)), try TokenRequest(form),
            try TokenRequest(Parameters([("grant_type", "refresh_token"), ("refresh_token", refresh.text)])),
            try RevocationRequest(form), try ClientCredentials(authorization: nil, form),
            try BasicCredentials("Basic YzpwYXNzd29yZA=="),
            TokenResponse(accessToken: "a.b.c", refreshToken: refresh.text, expiresIn: 1, scopes: Scopes()),
        ]
        let secrets = [
            code.text, key.text, secret.text, refresh.text, Self.verifier, "a.b.c", "password",
            "\(signing.representation)",
        ]
        for value in values {
            var dumped = ""
            dump(value, to: &dumped)
            for shown in ["\(value)", String(reflecting: value), "\([value])", "\(Optional(value) as Any)", dumped] {
                for secret in secrets { #expect(!shown.contains(secret), "\(type(of: value))") }
            }
            #expect(Mirror(reflecting: value).children.isEmpty, "\(type(of: value))")
        }
    }
}
