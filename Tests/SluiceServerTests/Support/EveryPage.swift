import Foundation
import HTTPTypes
import SluiceAuthority
import SluiceOAuth
import SluicePosting

@testable import SluiceServer

/// Every page of an installation in which there is something of everything, fetched through the front door.
struct EveryPage: Sendable {
    struct Shown: Sendable {
        let name: String
        let response: TestResponse
        /// Whether it shows names that people chose.
        let showsNames: Bool
    }

    let installation: Installation
    let pages: [Shown]
    /// The paths that were opened with GET, as routes name them.
    let templates: Set<String>

    /// - Parameter name: What people call themselves, their keys and their apps.
    init(name: String = "A Name", origins: Origins? = nil) async throws {
        let installation = try await Installation(origins: origins)
        self.installation = installation
        let base = installation.configuration.origins.app.prefix
        var pages: [Shown] = []
        var templates: Set<String> = []
        func add(_ title: String, _ response: TestResponse, showsNames: Bool = false) {
            pages.append(Shown(name: title, response: response, showsNames: showsNames))
        }
        let stranger = Browser(installation)
        func opened(
            _ template: String, _ path: String? = nil, by browser: Browser, showsNames: Bool = false
        ) async throws {
            templates.insert(template)
            add("GET \(template)", try await browser.open(base + (path ?? template)), showsNames: showsNames)
        }
        let typed = [("name", name), ("email", name), ("password", "x"), ("continue", "")]
        try await opened("/", by: stranger)
        try await opened("/sign-up", by: stranger)
        add("refused sign-up", try await stranger.submit(base + "/sign-up", typed), showsNames: true)
        try await opened("/sign-in", by: stranger)
        add("refused sign-in", try await stranger.submit(base + "/sign-in", typed), showsNames: true)

        let browser = Browser(installation, userAgent: name)
        try await browser.open(base + "/sign-up")
        try await browser.submit(
            base + "/sign-up", [("email", "ada@example.com"), ("name", name), ("password", Member.password)])
        guard let ada = try await installation.authority.accounts.account(email: "ada@example.com") else {
            throw Browser.Missing(what: "an account")
        }
        let developer = try await installation.account("dev@example.com", name: "Dev")
        let client = try await installation.authority.clients.register(
            .init(
                name: name, redirectURIs: ["https://app.example/cb"], website: "https://app.example/?%22%3E",
                description: name),
            kind: .confidential, owner: developer.id, formID: nil, trace: .commandLine)
        var flow = CodeFlow(installation, client)
        flow.state = name
        let authorization = String(flow.address(["login_hint": name]).dropFirst("/auth".count))
        for page in ["/sign-in", "/sign-up"] {
            let query = SluiceOAuth.Parameters.encode([("continue", "/auth" + authorization)])
            try await opened(page, "\(page)?\(query)", by: stranger, showsNames: true)
        }
        try await opened("/settings/api", by: browser)
        try await opened("/settings/api/keys/new", by: browser)
        let keyForm = [("name", name), ("expires", "90")]
        let sent = (Form.all(in: browser.page).first { $0.action == base + "/settings/api/keys" })?.hidden ?? []
        add("key created", try await browser.submit(base + "/settings/api/keys", keyForm), showsNames: true)
        add("form repeated", try await browser.post(base + "/settings/api/keys", sent + keyForm))
        try await browser.open(base + "/settings/api/keys/new")
        add(
            "refused key", try await browser.submit(base + "/settings/api/keys", [("name", name), ("expires", name)]),
            showsNames: true)
        try await opened("/settings/api/clients/new", by: browser)
        let clientForm = [("name", name), ("type", "confidential"), ("description", name)]
        add(
            "client registered",
            try await browser.submit(
                base + "/settings/api/clients",
                clientForm + [("redirect_uris", "http://localhost/cb"), ("website", "https://app.example/?'")]),
            showsNames: true)
        try await browser.open(base + "/settings/api/clients/new")
        add(
            "refused client",
            try await browser.submit(
                base + "/settings/api/clients",
                clientForm + [("redirect_uris", name), ("website", name), ("logo_url", name)]), showsNames: true)
        guard let key = try await installation.authority.keys.list(of: ada.id, SliceRequest()).elements.first,
            let own = try await installation.authority.clients.list(of: ada.id, SliceRequest()).elements.first
        else { throw Browser.Missing(what: "a key and a client") }

        try await opened("/auth", "/auth" + authorization, by: browser, showsNames: true)
        let decided = (Form.all(in: browser.page).first { $0.action == base + "/auth/decision" })?.hidden ?? []
        let answer = try await browser.post(base + "/auth/decision", decided + [("decision", "allow")])
        add(
            "already decided", try await browser.post(base + "/auth/decision", decided + [("decision", "allow")]),
            showsNames: true)
        let fields = flow.exchangeFields(answer.locationParameters["code"] ?? "")
        let exchanged = try await installation.send(
            .post, base + "/token",
            headers: [("Content-Type", "application/x-www-form-urlencoded"), ("User-Agent", name)],
            body: SluiceOAuth.Parameters.encode(fields))
        guard exchanged.status == 200 else { throw Browser.Missing(what: "tokens; got \(exchanged.body)") }
        add(
            "unknown client",
            try await browser.open(base + "/auth?" + SluiceOAuth.Parameters.encode([("client_id", name)])))
        add(
            "unregistered redirect URI",
            try await browser.open(base + flow.address(["redirect_uri": "https://evil.example/" + name])))

        try await opened("/settings", by: browser, showsNames: true)
        add(
            "refused profile",
            try await browser.submit(
                base + "/settings/profile",
                [("name", name), ("email", name), ("timezone", name), ("current_password", name)]),
            showsNames: true)
        try await browser.open(base + "/settings")
        add(
            "refused password",
            try await browser.submit(base + "/settings/password", [("current_password", name), ("new_password", name)]))
        try await opened("/settings/api", by: browser, showsNames: true)
        try await opened("/settings/security-log", by: browser, showsNames: true)
        try await opened("/settings/api/keys/{id}", "/settings/api/keys/\(key.id)", by: browser, showsNames: true)
        let rotated = try await browser.submit(base + "/settings/api/keys/\(key.id)/rotate", [("overlap", "3600")])
        add("key rotated", rotated, showsNames: true)
        try await opened("/settings/api/clients/{id}", "/settings/api/clients/\(own.id)", by: browser, showsNames: true)
        let secret = try await browser.submit(
            base + "/settings/api/clients/\(own.id)/rotate-secret", [("overlap", "3600")])
        add("secret rotated", secret, showsNames: true)
        try await opened(
            "/settings/api/apps/{client_id}", "/settings/api/apps/\(client.client.id)", by: browser, showsNames: true)
        let organizations = "/settings/organizations"
        try await opened(organizations, by: browser, showsNames: false)
        try await opened("\(organizations)/new", by: browser)
        add("refused organization", try await browser.submit(base + organizations, [("name", name + "\u{0}")]))
        try await browser.open(base + "\(organizations)/new")
        try await browser.submit(base + organizations, [("name", name)])
        guard let made = try await installation.authority.accounts.organizations(of: ada.id).last else {
            throw Browser.Missing(what: "an organization")
        }
        let itself = "\(organizations)/\(made.id)"
        // Who joins at one moment stands in no particular order.
        installation.clock.advance(by: 1)
        try await installation.join(developer, ada)
        try await opened("\(organizations)/{id}", itself, by: browser, showsNames: true)
        let inviting = (Form.all(in: browser.page).first { $0.action == base + itself + "/invitations" })?.hidden ?? []
        let invitation = [("email", "new@example.com"), ("role", "admin")]
        add("invited", try await browser.post(base + itself + "/invitations", inviting + invitation), showsNames: true)
        add("invitation repeated", try await browser.post(base + itself + "/invitations", inviting + invitation))
        for (form, fields) in [
            ("invitations", [("email", name), ("role", name)]), ("rename", [("name", name + "\u{0}")]),
        ] {
            try await browser.open(base + itself)
            add("refused \(form)", try await browser.submit(base + "\(itself)/\(form)", fields), showsNames: true)
        }
        let first = try await installation.organization(of: ada).id
        try await browser.open(base + "\(organizations)/\(first)")
        add(
            "refused transfer",
            try await browser.submit(base + "\(organizations)/\(first)/transfer", [("member", name)]), showsNames: true)
        add(
            "refused role",
            try await browser.submit(
                base + "\(organizations)/\(first)/members/\(developer.id)/role", [("role", name)]))
        try await opened("\(organizations)/{id}/delete", "\(itself)/delete", by: browser, showsNames: true)
        add(
            "refused deletion", try await browser.submit(base + "\(itself)/delete", [("name", "another name")]),
            showsNames: true)
        let theirs = try await installation.invite("ada@example.com", by: developer)
        try await opened("/invitations/{secret}", "/invitations/\(theirs.secret.text)", by: browser, showsNames: true)
        let foreign = try await installation.invite("grace@example.com", by: developer)
        add("invitation for another", try await browser.open(base + "/invitations/\(foreign.secret.text)"))
        add("closed invitation", try await browser.open(base + "/invitations/nothing"))
        let joined = try await installation.join(ada, developer).id
        try await browser.open(base + itself)
        let token = [("csrf", browser.csrf ?? "")]
        add(
            "forbidden by role",
            try await browser.post(base + "\(organizations)/\(joined)/rename", token + [("name", "Theirs")]))
        add(
            "the owner stays",
            try await browser.post(base + "\(organizations)/\(first)/leave", token))
        try await opened("/settings/channels", by: browser, showsNames: true)
        let world = try await ChannelWorld(installation, of: ada, itself: first, named: name)
        let whole = "\(organizations)/{id}"
        let channels = "\(organizations)/\(first)/channels"
        let channel = "\(channels)/\(world.channel.id)"
        try await opened("\(whole)/channels", channels, by: browser, showsNames: true)
        try await opened("\(whole)/channels/new", "\(channels)/new", by: browser, showsNames: true)
        add(
            "refused channel",
            try await browser.submit(
                base + channels,
                ["service", "type", "name", "display_name", "time_zone", "external_link", "server_url", "boards"].map {
                    ($0, name)
                }), showsNames: true)
        try await opened("\(whole)/channels/{channel}", channel, by: browser, showsNames: true)
        add(
            "refused schedule", try await browser.submit(base + "\(channel)/schedule", [("mon", name)]), showsNames: true)
        try await browser.open(base + channel)
        add(
            "refused change of a channel",
            try await browser.submit(base + channel, [("name", name), ("time_zone", name), ("external_link", name)]),
            showsNames: true)
        try await opened("\(whole)/channels/{channel}/queue", "\(channel)/queue", by: browser, showsNames: true)
        add(
            "refused approval",
            try await browser.post(
                base + "\(organizations)/\(first)/posts/\(world.failed.id)/approve", [("csrf", browser.csrf ?? "")]),
            showsNames: true)
        try await opened("\(whole)/channels/{channel}/outbox", "\(channel)/outbox", by: browser, showsNames: true)
        try await opened("\(whole)/outbox", "\(organizations)/\(first)/outbox", by: browser, showsNames: true)
        try await opened("\(whole)/tags", "\(organizations)/\(first)/tags", by: browser, showsNames: true)
        add(
            "refused tag",
            try await browser.submit(
                base + "\(organizations)/\(first)/tags", [("name", name + String(repeating: "x", count: 50)), ("color", name)]),
            showsNames: true)
        try await opened("/settings/close", by: browser)
        add("refused closing", try await browser.submit(base + "/settings/close", [("password", "not the password")]))
        add(
            "not found",
            try await browser.open(base + "/settings/nothing/here?" + SluiceOAuth.Parameters.encode([("q", name)])))
        add("stale form", try await browser.post(base + "/settings/profile", [("name", name)]))
        add("wrong method", try await browser.open(base + "/settings/profile"))
        try await browser.open(base + "/settings/close")
        add("closed", try await browser.submit(base + "/settings/close", [("password", Member.password)]))
        self.pages = pages
        self.templates = templates
    }
}
