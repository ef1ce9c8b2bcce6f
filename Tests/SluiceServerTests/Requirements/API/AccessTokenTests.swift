import Foundation
import SluiceAuthority
import SluiceOAuth
import Testing

@testable import SluiceServer

@Suite("The API with an access token")
struct AccessTokenTests {
    @Test(arguments: ["/", "/graphql"])
    func `S67 a POST with an access token is answered with the account's id and address`(path: String) async throws {
        let installation = try await Installation()
        let connection = try await installation.connect()
        let answer = try await installation.graphQL(
            "{ account { id email } }", bearer: connection.access, path: path)
        #expect(answer.status == 200)
        #expect(answer.body == #"{"data":{"account":{"id":"\#(connection.account.id)","email":"ada@example.com"}}}"#)
        #expect(answer["Content-Type"] == "application/json; charset=utf-8")
        #expect(answer["Cache-Control"] == "no-store")
        #expect(answer["WWW-Authenticate"] == nil)
    }

    @Test func `S69 an access token is refused once expires_in and the documented leeway of a minute are over`()
        async throws
    {
        let installation = try await Installation()
        #expect(installation.authority.configuration.clockLeeway == .seconds(60))
        let used = try await installation.connect()
        // One that was used before, so that it is remembered, and one that the server sees for the first time when it is late.
        #expect(try await installation.status(used.access) == 200)
        let fresh = try await used.again()
        try await installation.advance(by: 3659)
        #expect(try await installation.status(used.access) == 200)
        let late = try await used.again()
        try await installation.advance(by: 1)
        (try await installation.query(bearer: used.access)).expectInvalidToken("remembered")
        (try await installation.query(bearer: fresh.access)).expectInvalidToken("never seen before")
        #expect(try await installation.status(late.access) == 200)
    }

    @Test func `S69 without leeway a token is good until the second before its end and not at its end`() async throws {
        let installation = try await Installation { $0.clockLeeway = .zero }
        let connection = try await installation.connect()
        let expiry = try #require(connection.tokens.claims["exp"] as? Double)
        #expect(expiry == installation.clock.now.timeIntervalSince1970 + 3600)
        try await installation.advance(by: 3599)
        #expect(try await installation.status(connection.access) == 200)
        try await installation.advance(by: 1)
        (try await installation.query(bearer: connection.access)).expectInvalidToken("at its end")
        try await installation.advance(by: 1)
        (try await installation.query(bearer: connection.access)).expectInvalidToken("a second late")
    }

    @Test func `S69 a shorter lifetime holds for tokens that were issued under a longer one`() async throws {
        let store = try await SQLiteStores.inMemory()
        let clock = TestClock()
        let before = try await Installation(store: store, clock: clock) { $0.accessTokenLifetime = .seconds(86_400) }
        let connection = try await before.connect()
        #expect(try await before.authority.grants.revoke(connection.grantID, trace: .commandLine))
        let other = try await connection.again()
        clock.advance(by: 4 * 3600)
        // By now a node that remembers the cuts of one hour has forgotten this one.
        let after = try await Installation(store: store, clock: clock) { $0.accessTokenLifetime = .seconds(3600) }
        (try await after.query(bearer: connection.access)).expectInvalidToken("revoked under the longer lifetime")
        (try await after.query(bearer: other.access)).expectInvalidToken("older than the lifetime that is allowed now")
    }

    @Test func `S71 the token of one person sees that person alone`() async throws {
        let installation = try await Installation()
        let ada = try await installation.connect("ada@example.com")
        let bob = try await installation.connect("bob@example.com", client: ada.flow.client)
        for (own, foreign) in [(ada, bob), (bob, ada)] {
            let mine = try #require(try await installation.authority.accounts.organizations(of: own.account.id).first)
            let theirs = try #require(
                try await installation.authority.accounts.organizations(of: foreign.account.id).first)
            let document = "{ account { id email organizations { id ownerEmail } connectedApps { userId } } }"
            let answer = try await installation.query(document, bearer: own.access)
            #expect(answer.status == 200)
            #expect(answer.body.contains(own.account.id.text) && answer.body.contains(own.account.email.text))
            #expect(answer.body.contains(mine.id.text))
            for secret in [foreign.account.id.text, foreign.account.email.text, theirs.id.text] {
                #expect(!answer.body.contains(secret))
            }
            let asked = try await installation.query(
                "{ account { organizations(filter: {organizationId: \"\(theirs.id)\"}) { name } } }", bearer: own.access
            )
            #expect(asked.graphQLCode == "NOT_FOUND")
            #expect(asked.data == nil)
        }
    }

    @Test func `S71 the subject and the client of a token are both looked at`() async throws {
        let installation = try await Installation()
        let ada = try await installation.connect("ada@example.com")
        let bob = try await installation.connect("bob@example.com")
        let tokens = [ada, bob]
        for connection in tokens { #expect(try await installation.status(connection.access) == 200) }
        // Cut by subject: nobody revoked Ada's grant by hand, nor her app.
        #expect(try await installation.authority.accounts.disable(ada.account.id, trace: .commandLine))
        (try await installation.query(bearer: ada.access)).expectInvalidToken("its subject is disabled")
        #expect(try await installation.status(bob.access) == 200)
        // Cut by client.
        let developer = try await installation.developer()
        try await installation.authority.clients.delete(bob.clientID, owner: developer.id, trace: .commandLine)
        (try await installation.query(bearer: bob.access)).expectInvalidToken("its client is gone")
    }
}
