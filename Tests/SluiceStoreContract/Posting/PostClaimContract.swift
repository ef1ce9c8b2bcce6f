import Foundation
import SluiceAuthority
import SluicePosting
import Testing

/// What every engine promises of posts that come due.
public enum PostClaimContract {
    /// The promises.
    public static let cases: [PostingContractCase] = [
        PostingContractCase("what is due is claimed with its channel, earliest first, and is being sent from then on") { engine in
            let world = try await PostingWorld(engine)
            let tag = try await world.makeTag("a")
            var late = world.samplePost(dueAt: at(20))
            late.tagIDs = [tag.id]
            try await world.add(late)
            let early = try await world.makePost(dueAt: at(10), mode: .addToQueue)
            let future = try await world.makePost(dueAt: at(20.125))
            let claims = try await world.claim(at: at(20))
            #expect(claims.map(\.post.id) == [early.id, late.id])
            #expect(claims.allSatisfy { $0.attempt == 1 && $0.channel == world.channel && $0.post.status == .sending })
            late.status = .sending
            #expect(claims.last?.post == late)
            #expect(try await world.store.post(late.id) == late)
            #expect(try await world.store.post(future.id) == future)
            #expect(try await world.claim(at: at(20)).isEmpty)
        },
        PostingContractCase("only scheduled posts come due") { engine in
            let world = try await PostingWorld(engine)
            for status in [PostStatus.draft, .needsApproval, .sent, .error] {
                _ = try await world.makePost(status, dueAt: at(10))
            }
            #expect(try await world.claim(at: at(100)).isEmpty)
            #expect(try await world.store.nextDue() == nil)
        },
        PostingContractCase("a claim takes at most its limit, the earliest") { engine in
            let world = try await PostingWorld(engine)
            var posts: [Post] = []
            for index in 0..<5 { posts.append(try await world.makePost(dueAt: at(Double(50 - index)))) }
            #expect(try await world.claim(at: at(100), limit: 2).map(\.post.id) == [posts[4].id, posts[3].id])
            #expect(try await world.claim(at: at(100), limit: 0).isEmpty)
            #expect(try await world.claim(at: at(100), limit: 9).map(\.post.id) == [posts[2].id, posts[1].id, posts[0].id])
        },
        PostingContractCase("of 50 simultaneous claimers one gets a post") { engine in
            let world = try await PostingWorld(engine)
            try await raceForOne(world, world.store, world.store)
        },
        PostingContractCase("of 50 simultaneous claimers in two processes one gets a post") { engine in
            guard let (left, right) = try await engine.wholeTwins() else { return }
            try await raceForOne(PostingWorld(left), left, right)
        },
        PostingContractCase("30 posts and 50 simultaneous claimers: each post is claimed once") { engine in
            let world = try await PostingWorld(engine)
            var posts: Set<PostID> = []
            for _ in 0..<30 { posts.insert(try await world.makePost(dueAt: at(10)).id) }
            let claimed = try await simultaneously(50) { _ in try await world.claim(at: at(10), limit: 3).map(\.post.id) }.flatMap
            { $0 }
            #expect(claimed.count == 30 && Set(claimed) == posts)
        },
        PostingContractCase(
            "a paused channel lets nothing out but what is to go at once; a locked or disconnected one nothing at all"
        ) {
            engine in
            let world = try await PostingWorld(engine)
            let queued = try await world.makePost(dueAt: at(10), mode: .addToQueue)
            let now = try await world.makePost(dueAt: at(11), mode: .shareNow)
            for close in [{ $0.isLocked = true }, { $0.isDisconnected = true }] as [@Sendable (inout Channel) -> Void] {
                try await world.change(nil, close)
                #expect(try await world.claim(at: at(20)).isEmpty)
                #expect(try await world.store.nextDue() == nil)
                try await world.change {
                    $0.isLocked = false
                    $0.isDisconnected = false
                }
                #expect(try await world.store.nextDue() == at(10))
            }
            try await world.change { $0.isQueuePaused = true }
            #expect(try await world.store.nextDue() == at(11))
            #expect(try await world.claim(at: at(20)).map(\.post.id) == [now.id])
            try await world.change { $0.isQueuePaused = false }
            #expect(try await world.claim(at: at(20)).map(\.post.id) == [queued.id])
        },
        PostingContractCase("posts that come to a paused channel, and those moved or changed there, wait until it goes on") {
            engine in
            let world = try await PostingWorld(engine)
            try await world.change { $0.isQueuePaused = true }
            let new = try await world.makePost(dueAt: at(10), mode: .addToQueue)
            let moved = try await world.makePost(dueAt: at(10), mode: .addToQueue)
            try await world.store.change(world.channel.id) { try $0.move(moved.id, to: at(5)) }
            var changed = try await world.makePost(.draft, dueAt: nil)
            (changed.status, changed.dueAt) = (.scheduled, at(7))
            try await world.update(changed)
            #expect(try await world.store.nextDue() == nil)
            #expect(try await world.claim(at: at(20)).isEmpty)
            try await world.change { $0.isQueuePaused = false }
            #expect(try await world.store.nextDue() == at(5))
            #expect(try await world.claim(at: at(20)).map(\.post.id) == [moved.id, changed.id, new.id])
        },
        PostingContractCase("what was claimed before its channel was paused is claimed again when its lease ends") { engine in
            let world = try await PostingWorld(engine)
            let post = try await world.makePost(dueAt: at(10), mode: .addToQueue)
            #expect(try await world.claim(at: at(10)).count == 1)
            try await world.change { $0.isQueuePaused = true }
            #expect(try await world.claim(at: at(70)).map(\.post.id) == [post.id])
        },
        PostingContractCase("a lease holds until it ends, strictly; then the next attempt begins") { engine in
            let world = try await PostingWorld(engine)
            let post = try await world.makePost(dueAt: at(10))
            #expect(try await world.store.nextDue() == at(10))
            let first = try #require(await world.claim(at: at(10)).first)
            #expect(try await world.store.nextDue() == at(70))
            #expect(try await world.claim(at: at(69.999)).isEmpty)
            let second = try #require(await world.claim(at: at(70)).first)
            #expect(second.post.id == post.id && second.attempt == 2 && second.key == first.key)
        },
        PostingContractCase("a claim whose lease ended and which somebody else has now changes nothing any more") { engine in
            let world = try await PostingWorld(engine)
            _ = try await world.makePost(dueAt: at(10))
            let first = try #require(await world.claim(at: at(10)).first)
            let second = try #require(await world.claim(at: at(70)).first)
            for result in everyResult { #expect(try await !world.store.finish(first, result, at: at(71))) }
            #expect(try await world.store.post(first.post.id) == second.post)
            #expect(try await world.store.finish(second, .sent(externalLink: "https://x", metrics: []), at: at(72)))
            let sent = try await world.store.post(first.post.id)
            for result in everyResult {
                #expect(try await !world.store.finish(first, result, at: at(73)))
                #expect(try await !world.store.finish(second, result, at: at(73)))
            }
            #expect(try await world.store.post(first.post.id) == sent)
        },
        PostingContractCase("an attempt from before a post was changed is not taken for one of the same number after it") {
            engine in
            let world = try await PostingWorld(engine)
            _ = try await world.makePost(dueAt: at(10))
            let old = try #require(await world.claim(at: at(10)).first)
            let newer = try #require(await world.claim(at: at(70)).first)
            #expect(try await world.store.finish(newer, .refused(PublishingError(message: "no")), at: at(71)))
            var post = try #require(await world.store.post(old.post.id))
            (post.status, post.dueAt, post.error, post.updatedAt) = (.scheduled, at(80), nil, at(75))
            try await world.update(post)
            let fresh = try #require(await world.claim(at: at(80)).first)
            #expect(fresh.attempt == 1)
            #expect(try await !world.store.finish(old, .refused(PublishingError(message: "late")), at: at(81)))
            #expect(try await world.store.finish(fresh, .sent(externalLink: nil, metrics: []), at: at(82)))
        },
        PostingContractCase("a claim may be finished after its lease ended while nobody else has it") { engine in
            let world = try await PostingWorld(engine)
            _ = try await world.makePost(dueAt: at(10))
            let claim = try #require(await world.claim(at: at(10)).first)
            #expect(try await world.store.finish(claim, .sent(externalLink: nil, metrics: []), at: at(500)))
        },
        PostingContractCase("of 20 simultaneous finishes of one claim one counts") { engine in
            let world = try await PostingWorld(engine)
            _ = try await world.makePost(dueAt: at(10))
            let claim = try #require(await world.claim(at: at(10)).first)
            let outcomes = try await simultaneously(20) { _ in
                try await world.store.finish(claim, .sent(externalLink: nil, metrics: []), at: at(11))
            }
            #expect(outcomes.filter { $0 }.count == 1)
        },
        PostingContractCase("a finish of a post that is gone changes nothing") { engine in
            let world = try await PostingWorld(engine)
            let post = try await world.makePost(dueAt: at(10))
            let claim = try #require(await world.claim(at: at(10)).first)
            try await world.store.change(world.channel.id) { try $0.delete(post.id) }
            for result in everyResult { #expect(try await !world.store.finish(claim, result, at: at(11))) }
        },
        PostingContractCase("what went out is sent, with its link, its counts and no error") { engine in
            let world = try await PostingWorld(engine)
            var post = world.samplePost(dueAt: at(10))
            post.error = PublishingError(message: "of an earlier try")
            try await world.add(post)
            let claim = try #require(await world.claim(at: at(10)).first)
            let metrics = [PostMetric(.likes, 0), PostMetric(.reach, 0)]
            #expect(try await world.store.finish(claim, .sent(externalLink: "https://x/1", metrics: metrics), at: at(12)))
            (post.status, post.sentAt, post.updatedAt, post.error) = (.sent, at(12), at(12), nil)
            (post.externalLink, post.metrics, post.metricsUpdatedAt) = ("https://x/1", metrics, at(12))
            #expect(try await world.store.post(post.id) == post)
            #expect(try await world.store.nextDue() == nil)
        },
        PostingContractCase("what its network refused has the error, and does not come due again") { engine in
            let world = try await PostingWorld(engine)
            var post = try await world.makePost(dueAt: at(10))
            let claim = try #require(await world.claim(at: at(10)).first)
            let error = PublishingError(message: "no", rawError: "{}", supportURL: "https://help")
            #expect(try await world.store.finish(claim, .refused(error), at: at(12)))
            (post.status, post.error, post.updatedAt) = (.error, error, at(12))
            #expect(try await world.store.post(post.id) == post)
            #expect(try await world.claim(at: at(1_000)).isEmpty)
        },
        PostingContractCase("what is to be tried again waits until then, and keeps the time its writer chose") { engine in
            let world = try await PostingWorld(engine)
            let post = try await world.makePost(dueAt: at(10))
            let claim = try #require(await world.claim(at: at(10)).first)
            #expect(try await world.store.finish(claim, .retry(at: at(40)), at: at(12)))
            #expect(try await world.store.post(post.id) == post)
            #expect(try await world.store.nextDue() == at(40))
            #expect(try await world.claim(at: at(39.999)).isEmpty)
            #expect(try await world.claim(at: at(40)).map(\.attempt) == [2])
        },
        PostingContractCase("what is to be tried again on a channel that was paused waits for both") { engine in
            let world = try await PostingWorld(engine)
            let post = try await world.makePost(dueAt: at(10))
            let claim = try #require(await world.claim(at: at(10)).first)
            try await world.change { $0.isQueuePaused = true }
            #expect(try await world.store.finish(claim, .retry(at: at(40)), at: at(12)))
            #expect(try await world.store.nextDue() == nil)
            #expect(try await world.claim(at: at(50)).isEmpty)
            try await world.change { $0.isQueuePaused = false }
            #expect(try await world.claim(at: at(50)).map(\.post.id) == [post.id])
        },
        PostingContractCase("neither a pause nor another time in the queue shortens the wait for another attempt") { engine in
            let world = try await PostingWorld(engine)
            let post = try await world.makePost(dueAt: at(10), mode: .addToQueue)
            let claim = try #require(await world.claim(at: at(10)).first)
            #expect(try await world.store.finish(claim, .retry(at: at(40)), at: at(12)))
            try await world.change { $0.isQueuePaused = true }
            try await world.store.change(world.channel.id) { try $0.move(post.id, to: at(20)) }
            try await world.change { $0.isQueuePaused = false }
            #expect(try await world.store.nextDue() == at(40))
            try await world.store.change(world.channel.id) { try $0.move(post.id, to: at(30)) }
            #expect(try await world.claim(at: at(39.999)).isEmpty)
            #expect(try await world.claim(at: at(40)).map(\.attempt) == [2])
        },
        PostingContractCase("a post that is changed between attempts starts over") { engine in
            let world = try await PostingWorld(engine)
            var post = try await world.makePost(dueAt: at(10))
            let claim = try #require(await world.claim(at: at(10)).first)
            #expect(try await world.store.finish(claim, .retry(at: at(400)), at: at(12)))
            (post.text, post.updatedAt) = ("Better", at(13))
            try await world.update(post)
            let next = try #require(await world.claim(at: at(20)).first)
            #expect(next.attempt == 1 && next.post.text == "Better")
        },
        PostingContractCase("a post whose person was reminded is sent, as far as it concerns us, and says so") { engine in
            let world = try await PostingWorld(engine)
            var post = world.samplePost(dueAt: at(10))
            post.schedulingType = .notification
            try await world.add(post)
            let claim = try #require(await world.claim(at: at(10)).first)
            #expect(try await world.store.finish(claim, .notified, at: at(12)))
            (post.status, post.sentAt, post.updatedAt, post.notificationStatus) = (.sent, at(12), at(12), .notified)
            #expect(try await world.store.post(post.id) == post)
            #expect(try await world.store.nextDue() == nil)
        },
        PostingContractCase("nothing but a claim makes a post one that is being sent; taking one back ends its claim") { engine in
            let world = try await PostingWorld(engine)
            _ = try await world.makePost(dueAt: at(10))
            let claim = try #require(await world.claim(at: at(10)).first)
            var post = claim.post
            let sending = post
            await #expect(throws: PostingError.notFound("Post")) { try await world.update(sending) }
            post.status = .draft
            try await world.update(post)
            #expect(try await !world.store.finish(claim, .sent(externalLink: nil, metrics: []), at: at(31)))
            #expect(try await world.store.post(post.id)?.status == .draft)
        },
        PostingContractCase("next due is the earliest of what waits and of the leases") { engine in
            let world = try await PostingWorld(engine)
            #expect(try await world.store.nextDue() == nil)
            _ = try await world.makePost(dueAt: at(10))
            _ = try await world.makePost(dueAt: at(30))
            #expect(try await world.store.nextDue() == at(10))
            let claim = try #require(await world.claim(at: at(10)).first)
            #expect(try await world.store.nextDue() == at(30))
            #expect(try await world.claim(at: at(30)).count == 1)
            #expect(try await world.store.nextDue() == at(70))
            #expect(try await world.store.finish(claim, .sent(externalLink: nil, metrics: []), at: at(31)))
            #expect(try await world.store.nextDue() == at(90))
        },
    ]

    private static let everyResult: [PublishingResult] = [
        .sent(externalLink: "https://x", metrics: []), .refused(PublishingError(message: "no")), .retry(at: at(999)), .notified,
    ]

    private static func raceForOne(_ world: PostingWorld, _ left: any WholeStore, _ right: any WholeStore) async throws {
        let post = try await world.makePost(dueAt: at(10))
        let claims = try await simultaneously(50) { index in
            try await (index % 2 == 0 ? left : right).claimDue(at: at(10), leaseEnds: at(70), limit: 50)
        }.flatMap { $0 }
        #expect(claims.map(\.post.id) == [post.id])
    }
}
