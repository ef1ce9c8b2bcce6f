import Foundation

@testable import SluiceServer

/// Every page with plausible values, and where `hostile` is given, with that text wherever somebody may choose the text.
struct PageSamples {
    /// Stands in for every text from outside; `nil` keeps the plausible ones.
    var hostile: String?

    /// One page, ready to be rendered by whoever holds a renderer.
    struct Sample: Sendable {
        let name: String
        let title: String
        let isSignedIn: Bool
        let render: @Sendable (PageRenderer, Chrome) throws -> String

        init(_ name: String, _ page: some Page, isSignedIn: Bool = true) {
            self.name = name
            title = page.title
            self.isSignedIn = isSignedIn
            render = { renderer, chrome in try renderer.render(page, chrome: chrome) }
        }
    }

    static let key = "buf_3vQ8mZ0kLx7TnB2sYhR5cWd9EaFgUpJ1iKo4NtVrMqXbCzD6eH2yS"
    static let secret = "cs_9fK2LmQ7xRt4VbN8zYpW1sHdJ6gUeA3cTqXo5IrMvEyZkBnGiP"

    static let scopeNames = [
        "posts:read", "posts:write", "ideas:read", "ideas:write", "account:read", "account:write", "insights:read",
        "engagements:read", "engagements:write", "offline_access",
    ]

    func text(_ plausible: String) -> String { hostile ?? plausible }

    func moment(_ daysAgo: Int, _ seconds: Int = 0) -> Moment {
        Moment(Date(timeIntervalSince1970: TimeInterval(1_784_736_300 - daysAgo * 86_400 + seconds)))
    }

    var chrome: Chrome {
        Chrome(
            base: "", account: .init(name: text("Ada Lovelace"), email: text("ada.lovelace@example.org")),
            csrf: text("csrf-3a9f"))
    }

    var all: [Sample] { entrance + messages + settings + keys + clients + organizations + channels }

    func errors(_ fields: [(String, String)]) -> FormErrors {
        var errors = FormErrors()
        for (field, message) in fields { errors.add(text(message), at: field) }
        return errors
    }

    private var entrance: [Sample] {
        let scopes = Self.scopeNames.map(ScopeWords.init)
        return [
            Sample("home", HomePage(canSignUp: true, apiURL: text("http://127.0.0.1:8080/graphql")), isSignedIn: false),
            Sample(
                "sign-in",
                SignInPage(continueTo: text("/auth?client_id=1"), email: "", clientName: text("Queue Companion")),
                isSignedIn: false),
            Sample(
                "sign-in-errors",
                SignInPage(
                    continueTo: text("/"), email: text("ada@example.org"), reason: text("Your session has ended."),
                    errors: errors([("email", "This email address and password do not belong together.")])),
                isSignedIn: false),
            Sample("sign-up-open", SignUpPage(policy: .open, minimumPasswordLength: 12), isSignedIn: false),
            Sample(
                "sign-up-invite",
                SignUpPage(
                    policy: .invite, continueTo: text("/auth"), email: text("ada@"), name: text("Ada"),
                    invitation: text("wrong"), clientName: text("Queue Companion"), minimumPasswordLength: 12,
                    errors: errors([
                        ("invitation", "This invitation has been used. Ask for a new one."),
                        ("name", "Enter a name."),
                        ("email", "Write the email address in full: name@example.org."),
                        ("password", "Choose a password of at least 12 characters."),
                    ])), isSignedIn: false),
            Sample("sign-up-invited", SignUpPage(policy: .open, isInvited: true, minimumPasswordLength: 12), isSignedIn: false),
            Sample("sign-up-closed", SignUpPage(policy: .closed, minimumPasswordLength: 12), isSignedIn: false),
            Sample(
                "consent",
                ConsentPage(
                    clientName: text("Queue Companion"),
                    website: WebLink("https://queue.example.com/" + (hostile ?? "")),
                    destination: .website(text("queue.example.com")), scopes: scopes, standing: .unverified,
                    accountName: text("Ada Lovelace"), accountEmail: text("ada.lovelace@example.org"),
                    ticket: text("t_1"), switchAccountTo: text("/auth?client_id=1&scope=posts%3Aread")),
                isSignedIn: false),
            Sample(
                "consent-program",
                ConsentPage(
                    clientName: text("Tidal"), website: nil, destination: .program(text("com.example.tidal")),
                    scopes: Array(scopes.prefix(2)) + [ScopeWords(text("custom:thing"))], standing: .dynamic,
                    accountName: text("Ada Lovelace"), accountEmail: text("ada.lovelace@example.org"),
                    ticket: text("t_1"), switchAccountTo: text("/auth")), isSignedIn: false),
        ]
    }

    private var messages: [Sample] {
        let id = text("r7Kq2mXw")
        return [
            Sample("error-unknown-client", MessagePage.unknownClient(requestID: id), isSignedIn: false),
            Sample("error-redirect-uri", MessagePage.unregisteredRedirectURI(requestID: id), isSignedIn: false),
            Sample("error-bad-request", MessagePage.badRequest(requestID: id), isSignedIn: false),
            Sample("error-not-found", MessagePage.notFound(requestID: id)),
            Sample("error-method", MessagePage.methodNotAllowed(requestID: id)),
            Sample("error-conflict", MessagePage.conflict(text("The post is on its way out."), requestID: id)),
            Sample("error-stale-form", MessagePage.staleForm(requestID: id)),
            Sample(
                "error-already-made",
                MessagePage.alreadyMade(what: text("API key"), path: text("/settings/api/keys/1"), requestID: id)),
            Sample(
                "error-too-many", MessagePage.tooManyRequests(retryAfterInSeconds: 40, requestID: id), isSignedIn: false
            ),
            Sample("error-too-large", MessagePage.tooLarge(requestID: id)),
            Sample("error-unavailable", MessagePage.unavailable(requestID: id)),
            Sample("error-unexpected", MessagePage.unexpected(requestID: id)),
            Sample("already-decided", MessagePage.alreadyDecided(clientName: text("Queue Companion"), requestID: id)),
            Sample("expired-request", MessagePage.expiredRequest(clientName: text("Queue Companion"), requestID: id)),
            Sample("account-closed", MessagePage.accountClosed(), isSignedIn: false),
        ]
    }

    private var settings: [Sample] {
        let zones = [
            TimeZoneGroup(region: text("Europe"), names: ["Europe/Berlin", "Europe/London"].map(text)),
            TimeZoneGroup(region: text("Other"), names: [text("UTC")]),
        ]
        let sessions = [
            SettingsPage.Session(
                id: text("65f0c0ffee0000000000000a"), device: text("Firefox on Linux"), address: text("203.0.113.7"),
                created: moment(3), lastSeen: moment(0), isCurrent: true),
            SettingsPage.Session(
                id: text("65f0c0ffee0000000000000b"), device: text("Safari on iPhone"),
                address: text("2001:db8:85a3:8d3:1319:8a2e:370:7348"), created: moment(40), lastSeen: moment(2),
                isCurrent: false),
        ]
        let apps = [
            SettingsPage.AppName(clientID: text("c1"), name: text("Queue Companion")),
            SettingsPage.AppName(clientID: text("c2"), name: text("Tidal")),
        ]
        var current = FormErrors()
        current.add(text("This is not your password."), at: "current_password", target: "password-current_password")
        current.add(text("Choose a longer password."), at: "new_password")
        let entries = [
            ("Refresh token used twice", "Queue Companion was disconnected: two programs held the same token.", true),
            ("API key “deploy script” created", "It may do everything.", false),
            ("Signed in", "", false),
            ("Queue Companion allowed", "posts:read posts:write offline_access", false),
        ].enumerated().map { index, entry in
            SecurityLogPage.Entry(
                at: moment(index * 2, index * 777), what: text(entry.0), detail: text(entry.1),
                address: text("203.0.113.7"), device: text("Firefox on Linux"), isAlarm: entry.2)
        }
        return [
            Sample(
                "settings",
                SettingsPage(
                    name: text("Ada Lovelace"), email: text("ada.lovelace@example.org"),
                    timezone: text("Europe/London"),
                    zones: zones, minimumPasswordLength: 12, sessions: sessions, connectedApps: apps)),
            Sample(
                "settings-errors",
                SettingsPage(
                    name: text("Ada Lovelace"), email: text("ada"), timezone: text("Europe/London"), zones: zones,
                    minimumPasswordLength: 12, sessions: sessions, connectedApps: [],
                    profileErrors: errors([
                        ("name", "Enter a name."), ("email", "Write the email address in full."),
                        ("timezone", "Choose a time zone from the list."),
                        ("current_password", "Enter your password to change the email address."),
                    ]), passwordErrors: current)),
            Sample("security-log", SecurityLogPage(entries: entries, older: text("cursor"), isFirst: false)),
            Sample("security-log-empty", SecurityLogPage(entries: [], older: nil, isFirst: true)),
            Sample(
                "close-account",
                CloseAccountPage(
                    email: text("ada.lovelace@example.org"), keyCount: 2, clientCount: 1, appCount: 3, sessionCount: 2,
                    errors: errors([("password", "This is not your password.")]))),
        ]
    }

    private var keys: [Sample] {
        let choices = Self.scopeNames.map { ScopeChoice(name: text($0), isChosen: $0 == "posts:read") }
        return [
            Sample(
                "api",
                APIPage(
                    apiURL: text("http://127.0.0.1:8080/graphql"),
                    keys: [
                        .init(
                            id: text("k1"), name: text("deploy script"), hint: text("buf_…eH2y"), created: moment(30),
                            lastUsed: moment(0), expires: nil, scopes: [], state: nil),
                        .init(
                            id: text("k2"), name: text("home server, the small one under the stairs"),
                            hint: text("buf_…x7Qa"), created: moment(400), lastUsed: nil, expires: moment(35),
                            scopes: ["posts:read", "posts:write", "account:read"].map(text), state: text("Expired")),
                    ],
                    clients: [
                        .init(
                            id: text("a1"), clientID: text("5e1f8c0a9b3d4e7f6a2c1b0d"), name: text("Queue Companion"),
                            isConfidential: true, created: moment(90), redirectURICount: 2)
                    ],
                    apps: [
                        .init(
                            clientID: text("c1"), name: text("Tidal"), scopes: Self.scopeNames.map(text),
                            firstApproved: moment(60), lastUsed: moment(0), approvalCount: 2),
                        .init(
                            clientID: text("c2"), name: text("Lockkeeper"), scopes: [text("posts:read")],
                            firstApproved: moment(2), lastUsed: nil, approvalCount: 1),
                    ], moreKeys: text("keys=2"), moreClients: text("clients=2"), moreApps: text("apps=2"))),
            Sample(
                "api-empty", APIPage(apiURL: text("http://127.0.0.1:8080/graphql"), keys: [], clients: [], apps: [])),
            Sample("key-new", KeyNewPage(formID: text("f1"), scopes: choices)),
            Sample(
                "key-new-errors",
                KeyNewPage(
                    formID: text("f1"), name: text(""), expires: "90", scopes: choices,
                    errors: errors([
                        ("name", "Give the key a name."), ("expires", "Choose one."),
                        ("scope", "Choose from the list."),
                    ]))),
            Sample(
                "key",
                KeyPage(
                    id: text("k1"), name: text("deploy script"), hint: text("buf_…eH2y"), created: moment(30),
                    lastUsed: moment(0), expires: moment(-60), scopes: ["posts:read", "posts:write"].map(text),
                    state: text("Stops soon"), previousUntil: moment(-1), formID: text("f2"),
                    errors: errors([("name", "Give the key a name.")]))),
            Sample(
                "key-created",
                KeyCreatedPage(
                    id: text("k1"), name: text("deploy script"), key: Self.key,
                    apiURL: text("http://127.0.0.1:8080/graphql"))),
            Sample(
                "key-rotated",
                KeyCreatedPage(
                    id: text("k1"), name: text("deploy script"), key: Self.key,
                    apiURL: text("http://127.0.0.1:8080/graphql"),
                    overlap: text("The old key works for one more day."), isRotation: true)),
        ]
    }

    private var clients: [Sample] {
        let uris = ["https://queue.example.com/oauth/callback", "http://127.0.0.1/callback"].map(text)
        let clientErrors = errors([
            ("name", "Give the app a name."), ("type", "Choose where it runs."),
            ("redirect_uris", "Line 2: a redirect URI has no fragment (#…)."),
            ("website", "Start with https://."), ("description", "Keep it under 1000 characters."),
            ("logo_url", "Start with https://."),
        ])
        return [
            Sample("client-new", ClientNewPage(formID: text("f3"), type: "confidential")),
            Sample(
                "client-new-errors",
                ClientNewPage(
                    formID: text("f3"), name: text("Queue"), type: "", redirectURIs: text("https://a.example/cb#x"),
                    website: text("queue"), description: text("Plans posts."), logoURL: text("x"), errors: clientErrors)
            ),
            Sample(
                "client-registered",
                ClientSecretPage(
                    id: text("a1"), name: text("Queue Companion"), clientID: text("5e1f8c0a9b3d4e7f6a2c1b0d"),
                    clientSecret: Self.secret, authorizationURL: text("http://127.0.0.1:8080/auth"),
                    tokenURL: text("http://127.0.0.1:8080/token"), redirectURIs: uris)),
            Sample(
                "client-registered-public",
                ClientSecretPage(
                    id: text("a1"), name: text("Tidal"), clientID: text("5e1f8c0a9b3d4e7f6a2c1b0d"), clientSecret: nil,
                    authorizationURL: text("http://127.0.0.1:8080/auth"), tokenURL: text("http://127.0.0.1:8080/token"),
                    redirectURIs: [text("com.example.tidal:/callback")])),
            Sample(
                "secret-rotated",
                ClientSecretPage(
                    id: text("a1"), name: text("Queue Companion"), clientID: text("5e1f8c0a9b3d4e7f6a2c1b0d"),
                    clientSecret: Self.secret, isRotation: true, overlap: text("The old secret works for 7 more days."),
                    authorizationURL: text("http://127.0.0.1:8080/auth"), tokenURL: text("http://127.0.0.1:8080/token"),
                    redirectURIs: uris)),
            Sample(
                "client",
                ClientPage(
                    id: text("a1"), clientID: text("5e1f8c0a9b3d4e7f6a2c1b0d"), savedName: text("Queue Companion"),
                    isConfidential: true, created: moment(90),
                    previousUntil: moment(-7), formID: text("f4"), name: text("Queue Companion"),
                    redirectURIs: hostile ?? uris.joined(separator: "\n"), website: text("https://queue.example.com"),
                    description: text("Plans posts while you sleep."),
                    logoURL: text("https://queue.example.com/logo.png"), errors: hostile == nil ? [] : clientErrors)),
            Sample(
                "connected-app",
                ConnectedAppPage(
                    clientID: text("c1"), name: text("Tidal"), description: text("Posts with the tide."),
                    website: WebLink("https://tidal.example.com/" + (hostile ?? "")), firstApproved: moment(60),
                    lastUsed: moment(0), scopes: Self.scopeNames.map { ScopeWords(text($0)) },
                    grants: [
                        .init(
                            id: text("g1"), approved: moment(60), lastUsed: moment(0),
                            scopes: ["posts:read", "offline_access"].map(text), address: text("203.0.113.7"),
                            device: text("Firefox on Linux")),
                        .init(id: text("g2"), approved: moment(5), lastUsed: nil, scopes: Self.scopeNames.map(text)),
                    ], moreGrants: text("before=g2"))),
        ]
    }
}
