import SluiceGraphQL
import SluicePosting
import Testing

@Suite("what a channel does in a week")
struct WeekFieldsTests {
    private static let query = """
        query ($input: ChannelsInput!) { channels(input: $input) { id
          postingGoal { goal scheduledCount sentCount status periodStart periodEnd }
          weeklyPostingLimit { limit scheduled sent } } }
        """

    private static func goal(_ world: World) async throws -> JSONValue? {
        try await world.ask(query, ["input": ["organizationId": .string(world.organization.text)]])["channels.0.postingGoal"]
    }

    @Test func `a goal is at risk, on track once enough is planned, and hit once enough went out`() async throws {
        let world = try await World()
        let channel = try await world.channel(timeZone: "Europe/Berlin")
        _ = try await world.posting.channels.edit(channel.id, of: world.organization, ChannelEdit(postingGoal: 2))
        _ = try await world.post(channel, at: "2026-03-03T10:00:00Z")
        // The week is the channel's own: midnight in Berlin.
        #expect(
            try await Self.goal(world) == [
                "goal": 2, "scheduledCount": 1, "sentCount": 0, "status": "AtRisk", "periodStart": "2026-03-01T23:00:00.000Z",
                "periodEnd": "2026-03-08T23:00:00.000Z",
            ])
        _ = try await world.post(channel, at: "2026-03-04T10:00:00Z")
        _ = try await world.post(channel, at: "2026-03-09T10:00:00Z")
        #expect(try await Self.goal(world)?["status"] == "OnTrack")
        try await world.pass(to: "2026-03-05T10:00:00Z")
        #expect(try await Self.goal(world)?["status"] == "Hit")
        #expect(try await Self.goal(world)?["sentCount"] == 2)
    }

    @Test func `a week's allowance is seven days' of the network's, and there is none where the network sets none`() async throws
    {
        let world = try await World()
        let instagram = try await world.channel(.instagram)
        world.clock.advance(by: 1)
        _ = try await world.channel(.mastodon)
        let daily = try #require(instagram.service.dailyLimit)
        let reply = try await world.ask(Self.query, ["input": ["organizationId": .string(world.organization.text)]])
        #expect(
            reply["channels.0.weeklyPostingLimit"] == ["limit": .int(7 * daily), "scheduled": 0, "sent": 0])
        #expect(reply["channels.1.weeklyPostingLimit"] == .null)
    }
}
