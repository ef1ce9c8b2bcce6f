public import Foundation

/// Sends what is due: takes it out of the queue, hands it to its channel's publisher, writes down what became of it.
///
/// Any number of schedulers, on any number of nodes, may run over one database: a claim belongs to one of them for
/// ``leaseLength``. One that dies leaves its claims to whoever comes after that.
public final class Scheduler: Sendable {
    /// How often a post is tried before it is given up.
    public static let attemptLimit = 5
    /// How many posts are taken out of the queue at once, and sent beside each other: one that waited its turn would use up its
    /// lease meanwhile.
    public static let publishingLimit = 8
    /// For how long a claim is one scheduler's.
    public static let leaseLength: TimeInterval = 60
    /// How long a publisher may take; less than the lease, so that what it did can still be written down.
    public static let publishingTimeout = Duration.seconds(45)
    /// The longest time between two looks for something due: another node may have scheduled it.
    public static let pollInterval: TimeInterval = 1

    private let store: any PostStore
    private let environment: PostingEnvironment
    private let publishers: [PublisherName: any Publisher]
    private let nap = Nap()

    init(store: any PostStore, environment: PostingEnvironment, publishers: [PublisherName: any Publisher]) {
        self.store = store
        self.environment = environment
        self.publishers = publishers
    }

    /// Sends what comes due until the task is cancelled. What is being sent then is finished first.
    public func run() async {
        while !Task.isCancelled {
            await runDue()
            await nap.sleep(for: pause())
        }
    }

    /// Sends everything that is due by the clock's now, until nothing is left.
    /// - Returns: How many posts were finished: sent, refused, or put off to be tried again.
    @discardableResult
    public func runDue() async -> Int {
        var finished = 0
        while !Task.isCancelled {
            let now = environment.moment
            let claims: [Claim]
            do {
                claims = try await store.claimDue(at: now, leaseEnds: now + Self.leaseLength, limit: Self.publishingLimit)
            } catch {
                environment.report("claiming due posts failed: \(error)")
                return finished
            }
            guard !claims.isEmpty else { return finished }
            // Unstructured on purpose: what was claimed is sent and written down even if this task is cancelled meanwhile.
            // Cut off between the two, it would be sent again when the lease ends.
            finished += await Task { await self.publish(claims) }.value
        }
        return finished
    }

    /// Ends the present wait: something may have become due earlier.
    public func wake() { Task { await nap.end() } }

    /// How long to wait for the next due post, within the poll.
    private func pause() async -> Duration {
        var seconds = Self.pollInterval
        do {
            if let due = try await store.nextDue() {
                // Not at once even if something is due: it was not ours to claim a moment ago.
                seconds = min(max(due.timeIntervalSince(environment.now()), 0.05), seconds)
            }
        } catch {
            environment.report("looking for the next due post failed: \(error)")
        }
        return .milliseconds(Int(seconds * 1_000))
    }

    private func publish(_ claims: [Claim]) async -> Int {
        await withTaskGroup(of: Bool.self) { group in
            for claim in claims { group.addTask { await self.publish(claim) } }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
    }

    /// - Returns: Whether the claim was still ours when its result was written down.
    private func publish(_ claim: Claim) async -> Bool {
        let result = await result(of: claim)
        do {
            return try await store.finish(claim, result, at: environment.moment)
        } catch {
            // The lease ends, and the post is tried again: its publisher knows it by its key.
            environment.report("writing down what became of post \(claim.post.id) failed: \(error)")
            return false
        }
    }

    private func result(of claim: Claim) async -> PublishingResult {
        guard let publisher = publishers[claim.channel.publisher] else {
            return .refused(
                PublishingError(message: "This server has no publisher of the name \(claim.channel.publisher.text)"))
        }
        // Every attempt ended with its lease alone: a post that takes its process down with it must not do so for ever.
        guard claim.attempt <= Self.attemptLimit else { return Self.giveUp(after: nil) }
        do {
            let result = try await Self.publish(claim, by: publisher)
            // A moment that is past already would be claimed again and again within one round.
            if case .retry(let moment) = result { return retry(claim, at: max(moment, environment.moment + 1), after: nil) }
            return result
        } catch {
            environment.report("publishing post \(claim.post.id), attempt \(claim.attempt), failed: \(error)")
            return retry(claim, at: environment.moment + Backoff.delay(after: claim.attempt), after: error)
        }
    }

    private func retry(_ claim: Claim, at moment: Date, after error: (any Error)?) -> PublishingResult {
        claim.attempt < Self.attemptLimit ? .retry(at: moment) : Self.giveUp(after: error)
    }

    private static func giveUp(after error: (any Error)?) -> PublishingResult {
        .refused(
            PublishingError(
                message: "It could not be handed over, after \(attemptLimit) attempts", rawError: error.map { "\($0)" }))
    }

    /// The publisher's answer, or an error once it has taken too long.
    private static func publish(_ claim: Claim, by publisher: any Publisher) async throws -> PublishingResult {
        try await withThrowingTaskGroup(of: PublishingResult.self) { group in
            group.addTask { try await publisher.publish(claim) }
            group.addTask {
                try await Task.sleep(for: publishingTimeout)
                throw PublishingTimeout()
            }
            defer { group.cancelAll() }
            guard let result = try await group.next() else { throw CancellationError() }
            return result
        }
    }
}

/// A publisher took longer than ``Scheduler/publishingTimeout``.
struct PublishingTimeout: Error {}
