import Testing

@testable import SluiceServer

@Suite("Metrics: Prometheus' text format")
struct MetricsTests {
    @Test func `counters, gauges and histograms are written with help, type and labels`() {
        let metrics = Metrics()
        let counter = metrics.counter("sluice_x_total", help: "Xs.", labels: [("kind", "a\"b\\c\nd")])
        counter.increment()
        counter.increment(by: 2)
        metrics.gauge("sluice_g", help: "G.").add(-3)
        metrics.gauge("sluice_r", help: "R.") { 1.5 }
        let histogram = metrics.histogram("sluice_h", help: "H.", bounds: [1, 2.5])
        for value in [0.5, 1, 2, 9] { histogram.record(value) }
        #expect(
            metrics.exposition() == """
                # HELP sluice_g G.
                # TYPE sluice_g gauge
                sluice_g -3
                # HELP sluice_h H.
                # TYPE sluice_h histogram
                sluice_h_bucket{le="1"} 2
                sluice_h_bucket{le="2.5"} 3
                sluice_h_bucket{le="+Inf"} 4
                sluice_h_sum 12.5
                sluice_h_count 4
                # HELP sluice_r R.
                # TYPE sluice_r gauge
                sluice_r 1.5
                # HELP sluice_x_total Xs.
                # TYPE sluice_x_total counter
                sluice_x_total{kind="a\\"b\\\\c\\nd"} 3

                """)
    }

    @Test func `asking again for a series gives the same one`() {
        let metrics = Metrics()
        metrics.counter("sluice_x_total", help: "Xs.").increment()
        metrics.counter("sluice_x_total", help: "Xs.").increment()
        #expect(metrics.exposition().contains("sluice_x_total 2"))
    }

    @Test func `nothing is lost when many count at once`() async {
        let metrics = Metrics()
        let counter = metrics.counter("sluice_x_total", help: "Xs.")
        let histogram = metrics.histogram("sluice_h", help: "H.", bounds: [1])
        await withDiscardingTaskGroup { group in
            for _ in 0..<8 {
                group.addTask {
                    for _ in 0..<1_000 {
                        counter.increment()
                        histogram.record(.milliseconds(1))
                    }
                }
            }
        }
        #expect(counter.value == 8_000)
        #expect(metrics.exposition().contains("sluice_h_count 8000"))
    }
}
