import Foundation
import HTTPTypes
import SluiceAuthority
import SluiceOAuth
import Testing

@testable import SluiceServer

@Suite("Requirements S128, S130, S133 and markup: rules that hold on every page")
struct PageRulesTests {
    /// Markup that would act, quotes that would end an attribute, a quote that hides behind a combining mark, and Mustache's own.
    private static let hostile =
        #""><x-evil onclick=alert(1)>'"# + "\"\u{301} onfocus=x '" + "{{csrf}}{{{csrf}}}&amp;</title><script>"

    @Test func `S128 no page needs or has a script, and the policy would not run one`() async throws {
        let every = try await EveryPage()
        #expect(every.pages.count > 30)
        for page in every.pages {
            let response = page.response
            #expect(response["Content-Type"] == "text/html; charset=utf-8", "\(page.name): \(response.status)")
            let policy = try #require(response["Content-Security-Policy"])
            #expect(policy.contains("default-src 'none'") && !policy.contains("script-src"), "\(page.name)")
            #expect(policy.contains("frame-ancestors 'none'") && policy.contains("base-uri 'none'"), "\(page.name)")
            for tag in TagScanner.tags(in: response.body) {
                #expect(
                    !["script", "noscript", "iframe", "object", "embed", "base"].contains(tag.name), "\(page.name)")
                for attribute in tag.attributes {
                    #expect(!attribute.name.hasPrefix("on"), "\(page.name): \(attribute.name)")
                    #expect(!attribute.value.lowercased().hasPrefix("javascript:"), "\(page.name)")
                }
                // Nothing is loaded from elsewhere.
                for name in ["src", "srcset", "poster"] { #expect(tag[name] == nil, "\(page.name): \(name)") }
                if tag.name == "link" {
                    let address = tag["href"] ?? ""
                    #expect(address.hasPrefix("/assets/") || address.hasPrefix("data:"), "\(page.name)")
                }
                if tag.name == "form" {
                    #expect(tag["method"] == "post", "\(page.name)")
                    #expect(tag["action"]?.hasPrefix("/") == true, "\(page.name)")
                }
            }
        }
    }

    @Test func `S128 every page that the server has is among those that were looked at`() async throws {
        let every = try await EveryPage()
        let pages = try every.installation.routes().filter { route in
            route.method == .get && (route.family == .page || route.template == "/")
        }
        #expect(pages.count > 10)
        for route in pages { #expect(every.templates.contains(route.template), "\(route.template)") }
    }

    @Test func `S130 every page is no-store, those with a secret first of all`() async throws {
        let every = try await EveryPage()
        let secretive = every.pages.filter { $0.response.body.contains("buf_") || $0.response.body.contains("sls_") }
        #expect(
            Set(secretive.map(\.name)).isSuperset(of: [
                "key created", "client registered", "key rotated", "secret rotated",
            ]))
        for page in every.pages {
            #expect(page.response.values("Cache-Control") == ["no-store"], "\(page.name)")
            #expect(page.response["Referrer-Policy"] == "no-referrer", "\(page.name)")
            #expect(page.response["X-Content-Type-Options"] == "nosniff", "\(page.name)")
            #expect(page.response["X-Frame-Options"] == "DENY", "\(page.name)")
        }
    }

    @Test func `S130 redirects, JSON and texts that can hold a secret are no-store too`() async throws {
        let installation = try await Installation()
        let ada = try await Member(installation)
        let flow = CodeFlow(installation, try await installation.client(of: ada.account))
        let answer = try await flow.decide(in: ada.browser)
        #expect(answer["Cache-Control"] == "no-store", "it holds a code")
        let tokens = try await flow.exchange(try #require(answer.locationParameters["code"]))
        #expect(tokens["Cache-Control"] == "no-store")
        #expect(try await installation.query(bearer: Tokens(tokens).access)["Cache-Control"] == "no-store")
        let browser = Browser(installation)
        try await browser.open("/sign-in")
        let welcome = try await browser.submit(
            "/sign-in", [("email", "ada@example.com"), ("password", Member.password)], follows: false)
        #expect(welcome.status == 303 && welcome["Cache-Control"] == "no-store", "it holds a session")
    }

    @Test func `S133 every time on a page is UTC in ISO 8601, and the page says so`() async throws {
        let every = try await EveryPage()
        var count = 0
        for page in every.pages {
            for tag in page.response.tags("time") {
                count += 1
                let text = try #require(tag["datetime"])
                #expect(text.wholeMatch(of: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/) != nil, "\(page.name): \(text)")
            }
            #expect(page.response.body.contains("All times are UTC."), "\(page.name)")
        }
        #expect(count > 10)
    }

    @Test func `S133 the API answers with times in UTC and ISO 8601 whatever the account's zone is`() async throws {
        let installation = try await Installation()
        let ada = try await Member(installation)
        try await installation.authority.accounts.update(
            ada.account.id, name: "Ada", timeZone: "Asia/Kathmandu", trace: .commandLine)
        let flow = CodeFlow(installation, try await installation.client(of: ada.account))
        let tokens = try await flow.tokens(in: ada.browser)
        let answer = try await installation.query(
            "{ account { createdAt connectedApps { createdAt } } }", bearer: tokens.access)
        let time = "2027-01-15T08:00:00.000Z"
        #expect(
            answer.body == #"{"data":{"account":{"createdAt":"\#(time)","connectedApps":[{"createdAt":"\#(time)"}]}}}"#)
    }

    @Test func `S12 S17 S35 markup in names, addresses, states and agents is text on every page`() async throws {
        let plain = try await EveryPage()
        let hostile = try await EveryPage(name: Self.hostile)
        #expect(plain.pages.map(\.name) == hostile.pages.map(\.name))
        for (calm, page) in zip(plain.pages, hostile.pages) {
            let response = page.response
            #expect(response.status == calm.response.status, "\(page.name)")
            #expect(!response.body.contains("<x-evil") && !response.body.contains("</title><script>"), "\(page.name)")
            // The same elements with the same attributes in the same order: the name changed texts and nothing else.
            func shape(_ response: TestResponse) -> [String] {
                TagScanner.tags(in: response.body).map {
                    "\($0.name) \($0.attributes.map(\.name).joined(separator: " "))"
                }
            }
            #expect(shape(response) == shape(calm.response), "\(page.name)")
            if page.showsNames {
                #expect(
                    response.body.contains("&quot;&gt;&lt;x-evil onclick=alert(1)&gt;"), "\(page.name) shows it as text"
                )
            }
            // Mustache in a name is not run: a second look at the text would print the form token.
            if page.showsNames, let csrf = response.tags("input").first(where: { $0["name"] == "csrf" })?["value"] {
                let tokens = response.body.components(separatedBy: csrf).count - 1
                let fields = response.tags("input").count { $0["name"] == "csrf" }
                #expect(tokens == fields, "\(page.name)")
            }
        }
    }

    @Test func `S32 a state full of markup comes back byte for byte and is on no page`() async throws {
        let installation = try await Installation()
        let ada = try await Member(installation)
        var flow = CodeFlow(installation, try await installation.client(of: ada.account))
        flow.state = Self.hostile
        let page = try await ada.browser.open(flow.address())
        #expect(!page.body.contains("x-evil onclick"))
        let answer = try await ada.browser.submit("/auth/decision", [("decision", "allow")])
        #expect(answer.locationParameters["state"] == Self.hostile)
        #expect(
            answer.location?.utf8.allSatisfy {
                (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "<") && $0 != UInt8(ascii: "\"")
            } == true)
    }
}
