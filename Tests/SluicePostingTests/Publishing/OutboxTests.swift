import Foundation
import Testing

@testable import SluicePosting

@Suite("The outbox")
struct OutboxTests {
    private let world: World

    init() throws { world = try World() }

    @Test func `a channel's next posts fail as they are told, and then no more`() async throws {
        let channel = try await world.channel()
        let other = try await world.channel(.mastodon)
        let fault = PublishingError(message: "The network said no", rawError: "403")
        try await world.posting.outbox.fail(next: 2, of: channel.id, with: fault)
        for text in ["a", "b", "c"] {
            try await world.post(channel, text, .shareNow)
            await world.posting.scheduler.runDue()
            world.now += 1
        }
        try await world.post(other, "other", .shareNow)
        await world.posting.scheduler.runDue()
        let errors = await world.posts().values.filter { $0.status == .error }
        #expect(Set(errors.map(\.text)) == ["a", "b"] && errors.allSatisfy { $0.error == fault })
        #expect(try await world.posting.outbox.list(of: world.organization).elements.map(\.text) == ["other", "c"])
        #expect(try await world.posting.outbox.list(of: world.organization, channel: channel.id).elements.map(\.text) == ["c"])
        #expect(try await world.posting.outbox.list(of: world.stranger).elements == [])
    }

    @Test func `a fault is taken back`() async throws {
        let channel = try await world.channel()
        try await world.posting.outbox.fail(next: 5, of: channel.id, with: PublishingError(message: "No"))
        try await world.posting.outbox.clearFault(of: channel.id)
        try await world.post(channel, "a", .shareNow)
        await world.posting.scheduler.runDue()
        #expect(await world.posts().values.first?.status == .sent)
    }

    @Test func `faults have bounds and a channel`() async throws {
        let channel = try await world.channel()
        for count in [0, 1_001] {
            await #expect(throws: PostingError.invalid(["1 to 1000 posts can be told to fail"])) {
                try await world.posting.outbox.fail(next: count, of: channel.id, with: PublishingError(message: "No"))
            }
        }
        let nowhere = ChannelID(random: world.surroundings.environment.random)
        await #expect(throws: PostingError.notFound("Channel")) {
            try await world.posting.outbox.fail(next: 1, of: nowhere, with: PublishingError(message: "No"))
        }
        await #expect(throws: PostingError.notFound("Channel")) { try await world.posting.outbox.clearFault(of: nowhere) }
    }

    @Test func `every service counts reactions and comments, each kind once, each with its words`() {
        for service in Service.allCases {
            #expect(service.metricKinds.prefix(2) == [.reactions, .comments])
            #expect(Set(service.metricKinds).count == service.metricKinds.count)
        }
        #expect(Set(PostMetric.Kind.allCases.map(\.name)).count == PostMetric.Kind.allCases.count)
        #expect(PostMetric.Kind.allCases.allSatisfy { $0.words.hasSuffix(".") })
        #expect(PostMetric.Kind.allCases.filter { $0.unit == .percentage } == [.engagementRate])
    }
}
