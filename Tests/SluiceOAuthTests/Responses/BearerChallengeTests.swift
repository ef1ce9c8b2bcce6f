import SluiceOAuth
import Testing

@Suite("RFC 6750 §3: challenges of the API")
struct BearerChallengeTests {
    @Test func `S1 without a bearer there is no error attribute`() {
        let header = BearerChallenge.header(
            realm: "Sluice", resourceMetadata: "https://api.example/.well-known/oauth-protected-resource")
        #expect(
            header
                == #"Bearer realm="Sluice", resource_metadata="https://api.example/.well-known/oauth-protected-resource""#
        )
    }

    @Test func `S2 S68 D12 error, description and scope are named`() {
        let header = BearerChallenge.header(
            realm: "Sluice", resourceMetadata: nil, error: .insufficientScope, description: "More is needed.",
            scope: .named("posts:read posts:write"))
        #expect(
            header
                == #"Bearer realm="Sluice", error="insufficient_scope", error_description="More is needed.", scope="posts:read posts:write""#
        )
    }

    @Test func `nothing ends the quotes or the header`() {
        let header = BearerChallenge.header(realm: "a\"b\\c\r\nSet-Cookie: é", resourceMetadata: nil)
        #expect(header == #"Bearer realm="abcSet-Cookie: ""#)
    }
}
