import Foundation
import HTTPTypes
import SluiceAuthority
import SluiceOAuth
import Testing

@testable import SluiceServer

@Suite("Requirement S126: behind a reverse proxy, under a path prefix")
struct ProxyTests {
    private static let url = "https://example.com/sluice"

    private func installation() async throws -> Installation {
        try await Installation(
            origins: Origins(single: try #require(Origin(Self.url))),
            trustedProxies: TrustedProxies(cidrs: ["10.0.0.0/8"]))
    }

    @Test func `S126 every link, form, redirect and document carries the prefix`() async throws {
        let origin = try #require(Origin(Self.url))
        let every = try await EveryPage(origins: Origins(single: origin))
        for page in every.pages {
            for tag in TagScanner.tags(in: page.response.body) {
                for name in ["href", "action"] {
                    guard let address = tag[name], address.hasPrefix("/") || address.hasPrefix(Self.url) else {
                        continue
                    }
                    #expect(
                        address.hasPrefix("/sluice/") || address.hasPrefix(Self.url + "/"), "\(page.name): \(address)")
                }
            }
        }
        let metadata = try await every.installation.send(.get, "/sluice/.well-known/oauth-authorization-server").json
        #expect(metadata["issuer"] as? String == Self.url)
        for (name, value) in metadata where name.hasSuffix("_endpoint") || name == "jwks_uri" {
            #expect((value as? String)?.hasPrefix(Self.url + "/") == true, "\(name)")
        }
        // RFC 8414 §3.1: the well-known name stands before the issuer's path.
        let standard = try await every.installation.send(.get, "/.well-known/oauth-authorization-server/sluice")
        #expect(standard.json["issuer"] as? String == Self.url)
    }

    @Test func `S126 the whole flow works below the prefix, and the way back from sign-in keeps it`() async throws {
        let installation = try await installation()
        let account = try await installation.account()
        let flow = CodeFlow(installation, try await installation.client(of: account))
        let browser = Browser(installation)
        let sent = try await browser.open("/sluice" + flow.address())
        #expect(sent.status == 200 && browser.path.hasPrefix("/sluice/sign-in?continue="))
        try await browser.submit("/sluice/sign-in", [("email", "ada@example.com"), ("password", Member.password)])
        #expect(browser.path.hasPrefix("/sluice/auth?"))
        let answer = try await browser.submit("/sluice/auth/decision", [("decision", "allow")])
        #expect(answer.locationParameters["iss"] == Self.url)
        let code = try #require(answer.locationParameters["code"])
        let tokens = try await installation.post("/sluice/token", flow.exchangeFields(code))
        #expect(tokens.status == 200)
        let claims = try #require(Tokens(tokens).access.split(separator: ".").dropFirst().first)
        let json = String(decoding: Base64URL.decode(claims) ?? [], as: UTF8.self)
        #expect(json.contains(#""iss":"https://example.com/sluice""#))
        let api = try await installation.send(
            .post, "/sluice/graphql",
            headers: [("Content-Type", "application/json"), ("Authorization", "Bearer \(Tokens(tokens).access)")],
            body: #"{"query":"{ account { id } }"}"#)
        #expect(api.body == #"{"data":{"account":{"id":"\#(account.id)"}}}"#)
    }

    @Test func `S126 a proxy that strips the prefix gets the same pages`() async throws {
        let installation = try await installation()
        let response = try await installation.send(.get, "/settings/api", headers: [("Accept", "text/html")])
        #expect(response.location == "/sluice/sign-in?continue=%2Fsettings%2Fapi")
        let page = try await installation.send(.get, "/sign-in", headers: [("Accept", "text/html")])
        #expect(Form.all(in: page.body).map(\.action) == ["/sluice/sign-in"])
        let whole = try await installation.send(.get, "/sluice/settings/api", headers: [("Accept", "text/html")])
        #expect(whole.location == response.location)
    }

    @Test func `S126 the client's address comes from trusted proxies alone`() async throws {
        let installation = try await installation()
        let ada = try await installation.account()
        func signIn(peer: String, _ headers: [(String, String)]) async throws -> String? {
            let browser = Browser(installation, peer: peer)
            try await browser.open("/sluice/sign-in", headers: headers)
            let form = try #require(Form.all(in: browser.page).first)
            _ = try await browser.postOnly(
                "/sluice/sign-in",
                form.hidden + [("email", "ada@example.com"), ("password", Member.password)], headers: headers)
            return try await installation.authority.audit.list(account: ada.id, SliceRequest(limit: 1)).elements.first?
                .trace.address
        }
        #expect(try await signIn(peer: "10.0.0.1", [("X-Forwarded-For", "198.51.100.7")]) == "198.51.100.7")
        #expect(
            try await signIn(peer: "10.0.0.1", [("X-Forwarded-For", "6.6.6.6, 198.51.100.8, 10.9.9.9")])
                == "198.51.100.8",
            "what stands before the nearest stranger was written by it")
        #expect(try await signIn(peer: "203.0.113.5", [("X-Forwarded-For", "198.51.100.9")]) == "203.0.113.5")
        #expect(try await signIn(peer: "203.0.113.5", [("Forwarded", "for=198.51.100.9")]) == "203.0.113.5")
    }

    @Test func `S126 a stranger's Host, scheme or forwarded host changes no link and no issuer`() async throws {
        let installation = try await installation()
        let forged = [
            ("X-Forwarded-Host", "evil.example"), ("X-Forwarded-Proto", "http"), ("X-Forwarded-Prefix", "/evil"),
            ("Accept", "text/html"),
        ]
        let page = try await installation.send(
            .get, "/sluice/", headers: forged, host: "evil.example", peer: "203.0.113.5")
        #expect(page.status == 200 && !page.body.contains("evil"))
        let metadata = try await installation.send(
            .get, "/sluice/.well-known/oauth-authorization-server", headers: forged, host: "evil.example",
            peer: "203.0.113.5")
        #expect(metadata.json["issuer"] as? String == Self.url)
        #expect(!metadata.body.contains("evil"))
    }

    @Test func `S126 with a host for each part every host answers for its own and no other does`() async throws {
        let origins = Origins(
            auth: try #require(Origin("https://auth.example")), api: try #require(Origin("https://api.example")),
            app: try #require(Origin("https://app.example")))
        let installation = try await Installation(origins: origins)
        let account = try await installation.account()
        let flow = CodeFlow(installation, try await installation.client(of: account))
        let html = [("Accept", "text/html")]
        func get(_ path: String, _ host: String) async throws -> TestResponse {
            try await installation.send(.get, path, headers: html, host: host)
        }
        #expect(try await get("/settings/api", "app.example").location == "/sign-in?continue=%2Fsettings%2Fapi")
        #expect(try await get(flow.address(), "auth.example").location?.hasPrefix("/sign-in?continue=") == true)
        for (path, host) in [
            ("/auth", "app.example"), ("/token", "app.example"), ("/settings", "auth.example"),
            ("/jwks", "app.example"),
            ("/graphql", "app.example"), ("/graphql", "auth.example"),
        ] { #expect(try await get(path, host).status == 404, "\(host)\(path)") }
        for host in ["evil.example", "auth.example.evil.example", "auth.example:8443", "AUTH.example@evil"] {
            #expect(try await get("/sign-in", host).status == 421, "\(host)")
        }
        // Capitals and the default port name the same host.
        #expect(try await get("/sign-in", "AUTH.example:443").status == 200)
        // The gate's pages lead back to the app's own host.
        let page = try await get("/sign-in", "auth.example")
        #expect(page.tags("a").contains { $0["href"] == "https://app.example/" })
        let key = try await installation.key(for: account).key.text
        let answer = try await installation.send(
            .post, "/", headers: [("Content-Type", "application/json"), ("Authorization", "Bearer \(key)")],
            body: #"{"query":"{ account { id } }"}"#, host: "api.example")
        #expect(answer.status == 200)
    }
}
