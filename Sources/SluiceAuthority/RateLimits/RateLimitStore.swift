public import Foundation

/// Where counts of requests are kept, so that a restart forgets none and several nodes count together.
public protocol RateLimitStore: Sendable {
    /// Adds to what was counted before, by whatever node: all of it, or nothing if it fails.
    func addRateCounts(_ counts: [RateCount]) async throws

    /// What all nodes together counted of a bucket in steps that are still in their window at `now`.
    func rateCounts(of bucket: RateBucket, at now: Date) async throws -> [RateCount]

    /// Deletes the counts that left their windows before `date`.
    func sweepRateCounts(before date: Date) async throws
}

/// How many requests of a bucket were counted in one step.
public struct RateCount: Sendable, Hashable {
    /// Whose.
    public let bucket: RateBucket
    /// When.
    public let step: RateStep
    /// How many; at least one.
    public let count: Int

    /// A count.
    public init(bucket: RateBucket, step: RateStep, count: Int) {
        self.bucket = bucket
        self.step = step
        self.count = count
    }
}

/// One step of a window.
public struct RateStep: Sendable, Hashable {
    /// The window.
    public let window: RateWindow
    /// Counted from 1970.
    public let number: Int

    /// A step.
    public init(window: RateWindow, number: Int) {
        self.window = window
        self.number = number
    }

    /// From when on its requests do not count.
    public var end: Date { window.end(ofStep: number) }
}
