import Synchronization
import Testing

@testable import SluicePosting

@Suite("Waking the scheduler", .timeLimit(.minutes(1)))
struct NapTests {
    @Test func `a sleeper is woken`() async {
        let nap = Nap()
        let sleeper = Task { await nap.sleep(for: .seconds(3_600)) }
        // Whether it sleeps already or not: an end is not missed.
        await nap.end()
        await sleeper.value
    }

    @Test func `an end that comes first keeps one sleep from beginning, and only one`() async {
        let nap = Nap()
        await nap.end()
        await nap.sleep(for: .seconds(3_600))
        let slept = await ContinuousClock().measure { await nap.sleep(for: .milliseconds(20)) }
        #expect(slept >= .milliseconds(20))
    }

    @Test func `a cancelled sleeper wakes`() async {
        let nap = Nap()
        let sleeper = Task { await nap.sleep(for: .seconds(3_600)) }
        sleeper.cancel()
        await sleeper.value
    }

    @Test func `whatever may have become due earlier wakes the scheduler, and nothing else does`() async throws {
        let world = try World()
        let count = Mutex(0)
        let environment = world.surroundings.environment
        let wake: @Sendable () -> Void = { count.withLock { $0 += 1 } }
        let posts = Posts(store: world.shelf, limits: PostingLimits(), environment: environment, wake: wake)
        let channels = Channels(store: world.shelf, limits: PostingLimits(), environment: environment, wake: wake)
        func wakes(_ step: () async throws -> Void) async rethrows -> Int {
            let before = count.withLock { $0 }
            try await step()
            return count.withLock { $0 } - before
        }
        let channel = try await world.channel()
        var draft = world.draft(channel)
        #expect(try await wakes { _ = try await posts.create(draft) } == 1)
        draft.isDraft = true
        let kept = try await world.posting.posts.create(draft)
        #expect(try await wakes { _ = try await posts.create(draft) } == 0)
        var edit = PostEdit()
        edit.text = "Other"
        #expect(try await wakes { _ = try await posts.edit(kept.id, edit) } == 0)
        edit.isDraft = false
        #expect(try await wakes { _ = try await posts.edit(kept.id, edit) } == 1)
        draft.isDraft = false
        draft.needsApproval = true
        let waiting = try await world.posting.posts.create(draft)
        #expect(try await wakes { _ = try await posts.approve(waiting.id) } == 1)
        #expect(
            try await wakes { _ = try await channels.setQueuePaused(false, of: channel.id, of: world.organization) } == 1)
    }
}
