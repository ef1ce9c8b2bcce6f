import Synchronization

/// How often a measurement fell below each of some bounds.
package final class Histogram: Sendable, MetricSeries {
    /// Bounds for durations of requests, in seconds.
    package static let durations: [Double] = [
        0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10,
    ]
    /// Bounds for sizes of batches.
    package static let sizes: [Double] = [1, 2, 4, 8, 16, 32, 64, 128, 256]

    private struct State {
        var counts: [UInt64]
        var sum = 0.0
    }

    private let bounds: [Double]
    private let state: Mutex<State>

    /// - Parameter bounds: Rising. What exceeds the last one is counted as well.
    init(bounds: [Double]) {
        self.bounds = bounds
        state = Mutex(State(counts: Array(repeating: 0, count: bounds.count + 1)))
    }

    /// Counts one measurement.
    package func record(_ value: Double) {
        let index = bounds.firstIndex { value <= $0 } ?? bounds.count
        state.withLock {
            $0.counts[index] += 1
            $0.sum += value
        }
    }

    /// Counts one duration, in seconds.
    package func record(_ duration: Duration) { record(duration.inSeconds) }

    func write(_ name: String, _ labels: MetricLabels, to text: inout String) {
        let (counts, sum) = state.withLock { ($0.counts, $0.sum) }
        var total: UInt64 = 0
        for (index, count) in counts.enumerated() {
            total += count
            let bound = index < bounds.count ? MetricLabels.number(bounds[index]) : "+Inf"
            text += "\(name)_bucket\(labels.adding("le", bound).text) \(total)\n"
        }
        text += "\(name)_sum\(labels.text) \(MetricLabels.number(sum))\n"
        text += "\(name)_count\(labels.text) \(total)\n"
    }
}

extension Duration {
    /// The duration as a number of seconds.
    var inSeconds: Double {
        let (seconds, attoseconds) = components
        return Double(seconds) + Double(attoseconds) * 1e-18
    }
}
