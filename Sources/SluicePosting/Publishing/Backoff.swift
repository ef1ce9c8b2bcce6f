import Foundation

/// How long a post waits after an attempt that failed.
enum Backoff {
    private static let delays: [TimeInterval] = [10, 60, 300, 900]

    /// How long to wait, in seconds.
    /// - Parameter attempt: The one that failed, from 1.
    static func delay(after attempt: Int) -> TimeInterval { delays[min(max(attempt, 1), delays.count) - 1] }
}
