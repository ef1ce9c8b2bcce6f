/// When a request to the API is sent again.
///
/// Only where that is safe: after a connection that was never made and after 429 always; after a lost answer, 502, 503 and 504 only a
/// query, since a mutation may have been run.
public struct RetryPolicy: Sendable {
    /// How often it is sent at most, the first time included; at least 1.
    public var attempts: Int
    /// A server that asks to wait longer than this is not waited for; the failure says how long it asked.
    public var longestWait: Duration
    /// Waits between two attempts.
    var sleep: @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }
    /// A number from 0 to 1, so that many clients do not come back at the same moment.
    var chance: @Sendable () -> Double = { .random(in: 0...1) }

    /// A policy.
    public init(attempts: Int, longestWait: Duration) {
        self.attempts = max(1, attempts)
        self.longestWait = longestWait
    }

    /// Three attempts, and half a minute of patience.
    public static let standard = RetryPolicy(attempts: 3, longestWait: .seconds(30))
    /// Each request once.
    public static let none = RetryPolicy(attempts: 1, longestWait: .zero)

    /// Half a second, one, two…, at most eight, and of that a random half to all.
    func wait(beforeAttempt attempt: Int) -> Duration {
        let whole = min(0.25 * Double(1 << min(attempt - 1, 5)), 8)
        return .seconds(whole * (0.5 + 0.5 * chance()))
    }
}
