import Foundation
import HTTPTypes
import SluiceOAuth
import Testing

@testable import SluiceAuthority
@testable import SluiceServer

@Suite("Requirements S20 to S22 and D4: redirect URIs")
struct RedirectURIRegistrationTests {
    @Test(arguments: [
        ("https://app.example/cb", "https"), ("https://app.example", "https without a path"),
        ("https://app.example:8443/cb?x=1&y=2", "a port and a query"), ("https://app.example/a%20b", "an escape"),
        ("https://xn--bcher-kva.example/cb", "a host in its ASCII form"), ("https://192.0.2.1/cb", "an address"),
        ("https://[2001:db8::1]/cb", "an IPv6 address"), ("http://127.0.0.1/cb", "loopback"),
        ("http://127.0.0.1:4000/cb", "loopback with a port"), ("http://[::1]/cb", "IPv6 loopback"),
        ("http://localhost/cb", "localhost, D4"), ("com.example.app:/cb", "a scheme of its own"),
        ("com.example.app://cb/x", "the same with two slashes"),
    ])
    func `S20 S22 the allowed forms are registered as they were written`(uri: String, why: String) async throws {
        let installation = try await Installation()
        let ada = try await Member(installation)
        let response = try await ada.submitClient(redirectURIs: uri)
        #expect(response.status == 200, "\(why)")
        #expect(try await ada.clients.first?.redirectURIs.map(\.text) == [uri])
    }

    @Test(arguments: [
        ("https://app.example/cb#x", "a fragment"), ("https://app.example/cb#", "an empty fragment"),
        ("https://user@app.example/cb", "a user"), ("https://app.example@evil.example/cb", "a host that is a user"),
        ("http://user:pw@127.0.0.1/cb", "a password before loopback"),
        ("http://127.0.0.1@evil.example/", "loopback as a user"),
        ("https://*.example/cb", "a wildcard host"), ("https://app.example/*", "a wildcard path"), ("/cb", "relative"),
        ("//app.example/cb", "without a scheme"), ("app.example/cb", "a host alone"), ("cb", "a word"),
        ("javascript:alert(1)", "a script"), ("JavaScript://app.example/%0aalert(1)", "a script in disguise"),
        ("data:text/html,x", "data"), ("file:///etc/passwd", "a file"), ("blob:https://app.example/x", "a blob"),
        ("vbscript:x", "another script"), ("intent://app.example/#Intent;end", "an intent"),
        ("about:blank", "a page of the browser"), ("https://app.example/\u{1}", "a control character"),
        ("https://app.example/a b", "a blank"), ("https://app.example/\u{7F}", "DEL"),
        ("https://b\u{FC}cher.example/cb", "a host beyond ASCII"),
        ("https://app.example/\u{E9}", "a path beyond ASCII"),
        ("https://app.example\\@evil.example/", "a backslash"), ("https:///cb", "no host"), ("https://", "nothing"),
        ("https://app.example:99999/cb", "a port that is none"), ("https://app.example:0/cb", "port 0"),
        ("https://app..example/cb", "an empty label"), ("https://app.example/%zz", "a broken escape"),
        ("http://app.example/cb", "plain http"), ("http://127.0.0.2/cb", "another loopback address"),
        ("http://0.0.0.0/cb", "all interfaces"), ("http://127.1/cb", "a short form"),
        ("http://2130706433/cb", "a number"),
        ("http://0x7f000001/cb", "a hexadecimal number"), ("http://127.0.0.1.evil.example/cb", "a longer name"),
        ("http://localhost.evil.example/cb", "a longer name"), ("http://[::2]/cb", "another IPv6 address"),
        ("http://[::ffff:127.0.0.1]/cb", "loopback in another family"), ("myapp:/cb", "a scheme without a dot"),
        ("com.example.app:cb", "an opaque rest"), ("https://2130706433/cb", "a number as an https host"),
        ("https://app.example/" + String(repeating: "a", count: 2_048), "too long"),
    ])
    func `S20 S22 every other form is refused, also in company, and nothing is registered`(uri: String, why: String)
        async throws
    {
        let installation = try await Installation()
        let ada = try await Member(installation)
        for text in [uri, "https://good.example/cb\n\(uri)"] {
            let response = try await ada.submitClient(redirectURIs: text)
            #expect(response.status == 400, "\(why)")
            #expect(response.body.contains(#"id="redirect_uris-error""#), "\(why)")
        }
        #expect(try await ada.clients.isEmpty, "\(why)")
        // Nor can it come in by editing.
        let client = try await installation.client(of: ada.account).client
        try await ada.browser.open("/settings/api/clients/\(client.id)")
        let edited = try await ada.browser.submit(
            "/settings/api/clients/\(client.id)", [("name", "x"), ("redirect_uris", uri)])
        #expect(edited.status == 400, "\(why)")
        #expect(try await ada.clients == [client])
    }

    @Test func `S21 any of several works, each alone; duplicates collapse; too many are an error of the form`()
        async throws
    {
        let installation = try await Installation()
        let ada = try await Member(installation)
        let uris = ["https://app.example/cb", "https://app.example/other", "com.example.app:/cb"]
        _ = try await ada.submitClient(
            redirectURIs: (uris + [uris[0], "  \(uris[1])  ", ""]).joined(separator: "\r\n"))
        let client = try #require(try await ada.clients.first)
        #expect(client.redirectURIs.map(\.text) == uris)
        for uri in uris {
            let flow = CodeFlow(installation, Clients.Created(client: client, secret: nil), redirectURI: uri)
            let answer = try await flow.decide(in: ada.browser)
            #expect(answer.location?.hasPrefix(uri + "?code=") == true)
        }
        for near in [
            "https://app.example/cb/", "https://app.example/CB", "https://app.example/cb?x=1", "https://app.example/",
            "https://app.example/cb https://app.example/other", "https://app.example:443/cb", "HTTPS://app.example/cb",
            "https://app.example/cb%2f", "https://app.example/./cb",
        ] {
            let flow = CodeFlow(installation, Clients.Created(client: client, secret: nil), redirectURI: near)
            let answer = try await ada.browser.open(flow.address())
            #expect(answer.status == 400 && answer.location == nil, "\(near)")
        }
        let many = (0..<20).map { "https://app.example/\($0)" }
        #expect(try await ada.submitClient(redirectURIs: many.joined(separator: "\n")).status == 200)
        let tooMany = try await ada.submitClient(
            redirectURIs: (many + ["https://app.example/20"]).joined(separator: "\n"))
        #expect(tooMany.status == 400 && tooMany.body.contains("at most 20"))
        #expect(try await ada.clients.count == 2)
    }

    @Test(arguments: [
        ("http://127.0.0.1/cb", "http://127.0.0.1:51004/cb", true, "any port"),
        ("http://127.0.0.1:4000/cb", "http://127.0.0.1:51004/cb", true, "another than the registered one"),
        ("http://127.0.0.1:4000/cb", "http://127.0.0.1/cb", true, "none"),
        ("http://[::1]/cb", "http://[::1]:51004/cb", true, "IPv6 likewise"),
        ("http://localhost/cb", "http://localhost:51004/cb", true, "D4"),
        ("http://127.0.0.1/cb?a=1", "http://127.0.0.1:1/cb?a=1", true, "with its query"),
        ("http://127.0.0.1/cb", "http://127.0.0.1:51004/cb/", false, "another path"),
        ("http://127.0.0.1/cb", "http://127.0.0.1:51004/cb?a=1", false, "another query"),
        ("http://127.0.0.1/cb", "http://127.0.0.1:51004/CB", false, "case of the path"),
        ("http://127.0.0.1/cb", "http://[::1]:51004/cb", false, "another address"),
        ("http://127.0.0.1/cb", "http://localhost:51004/cb", false, "D4: a name is no address"),
        ("http://localhost/cb", "http://127.0.0.1:51004/cb", false, "D4: nor the other way round"),
        ("http://localhost/cb", "http://[::1]:51004/cb", false, "D4"),
        ("http://127.0.0.1/cb", "http://127.0.0.2:51004/cb", false, "another loopback address"),
        ("http://127.0.0.1/cb", "http://0.0.0.0:51004/cb", false, "all interfaces"),
        ("http://127.0.0.1/cb", "http://127.1:51004/cb", false, "a short form"),
        ("http://127.0.0.1/cb", "http://2130706433:51004/cb", false, "a number"),
        ("http://127.0.0.1/cb", "http://u@127.0.0.1:51004/cb", false, "a user"),
        ("http://127.0.0.1/cb", "https://127.0.0.1:51004/cb", false, "another scheme"),
        ("http://127.0.0.1/cb", "http://127.0.0.1:51004@evil.example/cb", false, "a port that is a user"),
        ("http://127.0.0.1/cb", "http://127.0.0.1:99999/cb", false, "a port that is none"),
        ("http://127.0.0.1/cb", "http://127.0.0.1:/cb", false, "an empty port"),
        ("http://127.0.0.1/cb", "http://127.0.0.1:51004/cb#x", false, "a fragment"),
        ("https://app.example/cb", "https://app.example:8443/cb", false, "https has no free port"),
    ])
    func `S22 D4 the port of a loopback redirect URI is free and everything else is exact`(
        registered: String, presented: String, isGood: Bool, why: String
    ) async throws {
        let installation = try await Installation()
        let ada = try await Member(installation)
        let created = try await installation.client(of: ada.account, .public, redirectURIs: [registered])
        let flow = CodeFlow(installation, created, redirectURI: presented)
        let page = try await ada.browser.open(flow.address())
        guard isGood else {
            #expect(page.status == 400 && page.location == nil, "\(why)")
            #expect(Form.all(in: page.body).allSatisfy { $0.action != "/auth/decision" })
            return
        }
        #expect(page.status == 200, "\(why)")
        let answer = try await ada.browser.submit("/auth/decision", [("decision", "allow")])
        #expect(answer.status == 303)
        #expect(answer.location?.hasPrefix(presented + (presented.contains("?") ? "&" : "?")) == true, "\(why)")
        let code = try #require(answer.locationParameters["code"])
        #expect(try await flow.exchange(code).status == 200)
    }

    @Test func `D4 localhost is registered with a warning; loopback addresses need none`() async throws {
        let installation = try await Installation()
        let ada = try await Member(installation)
        let warned = try await ada.submitClient(redirectURIs: "http://localhost:3000/cb")
        #expect(warned.status == 200 && warned.body.contains("localhost is only a name"))
        let id = try #require(try await ada.clients.first).id
        #expect(try await ada.browser.open("/settings/api/clients/\(id)").body.contains("localhost is only a name"))
        let quiet = try await ada.submitClient(redirectURIs: "http://127.0.0.1:3000/cb\nhttp://[::1]/cb")
        #expect(quiet.status == 200 && !quiet.body.contains("localhost is only a name"))
    }
}
