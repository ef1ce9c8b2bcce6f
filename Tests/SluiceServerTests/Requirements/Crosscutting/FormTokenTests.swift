import Foundation
import HTTPTypes
import SluiceAuthority
import SluiceOAuth
import Testing

@testable import SluiceServer

@Suite("CSRF: every form, without a token, with a foreign one, with its own")
struct FormTokenTests {
    /// One form: where it is sent, what makes it work, and the page that shows it.
    struct Case: Sendable, CustomTestStringConvertible {
        let template: String
        let fields: [(String, String)]
        var page = "/settings"

        var testDescription: String { template }
    }

    static let cases: [Case] = [
        Case(
            template: "/sign-in", fields: [("email", "ada@example.com"), ("password", Member.password)]),
        Case(
            template: "/sign-up",
            fields: [("email", "new@example.com"), ("name", "New"), ("password", Member.password)]),
        Case(template: "/sign-out", fields: []),
        Case(template: "/auth/decision", fields: [("decision", "allow")], page: "consent"),
        Case(
            template: "/settings/profile",
            fields: [("name", "Changed"), ("email", "ada@example.com"), ("timezone", "UTC")]),
        Case(
            template: "/settings/password",
            fields: [("current_password", Member.password), ("new_password", "a completely new one")]),
        Case(template: "/settings/sessions/end-others", fields: []),
        Case(template: "/settings/sessions/{id}/end", fields: []),
        Case(template: "/settings/close", fields: [("password", Member.password)]),
        Case(
            template: "/settings/api/keys",
            fields: [("name", "k"), ("expires", "never"), ("form_id", "EEEEEEEEEEEEEEEEEEEEEE")]),
        Case(template: "/settings/api/keys/{id}/rename", fields: [("name", "Changed")]),
        Case(
            template: "/settings/api/keys/{id}/rotate",
            fields: [("overlap", "0"), ("form_id", "FFFFFFFFFFFFFFFFFFFFFF")]),
        Case(template: "/settings/api/keys/{id}/revoke", fields: []),
        Case(
            template: "/settings/api/clients",
            fields: [
                ("name", "c"), ("type", "public"), ("redirect_uris", "https://c.example/cb"),
                ("form_id", "GGGGGGGGGGGGGGGGGGGGGG"),
            ]),
        Case(
            template: "/settings/api/clients/{id}",
            fields: [("name", "Changed"), ("redirect_uris", "https://c.example/cb")]),
        Case(
            template: "/settings/api/clients/{id}/rotate-secret",
            fields: [("overlap", "0"), ("form_id", "HHHHHHHHHHHHHHHHHHHHHH")]),
        Case(template: "/settings/api/clients/{id}/delete", fields: []),
        Case(template: "/settings/api/apps/{client_id}/revoke", fields: []),
        Case(template: "/settings/api/grants/{id}/revoke", fields: []),
        Case(template: "/settings/organizations", fields: [("name", "Made"), ("form_id", "JJJJJJJJJJJJJJJJJJJJJJ")]),
        Case(template: "/settings/organizations/{id}/rename", fields: [("name", "Changed")]),
        Case(template: "/settings/organizations/{id}/transfer", fields: [("member", "member@example.com")]),
        Case(template: "/settings/organizations/{id}/leave", fields: []),
        Case(template: "/settings/organizations/{id}/delete", fields: [("name", "Ada’s organization")]),
        Case(template: "/settings/organizations/{id}/members/{account_id}/role", fields: [("role", "admin")]),
        Case(template: "/settings/organizations/{id}/members/{account_id}/remove", fields: []),
        Case(
            template: "/settings/organizations/{id}/invitations",
            fields: [("email", "new@example.com"), ("role", "member"), ("form_id", "KKKKKKKKKKKKKKKKKKKKKK")]),
        Case(template: "/settings/organizations/{id}/invitations/{invitation_id}/withdraw", fields: []),
        Case(template: "/invitations/{secret}", fields: [("decision", "accept")]),
        Case(
            template: "/settings/organizations/{id}/channels",
            fields: [
                ("service", "mastodon"), ("name", "new"), ("time_zone", "UTC"), ("form_id", "LLLLLLLLLLLLLLLLLLLLLL"),
            ]),
        Case(template: "/settings/organizations/{id}/channels/{channel}", fields: [("name", "Changed"), ("time_zone", "UTC")]),
        Case(template: "/settings/organizations/{id}/channels/{channel}/schedule", fields: [("mon", "10:00")]),
        Case(template: "/settings/organizations/{id}/channels/{channel}/pause", fields: []),
        Case(template: "/settings/organizations/{id}/channels/{channel}/resume", fields: []),
        Case(template: "/settings/organizations/{id}/channels/{channel}/remove", fields: []),
        Case(template: "/settings/organizations/{id}/posts/{post}/top", fields: []),
        Case(template: "/settings/organizations/{id}/posts/{post}/bottom", fields: []),
        Case(template: "/settings/organizations/{id}/posts/{post}/approve", fields: []),
        Case(template: "/settings/organizations/{id}/posts/{post}/reject", fields: []),
        Case(template: "/settings/organizations/{id}/posts/{post}/retry", fields: []),
        Case(template: "/settings/organizations/{id}/posts/{post}/publish", fields: []),
        Case(template: "/settings/organizations/{id}/posts/{post}/delete", fields: []),
        Case(template: "/settings/organizations/{id}/tags", fields: [("name", "new"), ("color", "teal")]),
        Case(template: "/settings/organizations/{id}/tags/{tag}", fields: [("name", "changed"), ("color", "red")]),
        Case(template: "/settings/organizations/{id}/tags/{tag}/remove", fields: []),
    ]

    /// Addresses that take a POST and are no form of ours.
    static let programs: [String: String] = [
        "/auth": "OpenID Connect Core §3.1.2.1: other sites send the request here; it decides nothing",
        "/token": "clients, without cookies", "/token/revocation": "clients, without cookies",
        "/": "the API: a bearer, never a cookie", "/graphql": "the API: a bearer, never a cookie",
    ]

    @Test func `every address that takes a POST is in the table or reads no cookie`() async throws {
        let installation = try await Installation()
        let posts = Set(try installation.routes().filter { $0.method == .post }.map(\.template))
        #expect(posts == Set(Self.cases.map(\.template)).union(Self.programs.keys))
        let methods = Set(try installation.routes().map(\.method.rawValue))
        #expect(methods == ["GET", "POST"], "nothing else changes anything")
    }

    @Test(arguments: FormTokenTests.cases)
    func `S5 S99 a form is taken only with the token of its own session`(form: Case) async throws {
        let installation = try await Installation()
        let ada = try await Member(installation)
        let mallory = try await Member(installation, "mallory@example.com", name: "Mallory", peer: "203.0.113.9")
        let second = Browser(installation, peer: "198.51.100.4")
        try await second.signIn()
        _ = try await ada.makeKey()
        let created = try await installation.client(of: ada.account)
        let flow = CodeFlow(installation, created)
        _ = try await flow.tokens(in: ada.browser)
        try await mallory.browser.open("/settings")
        let foreign = try #require(mallory.browser.csrf)
        let outside = Browser(installation)
        try await outside.open("/sign-in")
        let signedOut = try #require(outside.csrf)

        try await ada.browser.open(form.page == "consent" ? flow.address() : form.page)
        let own = try #require(ada.browser.csrf)
        let fields = form.fields + (ada.browser.hidden("ticket").map { [("ticket", $0)] } ?? [])
        let grant = try #require(
            try await installation.store.grants(account: nil, client: nil, SliceRequest(limit: 1)).elements.first)
        let session = try #require(try await ada.sessions.first { $0.address == "198.51.100.4" })
        let key = try #require(try await ada.keys.first)
        let id =
            switch form.template {
            case let path where path.contains("/keys/"): key.id.text
            case let path where path.contains("/sessions/"): session.id.text
            case let path where path.contains("/grants/"): grant.id.text
            default: created.client.id.text
            }
        var world = try await ChannelWorld.path(form.template, installation, ada.account)
        if world == nil { world = try await OrganizationWorld(installation, ada.account).path(form.template) }
        let path = world ?? form.template.replacing("{client_id}", with: id).replacing("{id}", with: id)
        let before = try await installation.everything()

        let forgeries: [(String, [(String, String)], [(String, String)])] = [
            ("no token", [], []), ("an empty one", [("csrf", "")], []), ("another session's", [("csrf", foreign)], []),
            ("a signed-out browser's", [("csrf", signedOut)], []),
            ("a cut one", [("csrf", String(own.dropLast()))], []),
            ("a longer one", [("csrf", own + "A")], []), ("made up", [("csrf", String(repeating: "A", count: 43))], []),
            ("the session itself", [("csrf", try #require(ada.browser.cookies["sluice_session"]))], []),
            ("its own, sent by another site", [("csrf", own)], [("Sec-Fetch-Site", "cross-site")]),
            ("its own, sent by a sibling host", [("csrf", own)], [("Sec-Fetch-Site", "same-site")]),
            ("its own, in a header", [], [("X-CSRF-Token", own)]),
        ]
        for (why, token, headers) in forgeries {
            let response = try await ada.browser.postOnly(path, token + fields, headers: headers)
            #expect(response.status == 403, "\(why)")
            #expect(response.location == nil, "\(why)")
        }
        let twice = try await ada.browser.postOnly(path, [("csrf", own), ("csrf", own)] + fields)
        #expect(twice.status == 400, "its own, twice")
        let inQuery = try await ada.browser.postOnly("\(path)?csrf=\(own)", fields)
        #expect(inQuery.status == 403, "its own, in the query")
        let asJSON = try await ada.browser.postOnly(
            path, [("csrf", own)] + fields, headers: [("Content-Type", "text/plain")])
        #expect(asJSON.status == 400, "a form that says it is none")
        #expect(try await installation.everything() == before, "nothing was changed")

        let good = try await ada.browser.postOnly(
            path, [("csrf", own)] + fields, headers: [("Sec-Fetch-Site", "same-origin")])
        #expect([200, 303].contains(good.status), "the control: \(good.status)")
        #expect(try await installation.everything() != before, "the control: it does change something")
    }

    @Test func `GET changes nothing, whatever its query says`() async throws {
        let installation = try await Installation()
        let ada = try await Member(installation)
        _ = try await ada.makeKey()
        try await ada.browser.open("/settings")
        let token = try #require(ada.browser.csrf)
        let before = try await installation.everything()
        for form in Self.cases where !form.template.contains("{") {
            let query = SluiceOAuth.Parameters.encode([("csrf", token)] + form.fields)
            try await ada.browser.open("\(form.template)?\(query)")
        }
        #expect(try await installation.everything() == before)
    }

    @Test func `a form that was opened before signing out is refused after, and the page says what to do`() async throws {
        let installation = try await Installation()
        let ada = try await Member(installation)
        try await ada.browser.open("/settings")
        let token = try #require(ada.browser.csrf)
        try await ada.browser.submit("/sign-out")
        let response = try await ada.browser.postOnly(
            "/settings/profile", [("csrf", token), ("name", "x"), ("email", "ada@example.com"), ("timezone", "UTC")])
        #expect(response.status == 403)
        #expect(response.body.contains("Nothing was changed."))
        #expect(response.body.contains("reload the page and send the form again"))
    }
}
