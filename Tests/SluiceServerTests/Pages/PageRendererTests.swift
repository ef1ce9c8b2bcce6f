import Testing

@testable import SluiceServer

@Suite("Pages, rendered")
struct PageRendererTests {
    private static let renderer = Result { try PageRenderer() }

    /// Every sample as HTML; signed-out pages without an account.
    private static func rendered(
        _ samples: PageSamples = PageSamples(), base: String = "", app: String? = nil
    ) throws -> [(name: String, html: String)] {
        try samples.all.map { sample in
            var chrome = samples.chrome
            chrome.base = base
            chrome.app = app
            chrome.notice = .init(text: samples.hostile ?? "Saved.")
            if !sample.isSignedIn { chrome.account = nil }
            return (sample.name, try sample.render(renderer.get(), chrome))
        }
    }

    @Test func `S37 S35 text from outside is inert on every page, combining marks and null included`() throws {
        let hostile =
            "q\"'><b x-hostile>&\"\u{301} x-hostile=\"1 <\u{338}b x-hostile '\u{20DD} x-hostile=1 `\u{0}{{csrf}}"
        let known = Set(
            try Self.rendered().flatMap { TagScanner.tags(in: $0.html) }.flatMap { $0.attributes.map(\.name) })
        for page in try Self.rendered(PageSamples(hostile: hostile)) {
            let tags = TagScanner.tags(in: page.html)
            #expect(!tags.contains { $0.name == "b" }, "\(page.name)")
            for tag in tags {
                let unknown = tag.attributes.map(\.name).filter { !known.contains($0) }
                #expect(unknown.isEmpty, "\(page.name): <\(tag.name)> has \(unknown)")
            }
            #expect(!page.html.utf8.contains(0), "\(page.name)")
            #expect(page.html.contains("&lt;b x-hostile&gt;"), "\(page.name) shows the text")
        }
    }

    @Test func `Every form posts, and carries the CSRF token`() throws {
        for page in try Self.rendered() {
            let tags = TagScanner.tags(in: page.html)
            for (index, tag) in tags.enumerated() where tag.name == "form" {
                #expect(tag["method"] == "post", "\(page.name): \(tag["action"] ?? "")")
                let next = tags[(index + 1)...].first { $0.name == "input" }
                #expect(
                    next?["name"] == "csrf" && next?["value"] == "csrf-3a9f", "\(page.name): \(tag["action"] ?? "")")
            }
        }
    }

    @Test func `S128 no page holds a script, an inline style, an event handler or anything of another origin`() throws {
        for page in try Self.rendered() {
            for tag in TagScanner.tags(in: page.html) {
                #expect(
                    !["script", "style", "iframe", "img", "base", "object", "embed"].contains(tag.name), "\(page.name)")
                for (name, value) in tag.attributes {
                    #expect(name != "style" && !name.hasPrefix("on") && name != "srcset", "\(page.name): \(name)")
                    if ["src", "href", "action", "formaction"].contains(name), tag.name == "link" || tag.name == "form" {
                        let isOurs = value.hasPrefix("/") && !value.hasPrefix("//")
                        #expect(isOurs || value.hasPrefix("data:image/svg+xml,"), "\(page.name): \(value)")
                    }
                }
            }
        }
    }

    @Test func `S126 every link and form begins with the path prefix`() throws {
        for page in try Self.rendered(base: "/gate") {
            for tag in TagScanner.tags(in: page.html) {
                guard let target = tag["href"] ?? tag["action"] else { continue }
                let isElsewhere = tag["rel"] == "icon" || tag["rel"] == "noopener noreferrer nofollow"
                #expect(isElsewhere || target.hasPrefix("#") || target.hasPrefix("/gate/"), "\(page.name): \(target)")
            }
        }
    }

    @Test func `Settings can live on another origin than the page that links to them`() throws {
        let pages = try Self.rendered(base: "", app: "https://app.example.com")
        let error = try #require(pages.first { $0.name == "error-not-found" })
        #expect(error.html.contains(#"href="https://app.example.com/settings/api""#))
    }

    @Test func `S6 a secret is on the page that shows it and nowhere else, and never in a title`() throws {
        let showing = ["key-created", "key-rotated", "client-registered", "secret-rotated"]
        for sample in PageSamples().all {
            #expect(!sample.title.contains(PageSamples.key) && !sample.title.contains(PageSamples.secret))
        }
        for page in try Self.rendered() {
            let holds = page.html.contains(PageSamples.key) || page.html.contains(PageSamples.secret)
            #expect(holds == showing.contains(page.name), "\(page.name)")
            let title = page.html.split(separator: "<title>").last?.split(separator: "</title>").first ?? ""
            #expect(!title.contains(PageSamples.key) && !title.contains(PageSamples.secret), "\(page.name)")
        }
    }

    @Test func `S5 S18 a secret is in a read-only field and in an element that one click selects whole`() throws {
        for page in try Self.rendered() where ["key-created", "client-registered"].contains(page.name) {
            let secret = page.name == "key-created" ? PageSamples.key : PageSamples.secret
            let tags = TagScanner.tags(in: page.html)
            let field = try #require(tags.first { $0.name == "input" && $0["value"] == secret })
            #expect(field["readonly"] != nil && field["type"] == "text")
            #expect(page.html.contains("user-select") == false)
            #expect(tags.contains { $0.name == "code" && $0["class"] == "secret-text all" })
        }
        #expect(
            String(decoding: StyleSheet.bytes, as: UTF8.self).contains(
                ".all { -webkit-user-select: all; user-select: all; }"))
    }

    @Test func `S19 a public client's page holds no secret field`() throws {
        let page = try #require(try Self.rendered().first { $0.name == "client-registered-public" })
        #expect(!page.html.contains("client-secret"))
    }

    @Test func `Every field has a label, every id is there once, and every reference leads somewhere`() throws {
        for page in try Self.rendered() {
            let tags = TagScanner.tags(in: page.html)
            let ids = tags.compactMap { $0["id"] }
            #expect(Set(ids).count == ids.count, "\(page.name): \(ids)")
            let labelled = Set(tags.filter { $0.name == "label" }.compactMap { $0["for"] })
            for tag in tags {
                let references =
                    ["for", "aria-describedby", "aria-labelledby"].compactMap { tag[$0] }
                    .flatMap { $0.split(separator: " ") }
                    + (tag["href"].flatMap { $0.hasPrefix("#") ? [$0.dropFirst()] : nil } ?? [])
                for reference in references {
                    #expect(ids.contains(String(reference)), "\(page.name): \(reference)")
                }
                guard ["input", "select", "textarea"].contains(tag.name), tag["type"] != "hidden" else { continue }
                let isWrapped = ["radio", "checkbox"].contains(tag["type"]) || tag["aria-hidden"] == "true"
                #expect(isWrapped || tag["id"].map(labelled.contains) == true, "\(page.name): \(tag["name"] ?? "?")")
            }
        }
    }

    @Test func `Every page names its language, has one main heading, one main part and a way to skip to it`() throws {
        for page in try Self.rendered() {
            let tags = TagScanner.tags(in: page.html)
            #expect(tags.first { $0.name == "html" }?["lang"] == "en", "\(page.name)")
            #expect(tags.filter { $0.name == "h1" }.count == 1, "\(page.name)")
            #expect(tags.filter { $0.name == "main" }.count == 1, "\(page.name)")
            #expect(tags.first { $0.name == "a" }?["href"] == "#main", "\(page.name)")
        }
    }

    @Test func `S133 every time on a page is UTC in ISO 8601 for machines`() throws {
        var count = 0
        for page in try Self.rendered() {
            for tag in TagScanner.tags(in: page.html) where tag.name == "time" {
                count += 1
                let value = tag["datetime"] ?? ""
                #expect(value.utf8.count == 20 && value.hasSuffix("Z"), "\(page.name): \(value)")
            }
        }
        #expect(count > 20)
    }

    @Test func `A form with errors says so in its title and beside each field`() throws {
        for page in try Self.rendered() where page.name.hasSuffix("-errors") {
            #expect(page.html.contains("<title>Error: "), "\(page.name)")
            let tags = TagScanner.tags(in: page.html)
            #expect(tags.contains { $0["role"] == "alert" }, "\(page.name)")
            for tag in tags where tag["aria-invalid"] == "true" {
                #expect(tag["aria-describedby"]?.contains("-error") == true, "\(page.name): \(tag["name"] ?? "")")
            }
        }
    }

    @Test func `S16 closed sign-up offers no form, and only sign-up by invitation asks for one`() throws {
        let pages = try Self.rendered()
        let closed = try #require(pages.first { $0.name == "sign-up-closed" })
        #expect(!TagScanner.tags(in: closed.html).contains { $0.name == "form" })
        let open = try #require(pages.first { $0.name == "sign-up-open" })
        #expect(!open.html.contains("invitation"))
        let invite = try #require(pages.first { $0.name == "sign-up-invite" })
        #expect(TagScanner.tags(in: invite.html).contains { $0["name"] == "invitation" })
    }

    @Test func `No page's values are hidden by the layout's`() {
        let chrome = PageSamples().chrome
        let page = HomePage(canSignUp: true, apiURL: "")
        let names = Set(chrome.values(for: page).keys)
        let types: [any Page] = [
            page, SignInPage(), SignUpPage(policy: .open, minimumPasswordLength: 12),
            MessagePage.notFound(requestID: nil),
            CloseAccountPage(email: "", keyCount: 0, clientCount: 0, appCount: 0, sessionCount: 0),
            SecurityLogPage(entries: [], older: nil, isFirst: true),
            APIPage(apiURL: "", keys: [], clients: [], apps: []),
            KeyNewPage(formID: "", scopes: []), ClientNewPage(formID: ""),
            KeyCreatedPage(id: "", name: "", key: "", apiURL: ""),
        ]
        for type in types {
            #expect(names.isDisjoint(with: TemplateValues.of(type).keys), "\(type)")
        }
    }

    @Test func `A template that is not there is an error, not an empty page`() throws {
        let renderer = try PageRenderer(templates: [:])
        #expect(throws: PageRenderer.UnknownTemplate.self) {
            try renderer.render(HomePage(canSignUp: true, apiURL: ""), chrome: Chrome(csrf: ""))
        }
    }
}
