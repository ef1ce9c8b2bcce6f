import Foundation
import SluiceGraphQL
import SluicePosting
import Testing

@Suite("aggregatedPostMetrics")
struct MetricFieldsTests {
    private static func ask(_ world: World, _ members: JSONObject = [:]) async throws -> Reply {
        var input: JSONObject = [
            "organizationId": .string(world.organization.text), "startDateTime": "2026-03-01", "endDateTime": "2026-04-01",
        ]
        for (name, value) in members { input[name] = value }
        return try await world.ask(
            """
            query ($input: AggregatedPostMetricsInput!) { aggregatedPostMetrics(input: $input) {
              metrics { type name unit value } metricsUpdatedAt } }
            """, ["input": .object(input)])
    }

    private static func values(_ reply: Reply) -> [String: Double] {
        let metrics = reply["aggregatedPostMetrics.metrics"]?.array ?? []
        return Dictionary(uniqueKeysWithValues: metrics.map { ($0["type"]?.string ?? "-", $0["value"]?.double ?? -1) })
    }

    @Test func `posts, reactions and comments are always there, and further kinds only if every channel counts them`()
        async throws
    {
        let world = try await World()
        let empty = try await Self.ask(world)
        #expect(Self.values(empty) == ["postCount": 0, "reactions": 0, "comments": 0])
        #expect(empty["aggregatedPostMetrics.metricsUpdatedAt"] == .null)
        let twitter = try await world.channel(.twitter)
        let mastodon = try await world.channel(.mastodon)
        let one = try await world.post(twitter)
        let two = try await world.post(mastodon)
        try await world.pass(to: "2026-03-10T15:00:00Z")
        try await world.posting.posts.setMetrics(
            [PostMetric(.reactions, 3), PostMetric(.comments, 1), PostMetric(.impressions, 100)], of: one.id)
        try await world.posting.posts.setMetrics([PostMetric(.reactions, 4), PostMetric(.comments, 0)], of: two.id)
        let both = Self.values(try await Self.ask(world))
        #expect(both["postCount"] == 2)
        #expect(both["reactions"] == 7)
        #expect(both["comments"] == 1)
        #expect(both["impressions"] == nil)
        let alone = Self.values(try await Self.ask(world, ["channelIds": [.string(twitter.id.text)]]))
        #expect(alone["postCount"] == 1)
        #expect(alone["impressions"] == 100)
    }

    @Test func `an empty list of channels matches nothing, and null matches all`() async throws {
        let world = try await World()
        _ = try await world.post(try await world.channel())
        try await world.pass(to: "2026-03-10T15:00:00Z")
        #expect(Self.values(try await Self.ask(world, ["channelIds": []]))["postCount"] == 0)
        #expect(Self.values(try await Self.ask(world, ["channelIds": nil, "tags": nil]))["postCount"] == 1)
    }

    @Test func `a span of more than 365 days, or one that ends before it starts, is refused`() async throws {
        let world = try await World()
        let year = try await Self.ask(world, ["startDateTime": "2025-03-01", "endDateTime": "2026-03-01"])
        #expect(year.errors.isEmpty)
        let longer = try await Self.ask(world, ["startDateTime": "2025-03-01", "endDateTime": "2026-03-02"])
        #expect(longer.codes == ["BAD_USER_INPUT"])
        #expect(longer.messages == ["Metrics span at most 365 days"])
        let backwards = try await Self.ask(world, ["startDateTime": "2026-03-02", "endDateTime": "2026-03-01"])
        #expect(backwards.codes == ["BAD_USER_INPUT"])
    }
}
