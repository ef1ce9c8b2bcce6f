import Foundation
import HTTPTypes
import SluiceOAuth
import SluiceSQLite
import Testing

@testable import SluiceAuthority
@testable import SluiceServer

@Suite("Requirements S17 to S19: registering a client")
struct ClientRegistrationTests {
    @Test func `S17 S18 a confidential client gets an id and a secret, shown once; the id stays visible`() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "sluice-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let store = try await SQLiteStore.open(path: folder.appending(path: "sluice.db").path)
        let installation = try await Installation(store: store)
        let ada = try await Member(installation)
        #expect(try await ada.browser.open("/settings/api").body.contains(#"href="/settings/api/clients/new""#))
        let made = try await ada.submitClient(
            name: "Queue Companion", redirectURIs: "https://app.example/cb",
            [
                ("website", "https://app.example"), ("description", "Keeps your queue full."),
                ("logo_url", "https://app.example/logo.png"),
            ])
        #expect(made.status == 200 && made["Cache-Control"] == "no-store")
        let client = try #require(try await ada.clients.first)
        let secret = try #require(made.field("client-secret"))
        #expect(made.body.contains(client.id.text))
        #expect(
            made.tags("input").first { $0["id"] == "client-secret" }?.attributes.contains { $0.name == "readonly" }
                == true)
        #expect(secret.wholeMatch(of: /sls_[A-Za-z0-9]{43}[A-Za-z0-9]{6}/) != nil, "256 bits and a checksum")
        #expect(!made.title.contains(secret))
        #expect(
            client.kind == .confidential && client.name.text == "Queue Companion"
                && client.website == "https://app.example")
        #expect(client.description == "Keeps your queue full." && client.logoURL == "https://app.example/logo.png")
        #expect(client.redirectURIs.map(\.text) == ["https://app.example/cb"])
        #expect(client.secrets.map(\.hash) == [SecretHash(of: secret)])
        for page in ["/settings/api", "/settings/api/clients/\(client.id)", "/settings/security-log"] {
            let response = try await ada.browser.open(page)
            #expect(!response.body.contains(secret), "\(page)")
            if !page.hasSuffix("log") { #expect(response.body.contains(client.id.text), "\(page)") }
        }
        let flow = CodeFlow(installation, Clients.Created(client: client, secret: ClientSecret(secret)))
        let code = try await flow.code(in: ada.browser)
        #expect(try await flow.exchange(code).status == 200, "the secret works")
        #expect(!installation.log.text.contains(secret))
        try await store.close()
        for file in try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil) {
            let bytes = try Data(contentsOf: file)
            #expect(bytes.range(of: Data(secret.dropFirst(4).prefix(43).utf8)) == nil, "\(file.lastPathComponent)")
        }
    }

    @Test(arguments: ["0", "3600", "86400", "604800"])
    func `S18 a new secret works at once and the old one until the chosen overlap ends`(overlap: String) async throws {
        let installation = try await Installation()
        let ada = try await Member(installation)
        let created = try await installation.client(of: ada.account)
        let old = CodeFlow(installation, created)
        let id = created.client.id
        try await ada.browser.open("/settings/api/clients/\(id)")
        let answer = try await ada.browser.submit("/settings/api/clients/\(id)/rotate-secret", [("overlap", overlap)])
        #expect(answer.status == 200 && answer["Cache-Control"] == "no-store")
        let secret = try #require(answer.field("client-secret"))
        let client = try #require(try await installation.authority.clients.client(id))
        let new = CodeFlow(installation, Clients.Created(client: client, secret: ClientSecret(secret)))
        // A refresh with a made-up token tells whether the client was let in, and changes nothing.
        func isLetIn(_ flow: CodeFlow) async throws -> Bool {
            try await flow.refresh("v1.nothing").error == "invalid_grant"
        }
        #expect(try await isLetIn(new))
        let seconds = TimeInterval(overlap) ?? 0
        if seconds > 0 {
            try await installation.pass(seconds - 1)
            #expect(try await isLetIn(old))
            #expect(
                try await ada.browser.open("/settings/api/clients/\(id)").body.contains("The one before it works until")
            )
            try await installation.pass(1)
        }
        #expect(try await isLetIn(old) == false)
        #expect(try await isLetIn(new))
        #expect(!(try await ada.browser.open("/settings/api/clients/\(id)").body.contains(secret)))
        #expect(try await ada.events.contains { $0.kind == .clientSecretRotated && $0.clientID == id })
    }

    @Test func `S19 a public client gets an id, and no secret exists anywhere`() async throws {
        let installation = try await Installation()
        let ada = try await Member(installation)
        let made = try await ada.submitClient(name: "Pocket", type: "public", redirectURIs: "com.example.pocket:/cb")
        #expect(made.status == 200)
        #expect(made.field("client-secret") == nil)
        #expect(!made.body.contains("sls_"))
        let client = try #require(try await ada.clients.first)
        #expect(client.kind == .public && client.secrets.isEmpty)
        let page = try await ada.browser.open("/settings/api/clients/\(client.id)")
        #expect(!page.body.contains("rotate-secret") && !page.body.contains("Client secret"))
        // Asking for one all the same gives none.
        let forced = try await ada.browser.postOnly(
            "/settings/api/clients/\(client.id)/rotate-secret",
            [("csrf", try #require(ada.browser.csrf)), ("overlap", "0"), ("form_id", "CCCCCCCCCCCCCCCCCCCCCC")])
        #expect(forced.status == 404)
        #expect(try await ada.clients.first?.secrets.isEmpty == true)
        let flow = CodeFlow(installation, Clients.Created(client: client, secret: nil))
        #expect(try await flow.exchange(flow.code(in: ada.browser)).status == 200, "PKCE alone")
    }

    @Test(arguments: [("public", "confidential"), ("confidential", "public")])
    func `S19 the type of a client cannot be edited`(from: String, to: String) async throws {
        let installation = try await Installation()
        let ada = try await Member(installation)
        _ = try await ada.submitClient(type: from)
        let before = try #require(try await ada.clients.first)
        try await ada.browser.open("/settings/api/clients/\(before.id)")
        let saved = try await ada.browser.submit(
            "/settings/api/clients/\(before.id)",
            [("name", "Renamed"), ("redirect_uris", "https://app.example/cb"), ("type", to), ("kind", to)])
        #expect(saved.status == 200 && saved.body.contains("The app was saved."))
        let after = try #require(try await ada.clients.first)
        #expect(after.name.text == "Renamed")
        #expect(after.kind == before.kind && after.secrets == before.secrets && after.id == before.id)
    }

    @Test(arguments: [
        ("name", "", "name", "no name"), ("name", String(repeating: "n", count: 101), "name", "a name too long"),
        ("name", "a\u{202E}b", "name", "text direction in a name"), ("type", "", "type", "no type"),
        ("type", "trusted", "type", "a type that does not exist"),
        ("website", "javascript:alert(1)", "website", "a script"), ("website", "app.example", "website", "no scheme"),
        ("website", "https://user:pw@app.example", "website", "a password in an address"),
        ("website", "https://app.example/" + String(repeating: "a", count: 2_000), "website", "an address too long"),
        ("logo_url", "data:image/png;base64,AAAA", "logo_url", "data"),
        ("logo_url", "//app.example/x", "logo_url", "relative"),
        ("description", String(repeating: "d", count: 501), "description", "a description too long"),
        ("redirect_uris", "", "redirect_uris", "no redirect URI"),
        ("redirect_uris", " \n \n", "redirect_uris", "only blanks"),
    ])
    func `S17 S20 a registration that does not hold is shown again with what was typed, and nothing is made`(
        field: String, value: String, errorAt: String, why: String
    ) async throws {
        let installation = try await Installation()
        let ada = try await Member(installation)
        try await ada.browser.open("/settings/api/clients/new")
        let before = try await installation.everything()
        let fields =
            [("name", "Kept Name"), ("type", "public"), ("redirect_uris", "https://kept.example/cb")]
            .filter { $0.0 != field } + [(field, value)]
        let response = try await ada.browser.submit("/settings/api/clients", fields)
        #expect(response.status == 400, "\(why)")
        #expect(response.body.contains(#"id="\#(errorAt)-error""#), "\(why)")
        #expect(response.title.hasPrefix("Error"))
        if field != "name" { #expect(response.body.contains("Kept Name")) }
        if field != "redirect_uris" { #expect(response.body.contains("https://kept.example/cb")) }
        #expect(try await installation.everything() == before)
    }

    @Test func `S17 S123 the number of clients and keys is limited where the operator says so`() async throws {
        let installation = try await Installation {
            $0.clientLimit = 2
            $0.apiKeyLimit = 2
        }
        let ada = try await Member(installation)
        for _ in 0..<2 {
            #expect(try await ada.submitClient().status == 200)
            #expect(try await ada.submitKey().status == 200)
        }
        #expect(try await ada.submitClient().status == 400)
        #expect(try await ada.submitKey().status == 400)
        #expect(try await ada.clients.count == 2)
        #expect(try await ada.keys.count == 2)
    }

    @Test func `S17 only the owner sees, edits, rotates or deletes a client`() async throws {
        let installation = try await Installation()
        let ada = try await Member(installation)
        let mallory = try await Member(installation, "mallory@example.com", name: "Mallory", peer: "203.0.113.9")
        let client = try await installation.client(of: ada.account).client
        #expect(try await mallory.browser.open("/settings/api/clients/\(client.id)").status == 404)
        try await mallory.browser.open("/settings/api/clients/new")
        let token = try #require(mallory.browser.csrf)
        let before = try await installation.everything()
        for action in ["", "/rotate-secret", "/delete"] {
            let response = try await mallory.browser.postOnly(
                "/settings/api/clients/\(client.id)\(action)",
                [
                    ("csrf", token), ("name", "Mine"), ("redirect_uris", "https://evil.example/cb"), ("overlap", "0"),
                    ("form_id", "DDDDDDDDDDDDDDDDDDDDDD"),
                ])
            #expect(response.status == 404, "\(action)")
        }
        #expect(try await installation.everything() == before)
    }

    @Test func `S17 editing replaces the redirect URIs at once`() async throws {
        let installation = try await Installation()
        let ada = try await Member(installation)
        let created = try await installation.client(of: ada.account, redirectURIs: ["https://old.example/cb"])
        let id = created.client.id
        try await ada.browser.open("/settings/api/clients/\(id)")
        try await ada.browser.submit(
            "/settings/api/clients/\(id)", [("name", "Example App"), ("redirect_uris", "https://new.example/cb")])
        let flow = CodeFlow(installation, created, redirectURI: "https://old.example/cb")
        let refused = try await ada.browser.open(flow.address())
        #expect(refused.status == 400 && refused.location == nil)
        #expect(try await ada.browser.open(flow.address(["redirect_uri": "https://new.example/cb"])).status == 200)
        let bad = try await ada.browser.open("/settings/api/clients/\(id)")
        #expect(bad.status == 200)
        #expect(
            try await ada.browser.submit(
                "/settings/api/clients/\(id)", [("name", "x"), ("redirect_uris", "http://evil.example/")]
            ).status == 400)
        #expect(try await ada.clients.first?.redirectURIs.map(\.text) == ["https://new.example/cb"])
    }

    @Test func `S17 deleting a client cuts off everyone who used it`() async throws {
        let installation = try await Installation()
        let ada = try await Member(installation)
        let bob = try await Member(installation, "bob@example.com", name: "Bob", peer: "192.0.2.8")
        let flow = CodeFlow(installation, try await installation.client(of: ada.account))
        let tokens = try await flow.tokens(in: bob.browser)
        let pending = try await flow.code(in: bob.browser)
        let id = flow.client.client.id
        #expect(try await installation.status(tokens.access) == 200)
        try await ada.browser.open("/settings/api/clients/\(id)")
        let answer = try await ada.browser.submit("/settings/api/clients/\(id)/delete")
        #expect(answer.status == 200 && answer.body.contains("The app was deleted"))
        #expect(try await installation.status(tokens.access) == 401)
        #expect(try await flow.refresh(try #require(tokens.refresh)).error == "invalid_client")
        #expect(try await flow.exchange(pending).error == "invalid_client")
        #expect(try await bob.browser.open(flow.address()).status == 400)
        #expect(!(try await bob.browser.open("/settings/api").body.contains("Example App")))
        let grants = try await installation.store.grants(account: nil, client: id, SliceRequest(limit: 10)).elements
        #expect(grants.count == 2 && grants.allSatisfy { $0.state == .revoked })
    }
}
