import Testing

@testable import SluiceServer

@Suite("Links that somebody else chose")
struct WebLinkTests {
    @Test(arguments: [
        "javascript:alert(1)", "JavaScript:alert(1)", " https://a.example", "data:text/html,x", "//a.example",
        "/settings",
        "https:a.example", "https://", "vbscript:x", "java\nscript:alert(1)", "",
    ])
    func `anything but a web address is no link`(url: String) {
        #expect(WebLink(url) == nil)
    }

    @Test func `a web address is shown without scheme and last slash`() {
        #expect(WebLink("https://a.example/")?.text == "a.example")
        #expect(WebLink("HTTP://a.example/b")?.text == "a.example/b")
        #expect(WebLink("https://a.example/")?.url == "https://a.example/")
    }
}
