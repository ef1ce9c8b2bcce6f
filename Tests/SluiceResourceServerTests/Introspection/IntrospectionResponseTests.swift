import Foundation
import SluiceOAuth
import Testing

@Suite("RFC 7662 §2.2: answers read")
struct IntrospectionResponseTests {
    private func read(_ text: String) -> IntrospectionResponse? { IntrospectionResponse(json: Array(text.utf8)) }

    @Test func `an active token is read with all that is said of it`() throws {
        let answer = try #require(
            read(
                #"{"active":true,"scope":"posts:read account:read","client_id":"app","username":"ada","token_type":"Bearer","#
                    + #""exp":1800003600,"iat":1800000000,"nbf":1800000000,"sub":"6560","aud":"https://api.example","#
                    + #""iss":"https://auth.example","jti":"x","extension_field":{"a":[1]}}"#))
        #expect(answer.isActive)
        #expect(answer.scopes == Scopes("posts:read account:read"))
        #expect(answer.clientID == "app")
        #expect(answer.subject == "6560")
        #expect(answer.audience == ["https://api.example"])
        #expect(answer.issuer == "https://auth.example")
        #expect(answer.tokenType == "Bearer")
        #expect(answer.expiresAt == Date(timeIntervalSince1970: 1_800_003_600))
        #expect(!answer.isBoundToKey)
    }

    @Test func `of an inactive token nothing else is believed`() {
        #expect(read(#"{"active":false}"#) == IntrospectionResponse(isActive: false))
        #expect(read(#"{"active":false,"scope":"posts:write","sub":7}"#) == IntrospectionResponse(isActive: false))
    }

    @Test(arguments: [
        ("nothing", ""), ("no active", "{}"), ("active as text", #"{"active":"true"}"#), ("active as number", #"{"active":1}"#),
        ("active twice", #"{"active":false,"active":true}"#), ("a list", #"[{"active":true}]"#),
        ("a number for a scope", #"{"active":true,"scope":7}"#), ("a list of scopes", #"{"active":true,"scope":["a"]}"#),
        ("a scope of no scope's characters", #"{"active":true,"scope":"a\"b"}"#),
        ("a number for an account", #"{"active":true,"sub":7}"#), ("audiences that are no text", #"{"active":true,"aud":[7]}"#),
        ("an end that is text", #"{"active":true,"exp":"1800003600"}"#),
        ("an end with a fraction", #"{"active":true,"exp":1.5}"#),
        ("text behind it", #"{"active":true} {"active":false}"#),
    ])
    func `text that is no answer is refused`(why: String, text: String) {
        #expect(read(text) == nil, "\(why)")
    }
}
