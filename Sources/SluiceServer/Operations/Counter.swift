import Synchronization

/// A number that only grows.
package final class Counter: Sendable, MetricSeries {
    private let number = Atomic<UInt64>(0)

    init() {}

    /// Adds to the number.
    package func increment(by amount: UInt64 = 1) {
        number.wrappingAdd(amount, ordering: .relaxed)
    }

    /// The number now.
    package var value: UInt64 { number.load(ordering: .relaxed) }

    func write(_ name: String, _ labels: MetricLabels, to text: inout String) {
        text += "\(name)\(labels.text) \(value)\n"
    }
}
