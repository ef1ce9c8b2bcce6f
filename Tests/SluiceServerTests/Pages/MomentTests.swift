import Foundation
import Testing

@testable import SluiceServer

@Suite("Moments on pages")
struct MomentTests {
    @Test(arguments: [
        (0.0, "1970-01-01T00:00:00Z", "1 Jan 1970, 00:00"),
        (-1.0, "1969-12-31T23:59:59Z", "31 Dec 1969, 23:59"),
        (951_782_400.0, "2000-02-29T00:00:00Z", "29 Feb 2000, 00:00"),
        (1_709_251_199.9, "2024-02-29T23:59:59Z", "29 Feb 2024, 23:59"),
        (1_773_040_500.0, "2026-03-09T07:15:00Z", "9 Mar 2026, 07:15"),
        (4_107_542_399.0, "2100-02-28T23:59:59Z", "28 Feb 2100, 23:59"),
        (4_107_542_400.0, "2100-03-01T00:00:00Z", "1 Mar 2100, 00:00"),
    ])
    func `S133 a moment is written in UTC`(seconds: Double, iso: String, text: String) {
        let moment = Moment(Date(timeIntervalSince1970: seconds))
        #expect(moment.iso == iso)
        #expect(moment.text == text)
    }

    @Test func `S133 it agrees with Foundation over four centuries`() {
        for day in stride(from: -80_000, through: 80_000, by: 37) {
            let date = Date(timeIntervalSince1970: Double(day) * 86_400 + 12_345)
            #expect(Moment(date).iso == date.formatted(.iso8601))
        }
    }
}
