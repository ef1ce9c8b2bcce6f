import Foundation
import HTTPTypes
import SluiceAuthority
import SluiceOAuth
import Testing

@testable import SluiceServer

@Suite("Requirements S8 to S11: whose data a key reaches")
struct KeyReachTests {
    private static let document = """
        { account { id email name timezone createdAt organizations { id name ownerEmail }
        connectedApps { clientId userId name scopes } } }
        """

    @Test func `S8 a key answers for its owner, and no field shows another account`() async throws {
        let installation = try await Installation()
        let ada = try await Member(installation)
        let bob = try await Member(installation, "bob@example.com", name: "Bob", peer: "192.0.2.8")
        let flow = CodeFlow(installation, try await installation.client(of: bob.account, name: "Bobs own"))
        _ = try await flow.tokens(in: bob.browser)
        let keys = (try await ada.makeKey(), try await bob.makeKey())
        let forAda = try await installation.query(Self.document, bearer: keys.0)
        let forBob = try await installation.query(Self.document, bearer: keys.1)
        #expect(forAda.status == 200 && forBob.status == 200)
        #expect(forAda.body.contains(ada.account.id.text) && forAda.body.contains("ada@example.com"))
        #expect(forBob.body.contains(bob.account.id.text) && forBob.body.contains("Bobs own"))
        for foreign in [bob.account.id.text, "bob@example.com", "Bob"] { #expect(!forAda.body.contains(foreign)) }
        for foreign in [ada.account.id.text, "ada@example.com", "Ada"] { #expect(!forBob.body.contains(foreign)) }
        let organizations = try await installation.authority.accounts.organizations(of: bob.account.id)
        #expect(!organizations.isEmpty)
        for organization in organizations { #expect(!forAda.body.contains(organization.id.text)) }
    }

    @Test func `S8 a session cookie of another account beside a key changes nothing`() async throws {
        let installation = try await Installation()
        let ada = try await Member(installation)
        let bob = try await Member(installation, "bob@example.com", name: "Bob", peer: "192.0.2.8")
        let key = try await ada.makeKey()
        let cookie = try #require(bob.browser.cookies["sluice_session"])
        let response = try await installation.send(
            .post, "/",
            headers: [
                ("Content-Type", "application/json"), ("Authorization", "Bearer \(key)"),
                ("Cookie", "sluice_session=\(cookie)"),
            ], body: #"{"query":"{ account { id } }"}"#)
        #expect(response.body == #"{"data":{"account":{"id":"\#(ada.account.id)"}}}"#)
    }

    @Test func `S9 S10 S11 one key reaches the account's organizations, and the id in the query picks one`()
        async throws
    {
        let installation = try await Installation()
        let ada = try await Member(installation)
        let bob = try await Member(installation, "bob@example.com", name: "Bob", peer: "192.0.2.8")
        let key = try await ada.makeKey()
        let own = try await installation.authority.accounts.organizations(of: ada.account.id)
        #expect(own.count == 1)
        let all = try await installation.query("{ account { organizations { id } } }", bearer: key)
        #expect(all.body == #"{"data":{"account":{"organizations":[{"id":"\#(own[0].id)"}]}}}"#)

        func pick(_ id: String) async throws -> TestResponse {
            try await installation.query(
                #"{ account { organizations(filter: {organizationId: "\#(id)"}) { id ownerEmail } } }"#, bearer: key)
        }
        let picked = try await pick(own[0].id.text)
        #expect(
            picked.body
                == #"{"data":{"account":{"organizations":[{"id":"\#(own[0].id)","ownerEmail":"ada@example.com"}]}}}"#)

        let foreign = try #require(try await installation.authority.accounts.organizations(of: bob.account.id).first)
        let elsewhere = try await pick(foreign.id.text)
        let nowhere = try await pick("ffffffffffffffffffffffff")
        #expect(elsewhere.status == 200)
        #expect(elsewhere.graphQLCode == "NOT_FOUND")
        #expect(elsewhere.body == nowhere.body, "whether it exists is nobody's business")
        for malformed in ["", "x", "../..", String(repeating: "a", count: 4_000), "0", "FFFFFFFFFFFFFFFFFFFFFFFF"] {
            let response = try await pick(malformed)
            #expect(response.status == 200)
            #expect(response.body == nowhere.body)
        }
        let number = try await installation.query(
            "{ account { organizations(filter: {organizationId: 7}) { id } } }", bearer: key)
        #expect(number.status == 400, "it does not fit the schema")
        #expect(number.json["data"] == nil)
    }

    @Test func `S8 keys of one account cannot be seen or changed by another, whatever the form says`() async throws {
        let installation = try await Installation()
        let ada = try await Member(installation)
        let mallory = try await Member(installation, "mallory@example.com", name: "Mallory", peer: "203.0.113.9")
        let key = try await ada.makeKey()
        let id = try #require(try await ada.keys.first).id
        #expect(try await mallory.browser.open("/settings/api/keys/\(id)").status == 404)
        try await mallory.browser.open("/settings/api/keys/new")
        let token = try #require(mallory.browser.csrf)
        let before = try await installation.everything()
        let forms: [(String, [(String, String)])] = [
            ("rename", [("name", "stolen")]), ("rotate", [("overlap", "0"), ("form_id", "BBBBBBBBBBBBBBBBBBBBBB")]),
            ("revoke", []),
        ]
        for (action, fields) in forms {
            let there = try await mallory.browser.postOnly(
                "/settings/api/keys/\(id)/\(action)", [("csrf", token)] + fields)
            let nowhere = try await mallory.browser.postOnly(
                "/settings/api/keys/ffffffffffffffffffffffff/\(action)", [("csrf", token)] + fields)
            #expect(there.status == 404, "\(action)")
            #expect(nowhere.status == 404, "\(action): the same as for one that never was")
            #expect(!there.body.contains("deploy"))
        }
        #expect(try await installation.everything() == before)
        #expect(try await installation.status(key) == 200)
    }
}
