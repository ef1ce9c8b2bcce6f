import Synchronization

/// What the server counts, for `GET /metrics`.
///
/// Series are made once, at the start, with labels that are known then; counting is one atomic addition. So no request can
/// add a series, and nothing that a request brings (a key, an address, a path) can become a label.
package final class Metrics: Sendable {
    private enum Kind: String { case counter, gauge, histogram }

    private struct Family {
        let kind: Kind
        let help: String
        var series: [(labels: MetricLabels, series: any MetricSeries)] = []
    }

    private struct State {
        var families: [String: Family] = [:]
        var routes: [RouteMetrics] = []
    }

    private let state = Mutex(State())

    /// No series yet.
    package init() {}

    /// The counter of this name and these labels; asking again gives the same one.
    /// - Parameters:
    ///   - name: Starts with `sluice_` and ends with `_total`.
    ///   - help: One line that says what is counted.
    package func counter(_ name: String, help: String, labels: [(String, String)] = []) -> Counter {
        series(name, .counter, help, labels) { Counter() }
    }

    /// The gauge of this name and these labels.
    package func gauge(_ name: String, help: String, labels: [(String, String)] = []) -> Gauge {
        series(name, .gauge, help, labels) { Gauge() }
    }

    /// A gauge whose number is read when somebody looks.
    package func gauge(
        _ name: String, help: String, labels: [(String, String)] = [], read: @escaping @Sendable () -> Double
    ) {
        _ = series(name, .gauge, help, labels) { Gauge(read: read) }
    }

    /// The histogram of this name and these labels.
    package func histogram(
        _ name: String, help: String, bounds: [Double] = Histogram.durations, labels: [(String, String)] = []
    ) -> Histogram {
        series(name, .histogram, help, labels) { Histogram(bounds: bounds) }
    }

    /// Counts the requests of these routes too.
    func add(routes: [RouteMetrics]) {
        state.withLock { $0.routes += routes }
    }

    private func series<Series: MetricSeries>(
        _ name: String, _ kind: Kind, _ help: String, _ pairs: [(String, String)], make: () -> Series
    ) -> Series {
        let labels = MetricLabels(pairs)
        return state.withLock { state in
            var family = state.families[name] ?? Family(kind: kind, help: help)
            if let known = family.series.first(where: { $0.labels == labels })?.series as? Series { return known }
            let made = make()
            // A name that is taken by another kind keeps what it has: the page stays valid, and the new series unseen.
            if family.kind == kind, !family.series.contains(where: { $0.labels == labels }) {
                family.series.append((labels, made))
                state.families[name] = family
            }
            return made
        }
    }

    /// The type of ``exposition()``.
    package static let contentType = "text/plain; version=0.0.4; charset=utf-8"

    /// Everything, in Prometheus' text format 0.0.4.
    package func exposition() -> String {
        let (families, routes) = state.withLock { ($0.families, $0.routes) }
        var text = ""
        for (name, family) in families.sorted(by: { $0.key < $1.key }) {
            text += "# HELP \(name) \(family.help)\n# TYPE \(name) \(family.kind.rawValue)\n"
            for (labels, series) in family.series { series.write(name, labels, to: &text) }
        }
        if !routes.isEmpty {
            let requests = "sluice_http_requests_total"
            text += "# HELP \(requests) Answered requests, by route.\n# TYPE \(requests) counter\n"
            for route in routes { route.writeRequests(requests, to: &text) }
            let durations = "sluice_http_request_duration_seconds"
            text += "# HELP \(durations) Time from the request's head to the answer, by route.\n"
            text += "# TYPE \(durations) histogram\n"
            for route in routes { route.writeDurations(durations, to: &text) }
        }
        return text
    }
}
