import SluiceOAuth
import Testing

@Suite("RFC 6749 §2.3.1: client authentication")
struct ClientCredentialsTests {
    private func read(_ authorization: String?, _ pairs: [(String, String)] = []) throws(OAuthError)
        -> ClientCredentials
    {
        try ClientCredentials(authorization: authorization, Parameters(pairs))
    }

    @Test func `S47 S48 a public client sends its id alone; an empty secret is none`() throws {
        for pairs in [[("client_id", "c")], [("client_id", "c"), ("client_secret", "")]] {
            let credentials = try read(nil, pairs)
            #expect(credentials.clientID == "c" && credentials.secret == nil && credentials.method == .none)
        }
    }

    @Test func `S49 a secret in the body`() throws {
        let credentials = try read(nil, [("client_id", "c"), ("client_secret", "s")])
        #expect(credentials.clientID == "c" && credentials.secret == "s" && credentials.method == .post)
    }

    @Test(arguments: [
        // c:s
        ("Basic Yzpz", "c", "s"), ("basic Yzpz", "c", "s"), ("BASIC  Yzpz", "c", "s"),
        // a%3Ab%20%C3%A9:s+t%2Bu:v
        ("Basic YSUzQWIlMjAlQzMlQTk6cyt0JTJCdTp2", "a:b é", "s t+u:v"),
        // c: with an empty secret, which matches nothing but is not a public client either
        ("Basic Yzo=", "c", ""),
    ])
    func `S49 id and secret in the header, form-encoded inside`(header: String, id: String, secret: String) throws {
        let credentials = try read(header)
        #expect(credentials.clientID == id && credentials.secret == secret && credentials.method == .basic)
    }

    @Test func `S49 the same id in header and body is fine, another is not`() throws {
        #expect(try read("Basic Yzpz", [("client_id", "c")]).method == .basic)
        #expect(code { _ = try read("Basic Yzpz", [("client_id", "d")]) } == .invalidRequest)
    }

    @Test func `S49 two methods at once are invalid_request`() {
        #expect(code { _ = try read("Basic Yzpz", [("client_secret", "s")]) } == .invalidRequest)
        #expect(code { _ = try read("Basic Yzpz", [("client_id", "c"), ("client_secret", "s")]) } == .invalidRequest)
        #expect(code { _ = try read("Basic Yzpz", [("client_assertion", "x")]) } == .invalidRequest)
        let both = [("client_id", "c"), ("client_secret", "s"), ("client_assertion_type", "x")]
        #expect(code { _ = try read(nil, both) } == .invalidRequest)
        #expect(code { _ = try read("Basic Yzpz", [("client_secret", "")]) } == nil, "empty is absent")
    }

    @Test func `S50 a missing client_id is invalid_request`() {
        #expect(code { _ = try read(nil) } == .invalidRequest)
        #expect(code { _ = try read(nil, [("client_id", "")]) } == .invalidRequest)
        #expect(code { _ = try read(nil, [("client_secret", "s")]) } == .invalidRequest)
        // :s
        #expect(code { _ = try read("Basic OnM=") } == .invalidRequest)
    }

    @Test(arguments: ["client_id", "client_secret", "client_assertion"])
    func `S36 a repeated credential is invalid_request`(name: String) {
        #expect(code { _ = try read(nil, [("client_id", "c"), (name, "x"), (name, "x")]) } == .invalidRequest)
    }

    @Test(arguments: [
        "Basic", "Basic ", "Basic Yzp", "Basic Yzpz=", "Basic Yzp6====", "Basic Yw==", "Basic Y z p z",
        "Basic Yzpz Yzpz", "Basic Yz-_",
        "Basic JTo=", "Basic /zo=", "Basic =", "Basic ====", "Basic Yzr=", "Basic Yzpz\n",
    ])
    func `a Basic header that cannot be read is invalid_request`(header: String) {
        #expect(code { _ = try read(header) } == .invalidRequest)
    }

    @Test(arguments: ["Bearer buf_x", "Digest x", "Yzpz", "", "Basi Yzpz", "Basicx Yzpz", "Basic\tYzpz"])
    func `S15 another scheme is invalid_client`(header: String) {
        #expect(code { _ = try read(header) } == .invalidClient)
    }

    @Test func `a client assertion is invalid_client`() {
        #expect(code { _ = try read(nil, [("client_id", "c"), ("client_assertion", "x")]) } == .invalidClient)
    }

    @Test func `printing credentials does not show the secret`() throws {
        #expect(
            "\(try read(nil, [("client_id", "c"), ("client_secret", "hunter2")]))"
                == "ClientCredentials(c, client_secret_post)")
    }
}
