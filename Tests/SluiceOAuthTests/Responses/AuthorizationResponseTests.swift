import SluiceOAuth
import Testing

@Suite("RFC 6749 §4.1.2 and RFC 9207: redirects back to the client")
struct AuthorizationResponseTests {
    private let issuer = "https://auth.example"
    private let iss = "iss=https%3A%2F%2Fauth.example"

    private func success(_ uri: String, state: String? = "s") -> String {
        AuthorizationResponse.success(redirectURI: uri, code: "c-_1", state: state, issuer: issuer)
    }

    @Test func `S38 code, state and iss are appended`() {
        #expect(success("https://app.example/cb") == "https://app.example/cb?code=c-_1&state=s&\(iss)")
        #expect(success("https://app.example") == "https://app.example?code=c-_1&state=s&\(iss)")
        #expect(success("com.example.app:/cb") == "com.example.app:/cb?code=c-_1&state=s&\(iss)")
        #expect(success("http://127.0.0.1:7777/cb") == "http://127.0.0.1:7777/cb?code=c-_1&state=s&\(iss)")
    }

    @Test func `S32 an absent state stays absent`() {
        #expect(success("https://app.example/cb", state: nil) == "https://app.example/cb?code=c-_1&\(iss)")
    }

    @Test func `S38 the URI's own query is kept byte for byte`() {
        #expect(
            success("https://app.example/cb?a=%2f+x&b&&c=é")
                == "https://app.example/cb?a=%2f+x&b&c=é&code=c-_1&state=s&\(iss)")
        #expect(success("https://app.example/cb?") == "https://app.example/cb?code=c-_1&state=s&\(iss)")
    }

    @Test(arguments: ["state", "code", "iss", "error", "error_description", "error_uri", "st%61te", "%63ode"])
    func `S38 a planted parameter of ours is replaced`(name: String) {
        let answer = success("https://app.example/cb?x=1&\(name)=planted&y=2")
        #expect(answer == "https://app.example/cb?x=1&y=2&code=c-_1&state=s&\(iss)")
    }

    @Test func `S38 a fragment is dropped`() {
        #expect(
            success("https://app.example/cb?x=1#code=planted") == "https://app.example/cb?x=1&code=c-_1&state=s&\(iss)")
        #expect(success("https://app.example/cb#?x") == "https://app.example/cb?code=c-_1&state=s&\(iss)")
    }

    @Test func `S38 a broken escape in the URI's own query does not trap`() {
        #expect(success("https://app.example/cb?%zz=1") == "https://app.example/cb?%zz=1&code=c-_1&state=s&\(iss)")
    }

    @Test func `S32 any state survives, on success and on error`() throws {
        var random = SeededGenerator(seed: 30)
        let states = [String(repeating: "s", count: 2048), "&=+%#'\"<>", "日本 🦫\u{0}\r\nSet-Cookie: x"]
        for state in states + (0..<200).map({ _ in "x" + random.text(upTo: 40) }) {
            let error = OAuthError(.accessDenied, "The user said no.")
            let answers = [
                success("https://app.example/cb?x=1", state: state),
                AuthorizationResponse.failure(
                    redirectURI: "https://app.example/cb", error: error, state: state, issuer: issuer),
            ]
            for answer in answers {
                let query = answer.split(separator: "?", maxSplits: 1)[1]
                let parameters = try Parameters(formEncoded: query.utf8)
                #expect(try parameters.value("state").map { Array($0.utf8) } == Array(state.utf8))
                #expect(try parameters.value("iss") == issuer)
                #expect(answer.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }, "nothing can end the header")
            }
        }
    }

    @Test func `S39 S93 an error carries its description, state and iss, and no code`() {
        let answer = AuthorizationResponse.failure(
            redirectURI: "https://app.example/cb?code=old",
            error: OAuthError(.accessDenied, "The user said no.", detail: "hidden"),
            state: "s", issuer: issuer)
        #expect(
            answer
                == "https://app.example/cb?error=access_denied&error_description=The%20user%20said%20no.&state=s&\(iss)"
        )
    }

    @Test(arguments: OAuthError.Code.allCases)
    func `S95 S96 what must not be redirected is sent as server_error`(code: OAuthError.Code) {
        let answer = AuthorizationResponse.failure(
            redirectURI: "https://app.example/cb", error: OAuthError(code, "Something inside."), state: nil,
            issuer: issuer)
        if code.mayBeRedirected {
            #expect(answer.contains("?error=\(code.rawValue)&"))
        } else {
            #expect(answer.contains("?error=server_error&") && !answer.contains("inside"))
        }
    }
}
