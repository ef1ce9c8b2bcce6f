import Foundation
import Synchronization
import Testing

@testable import SluicePosting

/// A network that does what a test tells it, and remembers what it was asked.
final class Network: Publisher {
    static let name: PublisherName? = PublisherName("network")

    struct Fault: Error {}

    private struct State {
        var claims: [Claim] = []
        var underWay = 0
        var most = 0
    }

    private let state = Mutex(State())
    private let answer: @Sendable (Claim) async throws -> PublishingResult

    init(_ answer: @escaping @Sendable (Claim) async throws -> PublishingResult = { _ in .sent(externalLink: nil, metrics: []) })
    {
        self.answer = answer
    }

    var claims: [Claim] { state.withLock { $0.claims } }
    var most: Int { state.withLock { $0.most } }

    func publish(_ claim: Claim) async throws -> PublishingResult {
        state.withLock {
            $0.claims.append(claim)
            $0.underWay += 1
            $0.most = max($0.most, $0.underWay)
        }
        defer { state.withLock { $0.underWay -= 1 } }
        return try await answer(claim)
    }
}

@Suite("The scheduler", .timeLimit(.minutes(1)))
struct SchedulerTests {
    private func world(_ network: Network) throws -> (World, PublisherName) {
        let name = try #require(Network.name)
        return (try World(publishers: [name: network]), name)
    }

    @Test func `what is due goes out once, what is not stays`() async throws {
        let world = try World()
        let channel = try await world.channel()
        let due = try await world.post(channel, "a")
        let later = try await world.post(channel, "b")
        #expect(await world.posting.scheduler.runDue() == 0)
        world.now = try moment("2026-11-24T09:00:00Z")
        #expect(await world.posting.scheduler.runDue() == 1)
        #expect(await world.posting.scheduler.runDue() == 0)
        let sent = try #require(await world.posting.posts.post(due.id))
        #expect(sent.status == .sent && sent.sentAt == world.now && sent.metricsUpdatedAt == world.now)
        #expect(sent.metrics.map(\.kind) == Service.bluesky.metricKinds && sent.metrics.allSatisfy { $0.value == 0 })
        #expect(try await world.posting.posts.post(later.id) == later)
        let deliveries = try await world.posting.outbox.list(of: world.organization).elements
        #expect(deliveries.map(\.postID) == [due.id])
        #expect(deliveries.first?.text == "a" && deliveries.first?.dueAt == due.dueAt && deliveries.first?.attempt == 1)
    }

    @Test func `more than one claim's worth goes out in one run, some at a time`() async throws {
        let network = Network { _ in
            for _ in 0..<20 { await Task.yield() }
            return .sent(externalLink: "https://example.com/1", metrics: [])
        }
        let (world, name) = try world(network)
        let channel = try await world.channel(publisher: name)
        for index in 0..<120 { try await world.post(channel, "\(index)", .shareNow) }
        #expect(await world.posting.scheduler.runDue() == 120)
        #expect(Set(network.claims.map(\.key)).count == 120 && network.claims.count == 120)
        #expect(network.most > 1 && network.most <= Scheduler.publishingLimit)
        #expect(await world.posts().values.allSatisfy { $0.status == .sent && $0.externalLink == "https://example.com/1" })
    }

    @Test func `nothing is claimed that is not being sent, so that no lease runs out in a line`() async throws {
        let gate = Gate()
        let network = Network { _ in
            await gate.wait()
            return .sent(externalLink: nil, metrics: [])
        }
        let (world, name) = try world(network)
        let channel = try await world.channel(publisher: name)
        for index in 0..<20 { try await world.post(channel, "\(index)", .shareNow) }
        async let finished = world.posting.scheduler.runDue()
        while network.claims.count < Scheduler.publishingLimit { await Task.yield() }
        let claimed = await world.posts().values.filter { $0.status == .sending }
        #expect(Set(claimed.map(\.id)) == Set(network.claims.map(\.post.id)) && claimed.count == Scheduler.publishingLimit)
        await gate.open()
        #expect(await finished == 20)
    }

    @Test func `a fault is tried again with longer and longer waits, then given up`() async throws {
        let network = Network { _ in throw Network.Fault() }
        let (world, name) = try world(network)
        let post = try await world.post(world.channel(publisher: name), "Hello", .shareNow)
        for wait in [10.0, 60, 300, 900] {
            #expect(await world.posting.scheduler.runDue() == 1)
            let waiting = try #require(await world.posting.posts.post(post.id))
            #expect(waiting.status == .scheduled && waiting.dueAt == post.dueAt, "people see the time they chose")
            world.now += wait - 1
            #expect(await world.posting.scheduler.runDue() == 0, "not before \(wait) s")
            world.now += 1
        }
        #expect(await world.posting.scheduler.runDue() == 1)
        let failed = try #require(await world.posting.posts.post(post.id))
        #expect(failed.status == .error && failed.error?.message == "It could not be handed over, after 5 attempts")
        #expect(failed.error?.rawError == "Fault()")
        #expect(network.claims.map(\.attempt) == [1, 2, 3, 4, 5])
        #expect(Set(network.claims.map(\.key)) == [post.id.text], "one key for all attempts")
        world.now += 86_400
        #expect(await world.posting.scheduler.runDue() == 0)
        #expect(world.surroundings.reports.count == 5)
    }

    @Test func `somebody who tries again gets all attempts again`() async throws {
        let network = Network { _ in throw Network.Fault() }
        let (world, name) = try world(network)
        let post = try await world.post(world.channel(publisher: name), "Hello", .shareNow)
        for _ in 0..<5 {
            await world.posting.scheduler.runDue()
            world.now += 900
        }
        #expect(try await world.posting.posts.post(post.id)?.status == .error)
        _ = try await world.posting.posts.retry(post.id)
        await world.posting.scheduler.runDue()
        #expect(try await world.posting.posts.post(post.id)?.status == .scheduled)
        #expect(network.claims.map(\.attempt) == [1, 2, 3, 4, 5, 1])
    }

    @Test func `a post whose every attempt ended with its lease is given up without another`() async throws {
        let network = Network()
        let (world, name) = try world(network)
        let post = try await world.post(world.channel(publisher: name), "Hello", .shareNow)
        for _ in 0..<5 {
            _ = try await world.shelf.claimDue(at: world.now, leaseEnds: world.now + 60, limit: 1)
            world.now += 60
        }
        #expect(await world.posting.scheduler.runDue() == 1)
        #expect(try await world.posting.posts.post(post.id)?.error?.message == "It could not be handed over, after 5 attempts")
        #expect(network.claims.isEmpty)
    }

    @Test func `a network that asks for time is heeded, but not without end`() async throws {
        let network = Network { claim in .retry(at: claim.post.createdAt) }
        let (world, name) = try world(network)
        let post = try await world.post(world.channel(publisher: name), "Hello", .shareNow)
        for _ in 0..<5 {
            // A moment in the past must not make the run endless.
            #expect(await world.posting.scheduler.runDue() == 1)
            world.now += 1
        }
        #expect(try await world.posting.posts.post(post.id)?.status == .error)
    }

    @Test func `a refusal is final`() async throws {
        let refusal = PublishingError(message: "Duplicate", rawError: "187", supportURL: "https://example.com/help")
        let network = Network { _ in .refused(refusal) }
        let (world, name) = try world(network)
        let post = try await world.post(world.channel(publisher: name), "Hello", .shareNow)
        await world.posting.scheduler.runDue()
        let failed = try #require(await world.posting.posts.post(post.id))
        #expect(failed.status == .error && failed.error == refusal && failed.sentAt == nil)
    }

    @Test func `a publisher that is not there is a reason to refuse`() async throws {
        let world = try World()
        let name = try #require(PublisherName("webhook"))
        let post = try await world.post(world.channel(publisher: name), "Hello", .shareNow)
        #expect(await world.posting.scheduler.runDue() == 1)
        #expect(
            try await world.posting.posts.post(post.id)?.error
                == PublishingError(message: "This server has no publisher of the name webhook"))
    }

    @Test func `a claim whose lease ended is another's, and its late result counts nothing`() async throws {
        let gate = Gate()
        let network = Network { claim in
            if claim.attempt == 1 { await gate.wait() }
            return .sent(externalLink: "https://example.com/\(claim.attempt)", metrics: [])
        }
        let (world, name) = try world(network)
        let post = try await world.post(world.channel(publisher: name), "Hello", .shareNow)
        async let slow = world.posting.scheduler.runDue()
        while network.claims.isEmpty { await Task.yield() }
        let other = Posting(
            store: world.shelf, environment: world.surroundings.environment, publishers: [name: network])
        #expect(await other.scheduler.runDue() == 0, "the lease holds")
        world.now += Scheduler.leaseLength
        #expect(await other.scheduler.runDue() == 1)
        await gate.open()
        #expect(await slow == 0)
        #expect(try await world.posting.posts.post(post.id)?.externalLink == "https://example.com/2")
    }

    @Test func `many schedulers over one store send each post once`() async throws {
        let network = Network { _ in
            await Task.yield()
            return .sent(externalLink: nil, metrics: [])
        }
        let (world, name) = try world(network)
        let channel = try await world.channel(publisher: name)
        for index in 0..<60 { try await world.post(channel, "\(index)", .shareNow) }
        let schedulers = (0..<8).map { _ in
            Posting(store: world.shelf, environment: world.surroundings.environment, publishers: [name: network]).scheduler
        }
        let finished = await withTaskGroup(of: Int.self) { group in
            for scheduler in schedulers { group.addTask { await scheduler.runDue() } }
            return await group.reduce(0, +)
        }
        #expect(finished == 60 && network.claims.count == 60)
    }

    @Test func `a store that is away is reported and tried again`() async throws {
        let world = try World()
        let post = try await world.post(world.channel(), "Hello", .shareNow)
        await world.shelf.breakDown(Network.Fault())
        #expect(await world.posting.scheduler.runDue() == 0)
        #expect(world.surroundings.reports == ["claiming due posts failed: Fault()"])
        await world.shelf.breakDown(nil)
        #expect(await world.posting.scheduler.runDue() == 1)
        #expect(try await world.posting.posts.post(post.id)?.status == .sent)
    }

    @Test func `a result that could not be written down is sent again when the lease ends, and recorded once`() async throws {
        let world = try World()
        let post = try await world.post(world.channel(), "Hello", .shareNow)
        let claims = try await world.shelf.claimDue(at: world.now, leaseEnds: world.now + 60, limit: 50)
        let publisher = OutboxPublisher(store: world.shelf, environment: world.surroundings.environment)
        _ = try await publisher.publish(try #require(claims.first))
        // The process ends here.
        #expect(await world.posting.scheduler.runDue() == 0)
        world.now += 60
        #expect(await world.posting.scheduler.runDue() == 1)
        #expect(try await world.posting.posts.post(post.id)?.status == .sent)
        #expect(try await world.posting.outbox.list(of: world.organization).elements.count == 1)
    }

    @Test func `a paused channel holds its queue, not what is shared now; a locked one holds all`() async throws {
        let world = try World()
        let channel = try await world.channel()
        try await world.post(channel, "queued")
        try await world.post(channel, "custom", .customScheduled, dueAt: world.now + 1)
        try await world.post(channel, "now", .shareNow)
        _ = try await world.posting.channels.setQueuePaused(true, of: channel.id, of: world.organization)
        world.now += 7_200
        #expect(await world.posting.scheduler.runDue() == 1)
        #expect(try await world.posting.outbox.list(of: world.organization).elements.map(\.text) == ["now"])
    }

    @Test func `pausing a queue and letting it go on does not shorten the wait for another attempt`() async throws {
        let network = Network { _ in throw Network.Fault() }
        let (world, name) = try world(network)
        let channel = try await world.channel(publisher: name)
        try await world.post(channel, "Hello", .customScheduled, dueAt: world.now)
        #expect(await world.posting.scheduler.runDue() == 1)
        for isPaused in [true, false] {
            _ = try await world.posting.channels.setQueuePaused(isPaused, of: channel.id, of: world.organization)
        }
        #expect(await world.posting.scheduler.runDue() == 0)
        world.now += 10
        #expect(await world.posting.scheduler.runDue() == 1)
    }

    @Test func `it runs until it is cancelled, woken by a new post`() async throws {
        let world = try World()
        let channel = try await world.channel()
        let running = Task { await world.posting.scheduler.run() }
        let post = try await world.post(channel, "Hello", .shareNow)
        while try await world.posting.posts.post(post.id)?.status != .sent { await Task.yield() }
        running.cancel()
        await running.value
        let late = try await world.post(channel, "Late", .shareNow)
        for _ in 0..<100 { await Task.yield() }
        #expect(try await world.posting.posts.post(late.id)?.status == .scheduled)
    }

    @Test func `what is being sent when it is cancelled is finished first`() async throws {
        let gate = Gate()
        let network = Network { _ in
            await gate.wait()
            try Task.checkCancellation()
            return .sent(externalLink: nil, metrics: [])
        }
        let (world, name) = try world(network)
        let post = try await world.post(world.channel(publisher: name), "Hello", .shareNow)
        let running = Task { await world.posting.scheduler.run() }
        while network.claims.isEmpty { await Task.yield() }
        running.cancel()
        await gate.open()
        await running.value
        #expect(try await world.posting.posts.post(post.id)?.status == .sent)
    }

    @Test func `waits grow with the attempts`() {
        #expect((0...6).map(Backoff.delay(after:)) == [10, 10, 60, 300, 900, 900, 900])
    }
}

/// Holds whoever comes until it is opened.
actor Gate {
    private var isOpen = false
    private var waiting: [CheckedContinuation<Void, Never>] = []

    func wait() async {
        guard !isOpen else { return }
        await withCheckedContinuation { waiting.append($0) }
    }

    func open() {
        isOpen = true
        for continuation in waiting { continuation.resume() }
        waiting = []
    }
}
