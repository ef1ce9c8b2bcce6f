import Synchronization

/// A number that rises and falls.
package final class Gauge: Sendable, MetricSeries {
    private let number = Atomic<Int>(0)
    private let read: (@Sendable () -> Double)?

    /// - Parameter read: Where the number comes from, if it is not kept here.
    init(read: (@Sendable () -> Double)? = nil) { self.read = read }

    /// Sets the number.
    package func set(_ value: Int) { number.store(value, ordering: .relaxed) }

    /// Adds to the number; a negative amount takes away.
    package func add(_ amount: Int) { number.wrappingAdd(amount, ordering: .relaxed) }

    /// The number now.
    package var value: Double { read?() ?? Double(number.load(ordering: .relaxed)) }

    func write(_ name: String, _ labels: MetricLabels, to text: inout String) {
        text += "\(name)\(labels.text) \(MetricLabels.number(value))\n"
    }
}
