import Foundation
import HTTPTypes
import SluiceOAuth
import SluiceSQLite
import Testing

@testable import SluiceAuthority
@testable import SluiceServer

@Suite("Requirements S5 to S7, S12 and S13: making a key and keeping it")
struct KeyPageTests {
    @Test func `S5 S7 a signed-in person makes a key within two clicks and it works at once`() async throws {
        let installation = try await Installation()
        let ada = try await Member(installation)
        // One click: every page of the settings links to API access.
        try await ada.browser.open("/settings")
        #expect(ada.browser.page.contains(#"href="/settings/api""#))
        try await ada.browser.open("/settings/api")
        #expect(ada.browser.page.contains(#"href="/settings/api/keys/new""#))
        let response = try await ada.submitKey(name: "deploy script")
        #expect(response.status == 200)
        #expect(response["Cache-Control"] == "no-store")
        let fields = response.tags("input").filter { $0["id"] == "api-key" }
        #expect(fields.count == 1)
        #expect(fields[0].attributes.contains { $0.name == "readonly" }, "a field that can be selected and not spoilt")
        let key = try #require(response.field("api-key"))
        #expect(key.wholeMatch(of: /buf_[A-Za-z0-9]+/) != nil, "a double click selects it whole")
        // 43 base62 digits are 256 bits; six more are the checksum.
        #expect(key.utf8.count == 4 + 43 + 6)
        #expect(response.body.contains("curl &#39;http://127.0.0.1:8080/&#39;"))
        #expect(response.body.contains("Authorization: Bearer \(key)"))
        let answer = try await installation.query(bearer: key)
        #expect(answer.body == #"{"data":{"account":{"id":"\#(ada.account.id)","email":"ada@example.com"}}}"#)
        let records = try await ada.keys
        #expect(records.map(\.name.text) == ["deploy script"])
        #expect(records[0].scopes == nil && records[0].expiresAt == nil)
    }

    @Test func `S7 keys are random and tell nothing of each other`() async throws {
        let installation = try await Installation()
        let account = try await installation.account()
        var seen: Set<String> = []
        var digits: [Set<Character>] = Array(repeating: [], count: 43)
        for _ in 0..<40 {
            let key = try await installation.key(for: account).key.text
            #expect(seen.insert(key).inserted)
            for (index, digit) in key.dropFirst(4).prefix(43).enumerated() { digits[index].insert(digit) }
        }
        // The first of 43 digits holds little of 256 bits; every other one varies.
        for (index, different) in digits.enumerated().dropFirst() { #expect(different.count > 8, "digit \(index)") }
    }

    @Test func `S7 a wrong checksum is refused without asking the database`() async throws {
        let store = try await SQLiteStore.inMemory()
        let installation = try await Installation(store: store)
        let account = try await installation.account()
        let good = try await installation.key(for: account).key.text
        try await store.close()
        // The control: with the right checksum the database is asked, and it is gone.
        #expect(try await installation.status(APIKey(random: Array(repeating: 9, count: 32)).text) == 503)
        for (index, replacement) in [(4, "A"), (20, "z"), (46, "0"), (52, "Z")] {
            var digits = Array(good)
            digits[index] = digits[index] == Character(replacement) ? "q" : Character(replacement)
            #expect(try await installation.status(String(digits)) == 401, "digit \(index)")
        }
        for text in [String(good.dropLast()), good + "0", good.uppercased(), "buf_" + good] {
            #expect(try await installation.status(text) == 401)
        }
    }

    @Test func `S5 signed out, the way leads to sign-in and back to the same page`() async throws {
        let installation = try await Installation()
        let ada = try await Member(installation)
        for page in [
            "/settings/api", "/settings/api/keys/new", "/settings", "/settings/api?keys=abc", "/settings/close",
        ] {
            let browser = Browser(installation)
            let first = try await installation.send(.get, page, headers: [("Accept", "text/html")])
            #expect(first.status == 303, "\(page)")
            #expect(first.location?.hasPrefix("/sign-in?continue=") == true)
            try await browser.open(page)
            let response = try await browser.submit(
                "/sign-in", [("email", "ada@example.com"), ("password", Member.password)])
            #expect(response.status == 200)
            #expect(browser.path == page)
        }
        #expect(try await ada.keys.isEmpty)
    }

    @Test func `S5 a form without its token makes no key, signed in or out`() async throws {
        let installation = try await Installation()
        let ada = try await Member(installation)
        let fields = [("name", "deploy"), ("expires", "never"), ("form_id", "AAAAAAAAAAAAAAAAAAAAAA")]
        #expect(try await ada.browser.postOnly("/settings/api/keys", fields).status == 403)
        #expect(try await Browser(installation).postOnly("/settings/api/keys", fields).status == 403)
        #expect(try await ada.keys.isEmpty)
    }

    @Test func `S6 the key is in one answer and never again`() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "sluice-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let store = try await SQLiteStore.open(path: folder.appending(path: "sluice.db").path)
        let installation = try await Installation(store: store)
        let ada = try await Member(installation)
        try await ada.browser.open("/settings/api/keys/new")
        let fields = [
            ("csrf", try #require(ada.browser.csrf)), ("form_id", try #require(ada.browser.hidden("form_id"))),
            ("name", "deploy"), ("expires", "90"), ("scope", "account:read"),
        ]
        let made = try await ada.browser.post("/settings/api/keys", fields)
        let key = try #require(made.field("api-key"))
        let id = try #require(try await ada.keys.first).id

        // Reload: the browser sends the same form again.
        let again = try await ada.browser.post("/settings/api/keys", fields)
        #expect(again.status == 409)
        #expect(!again.body.contains(key))
        #expect(again["Cache-Control"] == "no-store")
        #expect(try await ada.keys.count == 1)
        // Back: the form is shown anew, without it.
        for page in [
            "/settings/api/keys/new", "/settings/api", "/settings/api/keys/\(id)", "/settings",
            "/settings/security-log",
        ] {
            let response = try await ada.browser.open(page)
            #expect(response.status == 200)
            #expect(!response.body.contains(key), "\(page)")
        }
        let answer = try await installation.query(
            "{ account { id name organizations { id } connectedApps { name } } }", bearer: key)
        #expect(answer.status == 200 && !answer.body.contains(key))
        // The list tells it from others without telling it.
        let list = try await ada.browser.open("/settings/api")
        #expect(list.body.contains("deploy"))
        #expect(list.body.contains("buf_…\(key.suffix(4))"))
        #expect(list.body.contains("account:read"))
        #expect(list.body.contains(#"<time datetime="2027-01-15T08:00:00Z">"#), "created")
        #expect(list.body.contains(#"<time datetime="2027-04-15T08:00:00Z">"#), "expires 90 days later")
        #expect(list.body.contains("Last used"))

        try await store.close()
        for file in try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil) {
            let bytes = try Data(contentsOf: file)
            #expect(bytes.range(of: Data(key.utf8)) == nil, "\(file.lastPathComponent)")
            #expect(bytes.range(of: Data(key.dropFirst(4).prefix(43).utf8)) == nil, "\(file.lastPathComponent)")
        }
    }

    @Test func `S6 the list says when a key was last used and that it expired`() async throws {
        let installation = try await Installation()
        let ada = try await Member(installation)
        let key = try await ada.makeKey(expires: "30")
        #expect(try await ada.browser.open("/settings/api").body.contains("Never"))
        try await installation.pass(3_600)
        #expect(try await installation.status(key) == 200)
        await installation.authority.maintain()
        #expect(try await ada.browser.open("/settings/api").body.contains(#"<time datetime="2027-01-15T09:00:00Z">"#))
        try await installation.pass(10 * 86_400)
        try await ada.browser.open("/settings/api")
        try await installation.pass(10 * 86_400)
        try await ada.browser.open("/settings/api")
        try await installation.pass(10 * 86_400)
        #expect(try await ada.browser.open("/settings/api").body.contains("Expired"))
        #expect(try await installation.status(key) == 401)
    }

    @Test(arguments: [
        ([("name", "")], "name", "no name"),
        ([("name", String(repeating: "n", count: 101))], "name", "a name too long"),
        ([("name", "a\u{7}b")], "name", "a control character"), ([("name", "a\u{202e}b")], "name", "text direction"),
        ([("scope", "posts:everything")], "scope", "an unknown scope"),
        ([("scope", "offline_access")], "scope", "a scope that means nothing for a key"),
        ([("expires", "7")], "expires", "a time that is not offered"),
        ([("expires", "-1")], "expires", "a time that is over"),
    ])
    func `S5 a key form that does not hold is shown again and makes nothing`(
        change: [(String, String)], field: String, why: String
    ) async throws {
        let installation = try await Installation()
        let ada = try await Member(installation)
        try await ada.browser.open("/settings/api/keys/new")
        let names = Set(change.map(\.0))
        let response = try await ada.browser.submit(
            "/settings/api/keys", [("name", "deploy"), ("expires", "never")].filter { !names.contains($0.0) } + change)
        #expect(response.status == 400, "\(why)")
        #expect(response.body.contains(#"id="\#(field)-error""#), "\(why)")
        #expect(response.title.hasPrefix("Error"))
        #expect(try await ada.keys.isEmpty)
        #expect(!(try await ada.events.contains { $0.kind == .keyCreated }))
    }

    @Test func `S12 a key is in no address, title, log line, error or metric, and no other site is told where it was`()
        async throws
    {
        let installation = try await Installation()
        let ada = try await Member(installation)
        let made = try await ada.submitKey()
        let key = try #require(made.field("api-key"))
        #expect(!made.title.contains(key))
        #expect(!ada.browser.path.contains(key))
        #expect(made["Referrer-Policy"] == "no-referrer")
        for tag in TagScanner.tags(in: made.body) {
            for name in ["href", "action", "src"] { #expect(tag[name]?.contains(key) != true) }
        }
        _ = try await installation.query("{ account { id nonsense } }", bearer: key)
        _ = try await installation.query("{", bearer: key)
        let refused = try await installation.send(
            .get, "/nothing/\(key)?k=\(key)", headers: [("Authorization", "Bearer \(key)")])
        #expect(refused.status == 404 && !refused.body.contains(key))
        _ = try await installation.query(bearer: key + "x")
        _ = try await installation.post(
            "/token", [("client_id", key), ("grant_type", "authorization_code"), ("client_secret", key)])
        let metrics = try await installation.send(.get, "/metrics").body
        #expect(metrics.contains("sluice_bearer_checks_total"))
        #expect(!metrics.contains(key))
        #expect(!installation.log.text.isEmpty)
        #expect(!installation.log.text.contains(key))
        #expect(!installation.log.text.contains(key.dropFirst(4).prefix(20)))
    }

    @Test func `S12 D2 the API allows no other origin by default`() async throws {
        let installation = try await Installation()
        let account = try await installation.account()
        let key = try await installation.key(for: account).key.text
        let response = try await installation.send(
            .post, "/",
            headers: [
                ("Content-Type", "application/json"), ("Authorization", "Bearer \(key)"),
                ("Origin", "https://evil.example"),
            ], body: #"{"query":"{ account { id } }"}"#)
        #expect(response.status == 200)
        #expect(response["Access-Control-Allow-Origin"] == nil)
        #expect(response["Access-Control-Allow-Credentials"] == nil)
        let preflight = try await installation.send(
            .options, "/",
            headers: [("Origin", "https://evil.example"), ("Access-Control-Request-Method", "POST")])
        #expect(preflight.status == 401)
        #expect(preflight["Access-Control-Allow-Origin"] == nil)
    }

    @Test func `S13 the page that shows a key names the environment variable to keep it in`() async throws {
        let installation = try await Installation()
        let ada = try await Member(installation)
        #expect(try await ada.submitKey().body.contains("<code>BUFFER_API_KEY</code>"))
    }
}
