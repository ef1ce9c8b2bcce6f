import Foundation
import SluiceAuthority
import SluicePosting
import Testing

/// What every engine promises of `ChannelStore`.
public enum ChannelStoreContract {
    /// The promises.
    public static let cases: [PostingContractCase] = [
        PostingContractCase("a channel reads back as it was kept, with all it has") { engine in
            let world = try await PostingWorld(engine)
            var schedule = PostingSchedule.standard
            schedule[.sun] = PostingSchedule.Day(isPaused: true, times: [try #require(TimeOfDay("23:45"))])
            let facts = ChannelFacts(
                serverURL: "https://social.example", maxCharacters: 5_000,
                boards: [
                    .init(id: "0123456789abcdef01234567", serviceID: "b/1", name: "Café \"ü\" 🎈", url: "https://example.com/b")
                ], location: .init(location: "Here", mapsLink: "https://example.com/m", googleAccountID: "g"),
                subscriptionType: "Premium", defaultToReminders: true)
            let channel = Channel(
                id: freshID(), organization: world.organization, service: .pinterest, type: .business, serviceID: "p-1",
                name: "Name", displayName: "Shown", timeZone: "Australia/Lord_Howe", schedule: schedule, isQueuePaused: true,
                isLocked: true, isDisconnected: true, externalLink: "https://example.com/me",
                avatarURL: "https://example.com/a.png",
                facts: facts, postingGoal: 7, publisher: try #require(PublisherName("webhook")), createdAt: at(1),
                updatedAt: at(2.5))
            #expect(try await world.store.insert(channel, limit: 10) == .inserted)
            #expect(try await world.store.channel(channel.id) == channel)
            #expect(try await world.store.channel(world.channel.id) == world.channel)
            #expect(try await world.store.channel(freshID()) == nil)
        },
        PostingContractCase("an account of a service is kept once in an organization; another organization may have it too") {
            engine in
            let world = try await PostingWorld(engine)
            let other = try await world.makeOrganization("bob")
            func twin(of organization: OrganizationReference, _ service: Service = .mastodon) -> Channel {
                let channel = world.channel
                return Channel(
                    id: freshID(), organization: organization, service: service, type: channel.type, serviceID: channel.serviceID,
                    name: "Again", displayName: nil, timeZone: "UTC", schedule: .standard, isQueuePaused: false, isLocked: false,
                    isDisconnected: false, externalLink: nil, avatarURL: nil, facts: ChannelFacts(), postingGoal: nil,
                    publisher: .outbox, createdAt: dawn, updatedAt: dawn)
            }
            #expect(try await world.store.insert(twin(of: world.organization), limit: 10) == .taken)
            #expect(try await world.store.insert(twin(of: world.organization, .bluesky), limit: 10) == .inserted)
            #expect(try await world.store.insert(twin(of: other), limit: 10) == .inserted)
            #expect(try await world.store.channelCounts(of: [world.organization, freshID()]) == [world.organization: 2])
            #expect(try await world.store.channel(world.channel.id) == world.channel)
        },
        PostingContractCase("an unknown organization gets no channel") { engine in
            let world = try await PostingWorld(engine)
            let stray = PostingWorld.sampleChannel(of: freshID())
            #expect(try await world.store.insert(stray, limit: 10) == .unknownOrganization)
            #expect(try await world.store.channel(stray.id) == nil)
        },
        PostingContractCase("of 20 simultaneous new channels under a limit of 3 two are kept beside the first") { engine in
            let world = try await PostingWorld(engine)
            let outcomes = try await simultaneously(20) { _ in
                try await world.store.insert(PostingWorld.sampleChannel(of: world.organization), limit: 3)
            }
            #expect(outcomes.filter { $0 == .inserted }.count == 2)
            #expect(outcomes.filter { $0 == .full }.count == 18)
            #expect(try await world.store.channelCounts(of: [world.organization]) == [world.organization: 3])
        },
        PostingContractCase("an organization's channels come oldest first, and only its own") { engine in
            let world = try await PostingWorld(engine)
            let late = try await world.makeChannel(at: at(20))
            let early = try await world.makeChannel(at: at(-20))
            let foreign = try await world.makeChannel(of: world.makeOrganization("bob"))
            #expect(try await world.store.channels(of: world.organization).map(\.id) == [early.id, world.channel.id, late.id])
            let found = try await world.store.channels([foreign.id, freshID(), late.id, late.id])
            #expect(Set(found.map(\.id)) == [foreign.id, late.id] && found.count == 2)
            #expect(try await world.store.channels([]).isEmpty)
        },
        PostingContractCase(
            "a channel is deleted by its own organization alone, once, with its posts, their tags and notes and its outbox"
        ) {
            engine in
            let world = try await PostingWorld(engine)
            let store = world.store
            let tag = try await world.makeTag("news")
            var post = world.samplePost()
            post.tagIDs = [tag.id]
            try await world.add(post)
            let note = world.sampleNote(on: post.id)
            #expect(try await store.insert(note, limit: 5))
            let claim = try #require(await world.claim(at: at(60)).first)
            #expect(try await store.record(OutboxDelivery(claim, at: at(60))) == nil)
            let other = try await world.makeChannel()
            let kept = try await world.makePost(on: other)

            #expect(try await !store.delete(world.channel.id, of: world.makeOrganization("bob")))
            #expect(try await store.post(post.id) != nil)
            #expect(try await store.delete(world.channel.id, of: world.organization))
            #expect(try await !store.delete(world.channel.id, of: world.organization))
            #expect(try await store.channel(world.channel.id) == nil)
            #expect(try await store.post(post.id) == nil)
            #expect(try await store.notes(of: [post.id]).isEmpty)
            #expect(try await store.outbox(of: world.organization, channel: nil, PageRequest()).elements.isEmpty)
            #expect(try await store.post(kept.id) == kept)
            #expect(try await store.tags([tag.id]) == [tag])
        },
        PostingContractCase("an organization that is deleted takes everything with it, and no other's") { engine in
            let world = try await PostingWorld(engine)
            let store = world.store
            let other = try await world.makeOrganization("bob")
            let foreign = try await world.makePost(on: world.makeChannel(of: other))
            let tag = try await world.makeTag("news")
            var post = world.samplePost()
            post.tagIDs = [tag.id]
            try await world.add(post)
            let group = IdeaGroup(id: freshID(), organization: world.organization, name: "G", isLocked: false, createdAt: dawn)
            #expect(try await store.insert(group, limit: 5))
            let idea = Idea(
                id: freshID(), organization: world.organization, content: IdeaContent(title: "T"), groupID: group.id, position: 0,
                createdAt: dawn, updatedAt: dawn)
            _ = try await store.insert(idea, behind: nil, limit: 5)
            try await world.deleteOrganization()
            #expect(try await store.channels(of: world.organization).isEmpty)
            #expect(try await store.post(post.id) == nil)
            #expect(try await store.tags([tag.id]).isEmpty)
            #expect(try await store.idea(idea.id) == nil)
            #expect(try await store.ideaGroups(of: world.organization).isEmpty)
            #expect(try await store.post(foreign.id) == foreign)
        },
    ]
}
