import Foundation
import HTTPTypes
import SluiceAPI
import SluiceAuthority
import SluiceOAuth

@testable import SluiceServer

/// Somebody who signed up through the pages, with the browser they did it in.
struct Member: Sendable {
    let installation: Installation
    let browser: Browser
    let account: Account

    static let password = "correct horse battery"

    init(
        _ installation: Installation, _ email: String = "ada@example.com", name: String = "Ada",
        peer: String = "192.0.2.7"
    ) async throws {
        self.installation = installation
        browser = Browser(installation, peer: peer)
        let response = try await browser.signUp(email, name: name, password: Self.password)
        guard response.status == 200, let account = try await installation.authority.accounts.account(email: email)
        else {
            throw Browser.Missing(what: "an account; got \(response.status)")
        }
        self.account = account
    }

    /// Fills in the form for a new API key.
    func submitKey(
        name: String = "deploy", scopes: [String] = [], expires: String = "never"
    ) async throws -> TestResponse {
        try await browser.open("/settings/api/keys/new")
        return try await browser.submit(
            "/settings/api/keys", [("name", name), ("expires", expires)] + scopes.map { ("scope", $0) })
    }

    /// Makes an API key through the pages.
    func makeKey(name: String = "deploy", scopes: [String] = [], expires: String = "never") async throws -> String {
        let response = try await submitKey(name: name, scopes: scopes, expires: expires)
        guard response.status == 200, let key = response.field("api-key") else {
            throw Browser.Missing(what: "a key; got \(response.status)")
        }
        return key
    }

    /// Fills in the form for a new client.
    func submitClient(
        name: String = "Example App", type: String = "confidential", redirectURIs: String = "https://app.example/cb",
        _ others: [(String, String)] = []
    ) async throws -> TestResponse {
        try await browser.open("/settings/api/clients/new")
        return try await browser.submit(
            "/settings/api/clients", [("name", name), ("type", type), ("redirect_uris", redirectURIs)] + others)
    }

    /// The account's API keys as they are stored.
    var keys: [APIKeyRecord] {
        get async throws {
            try await installation.authority.keys.list(of: account.id, SliceRequest(limit: 200)).elements
        }
    }

    /// The account's clients as they are stored.
    var clients: [Client] {
        get async throws {
            try await installation.authority.clients.list(of: account.id, SliceRequest(limit: 200)).elements
        }
    }

    /// The account's sessions as they are stored.
    var sessions: [Session] {
        get async throws { try await installation.authority.sessions.list(of: account.id) }
    }

    /// The kinds of the events about the account, newest first.
    var events: [AuditEvent] {
        get async throws {
            try await installation.authority.audit.list(account: account.id, SliceRequest(limit: 200)).elements
        }
    }
}

extension Installation {
    /// Everything that a form can change, as text: to show that a refused one changed nothing.
    func everything() async throws -> String {
        var lines: [String] = []
        for account in try await store.accounts(SliceRequest(limit: 200)).elements {
            lines.append("\(account) \(try await store.passwordHash(of: account.id) ?? "-")")
            lines += try await store.keys(of: account.id, SliceRequest(limit: 200)).elements.map { "\($0)" }
            lines += try await store.clients(of: account.id, SliceRequest(limit: 200)).elements.map { "\($0)" }
            lines += try await store.sessions(of: account.id).map { "\($0)" }
        }
        for organization in try await store.organizations(SliceRequest(limit: 200)).elements {
            lines.append("\(organization)")
            lines += try await store.members(of: organization.id, SliceRequest(limit: 200)).elements.map { "\($0)" }
            lines += try await store.openInvitations(of: organization.id, at: clock.now).map { "\($0)" }
        }
        lines += try await store.grants(account: nil, client: nil, SliceRequest(limit: 200)).elements.map { "\($0)" }
        lines += try await everythingPosted()
        lines.append("\(try await store.events(account: nil, SliceRequest(limit: 200)).elements)")
        return lines.joined(separator: "\n")
    }

    /// Moves the clock, and lets the node take in what happened meanwhile, as its poll does.
    func pass(_ seconds: TimeInterval) async throws {
        clock.advance(by: seconds)
        try await authority.catchUp()
    }

    /// The routes of the installation.
    func routes() throws -> [Route] {
        let routes = try SiteRoutes(
            site: Site(authority: authority, posting: posting, origins: configuration.origins, renderer: try PageRenderer()),
            api: try API(authority: authority, posting: posting, report: { _ in }), metrics: Metrics(), now: { clock.now },
            sandbox: sandbox
        ).routes()
        return [routes.auth, routes.api, routes.app, routes.everywhere].flatMap(\.routes)
    }
}

extension TestResponse {
    /// The elements of a page that have this name.
    func tags(_ name: String) -> [TagScanner.Tag] { TagScanner.tags(in: body).filter { $0.name == name } }

    /// What the input with this id holds.
    func field(_ id: String) -> String? { tags("input").first { $0["id"] == id }?["value"].map(Form.unescaped) }

    /// The page's title.
    var title: String {
        body.components(separatedBy: "<title>").last?.components(separatedBy: "</title>").first ?? ""
    }

    /// All header fields but the one that names the request.
    var comparableHeaders: [String] {
        headers.filter { $0.name.canonicalName != "x-request-id" }.map { "\($0.name.canonicalName): \($0.value)" }
            .sorted()
    }

    /// What a client can tell answers apart by.
    var comparable: String { "\(status)\n\(comparableHeaders.joined(separator: "\n"))\n\n\(body)" }
}
