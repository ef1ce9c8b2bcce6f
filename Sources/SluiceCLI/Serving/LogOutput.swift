import Logging
import SluiceServer

/// Log lines as the settings ask for them, on standard error: standard output has the ready line alone.
struct LogOutput: Sendable {
    private let format: Settings.LogFormat
    private let level: Logger.Level
    private let sink: LogSink

    init(_ settings: Settings, sink: LogSink) {
        format = settings.logFormat
        level = settings.logLevel
        self.sink = sink
    }

    /// A handler for a logger's label.
    @Sendable func makeHandler(_ label: String) -> any LogHandler {
        switch format {
        case .text: TextLogHandler(label: label, level: level, sink: sink)
        case .json: JSONLinesLogHandler(label: label, level: level, sink: sink)
        }
    }
}
