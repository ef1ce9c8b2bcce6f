import Foundation
import Logging
import SluiceAuthority
import Synchronization
import Testing

@testable import SluiceServer

/// Lines that a logger wrote.
final class Lines: Sendable {
    private let state = Mutex<[String]>([])
    var all: [String] { state.withLock { $0 } }
    var sink: LogSink { LogSink { line in self.state.withLock { $0.append(String(decoding: line, as: UTF8.self)) } } }
}

@Suite("Log handlers")
struct LogHandlerTests {
    private static let moment: @Sendable () -> Date = { Date(timeIntervalSince1970: 1_769_903_999.007) }

    @Test func `a line of JSON has fixed members and the metadata`() throws {
        let lines = Lines()
        var logger = Logger(label: "sluice") {
            JSONLinesLogHandler(label: $0, level: .info, sink: lines.sink, now: Self.moment)
        }
        logger[metadataKey: "request_id"] = "abc"
        logger.warning(
            "odd", metadata: ["n": .stringConvertible(3), "level": "mine", "list": ["a", ["k": "v"]]])
        #expect(
            lines.all == [
                #"{"time":"2026-01-31T23:59:59.007Z","level":"warning","logger":"sluice","message":"odd","#
                    + #""_level":"mine","list":["a",{"k":"v"}],"n":"3","request_id":"abc"}"# + "\n"
            ])
        logger.debug("unseen")
        #expect(lines.all.count == 1)
    }

    @Test func `text from outside cannot start a line, end a member or steer a terminal`() throws {
        let nasty = "a\n{\"level\":\"error\"}\r\u{1B}[31m\u{85}\u{2028}\u{202E}\"\\\u{0}"
        let lines = Lines()
        let json = Logger(label: "l") { JSONLinesLogHandler(label: $0, sink: lines.sink) }
        json.info("\(nasty)", metadata: ["\(nasty)": "\(nasty)"])
        let text = Logger(label: "l") { TextLogHandler(label: $0, sink: lines.sink) }
        text.info("\(nasty)", metadata: ["\(nasty)": "\(nasty)"])
        #expect(lines.all.count == 2)
        for line in lines.all {
            #expect(line.last == "\n")
            let inner = line.dropLast().unicodeScalars
            #expect(inner.allSatisfy { $0.value >= 0x20 && !(0x7F..<0xA0).contains($0.value) && $0.value != 0x2028 })
        }
        let object = try JSONSerialization.jsonObject(with: Data(lines.all[0].utf8)) as? [String: Any]
        #expect(object?["message"] as? String == nasty)
        #expect(object?[nasty] as? String == nasty)
    }

    @Test func `a line of text reads as one`() {
        let lines = Lines()
        let logger = Logger(label: "sluice") {
            TextLogHandler(label: $0, level: .info, sink: lines.sink, now: Self.moment)
        }
        logger.info("started", metadata: ["port": "8080", "where": "a b"])
        #expect(lines.all == ["2026-01-31T23:59:59.007Z info     started port=8080 where=\"a b\" (sluice)\n"])
    }

    @Test(arguments: [
        (0, "1970-01-01T00:00:00.000Z"), (951_782_399, "2000-02-28T23:59:59.000Z"),
        (951_782_400, "2000-02-29T00:00:00.000Z"),
        (1_709_251_199, "2024-02-29T23:59:59.000Z"), (4_107_542_400, "2100-03-01T00:00:00.000Z"),
        (-1, "1969-12-31T23:59:59.000Z"),
    ])
    func `S133 moments are UTC in ISO 8601, leap days included`(seconds: Int, text: String) {
        #expect(Timestamp.text(Date(timeIntervalSince1970: TimeInterval(seconds))) == text)
    }
}
