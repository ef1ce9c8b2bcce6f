import Foundation
import SluiceGraphQL
import SluicePosting
import Testing

@testable import SluiceAuthority

@Suite("dailyPostingLimits")
struct LimitFieldsTests {
    private static let query = """
        query ($input: DailyPostingLimitsInput!) {
          dailyPostingLimits(input: $input) { channelId limit scheduled sent isAtLimit } }
        """

    private static func limits(_ world: World, _ ids: [String], _ date: JSONValue = .null) async throws -> Reply {
        try await world.ask(query, ["input": ["channelIds": .array(ids.map { .string($0) }), "date": date]])
    }

    @Test(arguments: ["2026-03-10", "2026-03-10T23:59:00.000Z", "2026-03-10T00:00:00+14:00"])
    func `the day is the one that is written and the channel's own, whatever its time says`(date: String) async throws {
        let world = try await World()
        // Half past ten in the evening of the 9th by UTC is the 10th in Kolkata.
        let kolkata = try await world.channel(.mastodon, timeZone: "Asia/Kolkata")
        let london = try await world.channel(.twitter, timeZone: "Europe/London")
        for channel in [kolkata, london] { _ = try await world.post(channel, at: "2026-03-09T22:30:00Z") }
        let reply = try await Self.limits(world, [kolkata.id.text, london.id.text], .string(date))
        #expect(reply["dailyPostingLimits.0.scheduled"] == 1)
        #expect(reply["dailyPostingLimits.1.scheduled"] == 0)
        #expect(reply["dailyPostingLimits.0.limit"] == .null)
        #expect(reply["dailyPostingLimits.0.isAtLimit"] == false)
    }

    @Test func `a day that no calendar here has is refused, not taken for today`() async throws {
        let world = try await World()
        let id = try await world.channel().id.text
        for date in ["0000-12-31T23:00:00-05:00", "0000-12-31", "2026-02-30", "tomorrow"] {
            let reply = try await Self.limits(world, [id], .string(date))
            #expect(reply.isRequestError, "\(date)")
            #expect(reply.codes == ["BAD_USER_INPUT"])
        }
        for date in ["0001-01-01", "9999-12-31"] {
            #expect(try await Self.limits(world, [id], .string(date))["dailyPostingLimits.0.sent"] == 0, "\(date)")
        }
    }

    @Test func `without a day it is today, and the order is the one that was asked in`() async throws {
        let world = try await World()
        let one = try await world.channel(.instagram)
        let two = try await world.channel(.tiktok)
        _ = try await world.post(two, at: "2026-03-02T20:00:00Z") {
            $0.assets = [.video(.init(url: "https://example.com/film.mp4"))]
        }
        let reply = try await Self.limits(world, [two.id.text, one.id.text, two.id.text])
        #expect(
            reply["dailyPostingLimits"] == [
                ["channelId": .string(two.id.text), "limit": 25, "scheduled": 1, "sent": 0, "isAtLimit": false],
                ["channelId": .string(one.id.text), "limit": 50, "scheduled": 0, "sent": 0, "isAtLimit": false],
            ])
        #expect(try await Self.limits(world, [])["dailyPostingLimits"] == [])
    }

    @Test func `all channels must be of one organization, and a foreign one is not found`() async throws {
        let world = try await World()
        let own = try await world.channel()
        let elsewhere = try await world.stranger().organization
        let foreign = try await world.posting.channels.add(ChannelDraft(service: .twitter, name: "Eve"), to: elsewhere)
        for ids in [[foreign.id.text], [own.id.text, foreign.id.text], [own.id.text, "ffffffffffffffffffffffff"], ["no id"]] {
            let reply = try await Self.limits(world, ids)
            #expect(reply.codes == ["NOT_FOUND"])
            #expect(reply.messages == ["Channel not found"])
        }
        // Of two organizations that one belongs to both: then the answer may say what is wrong.
        let other = try await world.authority.organizations.create("Second", for: world.ada.id, trace: World.trace)
        let second = try await world.posting.channels.add(
            ChannelDraft(service: .twitter, name: "Second"), to: try #require(OrganizationReference(other.id.text)))
        let reply = try await Self.limits(world, [own.id.text, second.id.text])
        #expect(reply.codes == ["BAD_USER_INPUT"])
    }

    @Test func `no more than 200 channels can be asked for at once`() async throws {
        let world = try await World()
        let ids = (0..<201).map { _ in ChannelID(random: PostingEnvironment().random).text }
        #expect(try await Self.limits(world, ids).codes == ["BAD_USER_INPUT"])
        #expect(try await Self.limits(world, Array(ids.prefix(200))).codes == ["NOT_FOUND"])
    }
}
