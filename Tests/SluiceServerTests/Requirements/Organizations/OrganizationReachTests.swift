import Foundation
import SluiceAuthority
import SluiceOAuth
import Testing

@testable import SluiceServer

@Suite("Requirements S9, S10, S11: which organizations a key or token reaches")
struct OrganizationReachTests {
    @Test func `S9 an organization that is joined later appears without a new key, behind those from before`() async throws {
        let installation = try await Installation()
        let (ada, bob) = (try await installation.account(), try await installation.account("bob@example.com"))
        let key = try await installation.key(for: ada).key.text
        let own = try await installation.organization(of: ada)
        #expect(try await installation.reachable(key) == [own.id.text])
        let theirs = try await installation.join(ada, bob)
        #expect(try await installation.reachable(key) == [own.id.text, theirs.id.text])
        let second = try await installation.authority.organizations.create("Second", for: ada.id, trace: .commandLine)
        #expect(try await installation.reachable(key) == [own.id.text, theirs.id.text, second.id.text])
    }

    @Test func `S9 an access token follows the account's organizations as a key does`() async throws {
        let installation = try await Installation()
        let ada = try await Member(installation)
        let bob = try await installation.account("bob@example.com")
        let token = try await CodeFlow(installation, try await installation.client(of: bob)).tokens(in: ada.browser).access
        let own = try await installation.organization(of: ada.account)
        let theirs = try await installation.join(ada.account, bob)
        #expect(try await installation.reachable(token) == [own.id.text, theirs.id.text])
        try await installation.authority.organizations.leave(theirs.id, ada.account.id, trace: .commandLine)
        #expect(try await installation.reachable(token) == [own.id.text])
    }

    @Test(arguments: ["leaving", "removal", "deletion", "the owner's account closing"])
    func `S9 an organization that is lost is gone with the next request`(how: String) async throws {
        let installation = try await Installation()
        let (ada, bob) = (try await installation.account(), try await installation.account("bob@example.com"))
        let key = try await installation.key(for: ada).key.text
        let own = try await installation.organization(of: ada)
        let theirs = try await installation.join(ada, bob)
        #expect(try await installation.reachable(key).contains(theirs.id.text))
        let organizations = installation.authority.organizations
        switch how {
        case "leaving": try await organizations.leave(theirs.id, ada.id, trace: .commandLine)
        case "removal":
            try await organizations.remove(ada.id, from: theirs.id, by: .account(bob.id), trace: .commandLine)
        case "deletion": try await organizations.delete(theirs.id, by: .account(bob.id), trace: .commandLine)
        default:
            // Not lost but gained: Ada is the only one left.
            #expect(try await installation.authority.accounts.close(bob.id, trace: .commandLine))
            #expect(try await installation.reachable(key) == [own.id.text, theirs.id.text])
            let answer = try await installation.query("{ account { organizations { ownerEmail } } }", bearer: key)
            #expect(!answer.body.contains("bob@") && answer.body.contains("ada@example.com"))
            try await organizations.delete(theirs.id, by: .account(ada.id), trace: .commandLine)
        }
        #expect(try await installation.reachable(key) == [own.id.text])
        let picked = try await installation.query(
            #"{ account { organizations(filter: {organizationId: "\#(theirs.id)"}) { id } } }"#, bearer: key)
        let nowhere = try await installation.query(
            #"{ account { organizations(filter: {organizationId: "ffffffffffffffffffffffff"}) { id } } }"#, bearer: key)
        #expect(picked.graphQLCode == "NOT_FOUND" && picked.body == nowhere.body)
    }

    @Test func `S9 another node loses it as soon`() async throws {
        let store = try await SQLiteStores.inMemory()
        let (first, second) = (try await Installation(store: store), try await Installation(store: store))
        let (ada, bob) = (try await first.account(), try await first.account("bob@example.com"))
        let key = try await first.key(for: ada).key.text
        let theirs = try await first.join(ada, bob)
        try await second.authority.catchUp()
        #expect(try await second.reachable(key).count == 2)
        try await first.authority.organizations.remove(ada.id, from: theirs.id, by: .account(bob.id), trace: .commandLine)
        #expect(try await second.reachable(key).count == 1)
    }

    @Test func `S10 a key lives on when its account leaves the organization it was made in, or the last one`() async throws {
        let installation = try await Installation()
        let (ada, bob) = (try await installation.account(), try await installation.account("bob@example.com"))
        let own = try await installation.organization(of: ada)
        let theirs = try await installation.join(ada, bob)
        // "In" theirs as far as anybody is in one: Ada gave up her own.
        try await installation.authority.organizations.delete(own.id, by: .account(ada.id), trace: .commandLine)
        let key = try await installation.key(for: ada).key.text
        #expect(try await installation.reachable(key) == [theirs.id.text])
        try await installation.authority.organizations.leave(theirs.id, ada.id, trace: .commandLine)
        #expect(try await installation.reachable(key) == [])
        let answer = try await installation.query(bearer: key)
        #expect(answer.body == #"{"data":{"account":{"id":"\#(ada.id)","email":"ada@example.com"}}}"#)
        let back = try await installation.join(ada, bob)
        #expect(try await installation.reachable(key) == [back.id.text])
    }

    @Test func `S11 the id in the query picks a joined organization as well as an own one`() async throws {
        let installation = try await Installation()
        let (ada, bob) = (try await installation.account(), try await installation.account("bob@example.com"))
        let key = try await installation.key(for: ada).key.text
        let theirs = try await installation.join(ada, bob, as: .contributor)
        for (organization, owner) in [(try await installation.organization(of: ada), ada), (theirs, bob)] {
            let answer = try await installation.query(
                #"{ account { organizations(filter: {organizationId: "\#(organization.id)"}) { id ownerEmail } } }"#,
                bearer: key)
            #expect(
                answer.body
                    == #"{"data":{"account":{"organizations":[{"id":"\#(organization.id)","ownerEmail":"\#(owner.email)"}]}}}"#
            )
        }
    }
}
