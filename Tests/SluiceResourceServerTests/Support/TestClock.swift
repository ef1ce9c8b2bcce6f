import Foundation
import Synchronization

/// A clock that stands still until it is moved.
final class TestClock: Sendable {
    private let moment: Mutex<Date>

    init(_ start: Date = Date(timeIntervalSince1970: 1_800_000_000)) { moment = Mutex(start) }

    var now: Date { moment.withLock { $0 } }

    /// For what takes a clock.
    var reading: @Sendable () -> Date { { self.now } }

    func advance(_ seconds: TimeInterval) { moment.withLock { $0 += seconds } }
}
