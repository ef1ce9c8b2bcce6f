import SluiceOAuth
import Testing

@Suite("RFC 7009 §2.1: revocation requests")
struct RevocationRequestTests {
    @Test func `S109 token and hint are read, an unknown hint is no error`() throws {
        let request = try RevocationRequest(Parameters([("token", "t"), ("token_type_hint", "pizza")]))
        #expect(request.token == "t" && request.hint == "pizza")
        #expect(try RevocationRequest(Parameters([("token", "t"), ("token_type_hint", "")])).hint == nil)
        #expect("\(request)" == "RevocationRequest(hidden)")
    }

    @Test func `S109 a missing or repeated parameter is invalid_request`() {
        #expect(code { _ = try RevocationRequest(Parameters([])) } == .invalidRequest)
        #expect(code { _ = try RevocationRequest(Parameters([("token", "")])) } == .invalidRequest)
        #expect(code { _ = try RevocationRequest(Parameters([("token", "t"), ("token", "t")])) } == .invalidRequest)
        let hints = [("token", "t"), ("token_type_hint", "a"), ("token_type_hint", "b")]
        #expect(code { _ = try RevocationRequest(Parameters(hints)) } == .invalidRequest)
    }
}
