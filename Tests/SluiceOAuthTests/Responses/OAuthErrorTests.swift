import SluiceOAuth
import Testing

@Suite("RFC 6749 §5.2: errors")
struct OAuthErrorTests {
    @Test func `S65 the body is error and error_description`() {
        let error = OAuthError(.invalidGrant, "Authorization code has expired", detail: "grant 7")
        #expect(error.json == #"{"error":"invalid_grant","error_description":"Authorization code has expired"}"#)
        #expect(error.status == 400)
        #expect(error.description == "invalid_grant: Authorization code has expired [grant 7]")
    }

    @Test(arguments: OAuthError.Code.allCases)
    func `S65 each code has its status`(code: OAuthError.Code) {
        let expected: [OAuthError.Code: Int] = [
            .invalidClient: 401, .invalidToken: 401, .insufficientScope: 403, .serverError: 500,
            .temporarilyUnavailable: 503,
        ]
        #expect(code.status == expected[code] ?? 400)
    }

    @Test func `S95 S96 D16 invalid_client and invalid_grant never travel on a redirect`() {
        let stays = OAuthError.Code.allCases.filter { !$0.mayBeRedirected }
        #expect(
            Set(stays) == [
                .invalidClient, .invalidGrant, .unsupportedGrantType, .unsupportedTokenType, .invalidToken,
                .insufficientScope,
            ])
    }

    @Test func `S98 the codes are spelled as the RFCs spell them`() {
        #expect(
            OAuthError.Code.allCases.map(\.rawValue) == [
                "invalid_request", "invalid_client", "invalid_grant", "unauthorized_client", "unsupported_grant_type",
                "unsupported_response_type", "invalid_scope", "access_denied", "login_required", "consent_required",
                "account_selection_required", "request_not_supported", "request_uri_not_supported", "server_error",
                "temporarily_unavailable", "invalid_target", "unsupported_token_type", "invalid_token",
                "insufficient_scope",
            ])
    }
}
