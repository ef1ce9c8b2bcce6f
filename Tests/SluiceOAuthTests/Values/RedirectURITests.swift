import SluiceOAuth
import Testing

@Suite("Redirect URIs")
struct RedirectURITests {
    @Test(arguments: [
        ("https://app.example/callback", RedirectURI.Kind.https, "app.example"),
        ("https://App.Example:8443/cb?tenant=1&x=%20", .https, "app.example"),
        ("https://app.example", .https, "app.example"), ("https://localhost:3000/cb", .https, "localhost"),
        ("https://192.0.2.7/cb", .https, "192.0.2.7"), ("https://[2001:db8::1]:444/cb", .https, "[2001:db8::1]"),
        ("https://xn--bcher-kva.example/", .https, "xn--bcher-kva.example"),
        ("http://127.0.0.1/cb", .loopback, "127.0.0.1"), ("http://127.0.0.1:49152/cb", .loopback, "127.0.0.1"),
        ("http://[::1]/cb", .loopback, "[::1]"), ("http://localhost:3000/cb", .localhost, "localhost"),
        ("com.example.app:/callback", .privateUse, "com.example.app"),
        ("com.Example.App://callback", .privateUse, "com.example.app"),
        ("com.googleusercontent.apps.123-x:/oauth2redirect", .privateUse, "com.googleusercontent.apps.123-x"),
    ])
    func `S20 the allowed forms can be registered`(text: String, kind: RedirectURI.Kind, host: String) throws {
        let uri = try RedirectURI(text)
        #expect(uri.kind == kind)
        #expect(uri.hostForDisplay == host)
        #expect(uri.text == text)
        #expect(uri.matches(text))
    }

    @Test(arguments: [
        ("", RedirectURIProblem.empty), ("https://app.example/" + String(repeating: "a", count: 2029), .tooLong),
        ("https://app.example/cb#", .fragment), ("https://app.example/cb#x", .fragment),
        ("https://*.app.example/cb", .wildcard), ("https://app.example/*", .wildcard),
        ("https://user@app.example/cb", .userInfo), ("https://user:pw@app.example/cb", .userInfo),
        ("https://app.example:x@evil.example/cb", .userInfo), ("http://127.0.0.1@evil.example/cb", .userInfo),
        ("http://127.0.0.1:80@evil.example/cb", .userInfo), ("com.example.app://user@host/", .userInfo),
        ("/callback", .relative), ("callback", .relative), ("//app.example/cb", .relative),
        ("app.example/cb", .relative),
        ("app.example/cb:x", .relative), (":/cb", .relative), ("1a.b:/cb", .relative), ("a_b.c:/cb", .relative),
        ("javascript:alert(1)", .dangerousScheme), ("JavaScript://app.example/%0aalert(1)", .dangerousScheme),
        ("data:text/html,x", .dangerousScheme), ("file:///etc/passwd", .dangerousScheme),
        ("blob:https://app.example/1", .dangerousScheme), ("vbscript:x", .dangerousScheme),
        ("ftp://app.example/", .dangerousScheme), ("mailto:a", .dangerousScheme),
        ("view-source:https://a.example", .dangerousScheme),
        ("myapp://callback", .schemeWithoutDot), ("com.:/cb", .schemeWithoutDot), ("com..app:/cb", .schemeWithoutDot),
        ("app.example:8443/cb", .noPath), ("com.example.app:", .noPath), ("com.example.app:callback", .noPath),
        ("http://app.example/cb", .plainHTTP), ("http://127.0.0.2/cb", .plainHTTP), ("http://0.0.0.0/cb", .plainHTTP),
        ("http://127.1/cb", .plainHTTP), ("http://2130706433/cb", .plainHTTP), ("http://0x7f.0.0.1/cb", .plainHTTP),
        ("http://localhost.evil.example/cb", .plainHTTP), ("http://127.0.0.1.evil.example/cb", .plainHTTP),
        ("http://localhost./cb", .plainHTTP), ("http://[::ffff:7f00:1]/cb", .plainHTTP),
        ("http://[0:0:0:0:0:0:0:1]/cb", .plainHTTP), ("http://LOCALHOST/cb", .plainHTTP),
        ("https:///cb", .badHost), ("https://", .badHost), ("https:", .badHost), ("https:app.example", .badHost),
        ("https:/app.example/cb", .badHost), ("https://?x", .badHost), ("https://a..example/", .badHost),
        ("https://app.example./cb", .badHost), ("https://-a.example/", .badHost), ("https://a-.example/", .badHost),
        ("https://a%2eexample/", .badHost), ("https://a_b.example/", .badHost), ("https://1.2.3/", .badHost),
        ("https://256.1.1.1/", .badHost), ("https://01.1.1.1/", .badHost), ("https://2130706433/", .badHost),
        ("https://a.0x7f/", .badHost), ("https://[::1/", .badHost), ("https://[::1]x/", .badHost),
        ("https://[]/", .badHost),
        ("https://[1::2::3]/", .badHost), ("https://[12345::]/", .badHost), ("https://[1:2:3:4:5:6:7]/", .badHost),
        ("https://[fe80::1%25eth0]/", .badHost), ("https://[:1]/", .badHost), ("https://[1:]/", .badHost),
        ("https://app.example:/cb", .badPort), ("https://app.example:0/cb", .badPort),
        ("https://app.example:65536/cb", .badPort),
        ("https://app.example:080/cb", .badPort), ("https://app.example:8a/cb", .badPort),
        ("http://127.0.0.1:/cb", .badPort),
        ("https://app.example:99999999999999999999/", .badPort),
        (" https://app.example/", .illegalCharacter), ("https://app.example/ ", .illegalCharacter),
        ("https://app.example/\n", .illegalCharacter), ("https://app.example/\u{0}", .illegalCharacter),
        ("https://app.example\\@evil.example/", .illegalCharacter), ("https://app.example/\"", .illegalCharacter),
        ("https://app.example/<b>", .illegalCharacter), ("https://büch.example/", .illegalCharacter),
        ("https://\u{0430}pp.example/", .illegalCharacter), ("https://app.example/\u{7F}", .illegalCharacter),
        ("https://app.example/%", .brokenEscape), ("https://app.example/%2", .brokenEscape),
        ("https://app.example/%g0", .brokenEscape),
    ])
    func `S20 S22 other forms are refused with the rule they break`(text: String, problem: RedirectURIProblem) {
        #expect(throws: problem) { try RedirectURI(text) }
    }

    @Test(arguments: RedirectURIProblem.allCases)
    func `every refusal says what to do about it`(problem: RedirectURIProblem) {
        #expect(problem.advice.hasSuffix(".") || problem.advice.hasSuffix("?"))
        #expect(problem.advice.utf8.count > 20)
    }

    @Test(arguments: [
        "https://app.example/callback/", "https://app.example/Callback", "https://app.example/callback?",
        "https://app.example/callback#",
        "https://app.example/callback?x=1", "https://app.example/%63allback", "https://app.example/./callback",
        "https://app.example:443/callback", "https://APP.example/callback", "HTTPS://app.example/callback",
        "http://app.example/callback", "https://app.example/callback ", "https://app.example/callback\u{0}",
        "https://app.example.evil.example/callback", "https://app.example@evil.example/callback",
        "https://evil.example/callback",
        "https://app.example/callbac", "https://app.example//callback", "https://app.example/callback%00", "",
    ])
    func `S20 S29 a near miss of an https redirect URI does not match`(presented: String) throws {
        #expect(try !RedirectURI("https://app.example/callback").matches(presented))
    }

    @Test func `S20 a Unicode-equivalent text does not match`() throws {
        let uri = try RedirectURI("https://app.example/K")
        #expect("https://app.example/\u{212A}" == uri.text, "strings compare by canonical equivalence")
        #expect(!uri.matches("https://app.example/\u{212A}"))
    }

    @Test(arguments: [
        ("http://127.0.0.1/cb?x=1", "http://127.0.0.1:1/cb?x=1"),
        ("http://127.0.0.1/cb?x=1", "http://127.0.0.1:65535/cb?x=1"),
        ("http://127.0.0.1:8080/cb", "http://127.0.0.1/cb"), ("http://127.0.0.1:8080/cb", "http://127.0.0.1:9090/cb"),
        ("http://[::1]/cb", "http://[::1]:51004/cb"), ("http://localhost/cb", "http://localhost:3000/cb"),
        ("http://127.0.0.1", "http://127.0.0.1:3000"),
    ])
    func `S22 D4 the port of a loopback redirect URI is free`(registered: String, presented: String) throws {
        #expect(try RedirectURI(registered).matches(presented))
    }

    @Test(arguments: [
        "http://127.0.0.1:0/cb", "http://127.0.0.1:65536/cb", "http://127.0.0.1:/cb", "http://127.0.0.1:080/cb",
        "http://127.0.0.1:8080/cb/", "http://127.0.0.1:8080/CB", "http://127.0.0.1:8080/cb?x", "http://127.0.0.1:8080",
        "http://127.0.0.1:8080/cb#f", "http://127.0.0.1:80@evil.example/cb", "http://127.0.0.1:80.evil.example/cb",
        "http://127.0.0.1.evil.example/cb", "http://127.0.0.10/cb", "http://127.0.0.2:8080/cb",
        "http://localhost:8080/cb",
        "http://[::1]:8080/cb", "http://2130706433/cb", "http://127.1/cb", "http://0.0.0.0/cb",
        "https://127.0.0.1:8080/cb",
        "http://127.0.0.1:+80/cb", "http://127.0.0.1: 80/cb", "http://127.0.0.1:8\u{0661}/cb",
        "http://user@127.0.0.1/cb",
        "http://127.0.0.1:80:80/cb", "http://127.0.0.1:100000/cb",
    ])
    func `S22 everything but the port is exact for a loopback redirect URI`(presented: String) throws {
        #expect(try !RedirectURI("http://127.0.0.1/cb").matches(presented))
    }

    @Test(arguments: [
        "http://127.0.0.1/cb", "http://[::1]/cb", "http://localhost.evil.example/cb",
        "http://localhost@evil.example/cb",
    ])
    func `D4 localhost never matches an address or another host`(presented: String) throws {
        #expect(try !RedirectURI("http://localhost/cb").matches(presented))
    }

    @Test func `the port of a private-use scheme is not free`() throws {
        #expect(try !RedirectURI("com.example.app://cb/x").matches("com.example.app://cb:80/x"))
    }

    @Test func `no single-character change of an https redirect URI matches`() throws {
        let uri = try RedirectURI("https://app.example/cb")
        for text in mutations(of: uri.text, alphabet: probeAlphabet) where uri.matches(text) {
            Issue.record("\(text) matches")
        }
    }
}
