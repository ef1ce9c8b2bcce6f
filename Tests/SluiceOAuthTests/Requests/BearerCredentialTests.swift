import SluiceOAuth
import Testing

@Suite("RFC 6750 §2.1: the bearer of a request")
struct BearerCredentialTests {
    @Test(arguments: [
        ("Bearer abc", "abc"), ("bearer abc", "abc"), ("BEARER abc", "abc"), ("Bearer  abc", "abc"),
        ("Bearer AZaz09-._~+/==", "AZaz09-._~+/=="),
    ])
    func `S3 the scheme's case does not matter`(value: String, token: String) throws {
        #expect(try BearerCredential.parse([value]) == token)
    }

    @Test func `S1 no header is no bearer`() throws {
        #expect(try BearerCredential.parse([]) == nil)
    }

    @Test(arguments: [
        "", "abc", "buf_abc", "Basic Yzpz", "Token abc", "Bearerabc", "Bearer\tabc", "Beareé abc", " Bearer abc",
        "Bearer,abc",
    ])
    func `S3 another scheme is not Bearer`(value: String) {
        #expect(throws: BearerProblem.notBearer) { try BearerCredential.parse([value]) }
    }

    @Test(arguments: [
        "Bearer", "Bearer ", "Bearer    ", "Bearer a b", "Bearer a,b", "Bearer a, Bearer b", "Bearer abc ",
        "Bearer abc\t", "Bearer abc\n",
        "Bearer a\u{0}b", "Bearer é", "Bearer =", "Bearer a=b", "Bearer \"abc\"", "Bearer a;b", "Bearer token=abc",
        "Bearer a\u{200B}",
    ])
    func `S3 anything but one token is malformed`(value: String) {
        #expect(throws: BearerProblem.malformed) { try BearerCredential.parse([value]) }
    }

    @Test func `S3 two headers are refused even if they are equal`() {
        #expect(throws: BearerProblem.repeated) { try BearerCredential.parse(["Bearer a", "Bearer a"]) }
        #expect(throws: BearerProblem.repeated) { try BearerCredential.parse(["Bearer a", "Basic b"]) }
    }

    @Test func `S1 S3 only what was presented as a bearer has an error`() {
        #expect(BearerProblem.notBearer.status == 401 && BearerProblem.notBearer.error == nil)
        #expect(BearerProblem.malformed.status == 400 && BearerProblem.malformed.error?.code == .invalidRequest)
        #expect(BearerProblem.repeated.status == 400 && BearerProblem.repeated.error?.code == .invalidRequest)
    }
}
