package import Foundation
import SluiceAuthority
import Synchronization

/// The clock of a sandbox: the machine's, and what tests moved it ahead by. It never goes back, as time does not: what a test saw
/// expire would be alive again, and the newest of two records the older one.
package final class SandboxClock: Sendable {
    /// Why the clock was not moved.
    package enum Problem: Error, Sendable, Equatable {
        /// The moment lies behind.
        case backwards
        /// The clock would stand further ahead than ``limit``.
        case tooFar
    }

    /// How far ahead of the machine's clock it may stand: 100 years.
    package static let limit: TimeInterval = 100 * 365.25 * 86_400

    private let real: @Sendable () -> Date
    private let ahead = Mutex<TimeInterval>(0)

    /// - Parameter real: The machine's clock.
    package init(_ real: @escaping @Sendable () -> Date = { Date() }) { self.real = real }

    /// The moment that everything in the sandbox takes for now.
    package var now: Date { real().addingTimeInterval(offset) }

    /// How many seconds it is ahead of the machine's clock.
    package var offset: TimeInterval { ahead.withLock { $0 } }

    /// Moves the clock ahead.
    /// - Parameter seconds: Not negative.
    /// - Throws: ``Problem``; then it stands as it stood.
    package func advance(by seconds: TimeInterval) throws(Problem) {
        guard seconds >= 0 else { throw .backwards }
        try move { $0 + seconds }
    }

    /// Moves the clock to a moment that lies ahead.
    /// - Throws: ``Problem``; then it stands as it stood.
    package func move(to moment: Date) throws(Problem) {
        let moment = moment.timeIntervalSince(real())
        try move { ahead throws(Problem) in
            guard moment >= ahead else { throw .backwards }
            return moment
        }
    }

    private func move(_ change: (TimeInterval) throws(Problem) -> TimeInterval) throws(Problem) {
        try ahead.withLock { ahead throws(Problem) in
            let changed = try change(ahead)
            guard changed <= Self.limit else { throw .tooFar }
            ahead = changed
        }
    }
}
