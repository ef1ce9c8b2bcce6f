import Foundation
import SluicePosting

/// A moment as clients write it: ISO 8601 with `Z` or an offset, or a date alone.
///
/// Read byte by byte: Foundation's formatters take microseconds, keep locks, and accept what they should not, such as the 31st of
/// February or a text with something behind it.
struct Moment: Sendable, Equatable {
    /// The longest text in bytes: nine digits of a second and an offset fit.
    static let limitInBytes = 35

    /// Years 1 to 9999 of UTC, in seconds since 1970: what the form can write back.
    private static let bounds = -62_135_596_800..<253_402_300_800

    /// The moment, to the millisecond; what is finer is cut off. Of a date alone its midnight in UTC.
    let date: Date
    /// The day that was written, in whatever zone the writer was: where a field asks for a day, the time says nothing.
    let day: CalendarDay

    /// The moment that `text` means: `2026-11-23T14:30:00.000Z`, `2026-11-23T14:30+01:00`, `2026-11-23`. `nil` for anything else,
    /// a time without an offset included: nobody could tell which moment that is.
    init?(_ text: String) {
        guard text.utf8.count <= Self.limitInBytes else { return nil }
        var reader = DigitReader(text)
        guard let day = reader.day() else { return nil }
        self.day = day
        var seconds = Int(day.bounds(in: .gmt).start.timeIntervalSince1970)
        var milliseconds = 0
        if !reader.isAtEnd {
            guard reader.skip("T"), let time = reader.time(), let offset = reader.offset(), reader.isAtEnd else { return nil }
            seconds += time.seconds - offset
            milliseconds = time.milliseconds
        }
        guard Self.bounds.contains(seconds) else { return nil }
        // One division, as a moment in milliseconds from a store is made: equal moments are equal to the last bit.
        date = Date(timeIntervalSince1970: Double(seconds * 1000 + milliseconds) / 1000)
    }
}

/// Reads numbers of fixed width from the front of a text.
private struct DigitReader {
    private var rest: Substring.UTF8View

    init(_ text: String) { rest = text[...].utf8 }

    var isAtEnd: Bool { rest.isEmpty }

    mutating func skip(_ character: Unicode.Scalar) -> Bool {
        guard rest.first == UInt8(ascii: character) else { return false }
        rest.removeFirst()
        return true
    }

    private mutating func digit() -> Int? {
        guard let byte = rest.first, (0x30...0x39).contains(byte) else { return nil }
        rest.removeFirst()
        return Int(byte) - 0x30
    }

    private mutating func number(width: Int, in bounds: ClosedRange<Int>) -> Int? {
        var value = 0
        for _ in 0..<width {
            guard let digit = digit() else { return nil }
            value = value * 10 + digit
        }
        return bounds.contains(value) ? value : nil
    }

    /// `2026-11-23`
    mutating func day() -> CalendarDay? {
        guard let year = number(width: 4, in: 1...9999), skip("-"), let month = number(width: 2, in: 1...12), skip("-"),
            let day = number(width: 2, in: 1...31)
        else { return nil }
        return CalendarDay(year: year, month: month, day: day)
    }

    /// `14:30`, `14:30:00` or `14:30:00.123`; a second of a leap is refused, as JavaScript does.
    mutating func time() -> (seconds: Int, milliseconds: Int)? {
        guard let hour = number(width: 2, in: 0...23), skip(":"), let minute = number(width: 2, in: 0...59) else { return nil }
        var seconds = hour * 3600 + minute * 60
        guard skip(":") else { return (seconds, 0) }
        guard let second = number(width: 2, in: 0...59) else { return nil }
        seconds += second
        guard skip(".") else { return (seconds, 0) }
        guard var milliseconds = digit() else { return nil }
        for _ in 0..<2 { milliseconds = milliseconds * 10 + (digit() ?? 0) }
        while digit() != nil {}
        return (seconds, milliseconds)
    }

    /// `Z`, `+01:00` or `+0100`, the form that `strftime` prints; in seconds east of Greenwich.
    mutating func offset() -> Int? {
        if skip("Z") { return 0 }
        let isEast = skip("+")
        guard isEast || skip("-"), let hours = number(width: 2, in: 0...23) else { return nil }
        _ = skip(":")
        guard let minutes = number(width: 2, in: 0...59) else { return nil }
        return (hours * 3600 + minutes * 60) * (isEast ? 1 : -1)
    }
}
