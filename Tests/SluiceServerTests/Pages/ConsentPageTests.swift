import Testing

@testable import SluiceServer

@Suite("Consent page")
struct ConsentPageTests {
    private func html(standing: ConsentPage.Standing, destination: ConsentPage.Destination) throws -> String {
        let page = ConsentPage(
            clientName: "Queue Companion", website: WebLink("https://queue.example.com/"), destination: destination,
            scopes: PageSamples.scopeNames.map(ScopeWords.init), standing: standing, accountName: "Ada Lovelace",
            accountEmail: "ada@example.org", ticket: "t_1", switchAccountTo: "/auth?client_id=1&state=x")
        return try PageRenderer().render(page, chrome: Chrome(csrf: "c"))
    }

    @Test func `S35 it names the app, its website, where the browser goes, and the signed-in account`() throws {
        let html = try html(standing: .verified, destination: .website("queue.example.com"))
        #expect(html.contains("<h1><bdi>Queue Companion</bdi>"))
        #expect(
            html.contains(#"href="https://queue.example.com/" rel="noopener noreferrer nofollow">queue.example.com<"#))
        #expect(html.contains("<strong class=\"wrapping\">queue.example.com</strong>"))
        #expect(html.contains("Ada Lovelace") && html.contains("ada@example.org"))
    }

    @Test func `S35 S86 every scope is there in words and by name`() throws {
        let html = try html(standing: .verified, destination: .website("queue.example.com"))
        for name in PageSamples.scopeNames {
            #expect(html.contains("<code>\(name)</code>"), "\(name)")
            #expect(html.contains("<strong>\(ScopeWords(name).words)</strong>"), "\(name)")
        }
    }

    @Test func `S35 one form allows or denies, another switches the account and comes back to the same request`() throws {
        let tags = TagScanner.tags(in: try html(standing: .verified, destination: .website("queue.example.com")))
        let decisions = tags.filter { $0["name"] == "decision" }
        #expect(decisions.compactMap { $0["value"] } == ["allow", "deny"])
        #expect(tags.contains { $0["name"] == "ticket" && $0["value"] == "t_1" })
        #expect(tags.contains { $0["name"] == "continue" && $0["value"] == "/auth?client_id=1&amp;state=x" })
    }

    @Test(arguments: [
        (ConsentPage.Standing.verified, false, false), (.unverified, true, false), (.dynamic, false, true),
    ])
    func `S35 an app that nobody checked is marked`(standing: ConsentPage.Standing, unverified: Bool, dynamic: Bool)
        throws
    {
        let html = try html(standing: standing, destination: .website("queue.example.com"))
        #expect(html.contains("This app is not verified.") == unverified)
        #expect(html.contains("This app registered itself.") == dynamic)
    }

    @Test func `A program on the device is told apart from a website`() throws {
        let device = try html(standing: .verified, destination: .device("127.0.0.1"))
        #expect(device.contains("127.0.0.1") && device.contains("a program on this device"))
        let program = try html(standing: .verified, destination: .program("com.example.app"))
        #expect(program.contains("com.example.app:") && program.contains("opens this address"))
    }
}
