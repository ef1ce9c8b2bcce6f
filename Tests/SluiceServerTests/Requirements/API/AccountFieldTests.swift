import Foundation
import SluiceAuthority
import SluiceOAuth
import Testing

@testable import SluiceServer

@Suite("Fields of the account")
struct AccountFieldTests {
    @Test func `S67 every field of the account that is served`() async throws {
        let installation = try await Installation()
        let account = try await installation.account("Ada@Example.com", name: "Ada <b>")
        try await installation.authority.accounts.update(
            account.id, name: "Ada L.", timeZone: "Europe/London", trace: .commandLine)
        let key = try await installation.key(for: account).key.text
        let answer = try await installation.query(
            "{ account { id email backupEmail name avatar timezone createdAt organizations { id name ownerEmail } } }",
            bearer: key)
        #expect(answer.status == 200)
        #expect(answer.errors.isEmpty)
        let shown = try #require(answer.data?["account"] as? [String: Any])
        #expect(shown["id"] as? String == account.id.text)
        #expect(shown["email"] as? String == "ada@example.com")
        #expect(shown["backupEmail"] is NSNull)
        #expect(shown["name"] as? String == "Ada L.", "the new name, not a remembered one")
        #expect((shown["avatar"] as? String)?.hasPrefix("data:image/svg+xml;base64,") == true)
        #expect(shown["timezone"] as? String == "Europe/London")
        #expect(shown["createdAt"] as? String == "2027-01-15T08:00:00.000Z")
        let organizations = try #require(shown["organizations"] as? [[String: String]])
        let own = try #require(try await installation.authority.accounts.organizations(of: account.id).first)
        #expect(organizations == [["id": own.id.text, "name": own.name.text, "ownerEmail": "ada@example.com"]])
    }

    @Test func `S67 a new account has one organization of its own, and the filter finds it`() async throws {
        let installation = try await Installation()
        let account = try await installation.account()
        let key = try await installation.key(for: account).key.text
        let own = try #require(try await installation.authority.accounts.organizations(of: account.id).first)
        let document = "query($f: OrganizationFilterInput) { account { organizations(filter: $f) { id } } }"
        for filter: Any in [["organizationId": own.id.text], NSNull()] {
            let answer = try await installation.graphQL(document, variables: ["f": filter], bearer: key)
            #expect(answer.body == #"{"data":{"account":{"organizations":[{"id":"\#(own.id)"}]}}}"#)
        }
    }

    @Test func `S11 somebody else's, an unknown and a malformed organization get one and the same answer`() async throws {
        let installation = try await Installation()
        let account = try await installation.account()
        let other = try await installation.account("bob@example.com", name: "Bob")
        let theirs = try #require(try await installation.authority.accounts.organizations(of: other.id).first)
        let key = try await installation.key(for: account).key.text
        let document = "query($f: OrganizationFilterInput) { account { organizations(filter: $f) { id } } }"
        var bodies: Set<String> = []
        for id in [
            theirs.id.text, String(repeating: "0", count: 24), "x", "", theirs.id.text.uppercased(), "' OR 1=1 --",
            String(repeating: "a", count: 5_000),
        ] {
            let answer = try await installation.graphQL(document, variables: ["f": ["organizationId": id]], bearer: key)
            #expect(answer.status == 200)
            #expect(answer.graphQLCode == "NOT_FOUND")
            #expect(answer.json["data"] is NSNull)
            bodies.insert(answer.body)
        }
        #expect(bodies.count == 1)
        let null = try await installation.graphQL(
            document, variables: ["f": ["organizationId": NSNull()]], bearer: key)
        #expect(null.status == 400)
        #expect(null.graphQLCode == "BAD_USER_INPUT")
    }

    static let apps = """
        { account { connectedApps { clientId userId name description website createdAt scopes category } } }
        """

    @Test func `S102 connectedApps lists what was approved, with all its facts`() async throws {
        let installation = try await Installation()
        let developer = try await installation.developer()
        let app = try await installation.authority.clients.register(
            .init(
                name: "Planner", redirectURIs: ["https://planner.example/cb"], website: "https://planner.example",
                description: "Plans posts"), kind: .confidential, owner: developer.id, formID: nil, trace: .commandLine)
        let connection = try await installation.connect(client: app, scope: "account:read posts:read offline_access")
        installation.clock.advance(by: 5)
        // Another device, with other scopes: the same app, still first approved when it was.
        var flow = connection.flow
        flow.scope = "ideas:read posts:read"
        _ = try await flow.tokens(in: connection.browser)
        let answer = try await installation.query(Self.apps, bearer: connection.access)
        #expect(answer.errors.isEmpty)
        let listed = try #require((answer.data?["account"] as? [String: Any])?["connectedApps"] as? [[String: Any]])
        #expect(listed.count == 1)
        let entry = try #require(listed.first)
        #expect(entry["clientId"] as? String == app.client.id.text)
        #expect(entry["userId"] as? String == connection.account.id.text)
        #expect(entry["name"] as? String == "Planner")
        #expect(entry["description"] as? String == "Plans posts")
        #expect(entry["website"] as? String == "https://planner.example")
        #expect(entry["createdAt"] as? String == "2027-01-15T08:00:00.000Z")
        #expect(
            Set(entry["scopes"] as? [String] ?? []) == ["account:read", "posts:read", "offline_access", "ideas:read"])
        #expect(entry["category"] is NSNull)
    }

    @Test func `S102 connectedApps is empty before, lists each app once, and unlists what was revoked`() async throws {
        let installation = try await Installation()
        let account = try await installation.account()
        let key = try await installation.key(for: account).key.text
        func names() async throws -> [String] {
            let answer = try await installation.query("{ account { connectedApps { name } } }", bearer: key)
            let apps = (answer.data?["account"] as? [String: Any])?["connectedApps"] as? [[String: String]]
            return try #require(apps).compactMap { $0["name"] }.sorted()
        }
        #expect(try await names() == [])
        let developer = try await installation.developer()
        let one = try await installation.connect(client: installation.client(of: developer, name: "One"))
        let two = try await installation.connect(
            client: installation.client(of: developer, name: "Two"), browser: one.browser)
        _ = try await two.again()
        // An approval that was never exchanged connects nothing yet.
        let three = CodeFlow(installation, try await installation.client(of: developer, name: "Three"))
        _ = try await three.code(in: one.browser)
        #expect(try await names() == ["One", "Two"])
        #expect(try await installation.authority.apps.revoke(one.clientID, of: account.id, trace: .commandLine) == 1)
        #expect(try await names() == ["Two"])
        try await installation.authority.clients.delete(two.clientID, owner: developer.id, trace: .commandLine)
        #expect(try await names() == [])
        let empty = try await installation.query(Self.apps, bearer: key)
        #expect(empty.body == #"{"data":{"account":{"connectedApps":[]}}}"#)
    }
}
