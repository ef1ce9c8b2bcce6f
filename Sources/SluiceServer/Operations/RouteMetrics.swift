import Synchronization

/// The requests of one route: how many with which status, and how long they took.
///
/// Its labels are the route as it was registered and the statuses that we answer with, so nobody outside can add a series.
final class RouteMetrics: Sendable {
    private struct State {
        var statuses: [(status: Int, count: UInt64)] = []
    }

    private let method: String
    private let route: String
    private let state = Mutex(State())
    private let durations = Histogram(bounds: Histogram.durations)

    init(method: String, route: String) {
        self.method = method
        self.route = route
    }

    /// Counts one answered request.
    func record(status: Int, duration: Duration) {
        durations.record(duration)
        state.withLock { state in
            if let index = state.statuses.firstIndex(where: { $0.status == status }) {
                state.statuses[index].count += 1
            } else {
                state.statuses.append((status, 1))
            }
        }
    }

    func writeRequests(_ name: String, to text: inout String) {
        let labels = MetricLabels([("method", method), ("route", route)])
        for (status, count) in state.withLock({ $0.statuses.sorted { $0.status < $1.status } }) {
            text += "\(name)\(labels.adding("status", String(status)).text) \(count)\n"
        }
    }

    func writeDurations(_ name: String, to text: inout String) {
        guard state.withLock({ !$0.statuses.isEmpty }) else { return }
        durations.write(name, MetricLabels([("method", method), ("route", route)]), to: &text)
    }
}
