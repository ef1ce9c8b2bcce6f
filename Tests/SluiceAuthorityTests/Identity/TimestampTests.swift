import Foundation
import Testing

@testable import SluiceAuthority

@Suite("Timestamps")
struct TimestampTests {
    @Test(arguments: [
        (0.0, "1970-01-01T00:00:00.000Z"), (951_782_400, "2000-02-29T00:00:00.000Z"),
        (951_868_799.999, "2000-02-29T23:59:59.999Z"), (1_709_164_800, "2024-02-29T00:00:00.000Z"),
        (1_735_689_599.5, "2024-12-31T23:59:59.500Z"), (4_107_542_400, "2100-03-01T00:00:00.000Z"),
        (-0.001, "1969-12-31T23:59:59.999Z"), (-86_400, "1969-12-31T00:00:00.000Z"),
        (253_402_300_799, "9999-12-31T23:59:59.000Z"),
    ])
    func `S133 a moment is written in UTC, ISO 8601, with milliseconds`(seconds: Double, text: String) {
        #expect(Timestamp.text(Date(timeIntervalSince1970: seconds)) == text)
    }

    @Test func `S133 every millisecond of a second is written as it is stored`() {
        for millisecond in 0..<1_000 {
            let moment = Date(timeIntervalSince1970: Double(1_800_000_000_000 + millisecond) / 1_000)
            let digits = String(1_000 + millisecond).dropFirst()
            #expect(Timestamp.text(moment) == "2027-01-15T08:00:00.\(digits)Z")
        }
    }

    @Test func `S133 it agrees with Foundation over four centuries`() throws {
        let style = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
        for day in stride(from: -50_000, through: 100_000, by: 37) {
            let moment = Date(timeIntervalSince1970: Double(day) * 86_400 + 43_261)
            #expect(Timestamp.text(moment) == moment.formatted(style))
        }
    }
}
