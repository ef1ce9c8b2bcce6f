package import Foundation

extension Duration {
    /// The span in seconds, fractions included.
    package var inSeconds: TimeInterval {
        TimeInterval(components.seconds) + TimeInterval(components.attoseconds) * 1e-18
    }

    /// The span in whole seconds, rounded down.
    package var wholeSeconds: Int { Int(components.seconds) }
}
