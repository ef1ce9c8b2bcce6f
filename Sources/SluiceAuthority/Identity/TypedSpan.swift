/// A span of time as people type it: `3600`, `90s`, `30m`, `12h`, `90d`, `2w`.
package enum TypedSpan {
    /// The span in seconds; `nil` for anything else, a negative span included.
    package static func seconds(_ text: String) -> Int? {
        guard let last = text.utf8.last else { return nil }
        let factor: Int
        switch last {
        case UInt8(ascii: "s"): factor = 1
        case UInt8(ascii: "m"): factor = 60
        case UInt8(ascii: "h"): factor = 3_600
        case UInt8(ascii: "d"): factor = 86_400
        case UInt8(ascii: "w"): factor = 604_800
        default: return number(text[...])
        }
        guard let number = number(text.dropLast()) else { return nil }
        let (seconds, overflow) = number.multipliedReportingOverflow(by: factor)
        return overflow ? nil : seconds
    }

    // `Int` would take a sign.
    private static func number(_ digits: Substring) -> Int? {
        guard digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        return Int(digits)
    }
}
