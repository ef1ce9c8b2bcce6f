import Foundation

extension PostingEnvironment {
    /// Now, in whole milliseconds: what a call answers is then what a store gives back.
    var moment: Date { now().inMilliseconds }
}

extension Date {
    /// The last whole millisecond up to this moment.
    var inMilliseconds: Date {
        // Rounded to a tenth first: most milliseconds have no exact fraction, and must not fall to the one before.
        let milliseconds = (timeIntervalSince1970 * 10_000).rounded() / 10
        return Date(timeIntervalSince1970: milliseconds.rounded(.down) / 1_000)
    }
}
