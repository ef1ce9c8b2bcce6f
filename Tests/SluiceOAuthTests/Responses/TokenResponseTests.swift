import SluiceOAuth
import Testing

@Suite("RFC 6749 §5.1: token answers")
struct TokenResponseTests {
    @Test func `S58 S61 S62 S63 the members stand in the order of Buffer's page`() {
        let response = TokenResponse(
            accessToken: "eyJ", refreshToken: "v1.x", expiresIn: 3600, scopes: .named("posts:write offline_access"))
        #expect(
            response.json
                == #"{"access_token":"eyJ","refresh_token":"v1.x","token_type":"Bearer","expires_in":3600,"scope":"posts:write offline_access"}"#
        )
        #expect(!"\(response)".contains("eyJ") && !"\(response)".contains("v1.x"))
    }

    @Test func `S60 without offline_access the refresh token is absent`() {
        let response = TokenResponse(accessToken: "eyJ", refreshToken: nil, expiresIn: 60, scopes: .named("posts:read"))
        #expect(response.json == #"{"access_token":"eyJ","token_type":"Bearer","expires_in":60,"scope":"posts:read"}"#)
    }
}
