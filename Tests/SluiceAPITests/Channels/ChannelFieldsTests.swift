import SluiceGraphQL
import SluicePosting
import Testing

@testable import SluiceAPI
@testable import SluiceAuthority

@Suite("channel and channels")
struct ChannelFieldsTests {
    private static let query = """
        query ($input: ChannelInput!) { channel(input: $input) {
          id name displayName descriptor service type serviceId avatar timezone organizationId externalLink isDisconnected
          isLocked isNew isQueuePaused showTrendingTopicSuggestions hasActiveMemberDevice createdAt updatedAt allowedActions
          scopes products linkShortening { isEnabled config { domain name } } postingSchedule { day paused times }
          postingGoal { goal } weeklyPostingLimit { limit } } }
        """

    private static func input(_ channel: Channel) -> JSONValue { ["input": ["id": .string(channel.id.text)]] }

    @Test func `a channel is answered with all that is known of it`() async throws {
        let world = try await World()
        let channel = try await world.channel(.linkedin, timeZone: "Europe/Berlin")
        let reply = try await world.ask(Self.query, Self.input(channel))
        #expect(reply.errors.isEmpty, "\(reply)")
        #expect(reply["channel.id"]?.string == channel.id.text)
        #expect(reply["channel.descriptor"]?.string == channel.descriptor)
        #expect(reply["channel.service"] == "linkedin")
        #expect(reply["channel.organizationId"]?.string == world.organization.text)
        #expect(reply["channel.timezone"] == "Europe/Berlin")
        #expect(reply["channel.createdAt"] == "2026-03-02T08:00:00.000Z")
        #expect(reply["channel.isNew"] == true)
        #expect(reply["channel.scopes"] == [])
        #expect(reply["channel.products"] == ["publish", "analyze"])
        #expect(reply["channel.linkShortening"] == ["isEnabled": false, "config": nil])
        #expect(reply["channel.postingGoal"] == .null)
        #expect(reply["channel.weeklyPostingLimit"] == .null)
    }

    @Test func `a schedule has seven days from Monday on, with times on a clock of 24 hours, none on days without`() async throws
    {
        let world = try await World()
        let channel = try await world.channel()
        var schedule = PostingSchedule()
        schedule[.mon] = .init(times: [TimeOfDay("17:05"), TimeOfDay("09:30")].compactMap { $0 })
        schedule[.sun] = .init(isPaused: true, times: [TimeOfDay("12:00")].compactMap { $0 })
        _ = try await world.posting.channels.setSchedule(schedule, of: channel.id, of: world.organization)
        let reply = try await world.ask(Self.query, Self.input(channel))
        let days = try #require(reply["channel.postingSchedule"]?.array)
        #expect(days.map { $0["day"]?.string } == ["mon", "tue", "wed", "thu", "fri", "sat", "sun"])
        #expect(days.first == ["day": "mon", "paused": false, "times": ["09:30", "17:05"]])
        #expect(days[1] == ["day": "tue", "paused": false, "times": []])
        #expect(days.last == ["day": "sun", "paused": true, "times": ["12:00"]])
    }

    @Test func `a channel is new for a week`() async throws {
        let world = try await World()
        let channel = try await world.channel()
        world.clock.advance(by: 7 * 86_400 - 1)
        #expect(try await world.ask(Self.query, Self.input(channel))["channel.isNew"] == true)
        world.clock.advance(by: 1)
        #expect(try await world.ask(Self.query, Self.input(channel))["channel.isNew"] == false)
    }

    @Test func `channels are filtered by lock and by product, and a filter of nulls filters nothing`() async throws {
        let world = try await World()
        let open = try await world.channel(.twitter)
        world.clock.advance(by: 1)
        let locked = try await world.channel(.mastodon)
        _ = try await world.posting.channels.edit(locked.id, of: world.organization, ChannelEdit(isLocked: true))
        func names(_ filter: JSONValue) async throws -> [String?] {
            let reply = try await world.ask(
                "query ($input: ChannelsInput!) { channels(input: $input) { id isLocked } }",
                ["input": ["organizationId": .string(world.organization.text), "filter": filter]])
            return reply["channels"]?.array?.map { $0["id"]?.string } ?? []
        }
        #expect(try await names(.null) == [open.id.text, locked.id.text])
        #expect(try await names(["isLocked": nil, "product": nil]) == [open.id.text, locked.id.text])
        #expect(try await names(["isLocked": false]) == [open.id.text])
        #expect(try await names(["isLocked": true]) == [locked.id.text])
        #expect(try await names(["product": "publish"]) == [open.id.text, locked.id.text])
        #expect(try await names(["product": "startPage"]) == [])
    }

    @Test func `what only a network has comes as the type of that network, and as null where there is none`() async throws {
        let world = try await World()
        let place = ChannelFacts.Location(location: "1 Main Street", mapsLink: "https://maps.example/1", googleAccountID: "g-1")
        let board = ChannelFacts.Board(
            id: String(repeating: "b", count: 24), serviceID: "b-1", name: "Cats", url: "https://pinterest.example/cats")
        let facts: [Service: ChannelFacts] = [
            .mastodon: ChannelFacts(serverURL: "https://social.example", maxCharacters: 5_000),
            .bluesky: ChannelFacts(), .googlebusiness: ChannelFacts(location: place), .pinterest: ChannelFacts(boards: [board]),
            .twitter: ChannelFacts(subscriptionType: "Premium"), .instagram: ChannelFacts(defaultToReminders: true),
        ]
        for service in Service.allCases { _ = try await world.channel(service, facts: facts[service] ?? ChannelFacts()) }
        let reply = try await world.ask(
            """
            query ($input: ChannelsInput!) { channels(input: $input) { service metadata { __typename
              ... on InstagramMetadata { defaultToReminders } ... on TiktokMetadata { defaultToReminders }
              ... on YoutubeMetadata { defaultToReminders } ... on MastodonMetadata { serverUrl maxCharacters }
              ... on BlueskyMetadata { serverUrl } ... on TwitterMetadata { subscriptionType }
              ... on LinkedInMetadata { shouldShowLinkedinAnalyticsRefreshBanner }
              ... on FacebookMetadata { locationData { location } }
              ... on GoogleBusinessMetadata { locationData { location mapsLink googleAccountId } }
              ... on PinterestMetadata { boards { id serviceId name url description avatar } } } } }
            """, ["input": ["organizationId": .string(world.organization.text)]])
        #expect(reply.errors.isEmpty, "\(reply)")
        let channels = try #require(reply["channels"]?.array)
        let metadata = Dictionary(uniqueKeysWithValues: channels.map { ($0["service"]?.string ?? "-", $0["metadata"]) })
        #expect(
            metadata["mastodon"]
                == ["__typename": "MastodonMetadata", "serverUrl": "https://social.example", "maxCharacters": 5_000])
        #expect(metadata["bluesky"] == ["__typename": "BlueskyMetadata", "serverUrl": "https://bsky.social"])
        #expect(metadata["twitter"] == ["__typename": "TwitterMetadata", "subscriptionType": "Premium"])
        #expect(metadata["instagram"] == ["__typename": "InstagramMetadata", "defaultToReminders": true])
        #expect(metadata["youtube"] == ["__typename": "YoutubeMetadata", "defaultToReminders": false])
        #expect(metadata["tiktok"] == ["__typename": "TiktokMetadata", "defaultToReminders": false])
        #expect(
            metadata["linkedin"] == ["__typename": "LinkedInMetadata", "shouldShowLinkedinAnalyticsRefreshBanner": false])
        #expect(metadata["facebook"] == ["__typename": "FacebookMetadata", "locationData": nil])
        #expect(
            metadata["googlebusiness"] == [
                "__typename": "GoogleBusinessMetadata",
                "locationData": [
                    "location": "1 Main Street", "mapsLink": "https://maps.example/1", "googleAccountId": "g-1",
                ],
            ])
        #expect(
            metadata["pinterest"] == [
                "__typename": "PinterestMetadata",
                "boards": [
                    [
                        "id": .string(board.id), "serviceId": "b-1", "name": "Cats", "url": "https://pinterest.example/cats",
                        "description": nil, "avatar": nil,
                    ]
                ],
            ])
        for service in ["threads", "startPage", "substack", "whatsapp"] { #expect(metadata[service] == .some(.null)) }
    }

    @Test(arguments: [
        (
            Membership.Role.owner,
            [
                "managePostingSchedule", "manageUpdates", "readUpdates", "removeChannel", "viewChannel", "viewInsights",
                "viewPublish", "viewUpdates",
            ]
        ),
        (.contributor, ["manageUpdates", "readUpdates", "viewChannel", "viewInsights", "viewPublish", "viewUpdates"]),
    ])
    func `what may be done with a channel depends on the role`(role: Membership.Role, actions: [String]) async throws {
        let world = try await World()
        let channel = try await world.channel()
        let reader = role == .owner ? world.ada : try await world.member(role)
        let reply = try await world.ask(Self.query, Self.input(channel), as: reader)
        #expect(reply["channel.allowedActions"] == .array(actions.map { .string($0) }))
    }

    @Test func `a locked channel takes no posts, and one that lost its network may be connected again`() async throws {
        let world = try await World()
        let channel = try await world.channel()
        _ = try await world.posting.channels.edit(
            channel.id, of: world.organization, ChannelEdit(isLocked: true, isDisconnected: true))
        let actions = try await world.ask(Self.query, Self.input(channel))["channel.allowedActions"]?.array ?? []
        #expect(!actions.contains("manageUpdates"))
        #expect(actions.contains("reconnectChannel"))
    }
}
