import SluiceGraphQL
import SluicePosting
import Testing

@testable import SluiceAPI
@testable import SluiceAuthority

@Suite("account and its organizations")
struct AccountFieldsTests {
    @Test func `an account is answered with how it likes things and all it belongs to`() async throws {
        let world = try await World()
        _ = try await world.channel(.twitter)
        _ = try await world.channel(.mastodon)
        _ = try await world.member(.member)
        let reply = try await world.ask(
            """
            { account { id email backupEmail name timezone createdAt avatar
                preferences { timeFormat startOfWeek defaultScheduleOption }
                organizations { id name ownerEmail channelCount members { totalCount } shouldEnforce2FASetup
                  limits { channels generateContent ideaGroups ideas members postTemplates savedReplies scheduledPosts
                    scheduledStoriesPerChannel scheduledThreadsPerChannel tags } }
                connectedApps { clientId } } }
            """)
        #expect(reply.errors.isEmpty)
        #expect(reply["account.email"] == "ada@example.com")
        #expect(reply["account.backupEmail"] == .null)
        #expect(reply["account.createdAt"] == "2026-03-02T08:00:00.000Z")
        #expect(reply["account.avatar"]?.string?.hasPrefix("data:image/svg+xml;base64,") == true)
        #expect(
            reply["account.preferences"]
                == ["timeFormat": "24", "startOfWeek": "monday", "defaultScheduleOption": "Queue"])
        #expect(reply["account.organizations.0.id"]?.string == world.organization.text)
        #expect(reply["account.organizations.0.channelCount"] == 2)
        #expect(reply["account.organizations.0.members.totalCount"] == 2)
        #expect(reply["account.organizations.0.shouldEnforce2FASetup"] == false)
        let limits = PostingLimits()
        let expected: JSONValue = [
            "channels": .int(limits.channels), "generateContent": 0, "ideaGroups": .int(limits.ideaGroups),
            "ideas": .int(limits.ideas), "members": .int(AuthorityLimits.members - 1), "postTemplates": .int(limits.templates),
            "savedReplies": 0, "scheduledPosts": .int(limits.scheduledPosts),
            "scheduledStoriesPerChannel": .int(limits.scheduledPosts),
            "scheduledThreadsPerChannel": .int(limits.scheduledPosts), "tags": .int(limits.tags),
        ]
        #expect(reply["account.organizations.0.limits"] == expected)
        #expect(reply["account.connectedApps"] == [])
    }

    @Test func `S9 an organization that somebody joined is among theirs, and one they left is not`() async throws {
        let world = try await World()
        let member = try await world.member(.member)
        let query = "{ account { organizations { id } } }"
        #expect(try await world.ask(query, as: member)["account.organizations"]?.array?.count == 2)
        let id = try #require(OrganizationID(world.organization.text))
        try await world.authority.organizations.leave(id, member.id, trace: World.trace)
        #expect(try await world.ask(query, as: member)["account.organizations"]?.array?.count == 1)
    }

    @Test func `S11 an organization can be picked by its id, and one that is foreign or no id at all is not found`() async throws
    {
        let world = try await World()
        let other = try await world.stranger().organization
        let query = "query ($id: String!) { account { organizations(filter: { organizationId: $id }) { id } } }"
        let own = try await world.ask(query, ["id": .string(world.organization.text)])
        #expect(own["account.organizations"] == [["id": .string(world.organization.text)]])
        for id in [other.text, String(repeating: "0", count: 24), "no id", ""] {
            let reply = try await world.ask(query, ["id": .string(id)])
            #expect(reply.codes == ["NOT_FOUND"])
            #expect(reply.messages == ["Organization not found"])
        }
    }
}
