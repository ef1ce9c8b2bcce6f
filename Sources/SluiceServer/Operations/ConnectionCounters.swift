/// What happens to connections, apart from what happens in requests.
package struct ConnectionCounters: Sendable {
    let open: Gauge
    let tooSlow: Counter
    let tooLarge: Counter
    let unread: Counter

    /// Counters that `metrics` shows.
    package init(_ metrics: Metrics) {
        func cut(_ reason: String) -> Counter {
            metrics.counter(
                "sluice_connections_cut_total", help: "Connections that the server closed, by reason.",
                labels: [("reason", reason)])
        }
        open = metrics.gauge("sluice_connections_open", help: "Open connections.")
        tooSlow = cut("request_too_slow")
        tooLarge = cut("body_too_large")
        unread = cut("body_not_wanted")
    }
}
