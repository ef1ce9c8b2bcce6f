import Foundation
import SluiceAuthority
import SluicePosting
import Testing

/// What every engine promises of `OutboxStore`.
public enum OutboxStoreContract {
    /// The promises.
    public static let cases: [PostingContractCase] = [
        PostingContractCase("a delivery reads back as it was recorded") { engine in
            let world = try await PostingWorld(engine)
            let delivery = OutboxDelivery(
                postID: freshID(), channelID: world.channel.id, organization: world.organization, service: .mastodon, dueAt: nil,
                sentAt: at(5.5), attempt: 3, text: "Words", assets: [.image(.init(url: "https://example.com/a.png"))],
                metadata: .mastodon(.init()))
            #expect(try await world.store.record(delivery) == nil)
            #expect(try await world.outbox() == [delivery])
        },
        PostingContractCase("of 50 simultaneous deliveries of one post one is recorded, and all are told that it is") { engine in
            let world = try await PostingWorld(engine)
            let post = world.samplePost()
            let outcomes = try await simultaneously(50) { index in
                try await world.store.record(world.delivery(of: post, attempt: index + 1))
            }
            #expect(outcomes.allSatisfy { $0 == nil })
            #expect(try await world.outbox().map(\.postID) == [post.id])
        },
        PostingContractCase("told again later, a delivery stays as it was first recorded") { engine in
            let world = try await PostingWorld(engine)
            let post = world.samplePost()
            let first = world.delivery(of: post, attempt: 1)
            #expect(try await world.store.record(first) == nil)
            #expect(try await world.store.record(world.delivery(of: post, attempt: 2, sentAt: at(99))) == nil)
            #expect(try await world.outbox() == [first])
        },
        PostingContractCase("a fault refuses as many posts as it was set for, and then the channel works again") { engine in
            let world = try await PostingWorld(engine)
            let error = PublishingError(message: "Rate limited", rawError: "429", supportURL: "https://example.com")
            #expect(try await world.store.setFault(error, count: 2, of: world.channel.id))
            let post = world.samplePost()
            #expect(try await world.store.record(world.delivery(of: post, attempt: 1)) == error)
            #expect(try await world.outbox().isEmpty)
            #expect(try await world.store.record(world.delivery(of: world.samplePost(), attempt: 1)) == error)
            #expect(try await world.store.record(world.delivery(of: post, attempt: 2)) == nil)
            #expect(try await world.outbox().map(\.postID) == [post.id])
        },
        PostingContractCase("of 20 simultaneous posts a fault for 5 refuses 5") { engine in
            let world = try await PostingWorld(engine)
            #expect(try await world.store.setFault(PublishingError(message: "no"), count: 5, of: world.channel.id))
            let outcomes = try await simultaneously(20) { _ in
                try await world.store.record(world.delivery(of: world.samplePost(), attempt: 1))
            }
            #expect(outcomes.filter { $0 != nil }.count == 5)
            #expect(try await world.outbox().count == 15)
        },
        PostingContractCase("what is recorded is not taken off a fault that was set later") { engine in
            let world = try await PostingWorld(engine)
            let post = world.samplePost()
            #expect(try await world.store.record(world.delivery(of: post, attempt: 1)) == nil)
            let error = PublishingError(message: "no")
            #expect(try await world.store.setFault(error, count: 1, of: world.channel.id))
            #expect(try await world.store.record(world.delivery(of: post, attempt: 2)) == nil)
            #expect(try await world.store.record(world.delivery(of: world.samplePost(), attempt: 1)) == error)
        },
        PostingContractCase("a fault is of one channel, can be replaced and ended, and needs a channel") { engine in
            let world = try await PostingWorld(engine)
            let other = try await world.makeChannel()
            let (first, second) = (PublishingError(message: "first"), PublishingError(message: "second"))
            func send(_ channel: Channel) async throws -> PublishingError? {
                try await world.store.record(world.delivery(of: world.samplePost(on: channel), attempt: 1))
            }
            #expect(try await world.store.setFault(first, count: 9, of: world.channel.id))
            #expect(try await send(other) == nil)
            #expect(try await world.store.setFault(second, count: 1, of: world.channel.id))
            #expect(try await send(world.channel) == second)
            #expect(try await send(world.channel) == nil)
            #expect(try await world.store.setFault(first, count: 9, of: world.channel.id))
            #expect(try await world.store.setFault(nil, count: 9, of: world.channel.id))
            #expect(try await send(world.channel) == nil)
            #expect(try await world.store.setFault(first, count: 0, of: world.channel.id))
            #expect(try await send(world.channel) == nil)
            #expect(try await !world.store.setFault(first, count: 1, of: freshID()))
        },
        PostingContractCase("a delivery to a channel that is gone is not recorded") { engine in
            let world = try await PostingWorld(engine)
            let delivery = world.delivery(of: world.samplePost(), attempt: 1)
            #expect(try await world.store.delete(world.channel.id, of: world.organization))
            await #expect(throws: PostingError.notFound("Channel")) { try await world.store.record(delivery) }
            #expect(try await world.outbox().isEmpty)
        },
        PostingContractCase("an outbox pages newest first, of an organization or one channel, whatever comes between") { engine in
            let world = try await PostingWorld(engine)
            let other = try await world.makeChannel()
            let foreign = try await world.makeChannel(of: world.makeOrganization("bob"))
            var made: [OutboxDelivery] = []
            for index in 0..<7 {
                let post = world.samplePost(on: index % 2 == 0 ? world.channel : other)
                made.append(world.delivery(of: post, attempt: 1, sentAt: at(Double(index / 2))))
            }
            for delivery in made + [world.delivery(of: world.samplePost(on: foreign), attempt: 1)] {
                #expect(try await world.store.record(delivery) == nil)
            }
            let newest = made.sorted { ($0.sentAt, $0.postID) > ($1.sentAt, $1.postID) }
            func all(_ channel: ChannelID?) async throws -> [PostID] {
                var found: [PostID] = []
                var after: String?
                repeat {
                    let page = try await world.store.outbox(
                        of: world.organization, channel: channel, PageRequest(limit: 3, after: after))
                    found += page.elements.map(\.postID)
                    after = page.hasNext ? page.entries.last?.cursor : nil
                    _ = try await world.store.record(world.delivery(of: world.samplePost(), attempt: 1, sentAt: at(999)))
                } while after != nil
                return found.filter { id in made.contains { $0.postID == id } }
            }
            #expect(try await all(nil) == newest.map(\.postID))
            #expect(try await all(other.id) == newest.filter { $0.channelID == other.id }.map(\.postID))
            #expect(try await all(foreign.id).isEmpty)
            await #expect(throws: PostingError.unknownCursor) {
                try await world.store.outbox(of: world.organization, channel: nil, PageRequest(after: "x"))
            }
        },
    ]
}

extension PostingWorld {
    fileprivate func delivery(of post: Post, attempt: Int, sentAt: Date = at(60)) -> OutboxDelivery {
        OutboxDelivery(
            postID: post.id, channelID: post.channelID, organization: post.organization, service: post.service, dueAt: post.dueAt,
            sentAt: sentAt, attempt: attempt, text: post.text, assets: post.assets, metadata: post.metadata)
    }

    fileprivate func outbox() async throws -> [OutboxDelivery] {
        try await store.outbox(of: organization, channel: nil, PageRequest(limit: 100)).elements
    }
}
