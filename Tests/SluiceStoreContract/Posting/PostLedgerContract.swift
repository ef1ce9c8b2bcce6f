import Foundation
import SluiceAuthority
import SluicePosting
import Testing

/// What every engine promises of the steps that change posts.
public enum PostLedgerContract {
    /// The promises.
    public static let cases: [PostingContractCase] = [
        PostingContractCase("a step gets the channel as it is, and what it returns reaches the caller") { engine in
            let world = try await PostingWorld(engine)
            #expect(try await world.store.change(world.channel.id) { $0.channel } == world.channel)
            #expect(try await world.store.change(world.channel.id) { _ in 7 } == 7)
        },
        PostingContractCase("a step on an unknown channel is not run") { engine in
            let world = try await PostingWorld(engine)
            await #expect(throws: PostingError.notFound("Channel")) {
                try await world.store.change(freshID()) { _ in Issue.record("the step was run") }
            }
        },
        PostingContractCase("what a step throws reaches the caller as it is, and nothing of the step is kept") { engine in
            let world = try await PostingWorld(engine)
            let kept = try await world.makePost()
            let refusal = PostingError.invalid(["Text is required", "Nothing else"])
            let lost = world.samplePost()
            await #expect(throws: refusal) {
                try await world.store.change(world.channel.id) { ledger in
                    try ledger.insert(lost)
                    try ledger.delete(kept.id)
                    var channel = ledger.channel
                    channel.name = "Other"
                    try ledger.update(channel)
                    throw refusal
                }
            }
            #expect(try await world.store.post(lost.id) == nil)
            #expect(try await world.store.post(kept.id) == kept)
            #expect(try await world.store.channel(world.channel.id) == world.channel)
        },
        PostingContractCase("of 40 simultaneous steps those that fail undo themselves alone") { engine in
            let world = try await PostingWorld(engine)
            let posts = (0..<40).map { _ in world.samplePost() }
            let outcomes = try await simultaneously(40) { index in
                do {
                    try await world.store.change(world.channel.id) { ledger in
                        try ledger.insert(posts[index])
                        if index % 2 == 1 { throw PostingError.conflict("odd") }
                    }
                    return (index, true)
                } catch PostingError.conflict { return (index, false) }
            }
            for (index, isKept) in outcomes {
                #expect(isKept == (index % 2 == 0))
                #expect(try await (world.store.post(posts[index].id) != nil) == isKept)
            }
        },
        PostingContractCase("of 50 simultaneous steps that take the next free time none takes one twice") { engine in
            let world = try await PostingWorld(engine)
            try await fillQueue(of: world, world.store, world.store)
        },
        PostingContractCase("of 50 simultaneous steps in two processes that take the next free time none takes one twice") {
            engine in
            guard let (left, right) = try await engine.wholeTwins() else { return }
            try await fillQueue(of: PostingWorld(left), left, right)
        },
        PostingContractCase("a step reads what it wrote itself") { engine in
            let world = try await PostingWorld(engine)
            let queued = world.samplePost(dueAt: at(60), mode: .addToQueue)
            let custom = world.samplePost(dueAt: at(70))
            try await world.store.change(world.channel.id) { ledger in
                try ledger.insert(queued)
                try ledger.insert(custom)
                try ledger.insert(world.samplePost(dueAt: at(70), mode: .addToQueue))
                #expect(try ledger.post(queued.id) == queued)
                #expect(try ledger.queue().first == QueueEntry(id: queued.id, dueAt: at(60)))
                #expect(try ledger.takenMoments(from: at(60)) == [at(60): 1, at(70): 2])
                #expect(try ledger.takenMoments(from: at(60.001)) == [at(70): 2])
                #expect(try ledger.scheduledCount() == 3)
                try ledger.move(queued.id, to: at(80))
                #expect(try ledger.queue().map(\.dueAt) == [at(70), at(80)])
                try ledger.delete(custom.id)
                #expect(try ledger.scheduledCount() == 2)
                var channel = ledger.channel
                channel.name = "Renamed"
                try ledger.update(channel)
                #expect(ledger.channel == world.channel)
            }
            #expect(try await world.store.post(queued.id)?.dueAt == at(80))
            #expect(try await world.store.post(custom.id) == nil)
            #expect(try await world.store.channel(world.channel.id)?.name == "Renamed")
        },
        PostingContractCase("a queue is what waits at times of the schedule, earliest first, ties by id, of this channel alone") {
            engine in
            let world = try await PostingWorld(engine)
            let other = try await world.makeChannel()
            var queued: [Post] = []
            for (due, mode) in [
                (30.0, ShareMode.addToQueue), (10, .shareNext), (20, .addToQueue), (20, .shareNext), (20, .addToQueue),
            ] {
                queued.append(try await world.makePost(dueAt: at(due), mode: mode))
            }
            for (status, mode) in [
                (PostStatus.scheduled, ShareMode.customScheduled), (.scheduled, .shareNow), (.draft, .addToQueue),
                (.needsApproval, .addToQueue), (.error, .shareNext), (.sent, .addToQueue),
            ] { _ = try await world.makePost(status, dueAt: at(15), mode: mode) }
            _ = try await world.makePost(on: other, dueAt: at(15), mode: .addToQueue)
            let expected = queued.map { QueueEntry(id: $0.id, dueAt: $0.dueAt ?? dawn) }
                .sorted { ($0.dueAt, $0.id) < ($1.dueAt, $1.id) }
            #expect(try await world.store.change(world.channel.id) { try $0.queue() } == expected)
        },
        PostingContractCase("a ledger neither shows nor changes another channel's posts") { engine in
            let world = try await PostingWorld(engine)
            let other = try await world.makeChannel()
            let foreign = try await world.makePost(on: other, mode: .addToQueue)
            let stray = world.samplePost(on: other)
            try await world.store.change(world.channel.id) { ledger throws in
                #expect(try ledger.post(foreign.id) == nil)
                #expect(try ledger.takenMoments(from: dawn).isEmpty)
                #expect(throws: PostingError.notFound("Post")) { try ledger.update(foreign) }
                #expect(throws: PostingError.notFound("Post")) { try ledger.move(foreign.id, to: at(90)) }
                #expect(throws: PostingError.notFound("Post")) { try ledger.delete(foreign.id) }
                #expect(throws: (any Error).self) { try ledger.insert(stray) }
            }
            #expect(try await world.store.post(stray.id) == nil)
            #expect(try await world.store.post(foreign.id) == foreign)
        },
        PostingContractCase("an update replaces a post and its tags") { engine in
            let world = try await PostingWorld(engine)
            let tags = [try await world.makeTag("a"), try await world.makeTag("b"), try await world.makeTag("c")]
            var post = world.samplePost()
            post.tagIDs = [tags[0].id, tags[1].id]
            try await world.add(post)
            post.text = "Changed"
            post.status = .draft
            post.dueAt = nil
            post.plannedAt = at(60)
            post.tagIDs = [tags[2].id, tags[0].id]
            post.metadata = .substack(.init(title: "t"))
            post.updatedAt = at(5)
            try await world.update(post)
            #expect(try await world.store.post(post.id) == post)
            post.tagIDs = []
            try await world.update(post)
            #expect(try await world.store.post(post.id) == post)
        },
        PostingContractCase("only what waits in the queue is moved") { engine in
            let world = try await PostingWorld(engine)
            for (status, mode) in [
                (PostStatus.scheduled, ShareMode.customScheduled), (.scheduled, .shareNow), (.draft, .addToQueue),
                (.needsApproval, .addToQueue), (.sent, .addToQueue),
            ] {
                let post = try await world.makePost(status, mode: mode)
                await #expect(throws: PostingError.notFound("Post")) {
                    try await world.store.change(world.channel.id) { try $0.move(post.id, to: at(90)) }
                }
                #expect(try await world.store.post(post.id) == post)
            }
        },
        PostingContractCase("a post is deleted once, with its tags and notes; what is in the outbox stays") { engine in
            let world = try await PostingWorld(engine)
            let tag = try await world.makeTag("a")
            var post = world.samplePost()
            post.tagIDs = [tag.id]
            try await world.add(post)
            #expect(try await world.store.insert(world.sampleNote(on: post.id), limit: 5))
            let claim = try #require(await world.claim(at: at(60)).first)
            #expect(try await world.store.record(OutboxDelivery(claim, at: at(60))) == nil)
            let id = post.id
            try await world.store.change(world.channel.id) { try $0.delete(id) }
            #expect(try await world.store.post(id) == nil)
            #expect(try await world.store.notes(of: [id]).isEmpty)
            let outbox = try await world.store.outbox(of: world.organization, channel: nil, PageRequest())
            #expect(outbox.elements.map(\.postID) == [id])
            await #expect(throws: PostingError.notFound("Post")) {
                try await world.store.change(world.channel.id) { try $0.delete(id) }
            }
        },
        PostingContractCase("tallies of a ledger are of its channel, and count what it wrote itself") { engine in
            let world = try await PostingWorld(engine)
            _ = try await world.makePost(.sent, dueAt: at(10))
            _ = try await world.makePost(on: world.makeChannel(), dueAt: at(10))
            try await world.store.change(world.channel.id) { ledger in
                #expect(try ledger.tally(from: at(10), to: at(11)) == PostTally(scheduled: 0, sent: 1))
                try ledger.insert(world.samplePost(dueAt: at(10)))
                #expect(try ledger.tally(from: at(10), to: at(11)) == PostTally(scheduled: 1, sent: 1))
                #expect(try ledger.tally(from: at(11), to: at(99)) == PostTally())
                #expect(try ledger.tally(from: dawn, to: at(10)) == PostTally())
            }
        },
        PostingContractCase("the scheduled count is of the whole organization: scheduled and waiting for approval") { engine in
            let world = try await PostingWorld(engine)
            let other = try await world.makeChannel()
            for status in [PostStatus.scheduled, .needsApproval, .draft, .sent, .error] {
                _ = try await world.makePost(on: other, status)
            }
            _ = try await world.makePost(on: world.makeChannel(of: world.makeOrganization("bob")))
            #expect(try await world.store.change(world.channel.id) { try $0.scheduledCount() } == 2)
        },
        PostingContractCase("a ledger knows the tags and ideas of its own organization alone") { engine in
            let world = try await PostingWorld(engine)
            let other = try await world.makeOrganization("bob")
            let (own, foreign) = (try await world.makeTag("a"), try await world.makeTag("a", of: other))
            func keepIdea(of organization: OrganizationReference) async throws -> IdeaID {
                let idea = Idea(
                    id: freshID(), organization: organization, content: IdeaContent(title: "T"), groupID: nil, position: 0,
                    createdAt: dawn, updatedAt: dawn)
                _ = try await world.store.insert(idea, behind: nil, limit: 5)
                return idea.id
            }
            let (idea, strange) = (try await keepIdea(of: world.organization), try await keepIdea(of: other))
            try await world.store.change(world.channel.id) { ledger throws in
                #expect(try ledger.knownTags([own.id, foreign.id, freshID()]) == [own.id])
                #expect(try ledger.knownTags([]).isEmpty)
                #expect(try ledger.knowsIdea(idea))
                #expect(try !ledger.knowsIdea(strange))
                #expect(try !ledger.knowsIdea(freshID()))
            }
        },
        PostingContractCase("an update of a channel replaces what may change, and leaves its fault alone") { engine in
            let world = try await PostingWorld(engine)
            let error = PublishingError(message: "no")
            #expect(try await world.store.setFault(error, count: 1, of: world.channel.id))
            var changed = world.channel
            changed.name = "New"
            changed.displayName = "Shown"
            changed.timeZone = "Asia/Kolkata"
            changed.schedule = .daily([try #require(TimeOfDay("06:15"))])
            (changed.isQueuePaused, changed.isLocked, changed.isDisconnected) = (true, true, true)
            (changed.externalLink, changed.avatarURL) = ("https://example.com", "https://example.com/a")
            changed.facts.maxCharacters = 9
            changed.postingGoal = 3
            changed.updatedAt = at(5)
            let wanted = changed
            try await world.change { $0 = wanted }
            #expect(try await world.store.channel(world.channel.id) == changed)
            let post = try await world.makePost()
            let claim = Claim(post: post, channel: changed, attempt: 1)
            #expect(try await world.store.record(OutboxDelivery(claim, at: at(60))) == error)
        },
    ]

    private static func fillQueue(of world: PostingWorld, _ left: any WholeStore, _ right: any WholeStore) async throws {
        _ = try await simultaneously(50) { index in
            try await (index % 2 == 0 ? left : right).change(world.channel.id) { ledger in
                let taken = try ledger.takenMoments(from: dawn)
                let free = (0...).lazy.map { at(Double($0) * 60) }.first { taken[$0] == nil }
                try ledger.insert(world.samplePost(dueAt: free, mode: .addToQueue))
            }
        }
        let queue = try await left.change(world.channel.id) { try $0.queue() }
        #expect(queue.map(\.dueAt) == (0..<50).map { at(Double($0) * 60) })
    }
}
