import Testing

@testable import SluiceServer

@Suite("Small texts on pages")
struct PageTextsTests {
    @Test func `S5 the curl line holds the key and the address, safe for a shell`() {
        let line = KeyCreatedPage.curl(key: "buf_abc", apiURL: "https://api.example/it's")
        #expect(line.hasPrefix(#"curl 'https://api.example/it'\''s' \"#))
        #expect(line.contains("-H 'Authorization: Bearer buf_abc' \\\n"))
        #expect(line.hasSuffix(#"-d '{"query":"{ account { id email } }"}'"#))
    }

    @Test(arguments: [
        ("Queue Companion", "QC"), ("tidal", "T"), ("", "?"), ("<script>", "S"), ("Ünïcode x y", "ÜX"), ("…", "?"),
    ])
    func `initials are letters or digits`(name: String, initials: String) {
        #expect(Monogram(name).text == initials)
        #expect(Monogram(name) == Monogram(name))
    }

    @Test func `a query value survives a link`() {
        #expect(PercentEncoding.queryValue("/auth?a=1&b=é\n") == "%2Fauth%3Fa%3D1%26b%3D%C3%A9%0A")
    }

    @Test func `S86 every scope of the service has words of its own`() {
        for name in PageSamples.scopeNames + ["openid"] {
            #expect(ScopeWords(name).words != name)
        }
        #expect(ScopeWords("else:where").words == "else:where")
    }

    @Test(arguments: [(1, "a second"), (40, "40 seconds"), (150, "3 minutes")])
    func `waiting times are told roundly`(seconds: Int, text: String) {
        let page = MessagePage.tooManyRequests(retryAfterInSeconds: seconds, requestID: nil)
        #expect(page.next.contains("Wait \(text),"))
    }
}
