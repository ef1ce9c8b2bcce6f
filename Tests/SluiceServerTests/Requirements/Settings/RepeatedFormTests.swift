import Foundation
import SluiceAuthority
import SluiceOAuth
import Testing

@testable import SluiceServer

@Suite("Secrets are shown exactly once: a form that is sent again makes nothing")
struct RepeatedFormTests {
    @Test(arguments: ["key", "rotated key", "client", "rotated secret"])
    func `S6 S18 sending a form again gets 409, no secret, and no second thing`(what: String) async throws {
        let installation = try await Installation()
        let ada = try await Member(installation)
        let (page, action, fields, field): (String, String, [(String, String)], String)
        switch what {
        case "key":
            (page, action, field) = ("/settings/api/keys/new", "/settings/api/keys", "api-key")
            fields = [("name", "deploy"), ("expires", "never")]
        case "rotated key":
            _ = try await ada.makeKey()
            let id = try #require(try await ada.keys.first).id
            (page, action, field) = ("/settings/api/keys/\(id)", "/settings/api/keys/\(id)/rotate", "api-key")
            fields = [("overlap", "3600")]
        case "client":
            (page, action, field) = ("/settings/api/clients/new", "/settings/api/clients", "client-secret")
            fields = [("name", "App"), ("type", "confidential"), ("redirect_uris", "https://app.example/cb")]
        default:
            let id = try await installation.client(of: ada.account).client.id
            (page, action, field) = (
                "/settings/api/clients/\(id)", "/settings/api/clients/\(id)/rotate-secret", "client-secret"
            )
            fields = [("overlap", "3600")]
        }
        try await ada.browser.open(page)
        let form = try #require(Form.all(in: ada.browser.page).first { $0.action == action })
        #expect(form.hidden.map(\.0).contains("form_id"))
        let first = try await ada.browser.postOnly(action, form.hidden + fields)
        #expect(first.status == 200)
        let secret = try #require(first.field(field))
        // In the field that is selected whole, and nowhere it could be cut.
        #expect(first.tags("input").count { $0["value"] == secret } == 1)
        let after = try await installation.everything()
        for _ in 0..<2 {
            let again = try await ada.browser.postOnly(action, form.hidden + fields)
            #expect(again.status == 409, "\(what)")
            #expect(again.field(field) == nil && !again.body.contains(secret))
            #expect(again.body.contains("This form was sent before"))
            #expect(again["Cache-Control"] == "no-store")
        }
        #expect(try await installation.everything() == after)
        // A fresh form is a fresh wish.
        try await ada.browser.open(page)
        let fresh = try #require(Form.all(in: ada.browser.page).first { $0.action == action })
        #expect(try await ada.browser.postOnly(action, fresh.hidden + fields).status == 200)
    }

    @Test func `of one form sent many times at once exactly one makes a key`() async throws {
        let installation = try await Installation()
        let ada = try await Member(installation)
        try await ada.browser.open("/settings/api/keys/new")
        let form = try #require(Form.all(in: ada.browser.page).first { $0.action == "/settings/api/keys" })
        let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<20 {
                group.addTask {
                    try await ada.browser.postOnly(
                        "/settings/api/keys", form.hidden + [("name", "x"), ("expires", "never")]
                    ).status
                }
            }
            return try await group.reduce(into: [Int]()) { $0.append($1) }
        }
        #expect(statuses.count { $0 == 200 } == 1)
        #expect(statuses.count { $0 == 409 } == 19)
        #expect(try await ada.keys.count == 1)
    }
}
