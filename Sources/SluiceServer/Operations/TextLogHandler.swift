import Foundation
package import Logging
import SluiceAuthority

/// Writes each event as one line for people: time, level, message, then the metadata as `name=value`.
///
/// Characters that a terminal obeys, or that would start a new line, are written as escapes: nobody outside can forge a
/// line or recolour the screen.
package struct TextLogHandler: LogHandler {
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
        line.reserveCapacity(192)
        line.append(contentsOf: Timestamp.text(now()).utf8)
        line.append(UInt8(ascii: " "))
        line.append(contentsOf: event.level.rawValue.utf8)
        for _ in event.level.rawValue.utf8.count..<9 { line.append(UInt8(ascii: " ")) }
        Self.append(event.message.description, to: &line)
        for (key, value) in LogMetadata.merged(metadata, metadataProvider, event) {
            line.append(UInt8(ascii: " "))
            Self.append(key, to: &line)
            line.append(UInt8(ascii: "="))
            Self.append(value: value.description, to: &line)
        }
        line.append(contentsOf: " (".utf8)
        Self.append(label, to: &line)
        line.append(contentsOf: ")\n".utf8)
        sink.write(line)
    }

    /// Quotes a value that would not read as one word.
    private static func append(value: String, to line: inout [UInt8]) {
        let isOneWord =
            !value.isEmpty
            && value.utf8.allSatisfy { $0 > 0x20 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "=") && $0 < 0x7F }
        if isOneWord {
            line.append(contentsOf: value.utf8)
            return
        }
        line.append(UInt8(ascii: "\""))
        append(value, to: &line, escapingQuotes: true)
        line.append(UInt8(ascii: "\""))
    }

    private static func append(_ text: String, to line: inout [UInt8], escapingQuotes: Bool = false) {
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0x0A: line.append(contentsOf: "\\n".utf8)
            case 0x0D: line.append(contentsOf: "\\r".utf8)
            case 0x09: line.append(contentsOf: "\\t".utf8)
            case 0x5C: line.append(contentsOf: "\\\\".utf8)
            case 0x22 where escapingQuotes: line.append(contentsOf: "\\\"".utf8)
            // Control characters, line separators, and what turns the direction of writing around.
            case 0..<0x20, 0x7F..<0xA0, 0x2028...0x202E, 0x2066...0x2069, 0x200E, 0x200F:
                line.append(contentsOf: "\\u{\(String(scalar.value, radix: 16))}".utf8)
            default: line.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
            }
        }
    }
}
