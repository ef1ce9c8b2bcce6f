import Foundation
import Testing

@testable import SluicePosting

@Suite("Channels")
struct ChannelsTests {
    private let world: World

    init() throws { world = try World() }

    @Test func `a channel has what its draft says, and what is usual`() async throws {
        let channel = try await world.posting.channels.add(
            ChannelDraft(service: .mastodon, name: "ada", timeZone: "Europe/Berlin"), to: world.organization)
        #expect(channel.organization == world.organization)
        #expect(channel.type == .profile)
        #expect(channel.descriptor == "Mastodon Profile")
        #expect(channel.schedule == .standard)
        #expect(channel.facts.serverURL == "https://mastodon.social")
        #expect(channel.publisher == .outbox)
        #expect(channel.createdAt == world.now)
        #expect(try await world.posting.channels.channel(channel.id) == channel)
        #expect(try await world.posting.channels.list(of: world.organization) == [channel])
        #expect(try await world.posting.channels.count(of: world.organization) == 1)
        #expect(try await world.posting.channels.list(of: world.stranger) == [])
    }

    @Test(arguments: [
        ("no name", ChannelDraft(service: .bluesky, name: " "), "The name of a channel is one line of 1 to 100 characters"),
        ("two lines", ChannelDraft(service: .bluesky, name: "a\nb"), "The name of a channel is one line of 1 to 100 characters"),
        (
            "a long name", ChannelDraft(service: .bluesky, name: String(repeating: "a", count: 101)),
            "The name of a channel is one line of 1 to 100 characters"
        ),
        (
            "an unknown zone", ChannelDraft(service: .bluesky, name: "a", timeZone: "Mars/Base"),
            "The time zone is an IANA name that this server knows, such as Europe/Berlin"
        ),
        (
            "an abbreviation", ChannelDraft(service: .bluesky, name: "a", timeZone: "PST"),
            "The time zone is an IANA name that this server knows, such as Europe/Berlin"
        ),
        (
            "an offset", ChannelDraft(service: .bluesky, name: "a", timeZone: "GMT+0530"),
            "The time zone is an IANA name that this server knows, such as Europe/Berlin"
        ),
        (
            "a path", ChannelDraft(service: .bluesky, name: "a", timeZone: "../../etc/passwd"),
            "The time zone is an IANA name that this server knows, such as Europe/Berlin"
        ),
        (
            "a bad link", ChannelDraft(service: .bluesky, name: "a", externalLink: "example.com"),
            "The link of a channel must be an http or https URL"
        ),
        (
            "another service's facts", ChannelDraft(service: .bluesky, name: "a", facts: ChannelFacts(maxCharacters: 500)),
            "Bluesky channels have no number of characters of their own"
        ),
        (
            "boards of one id",
            ChannelDraft(
                service: .pinterest, name: "a",
                facts: ChannelFacts(
                    boards: Array(
                        repeating: .init(id: "0123456789abcdef01234567", serviceID: "1", name: "b", url: ""), count: 2))),
            "Each board of a channel has a service id of its own"
        ),
        (
            "a board without an id",
            ChannelDraft(
                service: .pinterest, name: "a", facts: ChannelFacts(boards: [.init(id: "1", serviceID: "1", name: "b", url: "")])),
            "A board has an id of 24 hexadecimal digits, a service id, a name and http or https URLs"
        ),
    ])
    func `a channel that breaks a rule is not added`(why: String, draft: ChannelDraft, complaint: String) async throws {
        await #expect(throws: PostingError.invalid([complaint]), "\(why)") {
            try await world.posting.channels.add(draft, to: world.organization)
        }
        #expect(try await world.posting.channels.count(of: world.organization) == 0)
    }

    @Test func `one account of a service is one channel of an organization, and there is an end to them`() async throws {
        var limits = PostingLimits()
        limits.channels = 2
        let world = try World(limits: limits)
        let channels = world.posting.channels
        _ = try await channels.add(ChannelDraft(service: .bluesky, name: "a", serviceID: "1"), to: world.organization)
        await #expect(throws: PostingError.conflict("The organization has this Bluesky account already")) {
            try await channels.add(ChannelDraft(service: .bluesky, name: "b", serviceID: "1"), to: world.organization)
        }
        _ = try await channels.add(ChannelDraft(service: .bluesky, name: "b", serviceID: "1"), to: world.stranger)
        _ = try await channels.add(ChannelDraft(service: .mastodon, name: "a", serviceID: "1"), to: world.organization)
        await #expect(throws: PostingError.limitReached("The organization has 2 channels, which is as many as it may")) {
            try await channels.add(ChannelDraft(service: .threads, name: "a"), to: world.organization)
        }
        await #expect(throws: PostingError.notFound("Organization")) {
            try await channels.add(
                ChannelDraft(service: .threads, name: "a"),
                to: OrganizationReference(random: world.surroundings.environment.random))
        }
    }

    @Test func `an edit changes what it says and keeps the rest`() async throws {
        let channel = try await world.channel()
        world.now += 60
        let edited = try await world.posting.channels.edit(
            channel.id, of: world.organization, ChannelEdit(displayName: "Ada", postingGoal: 5))
        var expected = channel
        expected.displayName = "Ada"
        expected.postingGoal = 5
        expected.updatedAt = world.now
        #expect(edited == expected)
        let cleared = try await world.posting.channels.edit(
            channel.id, of: world.organization, ChannelEdit(displayName: .some(nil), postingGoal: .some(nil)))
        #expect(cleared.displayName == nil && cleared.postingGoal == nil)
        await #expect(throws: PostingError.invalid(["A posting goal is 1 to 1000 posts a week"])) {
            try await world.posting.channels.edit(channel.id, of: world.organization, ChannelEdit(postingGoal: 0))
        }
    }

    @Test func `another organization's channel is not there`() async throws {
        let channel = try await world.channel()
        let channels = world.posting.channels
        await #expect(throws: PostingError.notFound("Channel")) {
            try await channels.edit(channel.id, of: world.stranger, ChannelEdit(name: "mine"))
        }
        await #expect(throws: PostingError.notFound("Channel")) {
            try await channels.setSchedule(PostingSchedule(), of: channel.id, of: world.stranger)
        }
        await #expect(throws: PostingError.notFound("Channel")) {
            try await channels.setQueuePaused(true, of: channel.id, of: world.stranger)
        }
        await #expect(throws: PostingError.notFound("Channel")) { try await channels.remove(channel.id, of: world.stranger) }
        #expect(try await channels.channel(channel.id) == channel)
    }

    @Test func `a channel is removed with its posts, once`() async throws {
        let channel = try await world.channel()
        let post = try await world.post(channel)
        try await world.posting.channels.remove(channel.id, of: world.organization)
        #expect(try await world.posting.posts.post(post.id) == nil)
        await #expect(throws: PostingError.notFound("Channel")) {
            try await world.posting.channels.remove(channel.id, of: world.organization)
        }
    }

    @Test func `more ids than a store takes at once are asked for in parts`() async throws {
        let channel = try await world.channel()
        let strangers = (0..<450).map { _ in ChannelID(random: world.surroundings.environment.random) }
        #expect(try await world.posting.channels.channels(strangers + [channel.id, channel.id]) == [channel])
    }
}
