public import Foundation

/// What this module takes from outside: the clock and randomness.
public struct PostingEnvironment: Sendable {
    /// Now.
    public let now: @Sendable () -> Date
    /// 64 random bits at each call.
    public let random: @Sendable () -> UInt64
    /// Told of a failure that nobody waits for, in words for the log; they hold no text of a post.
    public let report: @Sendable (String) -> Void

    /// An environment.
    public init(
        now: @escaping @Sendable () -> Date = { Date() },
        random: @escaping @Sendable () -> UInt64 = {
            var generator = SystemRandomNumberGenerator()
            return generator.next()
        }, report: @escaping @Sendable (String) -> Void = { _ in }
    ) {
        self.now = now
        self.random = random
        self.report = report
    }
}
