import Foundation
package import Logging
import SluiceAuthority

/// Writes each event as one JSON object on one line: `time`, `level`, `logger`, `message`, then the metadata under their
/// own names. A value from outside cannot start a new line or a new member, because everything is escaped.
package struct JSONLinesLogHandler: LogHandler {
    package var logLevel: Logger.Level
    package var metadata: Logger.Metadata = [:]
    package var metadataProvider: Logger.MetadataProvider?
    private let label: String
    private let sink: LogSink
    private let now: @Sendable () -> Date

    /// - Parameter label: The logger's name.
    package init(label: String, level: Logger.Level = .info, sink: LogSink = .standardError) {
        self.init(label: label, level: level, sink: sink, now: { Date() })
    }

    init(label: String, level: Logger.Level, sink: LogSink, now: @escaping @Sendable () -> Date) {
        self.label = label
        logLevel = level
        self.sink = sink
        self.now = now
    }

    package subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    package func log(event: LogEvent) {
        var line: [UInt8] = []
        line.reserveCapacity(256)
        line.append(contentsOf: #"{"time":""#.utf8)
        line.append(contentsOf: Timestamp.text(now()).utf8)
        line.append(contentsOf: #"","level":""#.utf8)
        line.append(contentsOf: event.level.rawValue.utf8)
        line.append(contentsOf: #"","logger":"#.utf8)
        JSONString.append(quoted: label, to: &line)
        line.append(contentsOf: #","message":"#.utf8)
        JSONString.append(quoted: event.message.description, to: &line)
        for (key, value) in LogMetadata.merged(metadata, metadataProvider, event) {
            line.append(UInt8(ascii: ","))
            // The four members above are the line's own.
            let isTaken = key == "time" || key == "level" || key == "logger" || key == "message"
            JSONString.append(quoted: isTaken ? "_" + key : key, to: &line)
            line.append(UInt8(ascii: ":"))
            Self.append(value, to: &line)
        }
        line.append(contentsOf: "}\n".utf8)
        sink.write(line)
    }

    private static func append(_ value: Logger.MetadataValue, to line: inout [UInt8]) {
        switch value {
        case .string(let text): JSONString.append(quoted: text, to: &line)
        case .stringConvertible(let value): JSONString.append(quoted: value.description, to: &line)
        case .array(let values):
            line.append(UInt8(ascii: "["))
            for (index, value) in values.enumerated() {
                if index > 0 { line.append(UInt8(ascii: ",")) }
                append(value, to: &line)
            }
            line.append(UInt8(ascii: "]"))
        case .dictionary(let values):
            line.append(UInt8(ascii: "{"))
            for (index, entry) in values.sorted(by: { $0.key < $1.key }).enumerated() {
                if index > 0 { line.append(UInt8(ascii: ",")) }
                JSONString.append(quoted: entry.key, to: &line)
                line.append(UInt8(ascii: ":"))
                append(entry.value, to: &line)
            }
            line.append(UInt8(ascii: "}"))
        }
    }
}
